"""The report's page and the index in a browser: on a phone, on a desk, in the dark, offline."""

import pytest

from cspnb.publish import html, index
from tests.browser import example, page_checks
from tests.browser.page_checks import NARROW, WIDE, visit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["report", "index"])
def path(request, tmp_path_factory):
    made = {
        "report": lambda: html.page(example.notebook(), example.MASTHEAD),
        "index": lambda: index.page(example.entries()),
    }
    path = tmp_path_factory.mktemp("pages") / f"{request.param}.html"
    path.write_text(made[request.param](), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(browser, axe, path, width, colours):
    with visit(browser, path, width=width, colours=colours) as visited:
        assert page_checks.violations(visited.page, axe) == []


def test_nothing_is_asked_of_the_network_and_nothing_is_refused(browser, path):
    with visit(browser, path) as visited:
        assert visited.requests == []
        assert visited.complaints == []


def test_hostile_words_stay_words(browser, path):
    with visit(browser, path) as visited:
        assert page_checks.active_content(visited.page) == []
        assert "<script>alert(1)</script>" in visited.page.inner_text("main")


def test_headings_come_in_order_under_one_title(browser, path):
    with visit(browser, path) as visited:
        assert page_checks.headings_out_of_order(visited.page) == []


def test_every_id_is_one_elements_and_every_link_arrives(browser, path):
    with visit(browser, path) as visited:
        assert page_checks.repeated_ids(visited.page) == []
        assert page_checks.links_to_nowhere(visited.page) == []


def test_the_first_stop_of_the_keyboard_leads_to_the_main_content(browser, path):
    with visit(browser, path) as visited:
        assert page_checks.where_the_skip_link_leads(visited.page) == "main"


def test_a_narrow_window_is_never_scrolled_sideways(browser, path):
    with visit(browser, path, width=NARROW) as visited:
        assert page_checks.width_beyond_the_window(visited.page) == 0


def test_links_of_the_contents_are_large_enough_to_touch(browser, path):
    with visit(browser, path, width=NARROW) as visited:
        assert page_checks.small_targets(visited.page) == []
