"""Where things are, for tests that read the tree itself."""

from pathlib import Path

REPO = Path(__file__).parents[1]
