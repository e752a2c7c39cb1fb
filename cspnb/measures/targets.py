"""What a target allows, and whether a figure meets it."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cspnb.measures.definition import Target

AT_MOST = "at most"
AT_LEAST = "at least"


def target_direction(target: Target, good: str) -> str:
    """Whether a target is met at most or at least at its figure; '' where nothing says.

    The measure's direction of good decides. Where neither is good, a target to fall is met at
    most at its figure and a target to rise at least, and a level has no direction.
    """
    if good in ("lower", "higher"):
        return AT_MOST if good == "lower" else AT_LEAST
    if target.kind == "level":
        return ""
    return AT_MOST if target.value <= 0 else AT_LEAST


def target_count(before: int, target: Target, good: str = "neither") -> int:
    """The most (or, where more is good, the fewest) that meets a percentage change on `before`.

    Worked in exact decimals, on the percentage as it is written: 5% off 2,773 leaves 2,634.35,
    so 2,634 meets it and 2,635 does not.
    """
    exact = before * (100 + Decimal(str(target.value))) / 100
    return whole_count(exact, target_direction(target, good))


def whole_count(figure: Decimal | float, direction: str) -> int:
    """The last whole count that meets a figure: rounded down for 'at most', else up."""
    rounding = ROUND_FLOOR if direction == AT_MOST else ROUND_CEILING
    return int(Decimal(str(figure)).to_integral_value(rounding=rounding))


def is_met(value: float, figure: float, direction: str) -> bool:
    """Whether a value is on the right side of a target's figure, or exactly on it."""
    return value <= figure if direction == AT_MOST else value >= figure
