"""Parsed mark-up → its visible lines with what is around them: one loop over its tags, no recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.chunks import HIDDEN, NEVER_CLOSED, chunks_of, simplify
from shida.read.depth import DEEPEST

MOST_LINES = 20_000
"""A page with more is cut there and flagged."""
_SKIP = (
    "script", "style", "noscript", "head", "title", "textarea", "select", "iframe", "object", "svg", "template",
    "button", "map", "canvas", "video", "audio", "applet", "noframes", "math", "datalist", "rp", "rt",
)  # fmt: skip
"""What is never text of the page. `rt` is the reading over a character, not a character of the text."""
_CONTAINER = (
    "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "form", "blockquote", "center", "figure", "body", "pre", "fieldset",
)  # fmt: skip
_HEADING = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCK = (
    "p", "thead", "tfoot", "caption", "dt", "legend", "figcaption", "address", "html", "details", "summary", "dir",
    "menu", "hgroup", "marquee", "text", "frameset", "label", "option",
)  # fmt: skip
VOID, INLINE, INLINE_END, BOLD, BOLD_END, LINK, LINK_END, SKIP, BREAK, HIDE, HIDE_END = range(11)
BLOCK, HEADING, CONTAINER, BLOCK_END, HEADING_END, CONTAINER_END = range(11, 17)
"""What a tag does to lines. The order matters: from BREAK on a line ends, from BLOCK on a block begins, from BLOCK_END
on one ends."""
_KINDS: dict[str, int] = {
    **dict.fromkeys(NEVER_CLOSED, VOID),
    **dict.fromkeys(_BLOCK, BLOCK),
    **dict.fromkeys(_HEADING, HEADING),
    **dict.fromkeys(_CONTAINER, CONTAINER),
    **{f"/{name}": BLOCK_END for name in _BLOCK},
    **{f"/{name}": HEADING_END for name in _HEADING},
    **{f"/{name}": CONTAINER_END for name in _CONTAINER},
    **dict.fromkeys(_SKIP, SKIP),
    "a": LINK,
    "/a": LINK_END,
    "b": BOLD,
    "/b": BOLD_END,
    "strong": BOLD,
    "/strong": BOLD_END,
    "br": BREAK,
    "hr": BREAK,
    HIDDEN: HIDE,
    f"/{HIDDEN}": HIDE_END,
}
_KNOWN = {name: (kind, name) for name, kind in _KINDS.items()}
_SEPARATORS = " \n\t\r\u3000\xa0|｜·•>»<«/-—_.,，、:：;；()（）[]【】"
_RUNS = re.compile(r"[ \t\r\n\f\v]+")
_EDGE = " \u3000\xa0\u200b\ufeff\t\r\n"


class Container(msgspec.Struct, gc=False):
    """An element that can hold the body."""

    index: int
    parent: int
    tag: str
    first: int
    """First line in it."""
    end: int = 0
    """The line behind its last."""


class Line(msgspec.Struct, gc=False):
    """One visible line: what stands between two block boundaries or <br>."""

    text: str
    words: int
    """Its length; where it has a link, only that of the link's words and of what is no separator beside them."""
    link: int
    """As many of them inside links."""
    tag: str
    """The nearest block around it."""
    container: int
    anchor: str = ""
    """The tag of its first link as it stands; asked for its attributes only where they are wanted."""
    anchors: int = 0
    """How many links it has."""
    hidden: bool = False
    bold: bool = False
    """All of it inside <b>, <strong> or a heading."""

    @property
    def href(self) -> str | None:
        """Address of its first link."""
        return _attribute(self.anchor, ' href="')

    @property
    def link_title(self) -> str | None:
        """The `title` of its first link, which often has the whole of a headline that was cut off."""
        return _attribute(self.anchor, ' title="')


class Lines(msgspec.Struct):
    """The lines of a page with the containers around them."""

    lines: list[Line]
    containers: list[Container]
    deep: bool = False
    cut: bool = False
    whole: str = ""
    """The texts of all lines, a newline after each: to ask once whether a word is on the page at all."""


def lines_of(tree: LexborHTMLParser) -> Lines:
    """All visible lines of a parsed page, in order. Scripts and styles are taken out of the tree.

    >>> found = lines_of(LexborHTMLParser("<h1>一</h1><p>二 <a href='/x'>三</a><br>四"))
    >>> [(line.text, line.tag, line.link) for line in found.lines]
    [('一', 'h1', 0), ('二 三', 'p', 1), ('四', 'p', 0)]
    """
    simplify(tree)
    root = tree.body or tree.root  # a page of frames has no body
    return lines_of_node(root) if root is not None else Lines([], [Container(0, -1, "html", 0)])


def lines_of_node(node: LexborNode) -> Lines:  # one loop on purpose: it runs for every tag of every page
    """The lines of one element."""
    lines: list[Line] = []
    containers = [Container(0, -1, "html", 0)]
    opened, blocks, links = [0], ["html"], [0]
    parts: list[str] = []
    unlinked: list[str] = []
    unknown = (-1, "")
    kinds = _KNOWN.copy()  # takes in the tags of this page as they stand, for most of them return
    link = anchors = in_link = bold = bold_length = hidden = inline = deepest = 0
    joint = False
    link_tag = first_tag = ""
    tags, texts = chunks_of(node)
    chunks = zip([*tags, "br"], [*texts, ""], strict=False)
    for tag, text in chunks:
        kind, name = kinds.get(tag) or unknown
        if kind < 0:
            name = tag.partition(" ")[0]
            kind = _KINDS.get(name, -1)
            if kind < 0:
                kind = INLINE_END if name[:1] == "/" else VOID if name[:1] in "!?" else INLINE
            if kind != LINK:
                kinds[tag] = kind, name
        if kind >= BREAK:
            if parts:
                line = "".join(parts).strip(_EDGE)
                if line:
                    if "\n" in line or "  " in line or "\t" in line:
                        line = _RUNS.sub(" ", line)
                    lines.append(
                        Line(
                            line,
                            link + _dense_length(unlinked) if link else len(line),
                            link,
                            blocks[-1],
                            opened[-1],
                            first_tag,
                            anchors,
                            hidden > 0,
                            bold_length * 10 >= len(line) * 9,
                        )
                    )
                    if len(lines) >= MOST_LINES:
                        break
                parts.clear()
                unlinked.clear()
                link = anchors = bold_length = 0
                first_tag = ""
            if kind >= BLOCK_END:
                if len(blocks) > 1:
                    blocks.pop()
                if kind == CONTAINER_END:
                    if len(opened) > 1:
                        containers[opened.pop()].end = len(lines)
                elif kind == HEADING_END:
                    bold -= 1
            elif kind >= BLOCK:
                blocks.append(name)
                if kind == CONTAINER:
                    containers.append(Container(len(containers), opened[-1], name, len(lines)))
                    opened.append(len(containers) - 1)
                elif kind == HEADING:
                    bold += 1
                if len(blocks) > deepest:
                    deepest = len(blocks)
            elif kind != BREAK:
                hidden += 1 if kind == HIDE else -1
        elif kind:
            if kind == LINK:
                # <a name> is no link; where it is never closed the rest of the page would be one.
                links.append(' href="' in tag)
                joint = True
                if links[-1]:
                    in_link += 1
                    anchors += 1
                    link_tag = tag
            elif kind == LINK_END:
                in_link -= links.pop() if len(links) > 1 else 0
                joint = True
            elif kind == SKIP:
                text = _behind(chunks, name)
            else:
                inline += 1 if kind in (INLINE, BOLD) else -1
                if inline > deepest:
                    deepest = inline
                if kind == BOLD:
                    bold += 1
                elif kind == BOLD_END:
                    bold -= 1
        if text:
            if "&" in text:
                text = _unescaped(text)
            if text.isspace():
                if parts:
                    parts.append(" ")
                continue
            if joint:
                # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
                if parts and text[0].isdigit() and parts[-1][-1:].isdigit():
                    parts.append(" ")
                joint = False
            parts.append(text)
            if in_link:
                length = len(text.strip(_SEPARATORS))
                link += length
                if length and not first_tag:
                    first_tag = link_tag
            else:
                unlinked.append(text)
            if bold:
                bold_length += len(text.strip(_EDGE))
    for index in opened:
        containers[index].end = len(lines)
    whole = "\n".join([line.text for line in lines])
    return Lines(lines, containers, deepest > DEEPEST, len(lines) >= MOST_LINES, whole)


def _behind(chunks: Iterator[tuple[str, str]], name: str) -> str:
    """The text behind an element that is passed over, with all that is in it."""
    again, end = f"{name} ", f"/{name}"
    level = 1
    for tag, text in chunks:
        if tag == end:
            level -= 1
            if not level:
                return text
        elif tag == name or tag.startswith(again):
            level += 1
    return ""


def _dense_length(texts: list[str]) -> int:
    """How many characters of the texts beside a link say something: bullets and rules do not."""
    text = "".join(texts).strip(_SEPARATORS)
    return sum([mark not in _SEPARATORS for mark in text]) if text else 0


def _attribute(tag: str, name: str) -> str | None:
    _, found, rest = tag.partition(name)
    value = rest.partition('"')[0]
    return (_unescaped(value) if "&" in value else value) if found else None


def _unescaped(text: str) -> str:
    """A text without the five escapes of written-out mark-up."""
    text = text.replace("&nbsp;", "\xa0")
    return (
        text
        if "&" not in text
        else text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    )


def attribute(node: LexborNode, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
