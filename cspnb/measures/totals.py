"""Several totals together: which of them are whole, and where they come from, in words."""

from collections.abc import Iterable, Sequence

from cspnb.measures.counts import Total, shortfall


def coverage(totals: Sequence[Total]) -> str:
    """How many of the totals are whole, and why the others are not, as a sentence.

    'All 6 periods are complete.', or '5 of 6 periods are complete; 2019/20 is incomplete (March
    2020 abnormal).'
    """
    short = [reason for reason in map(shortfall, totals) if reason]
    if not totals:
        return ""
    if len(totals) == 1:
        return f"{short[0]}." if short else "The period is complete."
    if not short:
        return f"{'Both' if len(totals) == 2 else f'All {len(totals)}'} periods are complete."
    whole = len(totals) - len(short)
    are = "is" if whole == 1 else "are"
    return "; ".join((f"{whole or 'None'} of {len(totals)} periods {are} complete", *short)) + "."


def named_once(parts: Iterable[object]) -> str:
    """Names of sources as one line, each once; a part may hold several, or be missing."""
    names = (name.strip() for part in parts if isinstance(part, str) for name in part.split("; "))
    return "; ".join(dict.fromkeys(name for name in names if name))
