"""Dates in forms that need a second look, of an article or beside headlines: 26/11/20, 11/20/2026, Nov. 20, 2026."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from shida.read.dating import url_date, western_date
from shida.read.language import language_of
from shida.read.lines import Lines
from shida.read.orders import Numbers, days_named, numbers_in, order_of
from shida.read.places import Place
from shida.read.weighing import DATE
from shida.text.dates import in_china

LONGEST, LONGEST_ALONE = 160, 40
_ALONE = re.compile(r"(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?\W{0,3}\Z")
"""What stands behind a date that stands alone or at the end of a line."""
_BEFORE = re.compile(r"\W{0,3}\Z")
_NAMED = re.compile(
    r"(?:\d{1,2}[\s-])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[\s-](?:\d{1,2},?\s)?(?:19|20)\d\d"
)
LONGEST_BESIDE = 80
_CLOCK = re.compile(r"\s{1,3}((?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?)(?!\d)")
_STOP = re.compile(r"[，。！？；]")
_MAYBE_NUMBERS, _MAYBE_NAMED = re.compile(r"[-/.]\d\d?[-/.]\d"), re.compile(r" (?:20|19)\d\d")
"""What the lines have that are marked with DATE; it also finds most dates in the usual form."""
_BEFORE_YEAR = frozenset("abcdefghijklmnopqrstuvwxyz.,0123456789")
_LETTER = re.compile(r"[JFMASOND]")


class OddDates(msgspec.Struct, frozen=True, kw_only=True):
    """What lines say with their dates in the usual form."""

    texts: dict[int, str] = {}
    """Line → its text, the date as YYYY-MM-DD; without it where it is `unread`."""
    alone: frozenset[int] = frozenset()
    """Lines that are nothing but a date."""
    unread: frozenset[int] = frozenset()
    """Lines with a date that may be read in two ways."""


NONE = OddDates()


def odd_dates(page: Lines, least: int, limit: str | None) -> OddDates:
    """The lines of a page that have such a date beside a headline: at an edge of it, or alone in the line before or
    behind. Headlines are links of at least so many characters; `limit` is the day past which no date is believed.
    """
    whole = page.whole
    starts = list(accumulate([len(text) + 1 for text in page.texts], initial=0))
    places = [(starts[index], starts[index + 1] - 1) for index, marks in enumerate(page.marks) if marks & DATE]
    hits = [
        at
        for place in places
        for match in _MAYBE_NUMBERS.finditer(whole, *place)
        if not whole[max(0, (at := match.start()) - 4) : at].isdecimal()
    ]
    hits += [
        at
        for place in places
        for match in _MAYBE_NAMED.finditer(whole, *place)
        if whole[(at := match.start()) - 1] in _BEFORE_YEAR
    ]
    if len(hits) < 2:
        return NONE
    republic = language_of(whole) == "zh-Hant"
    texts: dict[int, str] = {}
    alone: set[int] = set()
    found: dict[int, Numbers] = {}
    for index in dict.fromkeys(bisect_right(starts, hit) - 1 for hit in sorted(hits)):
        text = page.texts[index]
        if len(text) > LONGEST:
            continue
        named = _NAMED.search(text) if _LETTER.search(text) else None
        numbers = None if named else numbers_in(text, republic=republic)
        start, end = named.span() if named else (numbers.start, numbers.end) if numbers else (0, 0)
        stands = _stands(page, index, start, end, least) if end else ""
        if stands and numbers:
            near = index if stands == "edge" else _headline(page, index, least)
            found[index] = numbers._replace(address=page.lines[near].href or "")
        elif stands and (day := western_date(text[start:end])):
            texts[index] = f"{text[:start]}{day}{text[end:]}"
        if stands == "alone" and (index in found or index in texts):
            alone.add(index)
    if not found:
        return OddDates(texts=texts, alone=frozenset(alone))
    order = order_of(list(found.values()), known=days_named(page.texts), limit=limit, sorted_by_day=True)
    for index, one in found.items():
        text = page.texts[index]
        texts[index] = f"{text[: one.start]}{one.day(order) if order else ''}{text[one.end :]}"
    return OddDates(texts=texts, alone=frozenset(alone), unread=frozenset(found) if order is None else frozenset())


def _stands(page: Lines, index: int, start: int, end: int, least: int) -> str:
    """Where a date stands: `alone` in a line beside a headline, at the `edge` of a headline, or elsewhere."""
    text = page.texts[index]
    ends = _ALONE.match(text, end) is not None
    begins = start <= 3 and _BEFORE.match(text[:start]) is not None
    if len(text) <= LONGEST_ALONE and begins and ends:
        return "alone" if _headline(page, index, least) >= 0 else ""
    return "edge" if len(text) <= LONGEST and page.lines[index].link >= least and (begins or ends) else ""


def _headline(page: Lines, index: int, least: int) -> int:
    """The line with a headline beside a line with a date: the one before it, else the one behind; else -1."""
    for near in (index - 1, index + 1):
        if 0 <= near < len(page.lines) and page.lines[near].link >= least:
            return near
    return -1


class OddDate(NamedTuple):
    """A date of numbers in an order that nobody says."""

    day: str | None
    """With its time; None where it may be read in two ways."""
    how: str


def odd_date(places: Sequence[Place], url: str | None, limit: str | None) -> OddDate | None:
    """The first line at the title that has such a date, behind a label or with little else beside it."""
    republic = language_of("\n".join([place.line.text for place in places])) == "zh-Hant"
    for place in sorted(places, key=lambda place: place.labels.date is None):
        text = place.line.text
        if place.where not in ("between", "before", "first") or len(text) > LONGEST_BESIDE or place.labels.other_date:
            continue
        first, last = place.labels.date or (0, len(text))
        numbers = numbers_in(text[first:last], url or "", republic=republic)
        if numbers is None or place.line.link * 2 > place.line.words or _STOP.search(text):
            continue
        known = days_named([one.line.text for one in places])
        named = url_date(url) if url else None
        order = order_of([numbers], known=known | {named} if named else known, limit=limit)
        day = numbers.day(order) if order else None
        if day and (clock := _CLOCK.match(text, first + numbers.end)):
            day = in_china(day, clock[1].rjust(5, "0"))
        return OddDate(day, "label" if place.labels.date else "line")
    return None
