"""Dates without their year, or that say how long ago: by the moment a page was collected, never by a clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from shida.text.dates import in_china, iso, parse_date

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


_BANNER = re.compile(r"(?:今天|今日|现在)是|(?:现在|当前|北京)时间|农历|欢迎")
_WEEKDAY = re.compile(r"\A\W{0,3}(?:19|20)\d\d\D{1,3}\d\d?\D{1,3}\d\d?日?\W{0,4}[星礼]期[一二三四五六日天]\W{0,3}\Z")
_MONTH_DAY = re.compile(
    r"(?<![\d/.年-])(1[0-2]|0?[1-9])(?:月|[-/])(3[01]|[12]\d|0?[1-9])日?(?![\d/.-])(?:[\s,，]{0,3}([01]?\d|2[0-3]):([0-5]\d))?"
)
_YEAR_MONTH_DAY = re.compile(r"(20\d\d)年\s?(1[0-2]|0?[1-9])月\s?(3[01]|[12]\d|0?[1-9])日")


def is_banner(text: str, visited: str | None) -> bool:
    """Whether a line above a title shows the day of the visit: it says so, or it is that day and its weekday alone. (A
    newspaper's page has such a line too, with the day it was printed.)

    >>> is_banner("今天是2026年11月22日", None), is_banner("2026年11月22日 星期日", "2026-11-22T08:00:00+08:00")
    (True, True)
    >>> is_banner("2026年11月20日 星期五", "2026-11-22"), is_banner("2026-11-22 10:30 来源：江城日报", "2026-11-22")
    (False, False)
    """
    if _BANNER.search(text):
        return True
    return visited is not None and _WEEKDAY.match(text) is not None and parse_date(text) == visited[:10]


def yearless_date(text: str, collected: str | None, url: str | None, near: str) -> str | None:
    """The day of a line with month and day alone, where something says the year: the same day in full in the text
    `near` it, the page's address, else the moment it was `collected`, which it does not follow.

    >>> yearless_date("1月27日 10:20 来源：江城日报", None, None, "江城2026年1月27日电 今天上午")
    '2026-01-27T10:20+08:00'
    >>> yearless_date("01-27", "2026-01-05T08:00:00+08:00", None, "")
    '2025-01-27'
    >>> yearless_date("01-27", None, None, "")
    """
    if len(text) > LINE or _PROSE.search(text) or (match := _MONTH_DAY.search(text)) is None:
        return None
    month, day = int(match[1]), int(match[2])
    value = None
    for year, named_month, named_day in _YEAR_MONTH_DAY.findall(near[:2_000]):
        if (int(named_month), int(named_day)) == (month, day):
            value = iso(int(year), month, day)
            break
    value = value or short_date(month, day, collected, url)
    return in_china(value, f"{int(match[3]):02d}:{match[4]}") if value and match[3] else value


_YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-/_]?(0[1-9]|1[0-2])(?!\d{3,}(?!\d))")


def short_date(month: int, day: int, anchor: str | None, url: str | None = None) -> str | None:
    """A month and day with the year that the address it leads to has, before that month or as a folder; else with the
    anchor's, or the year before where that would be after the anchor.

    >>> short_date(11, 20, None, "/xw/202511/t20251120_1.html"), short_date(12, 30, "2026-01-05")
    ('2025-11-20', '2025-12-30')
    """
    for match in _YEAR_MONTH.finditer((url or "")[:500]):
        if int(match[2]) == month:
            return iso(int(match[1]), month, day)
    if named := _YEAR_FOLDER.search((url or "")[:500]):
        return iso(int(named[1]), month, day)
    moment = _moment(anchor)
    if moment is None:
        return None
    value = iso(moment.year, month, day)
    if value and value > moment.date().isoformat():
        value = iso(moment.year - 1, month, day)
    return value


_YEAR_FOLDER = re.compile(r"/(20\d\d)/")


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
