"""Styles that hide in ways the pass over the lines does not know: far off the screen, or until a script has run."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

MOST_STYLES, MOST_INVISIBLE = 5_000, 20
"""So many elements of a page are looked at."""
_FAR = re.compile(r"(?<![\w-])(?:left|top|right|text-indent)\s{0,3}:\s{0,3}-(?:\d{4,6}|9\d\d)", re.IGNORECASE)
"""Nearer than that something may peep in, or be put in the middle."""
_MAYBE_FAR = re.compile(r":\s?-\d{3}")
_INVISIBLE = re.compile(r"visibility\s{0,3}:\s{0,3}hidden[;\s]{0,9}", re.IGNORECASE)
MOST_OF_IT = 0.5
"""A page does not hide so much of its own text for good."""


def show_and_hide(tree: LexborHTMLParser, html: str) -> None:
    """Hide in a tree what stands far off the screen (words for search engines), and show what holds most of the page's
    text but is invisible until a script has run.

    >>> html = "<p style='left:-9999px'>彩票</p><div style='visibility: hidden; opacity: 0'>市里抽查玩具</div>"
    >>> tree = LexborHTMLParser(html)
    >>> show_and_hide(tree, html)
    >>> [node.attributes["style"] for node in tree.css("[style]")]
    ['display:none', 'opacity: 0']
    """
    far = _MAYBE_FAR.search(html) is not None
    invisible = "visibility" in html
    if not far and not invisible:
        return
    length = asked = 0
    for node in tree.css("[style]")[:MOST_STYLES]:
        style = node.attributes.get("style") or ""
        if far and _FAR.search(style):
            node.attrs["style"] = "display:none"
        elif invisible and asked < MOST_INVISIBLE and _INVISIBLE.search(style):
            asked += 1
            length = length or len(tree.body.text() if tree.body else "")
            if len(node.text()) > MOST_OF_IT * length:
                node.attrs["style"] = _INVISIBLE.sub("", style)
