"""Names of periods → first and last day: `2024`, `2024-07`, `2024-W30`, `2021..2025`, `十四五`, …"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from shida.errors import SettingsError
from shida.records import Period

FIRST_PLAN_YEAR = 1953
"""The first five-year plan ran 1953–1957; a gap of three years (1963–1965) lies between the second and the third."""

_FORMS = "2024, 2024-07, 2024-W30, 2024-07-01, 2021..2025, 2024-01-01..2024-03-31 or 十四五"
_YEAR = re.compile(r"(\d{4})\Z", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})\Z", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})\Z", re.ASCII)
_PLAN = re.compile(r"[“\"]?([一二三四五六七八九十]{1,3})五[”\"]?(?:时期|期间|规划)?\Z")
_DIGITS = {digit: number for number, digit in enumerate("一二三四五六七八九", 1)}


def parse_period(name: str) -> Period:
    """The period people call `name`.

    Raises SettingsError with the forms that are understood.

    >>> parse_period("2024-02").last
    '2024-02-29'
    >>> parse_period("2024-W01").first, parse_period("2021..2025").last
    ('2024-01-01', '2025-12-31')
    >>> parse_period("十四五")
    Period(name='十四五', first='2021-01-01', last='2025-12-31')
    """
    text = name.strip()
    try:
        if ".." in text:
            left, _, right = text.partition("..")
            first, last = _span(left.strip())[0], _span(right.strip())[1]
        else:
            first, last = _span(text)
    except ValueError as error:
        raise SettingsError(f"period {name!r}: {error}. Give one of {_FORMS}.") from error
    if first > last:
        raise SettingsError(f"period {name!r}: it ends before it begins. Give the earlier day first.")
    return Period(name=text, first=first.isoformat(), last=last.isoformat())


def _span(text: str) -> tuple[date, date]:
    if match := _YEAR.match(text):
        year = int(match[1])
        return date(year, 1, 1), date(year, 12, 31)
    if match := _MONTH.match(text):
        year, month = int(match[1]), int(match[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if match := _WEEK.match(text):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday, monday + timedelta(days=6)
    if match := _PLAN.match(text):
        return _plan(match[1])
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("not a period") from error
    return day, day


def _plan(ordinal: str) -> tuple[date, date]:
    """First and last day of the five-year plan `ordinal`; 十四 is 2021–2025 and 七 is 1986–1990."""
    tens, mark, ones = ordinal.rpartition("十")
    number = (_DIGITS.get(tens, 1) if mark else 0) * 10 + _DIGITS.get(ones, 0)
    if not number or (mark and ones and ones not in _DIGITS) or (tens and tens not in _DIGITS):
        raise ValueError(f"no five-year plan is called {ordinal}五")
    start = FIRST_PLAN_YEAR + 5 * (number - 1) + (3 if number >= 3 else 0)
    return date(start, 1, 1), date(start + 4, 12, 31)


def week_of(day: date) -> Period:
    """The ISO week that holds `day`.

    >>> week_of(date(2026, 11, 22)).name
    '2026-W47'
    """
    year, week, _ = day.isocalendar()
    return parse_period(f"{year}-W{week:02d}")


def plan_of(day: date) -> Period:
    """The five-year plan that holds `day`, by its short name.

    >>> plan_of(date(2026, 1, 1)).name, plan_of(date(2025, 12, 31)).name
    ('十五五', '十四五')

    Raises `SettingsError` for a day before the third plan (the three years before it had none) or after the 97th.
    """
    if not FIRST_PLAN_YEAR + 13 <= day.year < FIRST_PLAN_YEAR + 490:
        raise SettingsError(f"{day}: no five-year plan of that day has a name. Give a day between 1966 and 2442.")
    number = (day.year - FIRST_PLAN_YEAR - 3) // 5 + 1
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    ordinal = ("十" if tens == 1 else digits[tens] + "十" if tens else "") + digits[ones].strip()
    return parse_period(f"{ordinal}五")
