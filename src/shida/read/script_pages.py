"""Further pages whose links a script writes: what it is called with, read as data and never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from shida.pack import Pack
from shida.pack.reading import ScriptPager
from shida.read.depth import cap_depth
from shida.read.items import LEAST_ITEMS, find_items
from shida.read.lines import lines_of
from shida.read.page_text import page_text
from shida.read.paging import bare, siblings, whole
from shida.records import Dropped, Page

MOST = 50
"""So many addresses are given for a page at most; a script may call any number."""
MOST_COUNT = 5_000
MOST_CALLS = 20
"""Places of a page that are looked at for one script."""
LONGEST_CALL = 300
_VALUE = re.compile(r"\s{0,9}(?:(\d{1,6})|\"([^\"\\\r\n]{0,120})\"|'([^'\\\r\n]{0,120})')\s{0,9}([,)])")
_NAME = re.compile(r"[\w.-]{1,120}\Z")
_ENDING = re.compile(r"\.?([A-Za-z]{2,6})\Z")
_OWN = re.compile(r"(?:\A|/)([\w.-]{1,120}?)(?:_(\d{1,3}))?\.([A-Za-z]{2,6})\Z")


_BRACKET, _EQUALS = re.compile(r"\s{0,9}\("), re.compile(r"\s{0,9}=\s{0,9}(?=\d)")
_NUMBER = re.compile(r"\d{1,6}(?![\w.])")
_PART = re.compile(r"[\w$.]")
"""A word behind one of these is another's end."""
_COMMENT = re.compile(r"(?<!:)//[^\r\n]*\Z")


class _Said(NamedTuple):
    """What a script is told."""

    pages: int
    current: int
    name: str
    ending: str


def script_pages(html: str, url: str | None, pack: Pack) -> tuple[str, ...]:
    """The addresses of the other pages of what is on a page, in order; none where no script that is known names them.

    `url` is the page's own address; the addresses are made whole by it, and what can be no further page of it is left
    out.

    >>> from shida.pack import load_packs
    >>> html = '<script>createPageHTML(3, 0, "t2026_1", "html")</script>'
    >>> script_pages(html, "http://e.cn/xw/t2026_1.html", load_packs())
    ('http://e.cn/xw/t2026_1_1.html', 'http://e.cn/xw/t2026_1_2.html')
    """
    pagers = pack.reading.script_pagers
    if not any(word in html for word in _words(pagers)):
        return ()
    for pager in pagers:
        if (pager.call or pager.count or "\n") in html:
            for said in _calls(html, pager) if pager.call else _variables(html, pager, url):
                if pages := _addresses(said, pager, url):
                    return pages
    return ()


@lru_cache(maxsize=8)
def _words(pagers: tuple[ScriptPager, ...]) -> tuple[str, ...]:
    """Words without which a page has no such script: those that hold another of them are left out."""
    words = {word for pager in pagers if (word := pager.call or pager.count)}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


def script_pages_beside(page: Page, pack: Pack) -> tuple[str, ...]:
    """The same for a page as it was fetched; none for one that lists dated headlines."""
    if page.url is None or not any(word.encode() in page.content for word in _words(pack.reading.script_pagers)):
        return ()
    text = page_text(page)
    if isinstance(text, Dropped) or text.media_type != "text/html":
        return ()
    found = script_pages(text.text, page.url, pack)
    if found and len(find_items(lines_of(LexborHTMLParser(cap_depth(text.text)[0]))).items) >= LEAST_ITEMS:
        return ()
    return found


def _addresses(said: _Said, pager: ScriptPager, url: str | None) -> tuple[str, ...]:
    """The addresses of all pages but the own one."""
    if not 1 < said.pages <= MOST_COUNT:
        return ()
    pages: list[str] = []
    for number in range(said.pages):
        if len(pages) == MOST:
            break
        if number + pager.first == said.current:
            continue
        mark = f"_{number - 1 + pager.second}" if number else ""
        page = whole(url, f"{said.name}{mark}.{said.ending}")
        if url is None or (bare(page) != bare(url) and siblings(url, page)):
            pages.append(page)
    return tuple(pages)


def _calls(html: str, pager: ScriptPager) -> Iterator[_Said]:
    """What each call of a function is told, where its arguments stand there as they are."""
    for at in _places(html, pager.call or "", _BRACKET):
        values = list(_values(html, at))
        if len(values) < len(pager.arguments):
            continue
        told = dict(zip(pager.arguments, values, strict=False))
        said = _said(told.get("count"), told.get("current", pager.first), told.get("name"), told.get("ending"), pager)
        if said is not None:
            yield said


def _variables(html: str, pager: ScriptPager, url: str | None) -> Iterator[_Said]:
    """What two variables say; name and ending are those of the page's own address."""
    own = _OWN.search((url or "").partition("#")[0].partition("?")[0])
    if own is None:
        return
    values: dict[str, int] = {}
    for name in filter(None, (pager.count, pager.current)):
        for at in _places(html, name, _EQUALS):
            if number := _NUMBER.match(html, at):
                values.setdefault(name, int(number[0]))
    current = values.get(pager.current or "", pager.first)
    # A page that says it is not the first has its number in its address, and it is none of the name.
    stem = own[1] if current != pager.first or own[2] is None else f"{own[1]}_{own[2]}"
    said = _said(values.get(pager.count or ""), current, stem, own[3], pager)
    if said is not None:
        yield said


def _said(count: object, current: object, name: object, ending: object, pager: ScriptPager) -> _Said | None:
    """What is told, where it is of the right kind: two numbers, a plain name and an ending."""
    if not isinstance(count, int) or not isinstance(current, int) or not isinstance(name, str):
        return None
    plain = _ENDING.match(ending) if isinstance(ending, str) else None
    if plain is None or not _NAME.match(name) or name.startswith("."):
        return None
    return _Said(count, current, name, plain[1]) if pager.first <= current < count + pager.first else None


def _values(html: str, start: int) -> Iterator[int | str]:
    """The arguments of a call from its bracket on, up to the first that is neither a number nor a quoted text."""
    end = start + LONGEST_CALL
    while start < end and (match := _VALUE.match(html, start)):
        yield int(match[1]) if match[1] else match[2] or match[3] or ""
        if match[4] == ")":
            return
        start = match.end()


def _places(html: str, word: str, behind: re.Pattern[str]) -> Iterator[int]:
    """Where what stands `behind` a word ends, at the first places it stands at; comments are left out."""
    at = html.find(word)
    for _ in range(MOST_CALLS):
        if at < 0:
            return
        before = html[max(0, at - 200) : at]
        match = behind.match(html, at + len(word))
        if match and not _PART.search(before[-1:]) and not _COMMENT.search(before):
            yield match.end()
        at = html.find(word, at + len(word))
