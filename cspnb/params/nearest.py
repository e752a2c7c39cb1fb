"""What the writer may have meant."""

from collections.abc import Collection
from difflib import get_close_matches


def did_you_mean(written: str, known: Collection[str], called: str) -> str:
    """'Did you mean 'X'?', or, where nothing is near, all the names: 'The measures are: ...'."""
    folded = {name.lower(): name for name in sorted(known)}
    if near := get_close_matches(written.lower(), folded, n=1, cutoff=0.6):
        return f"Did you mean '{folded[near[0]]}'?"
    return f"{called} are: {', '.join(folded.values()) or 'none'}."
