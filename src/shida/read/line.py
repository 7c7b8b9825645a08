"""One visible line of a page, and how its text is measured."""

from __future__ import annotations

import re

import msgspec

SEPARATORS = " \n\t\r\u3000\xa0|｜·•>»<«/-—_.,，、:：;；()（）[]【】"
EDGE = " \u3000\xa0\u200b\ufeff\t\r\n"
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


Place = tuple[int, str, int]
"""Where a text stands: its container, its nearest block, and what is said of all in it (HEADING, HIDDEN, PRE)."""


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


def tidied(text: str) -> str:
    """A line's text without white space at its edges, and with single spaces inside.

    >>> tidied("　一  二\\n三 ")
    '一 二 三'
    """
    text = text.strip(EDGE)
    return _SPACES.sub(" ", text) if "  " in text or "\n" in text or "\t" in text else text


def unescaped(text: str) -> str:
    """A text without the five escapes of written-out mark-up.

    >>> unescaped("R&amp;D&nbsp;&lt;1%&gt;")
    'R&D\\xa0<1%>'
    """
    text = text.replace("&nbsp;", "\xa0")
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return text


def apart(before: str, inside: str, behind: str) -> str:
    """A text with a link in it; a date and the headline beside it touch there: 2026-11-18<a>2026年…

    >>> apart("2026-11-18", "2026年", "开始")
    '2026-11-18 2026年开始'
    """
    left = " " if before[-1:].isdigit() and inside[:1].isdigit() else ""
    right = " " if inside[-1:].isdigit() and behind[:1].isdigit() else ""
    return f"{before}{left}{inside}{right}{behind}"


def words_beside(text: str) -> int:
    """How many characters beside a line's links say something: bullets and rules do not.

    >>> words_beside("【 2 】 | ")
    1
    """
    text = text.strip(SEPARATORS)
    return sum([mark not in SEPARATORS for mark in text]) if text else 0


def _attribute(tag: str, name: str) -> str | None:
    _, found, rest = tag.partition(name)
    value = rest.partition('"')[0]
    return (unescaped(value) if "&" in value else value) if found else None
