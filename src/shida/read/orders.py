"""Dates of numbers alone whose order nobody says: 26/11/20, 20-11-26, 11/20/2026. Read by evidence, or not at all.

On Chinese pages a year of two digits mostly stands first, but not always, and a date with the wrong year is worse than
none. So an order is believed where only it makes all dates of a list real, past and sorted, or where something else on
the page names the day: an address, or the same day written in full.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from shida.read.dating import century, is_future
from shida.text.dates import iso

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("ymd", "dmy", "mdy")
SEVERAL = 3
"""So many dates of one list show an order by being sorted."""
UNREAD = "unread_dates"
"""The flag of a page with dates that may be read in two ways."""
NUMBERS = re.compile(
    r"(?<![\d./-])(?:(\d\d)([-/])(\d\d?)\2(\d\d?)|(\d\d)(\.)(\d\d)\.(\d\d)|(\d\d?)([-/.])(\d\d?)\10((?:19|20)\d\d))(?![\d./-])"
)
_REPUBLIC = re.compile(
    r"(?<![\d./-])(1[0-3]\d|09\d)(?:([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?![\d./-])"
    r"|\s?年\s?(1[0-2]|0?[1-9])\s?月\s?(3[01]|[12]\d|0?[1-9])\s?日)"
)
"""115-11-20: on a page in traditional characters a year of three digits is one of the republic."""
_APOSTROPHES = ("'", "\u2019", "\u2018", "\uff07")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(1[0-2]|0?[1-9])\s?[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d)")
_MONTH_OF_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])(?!\d{3,}(?!\d))")


class Numbers(NamedTuple):
    """Three numbers that are a date, as they stand."""

    start: int
    end: int
    parts: tuple[int, int, int]
    told: Order | None = None
    """The order where it says so itself: '26-11-20."""
    whole_year: bool = False
    """The last number is a year of four digits."""
    address: str = ""
    """Where the headline beside it leads to."""

    def day(self, order: Order) -> str | None:
        """The day in one order; None where there is no such day.

        >>> numbers = Numbers(0, 8, (26, 11, 20))
        >>> [numbers.day(order) for order in ORDERS]
        ['2026-11-20', '2020-11-26', None]
        """
        one, two, three = self.parts
        if one > 99:
            return iso(one, two, three) if order == "ymd" else None
        if order == "ymd":
            return None if self.whole_year else iso(century(one), two, three)
        year = three if self.whole_year else century(three)
        return iso(year, two, one) if order == "dmy" else iso(year, one, two)


def numbers_in(text: str, address: str = "", *, republic: bool = False) -> Numbers | None:
    """The first such date of a text; with `republic` also one with a year of the republic.

    >>> numbers_in("江城日报 26/11/20").parts, numbers_in("’26-11-20").told, numbers_in("2026-11-20")
    ((26, 11, 20), 'ymd', None)
    >>> numbers_in("115-11-20", republic=True).parts, numbers_in("115-11-20")
    ((2026, 11, 20), None)
    """
    if republic and (dated := _REPUBLIC.search(text)):
        year, month, day = int(dated[1]) + 1911, int(dated[3] or dated[5]), int(dated[4] or dated[6])
        return Numbers(dated.start(), dated.end(), (year, month, day), "ymd", address=address)
    match = NUMBERS.search(text)
    if match is None:
        return None
    groups = [group for group in match.groups() if group is not None]
    one, two, three = int(groups[0]), int(groups[2]), int(groups[3])
    start = match.start()
    told: Order | None = "ymd" if start and text[start - 1] in _APOSTROPHES else None
    return Numbers(start - (told is not None), match.end(), (one, two, three), told, three > 99, address)


def order_of(
    found: Sequence[Numbers], *, known: Collection[str] = (), limit: str | None = None, sorted_by_day: bool = False
) -> Order | None:
    """The one order that all of some dates of a page have; None where two are possible.

    `known` are days that the page names otherwise, `limit` is the day past which no date is believed. Of a list
    (`sorted_by_day`) several dates in a row, the newest first or last, show their order too.

    >>> dates = [Numbers(0, 8, (26, 11, day)) for day in (20, 18, 3)]
    >>> order_of(dates), order_of(dates, known={"2026-11-18"}), order_of(dates, known={"2020-11-26"})
    (None, 'ymd', 'dmy')
    >>> order_of([*dates, Numbers(0, 8, (26, 10, 28))], limit="2026-11-22", sorted_by_day=True)
    'ymd'
    """
    if not found:
        return None
    orders = [order for order in ORDERS if all(_possible(one, order, limit) for one in found)]
    if len(orders) > 1:
        orders = _told(found, orders, known) or orders
    if len(orders) > 1 and sorted_by_day and len(found) >= SEVERAL:
        orders = [order for order in orders if _sorted([one.day(order) or "" for one in found])] or orders
    if len(orders) > 1 and len({tuple(one.day(order) for one in found) for order in orders}) == 1:
        return orders[0]  # 11/11/2026 is the same day in both
    return orders[0] if len(orders) == 1 else None


def days_named(texts: Iterable[str]) -> frozenset[str]:
    """The days that texts write in full.

    >>> sorted(days_named(["2026年11月20日", "本网 2026-11-18 讯"]))
    ['2026-11-18', '2026-11-20']
    """
    found = (iso(int(year), int(month), int(day)) for text in texts for year, month, day in _FULL.findall(text))
    return frozenset(filter(None, found))


def _possible(numbers: Numbers, order: Order, limit: str | None) -> bool:
    day = numbers.day(order)
    return day is not None and not is_future(day, limit) and numbers.told in (None, order)


def _told(found: Sequence[Numbers], orders: Sequence[Order], known: Collection[str]) -> list[Order]:
    """The orders in which some of the dates are days, or of months, that something else on the page names."""
    named = []
    for order in orders:
        for one in found:
            day = one.day(order) or ""
            months = {f"{year}-{month}" for year, month in _MONTH_OF_ADDRESS.findall(one.address[:500])}
            if day in known or day[:7] in months:
                named.append(order)
                break
    return named


def _sorted(days: Sequence[str]) -> bool:
    """Whether days only go one way, and go."""
    steps = [(one > other) - (one < other) for one, other in pairwise(days)]
    return any(steps) and (min(steps) >= 0 or max(steps) <= 0)
