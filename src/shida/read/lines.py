"""Parsed mark-up → its visible lines with what is around them: one walk, no recursion."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.depth import DEEPEST

MOST_LINES = 20_000
"""A page with more is cut there and flagged."""
_SKIP = frozenset([
    "script", "style", "noscript", "head", "title", "textarea", "select", "iframe", "object", "svg", "template",
    "button", "map", "canvas", "video", "audio", "applet", "noframes", "math", "datalist", "rp", "rt", "embed",
    "input", "img", "-comment", "!doctype", "_em_doctype", "link", "meta", "base",
])  # fmt: skip
"""What is never text of the page. `rt` is the reading over a character, not a character of the text."""
_CONTAINER = frozenset([
    "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dd", "section", "article", "main", "header",
    "footer", "nav", "aside", "form", "blockquote", "center", "figure", "body", "pre", "fieldset",
])  # fmt: skip
_HEADING = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BLOCK = _CONTAINER | _HEADING | frozenset([
    "p", "thead", "tfoot", "caption", "dt", "legend", "figcaption", "address", "hr", "html", "details", "summary",
    "dir", "menu", "hgroup", "marquee", "text", "frameset", "label", "option",
])  # fmt: skip
INLINE, LINK, BOLD, BREAK, TEXT, SKIP, BLOCK, HEADING, CONTAINER, PRE = range(10)
"""What an element does to lines. The order matters: from BLOCK on a line ends, from CONTAINER on it can hold a body."""
_KINDS: dict[str, int] = {
    **dict.fromkeys(_BLOCK, BLOCK),
    **dict.fromkeys(_HEADING, HEADING),
    **dict.fromkeys(_CONTAINER, CONTAINER),
    **dict.fromkeys(_SKIP, SKIP),
    "pre": PRE,
    "a": LINK,
    "b": BOLD,
    "strong": BOLD,
    "br": BREAK,
    "-text": TEXT,
}
_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\Z)",
    re.IGNORECASE,
)
_STYLE_WORDS = ("display", "visibility", "DISPLAY", "VISIBILITY", "font-size:0", "font-size: 0")
_SEPARATORS = re.compile(r"[\s|｜·•>»<«/\-—_.,，、:：;；()（）\[\]【】]+")
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
    """Characters of it without white space and separators; of all of it, where it has no link."""
    link: int
    """As many of them inside links."""
    tag: str
    """The nearest block around it."""
    container: int
    href: str | None = None
    """Address of its first link."""
    link_title: str | None = None
    """Its `title`, which often has the whole of a headline that was cut off."""
    anchors: int = 0
    """How many links it has."""
    hidden: bool = False
    bold: bool = False
    """All of it inside <b>, <strong> or a heading."""


class Lines(msgspec.Struct):
    """The lines of a page with the containers around them."""

    lines: list[Line]
    containers: list[Container]
    deep: bool = False
    cut: bool = False


def lines_of(tree: LexborHTMLParser, html: str = "") -> Lines:
    """All visible lines of a parsed page, in order. `html` lets pages without hidden styles skip the look at styles."""
    hidden: frozenset[int] = frozenset()
    if not html or any(word in html for word in _STYLE_WORDS):
        styled = tree.css("[style]")
        hidden = frozenset(node.mem_id for node in styled if _HIDDEN.search(node.attributes.get("style") or ""))
    walker = _Walker(hidden)
    if tree.root is not None:
        walker.walk(tree.root)
    cut = len(walker.lines) >= MOST_LINES
    return Lines(lines=walker.lines, containers=walker.containers, deep=walker.deep, cut=cut)


def lines_of_node(node: LexborNode, hiding: frozenset[int] = frozenset()) -> Lines:
    """The lines of one element. `hiding` are the `mem_id`s of what in it is not to be seen."""
    walker = _Walker(hiding)
    walker.walk(node)
    return Lines(lines=walker.lines, containers=walker.containers, deep=walker.deep)


class _Walker:
    """The state of one walk over a tree."""

    def __init__(self, hiding: frozenset[int]) -> None:
        self.hiding = hiding
        self.lines: list[Line] = []
        self.containers: list[Container] = [Container(0, -1, "html", 0)]
        self.open = [0]
        self.blocks = ["html"]
        self.parts: list[str] = []
        self.link = self.anchors = self.in_link = self.bold = self.bold_length = self.hidden = 0
        self.href: str | None = None
        self.title: str | None = None
        self.link_href: str | None = None
        self.link_title: str | None = None
        self.links: list[bool] = []
        self.joint = False
        self.preformatted = 0
        self.deep = False

    def walk(self, root: LexborNode) -> None:  # one loop on purpose: it runs for every node of every page
        """Depth first, by hand: a page may be nested deeper than Python's stack."""
        node: LexborNode | None = root
        path: list[tuple[LexborNode, int]] = []
        kinds, hiding, lines, containers, opened = _KINDS, self.hiding, self.lines, self.containers, self.open
        parts = self.parts
        kind = deepest = 0
        while node is not None:
            tag = node.tag or ""
            kind = kinds.get(tag, INLINE)
            if kind == TEXT:
                text = node.text_content
                if text:
                    if self.preformatted or not text.isspace():
                        self.add(text)
                    elif parts:
                        parts.append(" ")
            elif kind != SKIP:
                if kind >= BLOCK:
                    if parts:
                        self.flush()
                    self.blocks.append(tag)
                    if kind >= CONTAINER:
                        index = len(containers)
                        containers.append(Container(index, opened[-1], tag, len(lines)))
                        opened.append(index)
                        self.preformatted += kind == PRE
                    elif kind == HEADING:
                        self.bold += 1
                elif kind == LINK:
                    self.open_link(node)
                elif kind == BREAK:
                    self.flush()
                elif kind == BOLD:
                    self.bold += 1
                if hiding and node.mem_id in hiding:
                    self.flush()
                    self.hidden += 1
                child = node.first_child
                if child is not None:
                    path.append((node, kind))
                    node = child
                    continue
                self.leave(node, kind)
            following = node.next if path else None  # the root's neighbours are not in it
            while following is None and path:
                if len(path) > deepest:
                    deepest = len(path)
                node, kind = path.pop()
                if hiding:
                    self.leave(node, kind)
                elif kind == LINK:
                    self.in_link -= self.links.pop()
                    self.joint = True
                elif kind == CONTAINER:
                    if parts:
                        self.flush()
                    self.blocks.pop()
                    containers[opened.pop()].end = len(lines)
                elif kind:
                    self.leave(node, kind)
                following = node.next if path else None
            node = following if len(lines) < MOST_LINES else None
        self.flush()
        self.deep = deepest > 2 * DEEPEST
        for index in opened:
            containers[index].end = len(lines)

    def add(self, text: str) -> None:
        """Take in the text of a node; in <pre> each of its lines is a line."""
        if self.preformatted and "\n" in text:
            first, *rest = text.split("\n")
            self.add(first)
            for part in rest:
                self.flush()
                self.add(part)
            return
        if self.joint:
            # A date and the headline's link behind it touch: 2026-11-18<a>2026年…
            if self.parts and text[0].isdigit() and self.parts[-1][-1:].isdigit():
                self.parts.append(" ")
            self.joint = False
        self.parts.append(text)
        if self.in_link:
            length = len(_SEPARATORS.sub("", text))
            self.link += length
            if length and self.href is None:
                self.href, self.title = self.link_href, self.link_title
        if self.bold:
            self.bold_length += len(text.strip(_EDGE))

    def open_link(self, node: LexborNode) -> None:
        """Enter an <a>. <a name> is no link; where it is never closed the rest of the page would be one."""
        attributes = node.attributes
        self.link_href = attributes.get("href")
        self.link_title = attributes.get("title")
        self.links.append(self.link_href is not None)
        self.joint = True
        if self.link_href is not None:
            self.in_link += 1
            self.anchors += 1

    def leave(self, node: LexborNode, kind: int) -> None:
        """Leave an element."""
        if self.hiding and node.mem_id in self.hiding:
            self.flush()
            self.hidden -= 1
        if kind >= BLOCK:
            if self.parts:
                self.flush()
            self.blocks.pop()
            if kind >= CONTAINER:
                self.containers[self.open.pop()].end = len(self.lines)
                self.preformatted -= kind == PRE
            elif kind == HEADING:
                self.bold -= 1
        elif kind == LINK:
            self.in_link -= self.links.pop()
            self.joint = True
        elif kind == BOLD:
            self.bold -= 1

    def flush(self) -> None:
        """End the line at hand."""
        if not self.parts:
            return
        text = "".join(self.parts).strip(_EDGE)
        if text:
            if "\n" in text or "\t" in text or "  " in text or "\r" in text:
                text = _squeezed(text)
            self.lines.append(
                Line(
                    text=text,
                    words=len(_SEPARATORS.sub("", text)) if self.link else len(text),
                    link=self.link,
                    tag=self.blocks[-1],
                    container=self.open[-1],
                    href=self.href,
                    link_title=self.title,
                    anchors=self.anchors,
                    hidden=self.hidden > 0,
                    bold=self.bold_length * 10 >= len(text) * 9,
                )
            )
        self.parts.clear()  # the same list: the walk holds on to it
        self.link = self.anchors = self.bold_length = 0
        self.href = self.title = None


_RUNS = re.compile(r"[ \t\r\n\f\v]+")


def _squeezed(text: str) -> str:
    return _RUNS.sub(" ", text)


def attribute(node: LexborNode, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
