"""Roles are asked by name only where a partnership's own params give one."""

import shutil

import pytest

from cspnb.report import open_report
from tests.places import REPO

GIVEN = """contacts:
  - role: Community safety team
    name: A. Person
    telephone: "01234 567890"
    email: team@council.example
"""


@pytest.fixture
def contacts(tmp_path, monkeypatch, sample_store):
    shutil.copytree(REPO / "params", tmp_path / "params")
    monkeypatch.setenv("CSPNB_HOME", str(tmp_path))
    monkeypatch.setenv("CSPNB_STORE", sample_store)
    path = tmp_path / "params" / "partnerships" / "harborough.yml"

    def told(given=None):
        if given:
            head, _, rest = path.read_text(encoding="utf-8").partition("contacts:")
            after = rest[rest.index("\n\n") :]
            path.write_text(head + given + after, encoding="utf-8")
        return open_report("harborough", "2013/14").contacts.body

    return told


def test_a_name_a_telephone_and_an_address_are_shown_where_they_are_given(contacts):
    assert contacts(GIVEN) == (
        "Community safety team, A. Person, 01234 567890, team@council.example",
    )


def test_the_committed_partnerships_name_roles_alone(contacts):
    assert contacts() and not any("@" in line for line in contacts())
