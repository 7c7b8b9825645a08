"""A parsed element → its tags, each with the text behind it.

The tree is not walked from node to node. lexbor writes it out again, and in what it writes every element is closed and
every `<` and `>` of texts and attributes is escaped, so that cutting there is exact. One string crosses from C to
Python instead of thousands of nodes.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

NEVER_CLOSED = frozenset([
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
])  # fmt: skip
HIDDEN = "-hidden"
"""A tag no page can have: it and its end stand around what a style hides."""
_LEFT_OUT = ["script", "style", "iframe", "noframes", "noembed", "template"]
"""What is no text of the page and is written out as it stands (or may hold such)."""
_AS_IT_STANDS = re.compile(r"(<(xmp|plaintext)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
"""What is text of the page and yet written out as it stands."""
_HIDES = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\Z)"
)
_TAG = re.compile(r"<([^>]*)>")


def simplify(tree: LexborHTMLParser) -> None:
    """Take out of a tree what `chunks_of` cannot tell from mark-up: scripts, styles, frames.

    >>> tree = LexborHTMLParser("<p>一<script>if (a<b) alert()</script>二")
    >>> simplify(tree)
    >>> tree.body.html
    '<body><p>一二</p></body>'
    """
    tree.strip_tags(_LEFT_OUT)


def chunks_of(node: LexborNode) -> tuple[list[str], list[str]]:
    """The tags of an element in order, `name attributes` and `/name`, and the text behind each.

    The tree is to be simplified before. In texts and attributes `&amp;`, `&lt;`, `&gt;`, `&nbsp;` (and `&quot;` in
    attributes) stay escaped.

    >>> node = LexborHTMLParser("<p title='1>0'>一<!-- 二 --><i style='display:none'>三").css_first("p")
    >>> chunks_of(node)
    (['p title="1&gt;0"', '-hidden', 'i style="display:none"', '/i', '/-hidden', '/p'], ['一', '', '三', '', '', ''])
    """
    html = node.html or ""
    if "<!--" in html:
        first, *rest = html.split("<!--")
        html = first + "".join(part.partition("-->")[2] for part in rest)
    if "<xmp" in html or "<plaintext" in html:
        html = _AS_IT_STANDS.sub(_escaped, html)
    if "<pre" in html:
        html = _lines_of_pre(html)
    plain = html.count("<") == html.count(">")  # the name of an attribute may have a "<" in it
    chunks = html.replace(">", "<").split("<") if plain else _TAG.split(html)
    tags, texts = chunks[1::2], chunks[2::2]
    hiding = _hiding(tags) if 'style="' in html else ()
    return _marked(tags, texts, hiding) if hiding else (tags, texts)


def _hiding(tags: list[str]) -> list[int]:
    """Which of the tags have a style that hides what is in them."""
    styled = [(index, tag) for index, tag in enumerate(tags) if 'style="' in tag]
    hides: dict[str, bool] = {}
    for _, tag in styled:
        if tag not in hides:
            style = tag.partition(' style="')[2].partition('"')[0].lower()
            told = "none" in style or "hidden" in style or "font-size" in style
            hides[tag] = told and tag.partition(" ")[0] not in NEVER_CLOSED and _HIDES.search(style) is not None
    return [index for index, tag in styled if hides[tag]]


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


def _marked(tags: list[str], texts: list[str], hiding: list[int]) -> tuple[list[str], list[str]]:
    """Tags and texts with HIDDEN and its end around every element that begins at one of `hiding`."""
    marked: list[str] = []
    behind: list[str] = []
    position = 0
    for start in hiding:
        if start < position:
            continue  # in one that is hidden already
        name = tags[start].partition(" ")[0]
        again, end = f"{name} ", f"/{name}"
        level = 1
        stop = start
        while level and stop + 1 < len(tags):
            stop += 1
            tag = tags[stop]
            if tag == end:
                level -= 1
            elif tag == name or tag.startswith(again):
                level += 1
        marked += (*tags[position:start], HIDDEN, *tags[start : stop + 1], f"/{HIDDEN}")
        behind += (*texts[position:start], "", *texts[start:stop], "", texts[stop])
        position = stop + 1
    return marked + tags[position:], behind + texts[position:]
