"""Whether a drawing can be seen: its words, marks and lines against what they stand on.

One question of any chart or map: `faults(exhibit.body)` reads the SVG as it is painted, shape
over shape, and says in words what is too faint. The levels are WCAG 2.2's: words 4.5 to 1
(1.4.3), marks and lines 3 to 1 (1.4.11).
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import shapely
from shapely import MultiLineString, Point, Polygon, STRtree

WORDS, MARKS = 4.5, 3.0
PAPER = (255, 255, 255)
GRID = (0xCC, 0xCC, 0xCC)
GRID_WIDTH = 1
"""A grid line this thin in the grid's colour is no mark: the figures beside it say the same."""

_SVG = "{http://www.w3.org/2000/svg}"
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_PART = re.compile(r"([MLQCz])([^MLQCz]*)", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_WIDE = 0.52  # of its size, a letter is on average, in the fonts of our pages
_STEPS = 8  # of a curve
_TOUCHING = 0.25  # units of the sheet


@dataclass(frozen=True)
class Shape:
    """A filled or stroked path as it is painted; colours are None where there is none."""

    order: int
    area: object
    line: object
    fill: tuple | None
    stroke: tuple | None
    width: float

    @property
    def is_outlined(self):
        return self.stroke is not None and self.width > 0


@dataclass(frozen=True)
class Words:
    """A line of text: its colour, and points along the middle of it."""

    order: int
    text: str
    fill: tuple
    points: tuple


def faults(svg):
    """What is too faint to see in a drawing, a sentence each; nothing where all can be seen."""
    shapes, words = _painted(ET.fromstring(svg))
    return [
        *_faint_words(shapes, words),
        *_faint_marks(shapes, words),
        *_faint_lines(shapes),
        *_merging_marks(shapes),
    ]


def contrast(one, other):
    """WCAG 2.2's contrast ratio of two colours, as red, green and blue out of 255."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour):
    parts = (part / 255 for part in colour)
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _faint_words(shapes, words):
    for each in words:
        grounds = {_ground(shapes, point, each.order) for point in each.points}
        faint = [ground for ground in grounds if contrast(each.fill, ground) < WORDS]
        if faint:
            yield f"'{each.text}' in {_hex(each.fill)} on {_hex(faint[0])} is under {WORDS} to 1"
        covered = [s for s in shapes if s.order > each.order and s.fill and _covers(s, each)]
        if covered:
            yield f"'{each.text}' has a shape over it"


def _faint_marks(shapes, words):
    """A mark is seen by its fill, by its outline, or by readable words that stand on it."""
    for shape in shapes:
        if shape.fill is None or shape.fill == PAPER or shape.area.is_empty:
            continue
        ground = _ground(shapes, shape.area.representative_point(), shape.order)
        is_seen = contrast(shape.fill, ground) >= MARKS or (
            shape.is_outlined and contrast(shape.stroke, ground) >= MARKS
        )
        is_named = any(each.order > shape.order and _covers(shape, each) for each in words)
        if not (is_seen or is_named or shape.fill == ground):
            yield f"a mark in {_hex(shape.fill)} on {_hex(ground)} is under {MARKS:g} to 1"


def _faint_lines(shapes):
    for shape in shapes:
        is_line = shape.fill is None and shape.is_outlined and shape.stroke != PAPER
        is_grid = shape.stroke == GRID and shape.width <= GRID_WIDTH
        if is_line and not is_grid and contrast(shape.stroke, PAPER) < MARKS:
            yield f"a line in {_hex(shape.stroke)} is under {MARKS:g} to 1"


def _merging_marks(shapes):
    """Neighbours of alike colours need a gap or an outline between them."""
    filled = [shape for shape in shapes if shape.fill not in (None, PAPER)]
    filled = [shape for shape in filled if not shape.is_outlined and shape.area.area > 1]
    tree = STRtree([shape.area for shape in filled])
    white = [s.line.buffer(s.width / 2) for s in shapes if s.stroke == PAPER and s.width >= 1]
    gaps = shapely.union_all(white) if white else Polygon()
    for shape in filled:
        for place in tree.query(shape.area.buffer(_TOUCHING)):
            other = filled[place]
            if other.order <= shape.order or other.fill == shape.fill:
                continue
            shared = shape.area.intersection(other.area).area
            is_beside = shared < 0.02 * min(shape.area.area, other.area.area)
            border = shape.area.buffer(_TOUCHING).intersection(other.area.boundary)
            border = border.difference(gaps) if is_beside else border
            if is_beside and border.length > 1 and contrast(shape.fill, other.fill) < MARKS:
                yield f"marks in {_hex(shape.fill)} and {_hex(other.fill)} run into one another"


def _ground(shapes, point, order):
    """The colour at a point beneath what is painted in its turn."""
    found = PAPER
    for shape in shapes:
        if shape.order < order and shape.fill is not None and shape.area.intersects(point):
            found = shape.fill
    return found


def _covers(shape, words):
    return all(shape.area.intersects(point) for point in words.points)


def _painted(root):
    """Shapes and words in the order in which they are painted, but for what is only defined."""
    defined = {each.get("id"): each for each in root.iter() if each.get("id")}
    shapes, words = [], []
    for order, (element, inherited) in enumerate(_walk(root, {})):
        style = inherited | _style(element)
        if element.tag == f"{_SVG}path":
            shapes += _shape(order, element.get("d"), style, (0, 0))
        elif element.tag == f"{_SVG}use":
            path = defined[next(element.get(name) for name in _HREF if element.get(name))[1:]]
            at = float(element.get("x", 0)), float(element.get("y", 0))
            shapes += _shape(order, path.get("d"), style | _style(path), at)
        elif element.tag == f"{_SVG}text":
            words += _words(order, element, style)
    return shapes, words


def _walk(element, inherited):
    if element.tag == f"{_SVG}defs":
        return
    yield element, inherited
    for child in element:
        yield from _walk(child, inherited | _style(element))


def _style(element):
    pairs = (part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    style = {name.strip(): value.strip() for name, value in pairs}
    plain = ("fill", "stroke", "stroke-width", "opacity", "fill-opacity", "stroke-opacity")
    return style | {name: element.get(name) for name in plain if element.get(name)}


def _shape(order, written, style, at):
    if style.get("visibility") == "hidden" or not written:
        return []
    fill = _colour(style.get("fill", "#000000"), style, "fill-opacity")
    stroke = _colour(style.get("stroke", "none"), style, "stroke-opacity")
    width = float(style.get("stroke-width", 1)) if stroke else 0.0
    if fill is None and stroke is None:
        return []
    rings = _rings(written, at)
    line = MultiLineString([ring for ring in rings if len(ring) > 1])
    return [Shape(order, _area(rings), line, fill, stroke, width)]


def _colour(written, style, opacity):
    """A colour as it looks on white; of a hatching, the white between its lines."""
    if written == "none":
        return None
    if written.startswith("url("):
        return PAPER
    digits = written.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    share = float(style.get("opacity", 1)) * float(style.get(opacity, 1))
    return tuple(round(share * part + (1 - share) * 255) for part in parts)


def _area(rings):
    """The ground a path covers; rings within rings are holes."""
    rings = [ring for ring in rings if len(ring) > 2]
    if not rings:
        return Polygon()
    areas = [Polygon(ring).buffer(0) for ring in rings]
    covered = areas[0]
    for area in areas[1:]:
        covered = shapely.symmetric_difference(covered, area)
    return covered


def _rings(written, at):
    ring, rings = [], []
    for letter, numbers in _PART.findall(written):
        values = [float(number) for number in _NUMBER.findall(numbers)]
        points = [(x + at[0], y + at[1]) for x, y in zip(values[::2], values[1::2], strict=True)]
        if letter in "Mm":
            ring = []
            rings.append(ring)
        if letter in "QqCc" and ring:
            ring += _curve([ring[-1], *points])
        else:
            ring += points
    return rings


def _curve(points):
    """Points along a Bézier curve, by de Casteljau's steps."""
    found = []
    for step in range(1, _STEPS + 1):
        share, level = step / _STEPS, points
        while len(level) > 1:
            level = [
                (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))
                for a, b in zip(level, level[1:], strict=False)
            ]
        found.append(level[0])
    return found


def _words(order, element, style):
    text = "".join(element.itertext()).strip()
    if not text:
        return []
    size = float(re.search(r"[\d.]+", style.get("font-size", "14"))[0])
    long = _WIDE * size * len(text)
    start = {"middle": -long / 2, "end": -long}.get(style.get("text-anchor"), 0.0)
    left, middle = float(element.get("x", 0)) + start, float(element.get("y", 0)) - 0.35 * size
    points = tuple(Point(left + long * share, middle) for share in (0.05, 0.25, 0.5, 0.75, 0.95))
    fill = _colour(style.get("fill", "#000000"), style, "fill-opacity")
    return [Words(order, text, fill, points)] if fill else []


def _hex(colour):
    return "#" + "".join(f"{part:02X}" for part in colour)
