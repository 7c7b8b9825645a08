"""A page in simplified characters → the same page in traditional ones, under `hant/`."""

from __future__ import annotations

from html import escape

from opencc import OpenCC

TWIN = "hant/"
"""The folder of the pages in traditional characters."""

CHARACTERS = "s2tw"
"""OpenCC's table: characters alone, no other words, so a document's name stays recognisable."""

SHARED = ("static/", "original", "feed", "atom.xml", "sources.opml", "calendar.ics", "manifest.webmanifest")
"""What both scripts use from the same place."""


MAX_FRAMES = 256
"""Frames remembered; there are as many as places in the navigation, times the depths of folders."""


def exact(text: str) -> str:
    """`text` for HTML with character references for all that a conversion could touch: it is shown as it stood.

    >>> exact("娴q<")
    '&#23092;q&lt;'
    """
    return "".join(f"&#{ord(char)};" if char > "\u2e7f" else escape(char) for char in text)


class Twin:
    """Converts finished pages: text by OpenCC, links to shared files one folder up, marks of language.

    >>> page = '<html lang="zh-Hans"><link href="./static/a.css"><body><a class="other" href="./hant/b.html" x>质量</a>'
    >>> Twin("http://127.0.0.1/").convert(page.encode(), "b.html").decode()
    '<html lang="zh-Hant"><link href=".././static/a.css"><body><a class="other" href="../b.html" x>質量</a>'
    """

    def __init__(self, base: str) -> None:
        self.base = base
        self._converter = OpenCC(CHARACTERS)
        self._frames: dict[str, str] = {}
        """What stands around the page's own text, converted: the same few hundred characters on every page."""

    def convert(self, html: bytes, path: str) -> bytes:
        """The page at `path` in traditional characters, as it stands at `hant/` and the path."""
        root = "../" * path.count("/") or "./"
        up = "../" * (path.count("/") + 1)
        head, body, rest = html.decode().partition("<body")
        masthead, main, rest = rest.partition("<main")
        before, link, masthead = masthead.partition(f'class="other" href="{root}{TWIN}{path}"')
        link = link and f'class="other" href="{up}{path}"'
        text, end, foot = rest.rpartition("</main>")
        parts = (self._converter.convert(head), body, self._frame(before), link, self._frame(masthead), main)
        page = "".join((*parts, self._converter.convert(text), end, self._frame(foot)))
        page = page.replace('<html lang="zh-Hans"', '<html lang="zh-Hant"', 1)
        page = page.replace('"inLanguage":"zh-Hans"', '"inLanguage":"zh-Hant"')
        page = page.replace(f'rel="canonical" href="{self.base}', f'rel="canonical" href="{self.base}{TWIN}')
        page = page.replace('content="zh_CN"', 'content="zh_TW"')
        page = page.replace('lang="zh-Hant" hreflang="zh-Hant">繁體</a>', 'lang="zh-Hans" hreflang="zh-Hans">简体</a>')
        for name in SHARED:
            page = page.replace(f'"{root}{name}', f'"../{root}{name}')
        return page.encode()

    def _frame(self, text: str) -> str:
        if len(self._frames) > MAX_FRAMES:
            self._frames.clear()
        if text not in self._frames:
            self._frames[text] = self._converter.convert(text)
        return self._frames[text]
