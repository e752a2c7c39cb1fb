"""The accessibility engine, where this machine has it."""

from pathlib import Path

import pytest

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def axe():
    """The text of axe-core, to be put into a page."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: run 'npm install --no-package-lock' in tests/browser")
    return AXE.read_text(encoding="utf-8")
