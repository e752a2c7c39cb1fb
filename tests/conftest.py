from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
REAL_DATA = REPO.parent / "shared" / "data" / "real"


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
