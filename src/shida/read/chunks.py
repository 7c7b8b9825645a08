"""A parsed element → runs of block tags, each with the piece of text behind it.

The tree is not walked from node to node. lexbor writes it out again, and in what it writes every element is closed and
every `<` and `>` of texts and attributes is escaped, so that cutting there is exact. One string crosses from C to
Python instead of thousands of nodes, and it is cut at runs of block tags (`</td></tr><tr><td>`) rather than at each:
a page has many tags, few runs, and very few different ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

NEVER_CLOSED = frozenset([
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
])  # fmt: skip
CONTAINERS = frozenset([
    "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "form", "blockquote", "center", "figure", "body", "pre", "fieldset",
])  # fmt: skip
"""What can hold a body."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCKS = frozenset([
    "p", "thead", "tfoot", "caption", "dt", "legend", "figcaption", "address", "html", "details", "summary", "dir",
    "menu", "hgroup", "marquee", "text", "frameset", "label", "option",
])  # fmt: skip
_BREAKS = frozenset(["br", "hr"])
_LEFT_OUT = ["script", "style", "iframe", "noframes", "noembed", "template", "svg", "img", "input"]
"""What is no text of the page: written out as it stands, or frequent."""
_AS_IT_STANDS = re.compile(r"(<(xmp|plaintext)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
"""What is text of the page and yet written out as it stands."""
_MAY_STAND = re.compile(r"<(?:xmp|plaintext)")
_HIDES = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden")
_TOO_SMALL = re.compile(r"font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\"|\Z)")


def _any_of(words: list[str]) -> str:
    """A pattern for any of the words, letter by letter: it is tried at every tag, and a list of words is slow there."""
    firsts = sorted({word[0] for word in words if word})
    branches = [first + _any_of([word[1:] for word in words if word[:1] == first]) for first in firsts]
    if not branches:
        return ""
    either = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{either})?+" if "" in words else either


_BLOCK = _any_of(sorted(CONTAINERS | HEADINGS | _BLOCKS | _BREAKS))
_CHUNK = re.compile(
    rf"((?:</?{_BLOCK}(?: [^>]*+)?+>\s*+(?:&nbsp;\s*+)*+)*+)"
    rf"([^<]*+)(?:<a( [^>]*+)>([^<]*+)</a>([^<]*+))?+((?:<(?!/?{_BLOCK}[ >])[^>]*+>[^<]*+)*+)"
)
Chunk = tuple[str, str, str, str, str, str]
"""A run of block tags; the text behind it, the attributes of a link in it, the link's words, the text behind the link;
from the next other tag on all as it stands."""
_NAMES = re.compile(r"<(/?[a-z0-9]+)")
_TAGS = re.compile(r"<(/?[a-z0-9]+)([^>]*)>")


HEADING, HIDDEN, PRE = 1, 2, 4
"""What is said of all that stands inside an element."""
Element = tuple[str, bool, int]
"""A block that is opened: its name, whether it can hold a body, and which of HEADING, HIDDEN, PRE it is."""


def _element(name: str, more: int) -> Element:
    return name, name in CONTAINERS, (HEADING if name in HEADINGS else PRE if name == "pre" else 0) | more


_ELEMENTS: dict[str, Element] = {
    **{name: _element(name, 0) for name in CONTAINERS | HEADINGS | _BLOCKS},
    **{f"{name}-": _element(name, HIDDEN) for name in CONTAINERS | HEADINGS | _BLOCKS},
}


class Run(NamedTuple):
    """What a run of block tags comes to: elements opened and closed within it hold nothing and are not named."""

    closed: int = 0
    """How many elements it closes that were opened before it."""
    opened: tuple[Element, ...] = ()
    deepest: int = 0
    """How deep it goes below where it begins, what is closed again included."""


NOTHING = Run()
"""What stands before the first piece."""


def simplify(tree: LexborHTMLParser) -> None:
    """Take out of a tree what `cut` cannot tell from mark-up: scripts, styles, frames.

    >>> tree = LexborHTMLParser("<p>一<script>if (a<b) alert()</script>二")
    >>> simplify(tree)
    >>> tree.body.html
    '<body><p>一二</p></body>'
    """
    tree.strip_tags(_LEFT_OUT)


def markup_of(node: LexborNode) -> str:
    """An element of a simplified tree written out, without its comments.

    >>> markup_of(LexborHTMLParser("<p>一<!-- 二 --><xmp>三<p></xmp>").body)
    '<body><p>一</p><xmp>三&lt;p&gt;</xmp></body>'
    """
    first, *rest = (node.html or "").split("<!--")
    html = first + "".join([part.partition("-->")[2] for part in rest]) if rest else first
    return _AS_IT_STANDS.sub(_escaped, html) if _MAY_STAND.search(html) else html


def cut(html: str) -> list[Chunk]:
    """Mark-up cut at its runs of block tags. Most of what stands between two of them is a text or a headline.

    In texts and attributes `&amp;`, `&lt;`, `&gt;`, `&nbsp;` (and `&quot;` in attributes) stay escaped.

    >>> for chunk in cut('<ul><li>一<a href="x">二</a></li><li>三<i>五</i></li></ul>'):
    ...     print(*chunk, sep="|")
    <ul><li>|一| href="x"|二||
    </li><li>|三||||<i>五</i>
    </li></ul>|||||
    |||||
    """
    return _CHUNK.findall(html)


def piece_of(before: str, link: str, words: str, behind: str, more: str) -> str:
    """What stands behind a run, as it stood."""
    return f"{before}<a{link}>{words}</a>{behind}{more}" if link else f"{before}{more}"


def run_of(tags: str) -> Run:
    """What a run of block tags comes to.

    >>> run = run_of('</td></tr><tr><td></td><td style="display:none">')
    >>> run.closed, [name for name, _, _ in run.opened], run.opened[1][2] == HIDDEN, run.deepest
    (2, ['tr', 'td'], True, 0)
    """
    opened: list[Element] = []
    closed = deepest = level = 0
    for name in _hidden_names(tags) if may_hide(tags) else _NAMES.findall(tags):
        element = _ELEMENTS.get(name)
        if element is not None:
            opened.append(element)
            level += 1
            if level > deepest:
                deepest = level
        elif name[0] == "/":
            level -= 1
            if opened:
                opened.pop()
            else:
                closed += 1
    return Run(closed, tuple(opened), deepest)


def _hidden_names(tags: str) -> list[str]:
    """The names of a run's tags, `-` behind those whose style hides the element."""
    return [f"{name}-" if hides(rest) else name for name, rest in _TAGS.findall(tags)]


def may_hide(tags: str) -> bool:
    """Whether the style of any of some tags may hide its element; a text with such words may look so too."""
    if ' style="' not in tags:
        return False
    tags = tags.lower()
    return "none" in tags or "hidden" in tags or _TOO_SMALL.search(tags) is not None


def hides(tag: str) -> bool:
    """Whether a tag's style hides the element.

    >>> hides('<p style="color:red; display: none">'), hides('<p title="display:none">')
    (True, False)
    """
    _, found, rest = tag.partition(' style="')
    style = rest.partition('"')[0].lower()
    return bool(found) and (_HIDES.search(style) is not None or _TOO_SMALL.search(style) is not None)


def _escaped(match: re.Match[str]) -> str:
    return match[1] + match[3].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + match[4]
