"""The five partnerships' real pages and the gallery, asked what every page of ours must be."""

import json

import pytest

from cspnb import batch, listing, sample
from cspnb.project import Project
from tests.browser import page_checks as ask
from tests.places import REPO

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PARTNERSHIPS = sorted(sample.REFERENCE_PERIODS)
LARGEST_PAGE = 400_000  # bytes
LARGEST_GALLERY = 800_000


@pytest.fixture(scope="module")
def outputs(tmp_path_factory, sample_store):
    """`cspnb demo`'s editions, in a project of their own."""
    home = tmp_path_factory.mktemp("demo")
    (home / "params").symlink_to(REPO / "params", target_is_directory=True)
    (home / "notebooks").symlink_to(REPO / "notebooks", target_is_directory=True)
    project = Project(home)
    requests = [("annual-review", slug, sample.REFERENCE_PERIODS[slug]) for slug in PARTNERSHIPS]
    requests.append(("gallery", "harborough", sample.REFERENCE_PERIODS["harborough"]))
    jobs = batch.plan(project, sample_store, requests)
    outcomes = batch.run(jobs, workers=2, tell=lambda outcome: None)
    assert [outcome.error for outcome in outcomes] == [""] * len(requests)
    listing.write_index(project)
    return project.outputs


@pytest.fixture(scope="module", params=[*PARTNERSHIPS, "index", "gallery"])
def path(request, outputs):
    if request.param == "index":
        return outputs / "index.html"
    if request.param == "gallery":
        [page] = outputs.glob("sample/harborough/*/gallery/report.html")
        return page
    [page] = outputs.glob(f"sample/{request.param}/*/annual-review/report.html")
    return page


@pytest.mark.parametrize("width", [ask.NARROW, ask.WIDE])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(browser, axe, path, width, colours):
    with ask.visit(browser, path, width=width, colours=colours) as visited:
        assert ask.violations(visited.page, axe) == []


def test_the_page_is_whole_in_itself(browser, path):
    with ask.visit(browser, path) as visited:
        assert (visited.requests, visited.complaints) == ([], [])
        assert ask.active_content(visited.page) == []
    is_gallery = path.parent.name == "gallery"
    assert path.stat().st_size < (LARGEST_GALLERY if is_gallery else LARGEST_PAGE)


def test_the_page_is_in_order(browser, path):
    with ask.visit(browser, path) as visited:
        assert ask.headings_out_of_order(visited.page) == []
        assert ask.repeated_ids(visited.page) == []
        assert ask.links_to_nowhere(visited.page) == []


def test_a_phone_is_never_scrolled_sideways(browser, path):
    with ask.visit(browser, path, width=ask.NARROW) as visited:
        assert ask.width_beyond_the_window(visited.page) == 0


def test_every_page_from_the_sample_says_that_it_is_invented(browser, path):
    with ask.visit(browser, path) as visited:
        text = visited.page.inner_text("body")
        if path.name == "report.html":
            assert "Invented sample data" in visited.page.title()
        assert "Invented sample data" in text


def test_figures_and_tables_are_numbered_and_described(browser, path):
    if path.name == "index.html":
        pytest.skip("the index has no figures")
    with ask.visit(browser, path) as visited:
        titles = visited.page.locator(".exhibit-title").all_inner_texts()
        alternatives = visited.page.evaluate(
            "[...document.querySelectorAll('figure svg')].map("
            "s => document.getElementById(s.getAttribute('aria-labelledby')).textContent)"
        )
        data_tables = visited.page.locator("figure.exhibit-figure details table").count()
    for kind in ("Figure", "Table"):
        numbers = [t.split(":")[0] for t in titles if t.startswith(kind)]
        assert numbers == [f"{kind} {n}" for n in range(1, len(numbers) + 1)]
    assert len(set(alternatives)) == len(alternatives) >= 2
    assert all(len(text) > 60 for text in alternatives)
    assert data_tables == len(alternatives)


@pytest.mark.parametrize(("slug", "priorities"), [("harborough", 5), ("barnet", 8)])
def test_each_priority_has_a_section_of_its_own(browser, outputs, slug, priorities):
    [page] = outputs.glob(f"sample/{slug}/*/annual-review/report.html")
    with ask.visit(browser, page) as visited:
        headings = visited.page.locator("main h3").all_inner_texts()
    numbered = [text for text in headings if text.startswith("Priority ")]
    assert [text.split(":")[0] for text in numbered] == [
        f"Priority {n}" for n in range(1, priorities + 1)
    ]


def test_no_code_stands_on_a_page(browser, path):
    with ask.visit(browser, path) as visited:
        text = visited.page.inner_text("body")
    assert "open_report" not in text and "{eval}" not in text and "Traceback" not in text


def test_no_output_names_the_machine(outputs):
    for path in [*outputs.rglob("*.ipynb"), *outputs.rglob("*.html"), *outputs.rglob("*.json")]:
        text = path.read_text(encoding="utf-8")
        assert str(REPO) not in text and str(outputs) not in text, path.name


def test_the_index_lists_the_five_and_the_gallery_with_their_time(outputs):
    entries = json.loads((outputs / "index.json").read_text(encoding="utf-8"))
    listed = entries["entries"]
    reports = [entry["report"] for entry in listed]
    assert sorted(reports) == ["Annual review"] * len(PARTNERSHIPS) + ["Gallery"]
    assert all(entry["seconds"] > 0 and entry["status"] == "made" for entry in listed)
