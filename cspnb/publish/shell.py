"""What every page of ours stands in: our templates, our style, and what a browser may fetch."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"
STYLE = Path(__file__).parents[1] / "style" / "page.css"

# NUL breaks a page; the others turn the reading order of what follows them.
_UNFIT = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd")


def furnish(environment: Environment) -> Environment:
    """The environment with escaping on, and with the style and its policy to hand."""
    style = STYLE.read_text(encoding="utf-8")
    environment.autoescape = True
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(style=Markup(style), policy=_policy(style))
    return environment


def printable(page: str) -> str:
    """The page with characters that would break or reorder it shown as replacement marks."""
    return page.translate(_UNFIT)


def _policy(style: str) -> str:
    """Nothing from anywhere, no script; our own style by its fingerprint, and a drawing's own."""
    fingerprint = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
        f"style-src-elem 'sha256-{fingerprint}'; style-src-attr 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )
