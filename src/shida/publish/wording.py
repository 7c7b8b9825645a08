"""Dates, periods and numbers → the words a Chinese reader expects."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from shida.records import Period
from shida.text.periods import plan_of, week_of

NO_DATE = "日期未注明"
PLACES = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
HOW = {"proved": "已证", "chosen": "选定", "gap": "缺字"}
"""What a repair is called on the page."""
QUALIFIERS = {"over": "超过", "near": "近", "about": "约", "at least": "不少于", "below": "不足"}
CERTAINTY = {"certain": "", "likely": "推定", "unsure": "待核"}
_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2}))?)?)?", re.ASCII)
_PLAN = re.compile(r"[一二三四五六七八九十]{1,3}五\Z")


@lru_cache(maxsize=65536)
def day_words(moment: str | None) -> str:
    """An ISO date or time in words, as precise as it is.

    >>> day_words("2026-11-22T10:24:00+08:00"), day_words("2025-03"), day_words(None)
    ('2026年11月22日 10:24', '2025年3月', '日期未注明')
    """
    found = _PARTS.match(moment or "")
    if not found:
        return NO_DATE
    year, month, day, hour, minute = found.groups()
    text = f"{int(year)}年"
    if month:
        text += f"{int(month)}月"
    if day:
        text += f"{int(day)}日"
    if hour and f"{hour}:{minute}" != "00:00":
        text += f" {hour}:{minute}"
    return text


def day_of(moment: str | None) -> str:
    """The day, month or year of an ISO moment, "" where there is none.

    >>> day_of("2026-11-22T10:24:00+08:00"), day_of("soon")
    ('2026-11-22', '')
    """
    found = _PARTS.match(moment or "")
    return found[0][:10] if found else ""


def clock_of(moment: str | None) -> str:
    """Hour and minute of an ISO moment, "" where only the day is known.

    >>> clock_of("2026-11-22T10:24:00+08:00"), clock_of("2026-11-22")
    ('10:24', '')
    """
    found = _PARTS.match(moment or "")
    return f"{found[4]}:{found[5]}" if found and found[4] and found[0][11:16] != "00:00" else ""


def place_words(place: int) -> str:
    """一 to 十 as characters, later places as digits.

    >>> place_words(3), place_words(11)
    ('三', '11')
    """
    return PLACES[place - 1] if 1 <= place <= len(PLACES) else str(place)


def period_words(period: Period, as_of: str) -> str:
    """What a tab calls a period on the day `as_of`.

    >>> from shida.text.periods import parse_period
    >>> names = "2026-W47", "2026-11", "2026", "十四五", "2026-W40"
    >>> [period_words(parse_period(name), "2026-11-22") for name in names]
    ['本周', '本月', '2026年', '“十四五”', '2026年第40周']
    """
    name = period.name
    try:
        today = date.fromisoformat(as_of[:10])
    except ValueError:
        return name
    if (period.first, period.last) == (week_of(today).first, week_of(today).last):
        return "本周"
    last_week = week_of(today - timedelta(days=7))
    if (period.first, period.last) == (last_week.first, last_week.last):
        return "上周"
    if name == as_of[:7]:
        return "本月"
    if _PLAN.match(name) or (period.first, period.last) == (plan_of(today).first, plan_of(today).last):
        return f"“{name}”" if _PLAN.match(name) else f"“{plan_of(today).name}”"
    if found := re.fullmatch(r"(\d{4})-W(\d{2})", name):
        return f"{found[1]}年第{int(found[2])}周"
    if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", name):
        return day_words(name)
    return name


def span_words(period: Period) -> str:
    """First and last day of a period, for the line under a heading.

    >>> span_words(Period(name="2024", first="2024-01-01", last="2024-12-31"))
    '2024年1月1日—2024年12月31日'
    """
    first, last = day_words(period.first), day_words(period.last)
    return first if first == last else f"{first}—{last}"


def number_words(value: float | None) -> str:
    """A number with separators and no needless digits.

    >>> number_words(1139), number_words(61.80), number_words(None)
    ('1,139', '61.8', '—')
    """
    if value is None or value != value or value in (float("inf"), float("-inf")):
        return "—"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:.4g}"


def amount_words(value: float | None, unit: str | None) -> str:
    """A number with its unit: a space between, but none before a sign such as %.

    >>> amount_words(1139, "项"), amount_words(6.8, "%"), amount_words(3, None)
    ('1,139 项', '6.8%', '3')
    """
    unit = unit or ""
    return number_words(value) + (unit if unit in ("%", "‰", "℃", "°") else f" {unit}".rstrip())


def when_words(when: str | None) -> str:
    """A period of a fact: an ISO date or month in words, anything else as the record calls it.

    >>> when_words("2026-11-22"), when_words("2025上半年"), when_words("2026-01/2026-09"), when_words(None)
    ('2026年11月22日', '2025上半年', '2026年1月—2026年9月', '')
    """
    parts = (when or "").split("/")
    if len(parts) <= 2 and all(_PARTS.fullmatch(part) for part in parts):
        return "—".join(day_words(part) for part in parts)
    return when or ""


def change_words(percent: float | None, points: float | None = None, absolute: float | None = None) -> str:
    """A change with its sign and unit, "" where none is stated.

    >>> change_words(61.8), change_words(None, -0.5), change_words(None)
    ('+61.8%', '−0.5 个百分点', '')
    """
    for value, unit in ((percent, "%"), (points, " 个百分点"), (absolute, "")):
        if value is not None:
            return ("+" if value >= 0 else "−") + number_words(abs(value)) + unit
    return ""
