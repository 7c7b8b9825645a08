"""One visible line of a page, the containers around it, and all lines of a page."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from shida.read.chunks import unescaped


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
    containers: Sequence[Container]
    deep: bool = False
    cut: bool = False
    weights: list[float] = []
    """How much each line speaks for being body; see `weigh`."""
    marks: bytes = b""
    """What is in each line that others look for; see `marks_of`."""
    texts: list[str] = []
    """The texts of all lines."""
    whole: str = ""
    """The same in one, a newline between: to ask once what is on the page at all."""
    said: dict[str, list[int]] | None = None
    """Which of the words that are asked for stand on which lines; see `lines_saying`."""


def _attribute(tag: str, name: str) -> str | None:
    _, found, rest = tag.partition(name)
    value = rest.partition('"')[0]
    return (unescaped(value) if "&" in value else value) if found else None
