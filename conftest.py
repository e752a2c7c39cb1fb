"""For `pytest --nbval notebooks`: the notebooks are run on the invented data, as text."""

import os
from pathlib import Path


def pytest_configure(config):
    """Point the kernels that nbval starts at the sample, and have exhibits show as text."""
    if config.getoption("nbval", False):
        from cspnb.demo import sample_store
        from cspnb.project import Project

        os.environ["CSPNB_TEXT_ONLY"] = "1"
        os.environ["CSPNB_STORE"] = sample_store(Project(Path(__file__).parent))
