"""SVG made ready to stand inside a page: no header, no fixed size, no rule that could leak."""

import re
import xml.etree.ElementTree as ET

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_FAMILY = re.compile(r"font-family:[^;]*;?\s*")
_WIDEST = "32rem"

ET.register_namespace("", _SVG)


def cleaned(written: str, font_family: str) -> str:
    """matplotlib's SVG as one inline element.

    Size gives way to the view box and a greatest width; the style sheet, which would reach the
    whole page, to attributes; ids stay only where something refers to them.
    """
    root = ET.fromstring(written)
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("style", f"width:100%;height:auto;max-width:{_WIDEST}")
    root.set("font-family", font_family)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    _without(root, f"{{{_SVG}}}metadata", f"{{{_SVG}}}style")
    used = _referred_to(root)
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
        if _XLINK in element.attrib:
            element.set("href", element.attrib.pop(_XLINK))
        if "style" in element.attrib:
            element.set("style", _FAMILY.sub("", element.get("style")))
    return ET.tostring(root, encoding="unicode")


def _without(element: ET.Element, *tags: str) -> None:
    for child in list(element):
        if child.tag in tags or not isinstance(child.tag, str):
            element.remove(child)
        else:
            _without(child, *tags)


def _referred_to(root: ET.Element) -> set[str]:
    used = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            used.update(_REFERENCE.findall(value))
            if name in (_XLINK, "href"):
                used.add(value.removeprefix("#"))
    return used
