"""Styles that hide in ways the pass over the lines does not know: far off the screen, or until a script has run."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

MOST_STYLES, MOST_INVISIBLE = 5_000, 20
"""So many elements of a page are looked at."""
_FAR = re.compile(r"(?<![\w-])(?:left|top|right|text-indent)\s{0,3}:\s{0,3}-(?:\d{4,6}|9\d\d)", re.IGNORECASE)
"""Nearer than that something may peep in, or be put in the middle."""
_MAYBE_FAR = re.compile(r"-(?:999|1000|5000)")
"""What is cheap to look for; other numbers are hardly ever written."""
_INVISIBLE = re.compile(r"visibility\s{0,3}:\s{0,3}hidden[;\s]{0,9}", re.IGNORECASE)
MOST_OF_IT = 0.5
"""A page does not hide so much of its own text for good."""


def hide_far(tree: LexborHTMLParser, html: str) -> None:
    """Hide in a tree what stands far off the screen: words for search engines.

    >>> html = "<p style='position:absolute;left:-9999px'>彩票</p><p style='margin-left:-1000px'>玩具</p>"
    >>> tree = LexborHTMLParser(html)
    >>> hide_far(tree, html)
    >>> [node.attributes["style"] for node in tree.css("[style]")]
    ['display:none', 'margin-left:-1000px']
    """
    if _MAYBE_FAR.search(html) is not None:
        for node in tree.css("[style]")[:MOST_STYLES]:
            if _FAR.search(node.attributes.get("style") or ""):
                node.attrs["style"] = "display:none"


def show_invisible(tree: LexborHTMLParser, html: str) -> bool:
    """Show what holds most of a page's text but is invisible until a script has run; whether there was any.

    >>> html = "<div style='visibility: hidden; opacity: 0'>市里抽查玩具</div><p>阅读</p>"
    >>> tree = LexborHTMLParser(html)
    >>> show_invisible(tree, html), tree.css_first("div").attributes["style"]
    (True, 'opacity: 0')
    """
    if tree.body is None or "visibility" not in html.lower():
        return False
    least = MOST_OF_IT * len(tree.body.text())
    invisible = [
        node for node in tree.css("[style*=visibility i]") if _INVISIBLE.search(node.attributes["style"] or "")
    ]
    shown = [node for node in invisible[:MOST_INVISIBLE] if len(node.text()) > least]
    for node in shown:
        node.attrs["style"] = _INVISIBLE.sub("", node.attributes["style"] or "")
    return bool(shown)
