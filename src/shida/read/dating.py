"""Which date is the page's own: candidates in, `published` and how it was found out."""

from __future__ import annotations

import re

from shida.text.dates import in_china, iso, parse_date

FUTURE = "future_date_refused"
EARLIEST = "1900"


def accept(value: str | None, today: str | None) -> tuple[str | None, tuple[str, ...]]:
    """A date or time as it may be published: never after `today`, never before 1900.

    >>> accept("2099-01-01", "2026-01-28")
    (None, ('future_date_refused',))
    >>> accept("2025年3月5日 10:30", "2026-01-28")
    ('2025-03-05T10:30+08:00', ())
    """
    parsed = value if value and _is_kept(value) else parse_date(value) if value else None
    if parsed is None:
        return None, ()
    if is_future(parsed, today):
        return None, (FUTURE,)
    return (parsed, ()) if parsed >= EARLIEST else (None, ())


_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-/_]?)(0[1-9]|1[0-2])(?:[-/_]?)(0[1-9]|[12]\d|3[01])(?!\d)|/((?:19|20)\d\d)[-/](\d{1,2})[-/](\d{1,2})/"
)


def url_date(url: str) -> str | None:
    """The day an address carries.

    >>> url_date("https://example.com/2025/03/05/a.html"), url_date("https://example.com/t20250305_1.htm")
    ('2025-03-05', '2025-03-05')
    """
    for match in _URL_DATE.finditer(url[:500]):
        year, month, day = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
        if value := iso(int(year), int(month), int(day)):
            return value
    return None


_AS_IT_IS_KEPT = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?\+08:00)?\Z", re.ASCII)


def _is_kept(value: str) -> bool:
    """Whether a date is written already as it is kept, as most are: they need no second parsing."""
    match = _AS_IT_IS_KEPT.match(value)
    return match is not None and iso(int(match[1]), int(match[2]), int(match[3])) is not None


_CLOCK = r"(?:[\s,]{1,3}(?P<clock>\d{1,2}:\d\d(?::\d\d)?)\s?(?P<half>[AaPp][Mm])?)?"
_MONTH_NAMES = "January February March April May June July August September October November December"
_MONTHS = {name[:3].lower(): number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_HAN_MONTHS = {
    f"{name}月": number
    for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], 1)
}
_NAMED = r"(?P<{0}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}\.?"
_WESTERN = (
    re.compile(
        rf"{_NAMED.format('name')}\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>(?:19|20)\d\d){_CLOCK}"
    ),
    re.compile(rf"(?P<day>\d{{1,2}})\s{_NAMED.format('name')},?\s(?P<year>(?:19|20)\d\d){_CLOCK}"),
    re.compile(
        rf"{_NAMED.format('name')}\s{{1,2}}(?P<day>\d{{1,2}})\s(?P<clock>\d\d:\d\d:\d\d)\s(?P<half>)"
        r"(?P<year>(?:19|20)\d\d)"
    ),
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)\s{0,3}(?P<month>0[1-9]|1[0-2])/(?P<day>0[1-9]|[12]\d|3[01])(?![\d/](?!\d:))"
        r"(?:\s{0,3}(?P<clock>(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?))?"
    ),
    re.compile(rf"(?P<han>十?[一二三四五六七八九十]月)\s(?P<day>\d{{1,2}}),\s(?P<year>(?:19|20)\d\d){_CLOCK}"),
    re.compile(r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)" + _CLOCK),
    re.compile(
        r"(?<![\d.-])(?P<short>0\d|9\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\s{1,3}"
        r"(?P<clock>\d\d?:\d\d)(?P<half>)"
    ),
)


def western_date(text: str) -> str | None:
    """The date of a line in a form forums and blogs took from abroad.

    >>> western_date("March 15, 2005 10:36 PM"), western_date("(Tue Mar 15 22:36:13 2005)")
    ('2005-03-15T22:36+08:00', '2005-03-15T22:36:13+08:00')
    >>> western_date("星期二 三月 15, 2005 10:36 pm"), western_date("9/17/2004 5:54:13 AM")
    ('2005-03-15T22:36+08:00', '2004-09-17T05:54:13+08:00')
    >>> western_date("05-03-15 22:36"), western_date("2026 11/20 10:20:33")
    ('2005-03-15T22:36+08:00', '2026-11-20T10:20:33+08:00')
    """
    for pattern in _WESTERN:
        if match := pattern.search(text):
            parts = match.groupdict()
            month = _MONTHS.get((parts.get("name") or "")[:3].lower()) or _HAN_MONTHS.get(parts.get("han") or "")
            year = int(parts.get("year") or 0) or century(int(parts["short"]))
            day = iso(year, month or int(parts["month"]), int(parts["day"]))
            if day and parts.get("clock"):
                return in_china(day, _clock(parts["clock"], parts.get("half") or ""))
            return day
    return None


def century(year: int) -> int:
    """The year that two digits stand for: 49 is 2049, 50 is 1950."""
    return 2000 + year if year < 50 else 1900 + year


def _clock(text: str, half: str) -> str:
    hour, _, rest = text.partition(":")
    hours = int(hour)
    if half.lower() == "pm" and hours < 12:
        hours += 12
    return f"{0 if half.lower() == 'am' and hours == 12 else hours:02d}:{rest}"


def is_future(value: str, today: str | None) -> bool:
    """Whether a date lies after `today` (ISO day); without a day, only what no page can be: 2100 and later.

    >>> is_future("2026-02", "2026-01-28"), is_future("2026-01", "2026-01-28"), is_future("2099", None)
    (True, False, True)
    """
    limit = today or UNKNOWN_TODAY
    return value[:10] > limit[: len(value[:10])]


UNKNOWN_TODAY = "2049-12-31"
"""Without a day to compare with, a date past this one is refused: no reader of this program can know it."""
