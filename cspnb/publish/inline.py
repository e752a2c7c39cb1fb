"""Live numbers in prose: MyST inline expressions and the results kept beside them.

A Markdown cell says {eval}`burglary.now`; the run leaves what that came to in the cell's metadata,
where jupyterlab-myst keeps it:

    {"user_expressions": [{"expression": "burglary.now",
                           "result": {"status": "ok", "data": {"text/plain": "253"}}}]}
"""

import ast
from html import escape

PATTERN = r"\{eval\}`(?P<expression_written>[^`]+)`"


def results(cell) -> dict[str, str | None]:
    """What each expression of a cell came to, as text; None where it failed."""
    return {
        kept.get("expression", "").strip(): _text(kept.get("result", {}))
        for kept in cell.metadata.get("user_expressions", ())
    }


def _text(result) -> str | None:
    if result.get("status") != "ok":
        return None
    return _unquoted(result.get("data", {}).get("text/plain"))


def _unquoted(text: str | None) -> str | None:
    """A text arrives as Python writes it, in quotes."""
    if not text or text[0] not in "'\"":
        return text
    try:
        return str(ast.literal_eval(text))
    except (SyntaxError, ValueError):
        return text


def plugin(found: dict[str, str | None]):
    """A mistune plugin that puts the results where the expressions stand.

    An expression without a result is marked on the page, never left out.
    """

    def parse(_inline, match, state) -> int:
        token = {"type": "inline_expression", "raw": match["expression_written"].strip()}
        state.append_token(token)
        return match.end()

    def render(_renderer, expression: str) -> str:
        text = found.get(expression)
        if text is None:
            return f'<mark class="unresolved">not available: {escape(expression)}</mark>'
        return escape(text)

    def install(markdown) -> None:
        markdown.inline.register("inline_expression", PATTERN, parse, before="codespan")
        markdown.renderer.register("inline_expression", render)

    return install
