"""Parsed mark-up → its visible lines with what is around them: one walk, no recursion."""

from __future__ import annotations

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.depth import DEEPEST

MOST_LINES = 50_000
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
_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\Z)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s|｜·•>»<«/\-—_.,，、:：;；()（）\[\]【】]+")
_EDGE = " \u3000\xa0\u200b\ufeff\t\r\n"


class Container(msgspec.Struct, gc=False):
    """An element that can hold the body."""

    index: int
    parent: int
    tag: str
    name: str
    """Class and id, lower case."""
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
    walker = _Walker(styles=not html or _HIDDEN.search(html) is not None)
    if tree.root is not None:
        walker.walk(tree.root)
    cut = len(walker.lines) >= MOST_LINES
    return Lines(lines=walker.lines, containers=walker.containers, deep=walker.deep, cut=cut)


class _Walker:
    """The state of one walk over a tree."""

    def __init__(self, styles: bool) -> None:
        self.styles = styles
        self.lines: list[Line] = []
        self.containers: list[Container] = [Container(index=0, parent=-1, tag="html", name="", first=0)]
        self.open = [0]
        self.blocks = ["html"]
        self.parts: list[str] = []
        self.link = self.anchors = self.in_link = self.bold = self.bold_length = self.hidden = 0
        self.href: str | None = None
        self.title: str | None = None
        self.link_href: str | None = None
        self.link_title: str | None = None
        self.links: list[bool] = []
        self.preformatted = 0
        self.deep = False

    def walk(self, root: LexborNode) -> None:
        """Depth first, by hand: a page may be nested deeper than Python's stack."""
        node: LexborNode | None = root
        path: list[tuple[LexborNode, str, bool]] = []
        skip, add, enter, leave = _SKIP, self.add, self.enter, self.leave
        while node is not None:
            tag = node.tag or ""
            if tag == "-text":
                add(node.text_content or "")
            elif tag not in skip:
                hidden = enter(node, tag)
                child = node.first_child
                if child is not None:
                    path.append((node, tag, hidden))
                    if len(path) > 2 * DEEPEST:
                        self.deep = True
                    node = child
                    continue
                leave(tag, hidden)
            following = node.next
            while following is None and path:
                node, tag, hidden = path.pop()
                leave(tag, hidden)
                following = node.next if path else None
            node = following if len(self.lines) < MOST_LINES else None
        self.flush()
        for index in self.open:
            self.containers[index].end = len(self.lines)

    def add(self, text: str) -> None:
        """Take in the text of a node; in <pre> each of its lines is a line."""
        if self.preformatted and "\n" in text:
            first, *rest = text.split("\n")
            self.add(first)
            for part in rest:
                self.flush()
                self.add(part)
            return
        self.parts.append(text)
        if self.in_link:
            length = len(_SEPARATORS.sub("", text))
            self.link += length
            if length and self.href is None:
                self.href, self.title = self.link_href, self.link_title
        if self.bold:
            self.bold_length += len(text.strip(_EDGE))

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Take an element in; True where it hides what is in it."""
        if tag == "a":
            # <a name> is no link; where it is never closed the rest of the page would be one.
            attributes = node.attributes
            self.link_href = attributes.get("href")
            self.link_title = attributes.get("title")
            self.links.append(self.link_href is not None)
            if self.link_href is not None:
                self.in_link += 1
                self.anchors += 1
        elif tag == "br":
            self.flush()
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in _BLOCK:
            self.flush()
            self.blocks.append(tag)
            if tag in _CONTAINER:
                attributes = node.attributes
                name = ""
                if attributes:
                    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
                index = len(self.containers)
                self.containers.append(
                    Container(index=index, parent=self.open[-1], tag=tag, name=name, first=len(self.lines))
                )
                self.open.append(index)
                self.preformatted += tag == "pre"
            elif tag in _HEADING:
                self.bold += 1
        if self.styles:
            style = node.attributes.get("style")
            if style and _HIDDEN.search(style):
                self.flush()
                self.hidden += 1
                return True
        return False

    def leave(self, tag: str, hidden: bool) -> None:
        """Leave an element."""
        if hidden:
            self.flush()
            self.hidden -= 1
        if tag == "a":
            self.in_link -= self.links.pop()
        elif tag in ("b", "strong"):
            self.bold -= 1
        elif tag in _BLOCK:
            self.flush()
            self.blocks.pop()
            if tag in _CONTAINER:
                self.containers[self.open.pop()].end = len(self.lines)
                self.preformatted -= tag == "pre"
            elif tag in _HEADING:
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
        self.parts = []
        self.link = self.anchors = self.bold_length = 0
        self.href = self.title = None


_RUNS = re.compile(r"[ \t\r\n\f\v]+")


def _squeezed(text: str) -> str:
    return _RUNS.sub(" ", text)


def attribute(node: LexborNode, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
