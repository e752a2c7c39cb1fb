"""A Markdown cell as safe HTML."""

import re

import mistune

from cspnb.publish import inline, sanitise
from cspnb.publish.grid import accessible_tables

_PLUGINS = ("table", "strikethrough", "url", "def_list")
_ATTACHMENT = "attachment:"
_IMAGE = re.compile(r'<img(?:[^>"]|"[^"]*")*>')
_ALT = re.compile(r' alt="([^"]*)"')


def cell_prose(cell) -> str:
    """The HTML of a Markdown cell, its inline expressions replaced by their results."""
    renderer = _Renderer(cell.get("attachments", {}))
    return _rendered(cell.source, renderer, inline.plugin(inline.results(cell)))


def text_prose(markdown: str) -> str:
    """The HTML of Markdown text that an analyst's own code displayed."""
    return _rendered(markdown, _Renderer({}), inline.plugin({}))


def _rendered(source: str, renderer: "_Renderer", expressions) -> str:
    markdown = mistune.create_markdown(renderer=renderer, plugins=[*_PLUGINS, expressions])
    safe = sanitise.prose(markdown(source))
    return accessible_tables(_IMAGE.sub(_picture, safe))


def _picture(image: re.Match) -> str:
    """The picture if the notebook holds it; any other is named, since a page asks for nothing."""
    alt = _ALT.search(image[0])
    described = alt[1] if alt and alt[1] else "without a description"
    if " src=" not in image[0]:
        return f'<mark class="unresolved">picture not in this page: {described}</mark>'
    return image[0] if alt else image[0].replace("<img", f'<img alt="Picture {described}"', 1)


class _Renderer(mistune.HTMLRenderer):
    """Raw HTML goes on to the sanitiser, which alone decides: comments vanish, `<br>` works."""

    def __init__(self, attachments):
        super().__init__(escape=False, allow_harmful_protocols=True)
        self._attachments = attachments

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture, its content taken from the cell when it is attached to it."""
        if url.startswith(_ATTACHMENT):
            kept = self._attachments.get(url.removeprefix(_ATTACHMENT), {})
            url = next((f"data:{mime};base64,{code}" for mime, code in kept.items()), "")
        return super().image(text, url, title)
