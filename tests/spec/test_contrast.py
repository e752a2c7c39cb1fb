"""Every drawing can be seen: words 4.5 to 1, marks and lines 3 to 1, alike neighbours apart."""

import pytest

from cspnb import charts
from cspnb.charts import bars
from cspnb.charts.drawing import axes_at, colours, drawn, write
from tests.drawn import contrast, faults
from tests.gallery import DRAWN
from tests.unit.results_by_hand import burglary_trend, comparison


@pytest.mark.parametrize(("name", "draw"), DRAWN, ids=[name for name, _ in DRAWN])
def test_a_drawing_can_be_seen(name, draw):
    exhibit = draw()
    assert exhibit.kind == "figure", f"{name} drew nothing to look at"
    assert faults(exhibit.body) == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21),
        ((255, 255, 255), (255, 255, 255), 1),
        ((0x12, 0x43, 0x6D), (255, 255, 255), 10.25),  # the Analysis Function's table
        ((0x28, 0xA1, 0x97), (255, 255, 255), 3.17),
        ((0xF4, 0x6A, 0x25), (255, 255, 255), 3.03),
        ((0xBF, 0xBF, 0xBF), (255, 255, 255), 1.84),
        ((0x12, 0x43, 0x6D), (0x28, 0xA1, 0x97), 3.24),
    ],
)
def test_contrast_is_what_wcag_and_the_palettes_own_table_say(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.006)


def sheet(paint):
    """A drawing of one axes of 100 by 100, painted on by a test."""

    def draw(figure):
        axes = axes_at(figure, 0, 0, 400, 200)
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 100)
        axes.set_axis_off()
        paint(axes)

    return drawn(200, draw)


def bar(axes, left, colour, **style):
    axes.bar(left, 60, width=20, align="edge", color=colour, **style)


def dark_words_on_a_dark_bar(axes):
    bar(axes, 40, colours()["dark_blue"])
    write(axes, "253", (50, 30))


def white_words_beside_the_bar(axes):
    bar(axes, 40, colours()["dark_blue"])
    write(axes, "253", (80, 30), color=colours()["paper"])


def pale_words(axes):
    write(axes, "source", (50, 30), color=colours()["turquoise"])


def pale_bar(axes):
    bar(axes, 40, colours()["pale_grey"])


def see_through_bar(axes):
    bar(axes, 40, colours()["dark_blue"], alpha=0.3)


def pale_line(axes):
    axes.plot([0, 100], [20, 80], color=colours()["light_blue"])


def pale_points(axes):
    axes.plot([20, 50, 80], [20, 80, 20], "o", markersize=9, color=colours()["pale_grey"])


def alike_bars_that_touch(axes):
    bar(axes, 20, colours()["dark_blue"])
    bar(axes, 40, colours()["mid_blue"])


def words_under_a_bar(axes):
    write(axes, "253", (50, 30))
    axes.bar(30, 60, width=40, align="edge", color=colours()["turquoise"], zorder=9)


@pytest.mark.parametrize(
    ("paint", "said"),
    [
        (dark_words_on_a_dark_bar, "'253' in #3D3D3D on #12436D is under 4.5 to 1"),
        (white_words_beside_the_bar, "'253' in #FFFFFF on #FFFFFF is under 4.5 to 1"),
        (words_under_a_bar, "'253' has a shape over it"),
        (pale_words, "'source' in #28A197 on #FFFFFF is under 4.5 to 1"),
        (pale_bar, "a mark in #BFBFBF on #FFFFFF is under 3 to 1"),
        (see_through_bar, "a mark in #B8C7D3 on #FFFFFF is under 3 to 1"),
        (pale_line, "a line in #6BACE6 is under 3 to 1"),
        (pale_points, "a mark in #BFBFBF on #FFFFFF is under 3 to 1"),
        (alike_bars_that_touch, "marks in #12436D and #2073BC run into one another"),
    ],
)
def test_what_cannot_be_seen_is_found_out(paint, said):
    assert said in faults(sheet(paint))


def white_words_on_a_dark_bar(axes):
    bar(axes, 30, colours()["dark_blue"])
    write(axes, "253", (40, 30), color=colours()["paper"])


def outlined_pale_bar(axes):
    bar(axes, 40, colours()["pale_grey"], edgecolor=colours()["dark_grey"], linewidth=0.8)


def pale_cell_with_its_number(axes):
    bar(axes, 30, "#CFE0F0")
    write(axes, "12", (40, 30))


def alike_bars_with_a_gap(axes):
    bar(axes, 20, colours()["dark_blue"])
    bar(axes, 41, colours()["mid_blue"])


def alike_bars_with_a_white_line_between(axes):
    bar(axes, 20, colours()["dark_blue"])
    bar(axes, 40, colours()["mid_blue"])
    axes.vlines(40, 0, 60, color=colours()["paper"], linewidth=2)


def unlike_bars_that_touch(axes):
    bar(axes, 20, colours()["dark_blue"])
    bar(axes, 40, colours()["turquoise"])


def grid_line(axes):
    axes.axhline(50, color=colours()["grid"], linewidth=0.6)


@pytest.mark.parametrize(
    "paint",
    [
        white_words_on_a_dark_bar,
        outlined_pale_bar,
        pale_cell_with_its_number,
        alike_bars_with_a_gap,
        alike_bars_with_a_white_line_between,
        unlike_bars_that_touch,
        grid_line,
    ],
)
def test_what_can_be_seen_is_left_alone(paint):
    assert faults(sheet(paint)) == []


def test_the_checker_finds_a_chart_of_ours_spoilt_on_purpose(monkeypatch):
    monkeypatch.setattr(bars, "_ink", lambda is_own, other: colours()["pale_grey"])
    spoilt = faults(charts.comparison(comparison()).body)
    assert any("Charnwood" in fault for fault in spoilt)
    assert any("a mark in #BFBFBF" in fault for fault in spoilt)


def test_words_on_a_column_are_found_out_when_the_column_grows_over_them():
    body = charts.trend(burglary_trend()).body.replace("34.876953", "120")
    assert any("'253'" in fault for fault in faults(body))
