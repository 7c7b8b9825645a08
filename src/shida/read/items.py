"""Lines of a parsed page → its dated items: a headline's link with a date on the same line or in the same row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from shida.read.lines import Line, Lines
from shida.read.lists import dated_item, truncated
from shida.read.nearness import short_date
from shida.read.odd_dates import odd_dates
from shida.read.rows import Row, rows_of
from shida.read.weighing import NUMBER
from shida.records import Item
from shida.text.dates import iso

LEAST_WORDS = 5
LEAST_ITEMS = 5
"""Fewer dated headlines are a box beside something else, not a list page."""
MOST_PROSE = 600.0
"""A body of more weight is an article's, or that of a list which says more of each item than its headline."""
_DATE_ONLY = re.compile(
    r"\W{0,3}(?:(?P<y>(?:19|20)\d\d)[-/.年](?P<m>1[0-2]|0?[1-9])[-/.月](?P<d>3[01]|[12]\d|0?[1-9])日?"
    r"|(?P<sm>1[0-2]|0?[1-9])[-/月](?P<sd>3[01]|[12]\d|0?[1-9])日?)(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?\W{0,3}\Z"
)
_DAY_OVER_MONTH = re.compile(r"(3[01]|[12]\d|0?[1-9])\s?(20\d\d)[-/.年](1[0-2]|0?[1-9])月?\Z")
_MONTH_ONLY = re.compile(r"(20\d\d)[-/.年](1[0-2]|0?[1-9])月?\Z")
_DATE_LIKE = re.compile(r"\d[-/.年月]\d|[时钟天]前|昨天")
"""Every date of an item has this; a page with fewer than two of them has no items."""


class FoundItems(msgspec.Struct, frozen=True, kw_only=True):
    """The dated items of a page, the lines they take up, and how each reads as text."""

    items: tuple[Item, ...] = ()
    lines: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()
    unread: bool = False
    """Some have dates that may be read in two ways, and so have none."""


def find_items(
    page: Lines, collected: str | None = None, today: str | None = None, *, prose: float = 0.0
) -> FoundItems:
    """All dated items of a page, each once; `collected` is when the page was fetched: a day without a year, or 3小时前,
    is resolved by it. No date lies after `today`. Rows are only looked at where there is no more `prose` than beside
    a list.
    """
    lines = page.lines
    odd = odd_dates(page, LEAST_WORDS, collected[:10] if collected else today)
    if not odd.texts and next(islice(_DATE_LIKE.finditer(page.whole), 1, None), None) is None:
        return FoundItems()
    numbered = [index for index, marks in enumerate(page.marks) if marks & NUMBER]
    dates: dict[int, re.Match[str] | None] = {
        index: match
        for index in numbered
        if len(text := page.texts[index]) <= 40 and not text[0].isalpha() and (match := _DATE_ONLY.match(text))
    }
    dates |= _split_dates(lines, numbered)
    for index in odd.alone:
        dates[index] = _DATE_ONLY.match(odd.texts[index])
    found: dict[Item, str] = {}
    taken: set[int] = set()
    for index in [at for at, line in enumerate(lines) if line.link >= LEAST_WORDS]:
        line = lines[index]
        if (line.link * 2 < line.words and index not in odd.texts) or line.anchors > 3:
            continue
        beside = index + 1 in dates or index - 1 in dates
        if not beside and not page.marks[index] & NUMBER:
            continue
        href = line.href
        if not href:
            continue
        item: Item | None
        if index in odd.unread and index not in odd.alone:
            item = undated_item(odd.texts[index], href)
        else:
            item = dated_item(odd.texts.get(index, line.text), collected, href)
        if item and not item.title.startswith(("http", "www.")):
            taken.add(index)
            found.setdefault(_completed(item, line), line.text)
            continue
        for near in _nearest(page, index) if beside else ():
            if near not in taken and near in dates:
                if not _same_row(page, index, near):
                    continue
                item = undated_item(line.text, href, _day(dates[near], collected, href))
                found.setdefault(_completed(item, line), f"{line.text} {lines[near].text}")
                taken |= {index, near}
                break
    if (
        prose < MOST_PROSE
        and not odd.unread
        and next(islice(_DATE_LIKE.finditer(page.whole), LEAST_ITEMS - 1, None), None) is not None
    ):
        rows = rows_of(page, collected)
        if len(rows) > len(found) or (len(rows) == len(found) and any(row.card for row in rows)):
            return _of_rows(page, rows)
    if len(found) < 2:
        return FoundItems()
    unread = not odd.unread.isdisjoint(taken)
    return FoundItems(items=tuple(found), lines=frozenset(taken), texts=tuple(found.values()), unread=unread)


def _of_rows(page: Lines, rows: Sequence[Row]) -> FoundItems:
    """The items of rows, each once; as text each is its headline with its day."""
    texts: dict[Item, str] = {}
    lines: set[int] = set()
    for row in rows:
        item = _completed(row.item, page.lines[row.head])
        texts.setdefault(item, f"{row.item.title} {row.item.published}")
        lines.update(range(row.first, row.end))
    return FoundItems(items=tuple(texts), lines=frozenset(lines), texts=tuple(texts.values()))


def undated_item(text: str, href: str, day: str | None = None) -> Item:
    """A headline whose date stands elsewhere, or cannot be known."""
    title = text.strip(" \u3000·•-—*>»[]【】")
    return Item(title=title, published=day, url=href, truncated=truncated(title))


def _split_dates(lines: list[Line], numbered: list[int]) -> dict[int, re.Match[str]]:
    """Days that stand over their month (18 over 2026-11), in one line or in two."""
    found: dict[int, re.Match[str]] = {}
    for index in numbered:
        line = lines[index]
        if len(line.text) > 12 or not line.text[0].isdigit():
            continue
        if whole := _DAY_OVER_MONTH.match(line.text):
            if match := _DATE_ONLY.match(f"{whole[2]}-{whole[3]}-{whole[1]}"):
                found[index] = match
        elif (month := _MONTH_ONLY.match(line.text)) is not None:
            for near in (index - 1, index + 1):
                day = lines[near].text if 0 <= near < len(lines) and near not in found else ""
                if len(day) <= 2 and day.isdigit() and (match := _DATE_ONLY.match(f"{month[1]}-{month[2]}-{day}")):
                    found[index] = found[near] = match
                    break
    return found


def _day(match: re.Match[str] | None, collected: str | None, href: str) -> str | None:
    if match is None:
        return None
    if match["y"]:
        return iso(int(match["y"]), int(match["m"]), int(match["d"]))
    return short_date(int(match["sm"]), int(match["sd"]), collected, href)


def _completed(item: Item, line: Line) -> Item:
    """An item whose headline was cut off, with the whole of it where the link's `title` has it."""
    whole = (line.link_title or "").strip()
    if item.truncated and len(whole) > len(item.title) - 3 and whole.startswith(item.title.rstrip("…. ⋯")[:6]):
        return msgspec.structs.replace(item, title=whole, truncated=truncated(whole))
    return item


def _nearest(page: Lines, index: int) -> tuple[int, int]:
    """The lines behind and before a headline, that of its own container first."""
    before = index > 0 and page.lines[index - 1].container == page.lines[index].container
    behind = index + 1 < len(page.lines) and page.lines[index + 1].container == page.lines[index].container
    return (index - 1, index + 1) if before and not behind else (index + 1, index - 1)


def _same_row(page: Lines, one: int, other: int) -> bool:
    """Whether two lines stand in one row: one container, one in the other, or cells of a parent that is no table."""
    first, second = page.containers[page.lines[one].container], page.containers[page.lines[other].container]
    if first.index == second.index:
        return True
    if first.index == second.parent or second.index == first.parent:
        return True
    parent = page.containers[first.parent] if first.parent >= 0 else first
    return first.parent == second.parent and parent.tag not in ("table", "tbody", "body", "html")
