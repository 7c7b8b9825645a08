"""Which date is the page's own: candidates in, `published` and how it was found out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

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
    parsed = parse_date(value) if value else None
    if parsed is None:
        return None, ()
    if is_future(parsed, today):
        return None, (FUTURE,)
    return (parsed, ()) if parsed >= EARLIEST else (None, ())


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
    >>> western_date("05-03-15 22:36")
    '2005-03-15T22:36+08:00'
    """
    for pattern in _WESTERN:
        if match := pattern.search(text):
            parts = match.groupdict()
            month = _MONTHS.get((parts.get("name") or "")[:3].lower()) or _HAN_MONTHS.get(parts.get("han") or "")
            year = int(parts.get("year") or 0) or _century(int(parts["short"]))
            day = iso(year, month or int(parts["month"]), int(parts["day"]))
            if day and parts.get("clock"):
                return in_china(day, _clock(parts["clock"], parts.get("half") or ""))
            return day
    return None


def _century(year: int) -> int:
    return 2000 + year if year < 50 else 1900 + year


def _clock(text: str, half: str) -> str:
    hour, _, rest = text.partition(":")
    hours = int(hour)
    if half.lower() == "pm" and hours < 12:
        hours += 12
    return f"{0 if half.lower() == 'am' and hours == 12 else hours:02d}:{rest}"


_AGO = re.compile(
    r"(?<![\d.])(?:(?P<count>\d{1,3})\s?|(?P<half>半)|(?P<han>[一二两三四五六七八九十])\s?)"
    r"(?P<unit>秒钟?|分钟?|个?小时|个?钟头|天|日|周|个?星期|个?月|年)(?:之|以)?前"
    r"|(?P<now>刚刚|刚才)"
    r"|(?P<day>大前天|前天|昨天|昨日|今天|今日)\s{0,3}(?:(?P<part>凌晨|早上|上午|中午|下午|晚上)\s?)?(?P<clock>[012]?\d:[0-5]\d)"
)
AGO_AT_END = re.compile(rf"\s{{0,6}}[\[(（]?\s?(?:{_AGO.pattern.replace('(?P<', '(?P<_')})\s?[\])）]?\s{{0,3}}\Z")
_SECONDS = {"秒": 1, "分": 60, "小时": 3_600, "钟头": 3_600, "天": 86_400, "日": 86_400, "周": 604_800, "星期": 604_800}
_SECONDS |= {"月": 2_592_000, "年": 31_536_000}
_HAN_NUMBERS = {mark: number for number, mark in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_DAYS_BACK = {"大": 3, "前": 2, "昨": 1, "今": 0}
LONGEST_AGO = timedelta(days=36_500)
CHINA = timezone(timedelta(hours=8))


def relative_date(text: str, collected: str | None) -> str | None:
    """The day or time a line gives by its distance from the moment it was `collected` (ISO).

    As precise as what the line says: minutes give a time, hours and days a day, weeks, months and years the month or
    year that all they may mean lies in; where that is two, nothing. None without a moment: no clock is asked.

    >>> at = "2026-11-22T12:00:00+08:00"
    >>> [relative_date(text, at) for text in ("来源：江城日报 3小时前", "昨天 10:20", "2天前", "5分钟前")]
    ['2026-11-22', '2026-11-21T10:20+08:00', '2026-11-20', '2026-11-22T11:55+08:00']
    >>> [relative_date(text, at) for text in ("13小时前", "1周前", "3个月前", "2年前", "三天前")]
    ['2026-11-21', '2026-11', '2026', None, '2026-11-19']
    >>> relative_date("3小时前", None)
    """
    match = _AGO.search(text)
    moment = _moment(collected)
    if match is None or moment is None:
        return None
    whole_day = len(collected or "") <= 10
    if match["day"]:
        day = (moment - timedelta(days=_DAYS_BACK[match["day"][0]])).date().isoformat()
        hours, _, minutes = match["clock"].partition(":")
        late = match["part"] in ("下午", "晚上") and int(hours) < 12
        return in_china(day, f"{int(hours) + 12 * late:02d}:{minutes}")
    if match["now"]:
        return moment.date().isoformat() if whole_day else moment.isoformat(timespec="minutes")
    unit = match["unit"]
    seconds = next(seconds for word, seconds in _SECONDS.items() if word in unit)
    count = 0.5 if match["half"] else float(match["count"] or _HAN_NUMBERS[match["han"]])
    ago = timedelta(seconds=count * seconds)
    if ago > LONGEST_AGO:
        return None
    last = moment - ago
    if seconds <= 60 and not whole_day:
        return last.isoformat(timespec="minutes")
    if seconds == 86_400:
        return last.date().isoformat()  # 2天前 counts days of the calendar
    first = last - timedelta(seconds=seconds if seconds > 86_400 else 0)
    if whole_day and seconds < 86_400:
        last += timedelta(days=1)  # any moment of that day
    return _common(first.date().isoformat(), last.date().isoformat())


_PROSE = re.compile(r"[，。！？；]")
_OF_ELSE = re.compile(r"(?:[:：]|登录|登陆|在线|注册|更新|回复|评论|访问|来访|加入|关注)于?\s{0,3}\Z")
"""What stands before a time that is not the page's own."""
LINE = 60


def date_beside(text: str, collected: str | None, *, labelled: bool = False) -> str | None:
    """The relative date of a line that says nothing but source, author and time; `labelled` where a label says so.

    >>> at = "2026-11-22T12:00:00+08:00"
    >>> date_beside("江城日报 | 3小时前 | 阅读 300", at)
    '2026-11-22'
    >>> date_beside("三天前，市里开始抽查。", at), date_beside("上次登录：3小时前", at)
    (None, None)
    """
    if collected is None or len(text) > LINE or (match := _AGO.search(text)) is None or _PROSE.search(text):
        return None
    if not labelled and _OF_ELSE.search(text, max(0, match.start() - 8), match.start()):
        return None
    return relative_date(text, collected)


def _common(first: str, last: str) -> str | None:
    """The day, month or year that both days lie in."""
    return next((first[:length] for length in (10, 7, 4) if first[:length] == last[:length]), None)


def _moment(collected: str | None) -> datetime | None:
    """The moment of collecting, in Chinese time; None where it is no time."""
    try:
        moment = datetime.fromisoformat(collected or "")
    except ValueError:
        return None
    if not 1990 <= moment.year <= 2100:
        return None
    return moment.astimezone(CHINA) if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)


def is_future(value: str, today: str | None) -> bool:
    """Whether a date lies after `today` (ISO day); without a day, only what no page can be: 2100 and later.

    >>> is_future("2026-02", "2026-01-28"), is_future("2026-01", "2026-01-28"), is_future("2099", None)
    (True, False, True)
    """
    limit = today or UNKNOWN_TODAY
    return value[:10] > limit[: len(value[:10])]


UNKNOWN_TODAY = "2049-12-31"
"""Without a day to compare with, a date past this one is refused: no reader of this program can know it."""
