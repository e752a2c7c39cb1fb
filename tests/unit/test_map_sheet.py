"""The sheet of a map: its scale, what it keeps of a shape, and that it is the same every time."""

import re
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely

from cspnb.charts.drawing import WIDTH, colours, drawn
from cspnb.maps.foot import in_words, round_length
from cspnb.maps.sheet import (
    FOOT,
    draw_areas,
    draw_key,
    draw_map,
    draw_outline,
    key_height,
    map_height,
    metres_per_unit,
)

SVG = "{http://www.w3.org/2000/svg}"
KEY = [("dark_blue", "Over 20"), ("light_blue", "Under 10")]


def square(west, south, side):
    return shapely.box(west, south, west + side, south + side)


def sheet(shapes, fills=None, outline=None, key=KEY):
    fills = fills or ["dark_blue"] * len(shapes)
    top, tall = key_height(key), map_height(shapes)

    def draw(figure):
        draw_key(figure, key, top=0)
        axes = draw_map(figure, shapes, top=top, height=tall)
        draw_areas(axes, shapes, fills)
        draw_outline(axes, outline)

    return drawn(top + tall + FOOT, draw)


def paths(body, *, fill=None, stroke=None):
    """The corners of each drawn path of a colour, in units right and down."""
    root = ET.fromstring(body)
    found = []
    for path in root.iter(f"{SVG}path"):
        style = path.get("style", "")
        if fill and f"fill: {colours()[fill].lower()}" not in style:
            continue
        if stroke and f"stroke: {colours()[stroke].lower()}" not in style:
            continue
        pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d"))
        found.append(np.array(pairs, dtype=float))
    return found


def across(corners):
    return np.ptp(corners[:, 0]), np.ptp(corners[:, 1])


def words(body):
    return ["".join(text.itertext()) for text in ET.fromstring(body).iter(f"{SVG}text")]


def scale_bar(body):
    """The longest level line drawn in dark grey."""
    lines = [line for line in paths(body, stroke="dark_grey") if len(line) == 2]
    return max(across(line)[0] for line in lines)


@pytest.mark.parametrize(
    ("side", "said", "metres"),
    [
        (10_000, "2 km (1.2 miles)", 2_000),
        (30_000, "5 km (3.1 miles)", 5_000),
        (60_000, "10 km (6.2 miles)", 10_000),
        (4_000, "1 km (0.62 miles)", 1_000),
        (2_000, "500 metres (0.31 miles)", 500),
    ],
)
def test_the_scale_bar_is_as_long_as_it_says(side, said, metres):
    """A square whose side is known is drawn beside it: lengths on the sheet are in proportion."""
    body = sheet([square(470_000, 300_000, side)])
    [[wide, tall]] = [across(path) for path in paths(body, fill="dark_blue", stroke="paper")]
    assert said in words(body)
    assert wide == pytest.approx(tall, abs=0.11)
    assert scale_bar(body) / wide == pytest.approx(metres / side, rel=0.002)


@pytest.mark.parametrize(
    ("longest", "length"), [(1, 1), (1.99, 1), (2, 2), (4999, 2000), (5000, 5000), (99_999, 50_000)]
)
def test_a_round_length_is_the_longest_of_one_two_and_five(longest, length):
    assert round_length(longest) == length


def test_a_mile_is_1609_metres():
    assert in_words(20_000) == "20 km (12 miles)"  # 20,000 / 1,609.344 = 12.4


@pytest.mark.parametrize("box", [(0, 0, 9000, 1000), (0, 0, 1000, 9000), (5, 5, 6, 7)])
def test_a_shape_of_any_form_is_drawn_whole_and_both_ways_alike(box):
    shape = shapely.box(*box)
    body = sheet([shape])
    [corners] = paths(body, fill="dark_blue", stroke="paper")
    wide, tall = across(corners)
    assert tall / wide == pytest.approx((box[3] - box[1]) / (box[2] - box[0]), rel=0.01)
    height = float(ET.fromstring(body).get("viewBox").split()[3])
    assert corners.min() >= 0
    assert corners[:, 0].max() <= WIDTH
    assert corners[:, 1].max() <= height - FOOT


def test_whatever_is_drawn_later_leaves_the_scale_as_it_was():
    shape = square(0, 0, 1000)
    scales = []

    def draw(figure):
        axes = draw_map(figure, [shape], top=0, height=400)
        scales.append(metres_per_unit(axes))
        axes.scatter([90_000], [90_000])
        axes.contour([0, 5000], [0, 5000], [[0, 1], [1, 2]])
        scales.append(metres_per_unit(axes))

    drawn(400 + FOOT, draw)
    assert scales[0] == scales[1] == pytest.approx(1000 / (WIDTH - 12))


def test_a_hole_stays_a_hole():
    shell, hole = (square(*each).exterior.coords for each in ((0, 0, 1000), (400, 400, 200)))
    ring = shapely.Polygon(shell, [hole])  # both turn one way, as files may have them
    [corners] = paths(sheet([ring]), fill="dark_blue", stroke="paper")
    outer, inner = corners[:4], corners[4:]
    assert across(inner)[0] / across(outer)[0] == pytest.approx(0.2, abs=0.01)
    assert turning(outer) * turning(inner) < 0, "SVG fills a hole that turns as its ring does"


def turning(corners):
    x, y = corners.T
    return np.sign(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1)))


def test_neighbours_keep_their_common_edge():
    """A winding border, drawn coarser than it is, must be the same line for both sides."""
    winding = [(500 + 0.3 * (-1) ** n, 5 * n) for n in range(201)]
    west = shapely.Polygon([(0, 0), *winding, (0, 1000)])
    east = shapely.Polygon([(1000, 0), *winding, (1000, 1000)])
    [ours] = paths(sheet([west, east], ["dark_blue", "light_blue"], key=[]), fill="dark_blue")[:1]
    theirs = paths(sheet([west, east], ["dark_blue", "light_blue"], key=[]), fill="light_blue")[0]
    common = {tuple(c) for c in ours} & {tuple(c) for c in theirs}
    assert len(ours) == len(theirs)
    assert len(common) == len(ours) - 2
    assert len(ours) < 80, "no finer than the sheet shows"


def test_an_area_that_cannot_be_shown_has_an_outline_that_can_be_seen():
    body = sheet([square(0, 0, 10), square(10, 0, 10)], ["paper", "dark_blue"], key=[])
    assert len(paths(body, fill="paper", stroke="dark_grey")) == 1
    assert len(paths(body, fill="dark_blue", stroke="paper")) == 1


def test_areas_without_an_outline_are_left_out_and_none_at_all_is_an_error():
    assert len(paths(sheet([square(0, 0, 10), None]), fill="dark_blue", stroke="paper")) == 1
    with pytest.raises(ValueError, match="no shape"):
        map_height([None])


def test_the_key_names_every_class_in_words():
    body = sheet([square(0, 0, 10)])
    assert words(body)[:2] == ["Over 20", "Under 10"]
    assert "N" in words(body)


def test_a_map_is_the_same_bytes_every_time():
    shapes = wards_like(5)
    outline = shapely.union_all(shapes)
    assert sheet(shapes, outline=outline) == sheet(shapes, outline=outline)


def wards_like(side, corners=50):
    """`side` times `side` areas of some 100 corners each, with winding borders between them."""
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    centres = [(1000 * i, 1000 * j) for i in range(side) for j in range(side)]
    radius = 480 + 15 * np.sin(9 * turn)
    return [
        shapely.Polygon(np.column_stack((x + radius * np.cos(turn), y + radius * np.sin(turn))))
        for x, y in centres
    ]


def test_sixty_areas_are_drawn_quickly_and_small():
    shapes = wards_like(8, corners=100)[:60]
    sheet(shapes)
    took = []
    for _ in range(5):
        start = time.process_time()
        body = sheet(shapes)
        took.append(time.process_time() - start)
    assert len(body) < 60_000
    assert min(took) < 0.3, "60 ms on a machine to itself; others may be using this one"
