"""Lines of a parsed page → the rows of a list: each headline's link with all that stands in its row, the date among it.

A row is the widest element around a headline that holds no other headline: a table's row with number, source and date,
an entry with a sentence below its headline, a card. The page's other lists have no dates, and so no rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from shida.read.lines import Line, Lines
from shida.read.lists import truncated
from shida.read.nearness import short_date
from shida.records import Item
from shida.text.dates import iso

LEAST_WORDS, LEAST_LETTERS = 5, 4
MOST_ROWS, MOST_LINES, LONGEST_PART = 500, 16, 60
"""So many rows of a page, lines of a row and characters beside a headline are looked at."""
DATED = 0.8
"""So many of the rows of one list have dates."""
_SEPARATORS = " \n\t\r\u3000\xa0|｜·•>»<«/-—_.,，、:：;；()（）[]【】●■◆▪▶►"
_FULL = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d))"
)
_SHORT = re.compile(r"(?<![\d./年-])(1[0-2]|0?[1-9])[-/.月](3[01]|[12]\d|0[1-9]|[1-9](?=日))日?(?![\d./-])")
_OTHER = re.compile(
    r"(?:截[止至]|到期|结束|失效|废止|有效期?|报名|开标|活动|会议|成文|施行|生效|注册|最后)[^\d]{0,8}\Z"
)
"""Before a date that is not the one on which its headline was published."""
_SENTENCE = re.compile(r"[。！？]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NO_ROW = ("body", "html", "table", "tbody", "ul", "ol")


class Row(NamedTuple):
    """One headline's row."""

    head: int
    first: int
    end: int
    item: Item
    card: bool
    """Several lines are one link, and the headline is one of them."""


def rows_of(page: Lines, collected: str | None) -> list[Row]:
    """The dated rows of a page, in order; none where most headlines of the list they would be have no date."""
    heads = list(_heads(page))
    if len(heads) > MOST_ROWS:
        return []
    found: list[Row] = []
    bounds = _bounds(page, heads)
    for (head, last), (first, end) in zip(heads, bounds, strict=True):
        day = _day(page, head, last, first, end, collected)
        if day is None:
            continue
        title = _title(page.lines[head])
        if len(title) >= 4:
            item = Item(title=title, published=day, url=page.lines[head].href, truncated=truncated(title))
            found.append(
                Row(head, first, end, item, page.lines[head - 1].anchor == page.lines[head].anchor or last > head)
            )
    between = sum(found[0].head <= head <= found[-1].head for head, _ in heads) if found else 0
    return found if len(found) >= DATED * between else []


def _heads(page: Lines) -> Iterator[tuple[int, int]]:
    """Each link that may be a headline: the line that says it, and the last line of the same link."""
    lines = page.lines
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.link < LEAST_WORDS or line.anchors > 2 or line.hidden or not line.anchor:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and lines[end].anchor == line.anchor:
            end += 1
        yield _headline(lines, at, end), end - 1
        at = end


def _headline(lines: Sequence[Line], first: int, end: int) -> int:
    """Of the lines of one link its headline: a heading, what is bold, else the first that is no sentence."""
    inside = range(first, end)
    long = [at for at in inside if sum(map(str.isalpha, lines[at].text[:40])) >= LEAST_LETTERS] or [first]
    return next(
        (at for at in long if lines[at].tag in _HEADINGS),
        next(
            (at for at in long if lines[at].bold),
            next((at for at in long if not _SENTENCE.search(lines[at].text)), long[0]),
        ),
    )


def _bounds(page: Lines, heads: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of each headline the lines of the widest element that holds no other one."""
    found = []
    for number, (head, last) in enumerate(heads):
        before = heads[number - 1][1] if number else -1
        behind = heads[number + 1][0] if number + 1 < len(heads) else len(page.lines)
        first, end = head, last + 1
        box = page.containers[page.lines[head].container]
        for _ in range(MOST_LINES):
            if box.first <= before or box.end > behind or box.tag in _NO_ROW or box.end - box.first > MOST_LINES:
                break
            first, end = min(first, box.first), max(end, box.end)
            if box.parent < 0:
                break
            box = page.containers[box.parent]
        found.append((first, end))
    return found


def _title(line: Line) -> str:
    """The words of the link, where others stand behind it in its line."""
    text = line.text
    start = len(text) - len(text.lstrip(_SEPARATORS))
    own = text[start : start + line.link] if line.anchors == 1 and line.link < line.words else text
    return own.strip(" \u3000·•-—*>»|●■◆")


def _day(page: Lines, head: int, last: int, first: int, end: int, collected: str | None) -> str | None:
    """The day of a row: in full, else month and day with the year that is known."""
    line = page.lines[head]
    start = len(line.text) - len(line.text.lstrip(_SEPARATORS)) + line.link if line.anchors == 1 else len(line.text)
    parts = [page.lines[at].text for at in range(first, end) if at != head and len(page.lines[at].text) <= LONGEST_PART]
    beside = line.text[start:] if len(line.text) - start <= LONGEST_PART else ""
    for text in (beside, *parts):
        for match in _FULL.finditer(text):
            if not _OTHER.search(text[: match.start()]) and not _SENTENCE.search(text):
                month, day = match[2] or match[4], match[3] or match[5]
                if value := iso(int(match[1]), int(month), int(day)):
                    return value
    for text in (beside, *parts):
        match_short = _SHORT.search(text)
        if match_short and len(text) <= LONGEST_PART // 3 and not _OTHER.search(text[: match_short.start()]):
            return short_date(int(match_short[1]), int(match_short[2]), collected, line.href)
    return None
