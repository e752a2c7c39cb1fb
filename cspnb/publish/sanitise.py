"""The door of the page: whatever a notebook holds, only listed elements and attributes get out.

Data are hostile: a street name or a council's free text may hold markup. Every piece of HTML that
comes from a notebook passes one of three lists here, in nh3, a parser that knows HTML as browsers
do. The page's content policy is the second wall.
"""

import re

import nh3


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split())


_WORDS = _listed("a abbr b br cite code del em i ins kbd mark q s small span strong sub sup")
_BLOCKS = _listed("blockquote dd div dl dt hr li ol p pre ul")
_TABLE = _listed("caption col colgroup table tbody td tfoot th thead tr")
_HEADINGS = _listed("h1 h2 h3 h4 h5 h6")
_EXHIBIT = _listed("details figcaption figure summary")
_DRAWING = _listed(
    "circle clipPath defs desc ellipse g line linearGradient path pattern polygon polyline rect "
    "stop svg text title tspan use"
)
_HIDDEN_CONTENT = _listed("iframe math metadata noscript object script style template")

_PROSE_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"alt", "src", "title"},
    "mark": {"class"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_EXHIBIT_ATTRIBUTES = {
    "*": _listed("aria-describedby aria-hidden aria-label aria-labelledby class id role"),
    "a": {"download", "href"},
    "abbr": {"title"},
    "details": {"open"},
    "div": {"tabindex"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# Marks and places of a drawing. No `on...`, no links: a `use` may only name a part of its own page.
_DRAWING_ATTRIBUTES = _listed(
    "clip-path clip-rule clipPathUnits cx cy d dominant-baseline dx dy fill fill-opacity fill-rule "
    "focusable font-family font-size font-style font-weight gradientTransform gradientUnits height "
    "offset opacity patternTransform patternUnits points preserveAspectRatio r rx ry stop-color "
    "stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width style text-anchor transform version viewBox "
    "width x x1 x2 y y1 y2"
)
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_ALIGNMENT = re.compile(r"text-align:\s*(left|right|center);?")


def prose(html: str) -> str:
    """HTML from a Markdown cell: words, lists, tables, headings and pictures held in the page."""
    return _PROSE.clean(html)


def table(html: str) -> str:
    """HTML from an analyst's own output, such as a DataFrame: words, lists and tables."""
    return _TABLES.clean(html)


def exhibit(html: str) -> str:
    """The HTML of an exhibit: `table`'s, with its figure, its ids and its drawing."""
    return _EXHIBITS.clean(html)


def _prose_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "src":
        return value if _PICTURE.fullmatch(value) else None
    if name == "style":
        return value if _ALIGNMENT.fullmatch(value) else None
    if name == "class":
        return value if value == "unresolved" else None
    return None if name == "href" and value.lower().startswith("data:") else value


def _exhibit_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "use" and name.endswith("href"):
        return value if value.startswith("#") else None
    if name == "style":
        return None if _reaches_out(value) else value
    return value


def _reaches_out(style: str) -> bool:
    """Whether a style names anything but a part of its own page; an escape could hide that."""
    within = style.lower().replace("url(#", "")
    return "url(" in within or "\\" in within


def _cleaner(tags, attributes, attribute_filter, schemes=frozenset({"http", "https", "mailto"})):
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags=set(_HIDDEN_CONTENT),
        attributes={tag: set(names) for tag, names in attributes.items()},
        attribute_filter=attribute_filter,
        url_schemes=set(schemes),
    )


_TABLES = _cleaner(_WORDS | _BLOCKS | _TABLE, _PROSE_ATTRIBUTES, _prose_attribute)
_PROSE = _cleaner(
    _WORDS | _BLOCKS | _TABLE | _HEADINGS | {"img"},
    _PROSE_ATTRIBUTES,
    _prose_attribute,
    {"data", "http", "https", "mailto"},
)
_EXHIBITS = _cleaner(
    _WORDS | _BLOCKS | _TABLE | _EXHIBIT | _DRAWING,
    _EXHIBIT_ATTRIBUTES
    | dict.fromkeys(_DRAWING, _DRAWING_ATTRIBUTES)
    | {"use": _DRAWING_ATTRIBUTES | {"href", "xlink:href"}},
    _exhibit_attribute,
)
