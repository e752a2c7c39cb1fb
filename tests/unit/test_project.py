"""What a project's folders hold: the report types there are, and the gallery beside them."""

import pytest

from cspnb.errors import CspnbError
from cspnb.project import Project


@pytest.fixture
def project(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for name in ("annual_review", "gallery"):
        (tmp_path / "notebooks" / f"{name}.ipynb").touch()
    return Project(tmp_path)


def test_a_batch_of_every_report_leaves_the_gallery_out(project):
    assert project.report_types() == ["annual-review"]


def test_the_gallery_is_made_when_it_is_asked_for_by_name(project):
    assert project.template("gallery").name == "gallery.ipynb"


def test_a_report_type_that_there_is_not_is_refused_with_those_there_are(project):
    with pytest.raises(CspnbError, match="no report type 'annual'") as refused:
        project.template("annual")
    assert "annual-review, gallery" in refused.value.remedy
