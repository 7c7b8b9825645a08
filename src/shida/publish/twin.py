"""A page's own text in simplified characters → the same in traditional ones, for the pages under `hant/`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from opencc import OpenCC

TWIN = "hant/"
"""The folder of the pages in traditional characters."""

CHARACTERS = "s2tw"
"""OpenCC's table: characters alone, no other words, so a document's name stays recognisable."""

SHARED = ("static/", "search/", "original", "feed", "atom.xml", "sources.opml", "calendar.ics", "card/")
"""What both scripts use from the same place, where a page's own text links to it."""

BETWEEN = b"\x1e"
"""Stands between pages that are converted together; no page holds a control character."""


def exact(text: str) -> str:
    """`text` for HTML with character references for all that a conversion could touch: it is shown as it stood.

    >>> exact("娴q<")
    '&#23092;q&lt;'
    """
    return "".join(f"&#{ord(char)};" if char > "\u2e7f" else escape(char) for char in text)


class Twin:
    """Converts: text by OpenCC, links to shared files one folder up, the mark of language.

    >>> Twin().convert([], [])
    []
    >>> Twin().convert(['<p>质量 <a href="./feed.xml">RSS</a>'.encode()], ["./"])[0].decode()
    '<p>質量 <a href=".././feed.xml">RSS</a>'
    """

    def __init__(self) -> None:
        self._converter = OpenCC(CHARACTERS)

    def text(self, text: str) -> str:
        """`text` in traditional characters."""
        return str(self._converter.convert(text))

    def convert(self, pages: Sequence[bytes], roots: Sequence[str]) -> list[bytes]:
        """The texts of pages whose links start from `roots`, as they stand one folder deeper.

        All in one call: OpenCC's tables are larger than the nearest cache, and every other page would find them gone.
        """
        if not pages:
            return []
        converted = self._converter.convert(BETWEEN.join(pages).decode())
        return [
            _moved(text, root).encode() for text, root in zip(converted.split(BETWEEN.decode()), roots, strict=True)
        ]


def _moved(text: str, root: str) -> str:
    for name in SHARED:
        text = text.replace(f'"{root}{name}', f'"../{root}{name}')
    return text.replace('"inLanguage":"zh-Hans"', '"inLanguage":"zh-Hant"')
