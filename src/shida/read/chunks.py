"""A parsed element → its tags, each with the text behind it.

The tree is not walked from node to node. lexbor writes it out again, and in what it writes every element is closed and
every `<` and `>` of texts and attributes is escaped, so that cutting there is exact. One string crosses from C to
Python instead of thousands of nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

NEVER_CLOSED = frozenset([
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
])  # fmt: skip
HIDDEN = "-hidden"
"""A tag no page can have: it and its end stand around what a style hides."""
LEFT_OUT = ("script", "style", "iframe", "noframes", "noembed", "template", "svg", "img", "input")
"""What is no text of the page: written out as it stands, or frequent."""
_AS_IT_STANDS = re.compile(r"(<(xmp|plaintext)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
"""What is text of the page and yet written out as it stands."""
_AS_TYPED = re.compile(r"<(?:pre|xmp|plaintext)")
_STYLE = re.compile(r' style="([^"<]*+)')
_HIDES = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\Z)"
)
_CHUNK = re.compile(
    r"<(?:(h[1-6]|li|p|td|th|div|dd|dt)(?: [^>]*+)?+>([^<]*+)(<a [^>]*+>[^<]*+</a>[^<]*+)?+</\1>|([^>]*+)>)([^<]*+)"
)
Chunk = tuple[str, str, str, str, str]
"""Either a whole block: its name, the text before its link, and the link with the text behind it; or a tag. Last, the
text behind either."""


def may_hold(html: str) -> Sequence[str]:
    """Those of LEFT_OUT that may come of parsing mark-up: in Python all, since looking for them takes longer."""
    return LEFT_OUT


def simplify(tree: LexborHTMLParser, kinds: Sequence[str] = LEFT_OUT) -> None:
    """Take out of a tree what `chunks_of` cannot tell from mark-up: scripts, styles, frames; or some `kinds` of it.

    >>> tree = LexborHTMLParser("<p>一<script>if (a<b) alert()</script>二")
    >>> simplify(tree)
    >>> tree.body.html
    '<body><p>一二</p></body>'
    """
    tree.strip_tags(list(kinds))


def chunks_of(html: str) -> list[Chunk]:
    """The tags of mark-up in order, each with the text behind it; a block with nothing but text and one link is one.

    The tree it was written from is to be simplified before. In texts and attributes `&amp;`, `&lt;`, `&gt;`, `&nbsp;`
    (and `&quot;` in attributes) stay escaped.

    >>> tree = LexborHTMLParser("<ul><li>一<a href=x>二</a><li>三<!-- 四 --><i style='display:none'>五</i></ul>")
    >>> for chunk in chunks_of(tree.css_first("ul").html):
    ...     print(*chunk, sep="|")
    |||ul|
    li|一|<a href="x">二</a>||
    |||li|三
    |||-hidden|
    |||i style="display:none"|五
    |||/i|
    |||/-hidden|
    |||/li|
    |||/ul|
    """
    return _CHUNK.findall(marked(without_comments(html)))


def without_comments(html: str) -> str:
    """Mark-up without its comments."""
    if "<!--" not in html:
        return html
    first, *rest = html.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def marked(html: str) -> str:
    """Mark-up with <br> for the line ends of what stands as it was typed, and HIDDEN around what a style hides."""
    if _AS_TYPED.search(html):
        html = _lines_of_pre(_AS_IT_STANDS.sub(_escaped, html))
    if any(map(hides, {*_STYLE.findall(html)})):  # a page has many styles, and few different ones
        html = _with_hidden(html)
    return html


def _escaped(match: re.Match[str]) -> str:
    return match[1] + match[3].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + match[4]


def _lines_of_pre(html: str) -> str:
    """Mark-up whose line ends inside <pre> are <br>."""
    parts: list[str] = []
    position = 0
    while (start := html.find("<pre", position)) >= 0 and (end := html.find("</pre>", start)) >= 0:
        parts += (html[position:start], html[start:end].replace("\n", "<br>"))
        position = end
    return "".join((*parts, html[position:]))


def _with_hidden(html: str) -> str:
    """Mark-up with HIDDEN and its end around every element whose style hides it."""
    parts: list[str] = []
    position = 0
    at = html.find(' style="')
    while at >= 0:
        stop = at + 8
        start = html.rfind("<", position, at)
        if start >= 0 and html.find(">", start, at) < 0:  # in a text it would be words about a style
            stop = html.find('"', at + 8)
            name = html[start + 1 : at].partition(" ")[0]
            if name not in NEVER_CLOSED and hides(html[at + 8 : stop]):
                end = _end_of(html, start, name)
                parts += (html[position:start], f"<{HIDDEN}>", html[start:end], f"</{HIDDEN}>")
                position = stop = end
        at = html.find(' style="', stop)
    return "".join((*parts, html[position:])) if parts else html


def hides(style: str) -> bool:
    """Whether a style hides what has it."""
    style = style.lower()
    return ("none" in style or "hidden" in style or "font-size" in style) and _HIDES.search(style) is not None


def _end_of(html: str, start: int, name: str) -> int:
    """Where the element ends that begins at `start`."""
    level = 0
    for match in re.compile(rf"<(/?){re.escape(name)}[ >]").finditer(html, start):
        level += -1 if match[1] else 1
        if not level:
            return match.end()
    return len(html)


def unescaped(text: str) -> str:
    """A text without the five escapes of written-out mark-up."""
    text = text.replace("&nbsp;", "\xa0")
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return text
