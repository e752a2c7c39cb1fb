"""The JSON schemas beside the params are what the models say today."""

from cspnb.params import schemas
from cspnb.project import Project
from tests.places import REPO


def test_the_schema_files_are_in_step_with_the_models():
    assert schemas.check(Project(REPO)) == []
