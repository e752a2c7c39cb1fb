"""What every page of ours must be, asked of a page open in a browser.

Each function takes a Playwright page and returns what is wrong (empty: nothing is), so that the
same questions can be asked of the example here and of real editions elsewhere.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
NARROW, WIDE = 320, 1280


@dataclass
class Visit:
    """A page and what it asked for while it was open: other addresses, and complaints."""

    page: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visit(browser, path, *, width=WIDE, colours="light"):
    """The file at `path` in a window of its own; every disclosure in it is open."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=colours, reduced_motion="reduce"
    )
    visited = Visit(context.new_page())
    address = path.as_uri()
    visited.page.on(
        "request", lambda asked: asked.url == address or visited.requests.append(asked.url)
    )
    visited.page.on("console", lambda message: visited.complaints.append(message.text))
    visited.page.goto(address)
    visited.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    yield visited
    context.close()


def violations(page, axe: str) -> list[str]:
    """Rules of accessibility that the page breaks, each with the first element that does."""
    page.evaluate(axe)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(STANDARDS)
    )
    return [
        f"{broken['id']}: {broken['help']}: {broken['nodes'][0]['html'][:200]}"
        for broken in found["violations"]
    ]


def headings_out_of_order(page) -> list[str]:
    """Headings that skip a level, and any count of first headings but one."""
    levels = page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')]"
        ".map(h => [Number(h.tagName[1]), h.textContent])"
    )
    skipped = [
        text
        for (above, _), (level, text) in zip([(0, ""), *levels], levels, strict=False)
        if level > above + 1
    ]
    firsts = sum(level == 1 for level, _ in levels)
    return skipped if firsts == 1 else [*skipped, f"{firsts} first headings"]


def repeated_ids(page) -> list[str]:
    """Ids that more than one element has."""
    return page.evaluate(
        "(ids => [...new Set(ids.filter((id, n) => ids.indexOf(id) !== n))])"
        "([...document.querySelectorAll('[id]')].map(e => e.id))"
    )


def links_to_nowhere(page) -> list[str]:
    """Links within the page, and names by reference, that no element answers to."""
    return page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"], [aria-labelledby]')]
        .flatMap(e => (e.getAttribute('aria-labelledby') ?? e.hash.slice(1)).split(' '))
        .filter(id => !document.getElementById(decodeURIComponent(id)))"""
    )


def active_content(page) -> list[str]:
    """Elements and attributes that could run or fetch something, and pictures from elsewhere."""
    return page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e =>
            e.matches('script, iframe, object, embed, link, base, form, img:not([src^="data:"])')
            || [...e.attributes].some(a => a.name.startsWith('on')
                || /^\\s*(javascript|vbscript):/i.test(a.value) && a.name.endsWith('href')))
        .map(e => e.outerHTML.slice(0, 200))"""
    )


def width_beyond_the_window(page) -> int:
    """By how many pixels the page must be scrolled sideways to be seen whole."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def where_the_skip_link_leads(page) -> str:
    """The id of the element that has the focus after the first stop of the keyboard is taken."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return page.evaluate("document.activeElement.id")


def small_targets(page) -> list[str]:
    """Links on a line of their own and disclosures under 24 pixels high."""
    return page.evaluate(
        """[...document.querySelectorAll('nav a, summary')].filter(e =>
        e.getClientRects().length && e.getBoundingClientRect().height < 24)
        .map(e => e.textContent)"""
    )
