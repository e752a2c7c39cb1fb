"""Shades of one colour for cells of numbers: light for few, dark for many."""

from cspnb.charts.drawing import colours

STEPS = (0.0, 0.12, 0.3, 0.75, 1.0)
"""How much of the dark blue is in each shade. None lies between, where neither dark nor white
words would have a contrast of 4.5 to 1."""


def shades() -> tuple[tuple[str, str], ...]:
    """Fill and ink of each step, lightest first."""
    paper, dark = colours()["paper"], colours()["dark_blue"]
    inks = [colours()["dark_grey"] if step < 0.5 else paper for step in STEPS]
    return tuple((_mixed(paper, dark, step), ink) for step, ink in zip(STEPS, inks, strict=True))


def shade_of(value: float, greatest: float) -> tuple[str, str]:
    """Fill and ink for a value from zero to the greatest, in fifths of it; nothing is white."""
    if greatest <= 0 or value <= 0:
        return shades()[0]
    place = min(int(value / greatest * len(STEPS)), len(STEPS) - 1)
    return shades()[place]


def _mixed(light: str, dark: str, share: float) -> str:
    parts = [
        round(int(light[i : i + 2], 16) * (1 - share) + int(dark[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02X}" for part in parts)
