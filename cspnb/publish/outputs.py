"""What a code cell showed, as safe HTML: exhibits, failures, and what an analyst displayed."""

import re
from collections import Counter
from html import escape
from urllib.parse import quote

from nbconvert.filters import strip_ansi

from cspnb import errors
from cspnb.publish import sanitise
from cspnb.publish.grid import accessible_tables
from cspnb.publish.prose import text_prose

EXHIBIT = "application/vnd.cspnb.exhibit+json"

_NUMBERED = {"figure": "Figure", "table": "Table"}
_NUMBER_PLACE = '<span class="exhibit-number"></span>'
_TOKEN = re.compile(r'\bid="(cspnb-x-[0-9a-f]{8})')
_TAG = re.compile(r"<[^>]+>")
_NO_DESCRIPTION = "Picture without a description"


class Outputs:
    """The outputs of one page, in order: figures and tables are numbered as they come."""

    def __init__(self, *, show_code: bool):
        self.failures = 0
        self._show_code = show_code
        self._shown = Counter()

    def html(self, output) -> str:
        """One output as HTML, in the richest form it has; nothing it says is left out."""
        match output.output_type:
            case "error":
                return self._failure(output)
            case "stream":
                return self._stream(output)
        if EXHIBIT in output.data and "text/html" in output.data:
            return self._exhibit(output.data["text/html"], output.data[EXHIBIT].get("kind"))
        return _displayed(output)

    def _exhibit(self, html: str, kind: str | None) -> str:
        self._shown["exhibit"] += 1
        safe = sanitise.exhibit(html)
        if token := _TOKEN.search(safe):
            safe = safe.replace(token[1], f"exhibit-{self._shown['exhibit']}")
        if kind not in _NUMBERED:
            return safe
        self._shown[kind] += 1
        number = f"{_NUMBERED[kind]} {self._shown[kind]}: "
        return safe.replace(_NUMBER_PLACE, f"{_NUMBER_PLACE[:-7]}{number}</span>", 1)

    def _failure(self, output) -> str:
        self.failures += 1
        message = strip_ansi(output.evalue)
        # Our own errors are written for a reader; any other needs its kind to be understood.
        if not hasattr(errors, output.ename):
            message = f"{output.ename}: {message}"
        return (
            f'<div class="failure" id="failure-{self.failures}">'
            '<p class="failure-title">This part could not be made</p>'
            f'<p class="failure-message">{escape(message)}</p>{self._traceback(output)}</div>'
        )

    def _traceback(self, output) -> str:
        return _plain(strip_ansi("\n".join(output.traceback))) if self._show_code else ""

    def _stream(self, output) -> str:
        if output.name == "stderr" and not self._show_code:
            return ""
        return _plain(output.text)


def _displayed(output) -> str:
    for mime_type, make in _FORMS.items():
        if mime_type in output.data and (html := make(output)):
            return html
    return ""


def _table(output) -> str:
    """Nothing where only a script or a frame was left of it; the text form then stands in."""
    safe = sanitise.table(output.data["text/html"])
    return f'<div class="output">{accessible_tables(safe)}</div>' if _says_something(safe) else ""


def _says_something(html: str) -> bool:
    return bool(_TAG.sub("", html).strip())


def _prose(output) -> str:
    return text_prose(output.data["text/markdown"])


def _picture(mime_type: str):
    def make(output) -> str:
        described = output.metadata.get(mime_type, {}).get("alt") or output.metadata.get("alt")
        note = "" if described else f"<figcaption>{_NO_DESCRIPTION}</figcaption>"
        alt = escape(described or _NO_DESCRIPTION)
        source = _data_address(mime_type, output.data[mime_type])
        return f'<figure class="picture"><img src="{source}" alt="{alt}">{note}</figure>'

    return make


def _data_address(mime_type: str, content: str) -> str:
    """A drawing of unknown origin is safe as a picture: a browser runs no script in one."""
    if mime_type == "image/svg+xml":
        return f"data:image/svg+xml,{quote(content)}"
    return f"data:{mime_type};base64,{escape(''.join(content.split()))}"


def _plain(text: str) -> str:
    return f'<pre class="output" tabindex="0">{escape(strip_ansi(text))}</pre>'


def _text(output) -> str:
    return _plain(output.data["text/plain"])


_FORMS = {
    "text/html": _table,
    "image/svg+xml": _picture("image/svg+xml"),
    "image/png": _picture("image/png"),
    "image/jpeg": _picture("image/jpeg"),
    "text/markdown": _prose,
    "text/plain": _text,
}
