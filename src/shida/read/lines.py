"""Parsed mark-up → its visible lines with what is around them: one walk, no recursion."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from shida.read.depth import DEEPEST

MOST_LINES = 50_000
_SKIP = frozenset([
    "script", "style", "noscript", "head", "textarea", "select", "iframe", "object", "svg", "template",
    "button", "map", "canvas", "video", "audio", "applet", "noframes", "math", "datalist", "rp", "rt",
])  # fmt: skip
"""What is never text of the page. `rt` is the reading over a character, not a character of the text."""
_BLOCK = frozenset([
    "p", "div", "td", "th", "tr", "table", "tbody", "thead", "tfoot", "caption", "li", "ul", "ol", "dl", "dt",
    "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main", "header", "footer", "nav",
    "aside", "form", "fieldset", "legend", "blockquote", "pre", "center", "figure", "figcaption", "address",
    "hr", "body", "html", "details", "summary", "dir", "menu", "hgroup", "marquee", "text", "founder-content",
    "frameset", "label",
])  # fmt: skip
_CONTAINER = frozenset([
    "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "dl", "dd", "section", "article", "main",
    "header", "footer", "nav", "aside", "form", "blockquote", "center", "figure", "body", "pre", "fieldset",
    "font", "span", "p",
])  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_HIDDEN = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|font-size\s{0,3}:\s{0,3}0(?:px|pt|em|;|\Z)"
)
_CJK_JOIN = re.compile(r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) (?=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])")


class Container(msgspec.Struct):
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


class Line(msgspec.Struct):
    """One visible line: what stands between two block boundaries or <br>."""

    text: str
    link: int
    """Characters of it inside links."""
    tag: str
    """The nearest block around it."""
    container: int
    href: str | None = None
    """Address of its first link."""
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


def lines_of(tree: LexborHTMLParser) -> Lines:
    """All visible lines of a parsed page, in order."""
    walker = _Walker()
    if tree.root is not None:
        walker.walk(tree.root)
    return Lines(
        lines=walker.lines, containers=walker.containers, deep=walker.deep, cut=len(walker.lines) >= MOST_LINES
    )


class _Walker:
    """The state of one walk over a tree."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.containers: list[Container] = [Container(index=0, parent=-1, tag="html", name="", first=0)]
        self.open = [0]
        self.blocks = ["html"]
        self.parts: list[str] = []
        self.link = self.anchors = self.in_link = self.bold = self.bold_length = self.hidden = 0
        self.href: str | None = None
        self.link_href: str | None = None
        self.preformatted = 0
        self.deep = False

    def walk(self, root: LexborNode) -> None:
        """Depth first, by hand: a page may be nested deeper than Python's stack."""
        node: LexborNode | None = root
        depth = 0
        while node is not None and len(self.lines) < MOST_LINES:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif self._enter(node, tag):
                child = node.first_child
                if child is not None:
                    depth += 1
                    self.deep = self.deep or depth > 2 * DEEPEST
                    node = child
                    continue
                self._leave(node, tag)
            while True:
                if depth == 0:
                    node = None
                    break
                following = node.next
                if following is not None:
                    node = following
                    break
                node = node.parent
                depth -= 1
                if node is None:
                    break
                self._leave(node, node.tag or "")
        self.flush()
        for index in self.open:
            self.containers[index].end = len(self.lines)

    def _text(self, text: str) -> None:
        if self.preformatted and "\n" in text:
            first, *rest = text.split("\n")
            self._add(first)
            for part in rest:
                self.flush()
                self._add(part)
            return
        self._add(text)

    def _add(self, text: str) -> None:
        if not text:
            return
        self.parts.append(text)
        if self.in_link or self.bold:
            length = len("".join(text.split()))
            if self.in_link:
                self.link += length
                if length and self.href is None:
                    self.href = self.link_href
            if self.bold:
                self.bold_length += length

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """Take an element in; False where its inside is not visible."""
        if tag in _SKIP or tag[:1] in "-!_":
            return False
        if tag == "br":
            self.flush()
            return True
        if tag == "a":
            self.in_link += 1
            self.anchors += 1
            self.link_href = node.attributes.get("href")
            return True
        if tag in ("b", "strong"):
            self.bold += 1
        if tag in _BLOCK:
            self.flush()
            self.blocks.append(tag)
            if tag == "pre":
                self.preformatted += 1
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.bold += 1
        if tag in _CONTAINER:
            attributes = node.attributes
            if attributes:
                style = attributes.get("style")
                if style and "n" in style and _HIDDEN.search(style.lower()):
                    self.hidden += 1
                name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower() if attributes else ""
            else:
                name = ""
            index = len(self.containers)
            self.containers.append(
                Container(index=index, parent=self.open[-1], tag=tag, name=name, first=len(self.lines))
            )
            self.open.append(index)
        return True

    def _leave(self, node: LexborNode, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
            return
        if tag in ("b", "strong"):
            self.bold -= 1
        if tag in _BLOCK:
            self.flush()
            self.blocks.pop()
            if tag == "pre":
                self.preformatted -= 1
            elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
                self.bold -= 1
        if tag in _CONTAINER:
            index = self.open.pop()
            self.containers[index].end = len(self.lines) + (1 if self.parts else 0)
            style = node.attributes.get("style")
            if style and "n" in style and _HIDDEN.search(style.lower()):
                self.hidden -= 1

    def flush(self) -> None:
        """End the line at hand."""
        if not self.parts:
            return
        raw = "".join(self.parts)
        text = _SPACE.sub(" ", raw).strip(" \u3000\xa0\u200b\ufeff")
        if text:
            dense = len("".join(text.split()))
            self.lines.append(
                Line(
                    text=text,
                    link=self.link,
                    tag=self.blocks[-1],
                    container=self.open[-1],
                    href=self.href,
                    anchors=self.anchors,
                    hidden=self.hidden > 0,
                    bold=bool(dense) and self.bold_length >= dense,
                )
            )
        self.parts = []
        self.link = self.anchors = self.bold_length = 0
        self.href = None


def attribute(node: Any, name: str) -> str:
    """An attribute of a node, or the empty text."""
    return str(node.attributes.get(name) or "")
