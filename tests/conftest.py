"""What tests of several rooms share: real data, the sample, a browser, where there is one."""

import shutil
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
REAL_DATA = REPO.parent / "shared" / "data" / "real"

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def real_data():
    """The folder of public data kept beside the project; not everybody has it."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real public data is not beside this checkout")
    return REAL_DATA


@pytest.fixture(scope="session")
def sample_store():
    """The address of the sample's store; made on first use, as `cspnb demo` makes it."""
    from cspnb.demo import sample_store
    from cspnb.project import Project

    return sample_store(Project(REPO))


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=list(QUIET))
        yield chromium
        chromium.close()
