"""Chinese dates in a text → spans with value and precision; a date string → one ISO date or time.

`find_dates` reads running text: 2024年3月5日, 二〇二六年一月, 3月5日 with the year of an anchor, 今天（1月15日）,
本月3日, 去年12月, 9月16日至17日, 2025-09-16T10:00+08:00. `parse_date` reads a string that is meant to be a date.

The *anchor* is the day the text was published. Nothing here looks at a clock: without an anchor (or a year earlier in
the paragraph) a date without a year is not reported, because it is not known.
"""

from __future__ import annotations

import re
from calendar import month_abbr
from datetime import date, datetime, timedelta, timezone

from shida.records import Precision, Record

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Years outside are ages or counts (3000年历史), not dates."""

_WIDTH = str.maketrans("０１２３４５６７８９：－／．○Ｏ零", "0123456789:-/.〇〇〇")
"""One character for one, so that offsets stay those of the text."""
_WIDE = re.compile(f"[{''.join(map(chr, _WIDTH))}]")

_S = r"[ \t\u00a0\u3000]{0,3}"
_YEAR = r"(?:1\d{3}|20\d\d|21\d\d|[一二][〇0一二三四五六七八九]{3})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = rf"{_S}(?:至|到|[—–―－~～-]{{1,2}}){_S}"
_MONTH_DAY = (
    rf"(?P<month>{_MONTH})(?:{_TO}(?P<month2>{_MONTH}))?{_S}月份?"
    rf"(?:{_S}(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?{_S}[日号號])?"
)
_RELATIVE_YEAR = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_CONTEXT_YEAR = {"同年": 0, "当年": 0, "當年": 0, "次年": 1, "翌年": 1}
_RELATIVE_MONTH = {"上个月": -1, "上月": -1, "本月": 0, "这个月": 0, "下个月": 1, "下月": 1}
_RELATIVE_DAY = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2}
_WEEKDAYS = {mark: day for day, mark in enumerate("一二三四五六日")} | {"天": 6}
_FIRST = "".join(sorted({word[0] for word in (*_RELATIVE_YEAR, *_CONTEXT_YEAR, *_RELATIVE_MONTH, *_RELATIVE_DAY)}))
_DATE = re.compile(
    rf"""(?=[0-9一二三四五六七八九十民同当當本这上下{_FIRST}])(?:  # else nine ways would be tried at every character
    (?<![\d.])(?P<numeric>(?P<ny>1\d{{3}}|20\d\d)(?:(?P<sep>[-/.])(?P<nm>1[0-2]|0?[1-9])(?P=sep)(?P<nd>3[01]|[12]\d|0?[1-9])(?!\d)
            |-(?P<nm2>0[1-9]|1[0-2])(?![\d/.-])))
    |(?<![\d.〇一二三四五六七八九])(?P<year>{_YEAR})(?:{_TO}(?P<year2>{_YEAR}))?{_S}年度?(?:{_S}{_MONTH_DAY})?
    |民[国國](?P<republic>\d{{2,3}})年{_S}{_MONTH_DAY.replace("(?P<", "(?P<r")}
    |(?P<relyear>{"|".join(_RELATIVE_YEAR | _CONTEXT_YEAR)})(?:{_S}{_MONTH_DAY.replace("(?P<", "(?P<y")})?
    |(?P<relmonth>{"|".join(_RELATIVE_MONTH)}|[同当當]月)(?:{_S}(?P<mday>{_DAY})(?:{_TO}(?P<mday2>{_DAY}))?{_S}[日号號])?
    |(?<![\d.〇一二三四五六七八九十]){_MONTH_DAY.replace("(?P<", "(?P<b")}
    |(?P<relday>大?前|[昨今明后])(?:[天日]|(?<=[昨今])[晚晨夜])(?:{_S}[（(]{_S}(?:(?P<pmonth>{_MONTH})月)?(?P<pday>{_DAY})日[^（）()\n]{{0,8}}[）)])?
    |(?P<relweek>[本这上下])(?:周|星期)(?P<weekday>[一二三四五六日天])
    |(?<![\d.第每满共近超])(?P<onlyday>3[01]|[12]\d|0?[1-9])(?:{_TO}(?P<onlyday2>3[01]|[12]\d|0?[1-9]))?{_S}日)
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(
    rf"{_TO}(?:(?P<year>{_YEAR}){_S}年{_S})?(?:(?P<month>{_MONTH}){_S}月{_S})?(?:(?P<day>{_DAY}){_S}[日号號]|(?<=月)份?)"
)
_TIME = re.compile(
    r"(?:[Tt]|-(?=\d\d:\d\d:)"
    r"|[ \t\u00a0\u3000,，]{0,3}(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[ \t\u00a0\u3000,]{0,3})"
    r"(?P<half>上午|下午|晚上|凌晨|早上|中午)?[ \t]?"
    r"(?P<h>[01]?\d|2[0-4])(?::(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d{1,9})?)?|[时時点點](?:(?P<m2>[0-5]?\d)分)?)"
    r"(?:(?P<ampm>\s?[AaPp][Mm])|(?P<zone>\s?(?:Z|[+-]\d\d:?\d\d))(?!\d))?"
)
_BREAK = re.compile(r"[。！？!?；;\n]")
_NOT_YEAR = re.compile(r"[前级級](?!后)|[多余]年|历史")
_NOT_DAY = re.compile(r"[ ]?(?:内|以内|之内|以上|以下|以后|后|間|间|游|均|龄|年化|元|本|报|用|常|历|期)")
_NEVER_BEFORE = ("农历", "陰曆", "阴历", "農曆", "旧历", "每年", "公元前", "历年")


class FoundDate(Record, frozen=True, kw_only=True):
    """A date in a text: where it stands and what it says."""

    start: int
    end: int
    """Code points, half-open."""
    value: str
    """YYYY[-MM[-DD]]; the first day, month or year of a range."""
    precision: Precision
    how: str
    """`full` (the year stands there), `anchor` (year or month are the anchor's), `context` (an earlier date's),
    `relative` (今天, 去年)."""
    until: str | None = None
    """The last day, month or year where a range is stated, as precise as `precision`."""
    time: str | None = None
    """`HH:MM` or `HH:MM:SS`, with an offset where one stands there."""


def find_dates(text: str, anchor: str | None = None) -> tuple[FoundDate, ...]:
    """All dates of `text` that can be known, in order, not overlapping.

    `anchor` is the day (or month, or year) the text was published, ISO; a wrong one is as good as none.

    >>> found = find_dates("2025年9月16日至17日，大会举行；方案已于去年12月公布。", "2025-09-18")
    >>> [(date.value, date.until, date.how) for date in found]
    [('2025-09-16', '2025-09-17', 'full'), ('2024-12', None, 'relative')]
    >>> [d.value for d in find_dates("今天（1月15日）印发，自3月1日起施行。", "2026-01-15")]
    ['2026-01-15', '2026-03-01']
    >>> find_dates("3月5日召开")
    ()
    """
    plain = text.translate(_WIDTH) if _WIDE.search(text) else text
    day = _anchor(anchor)
    found: list[FoundDate] = []
    context: tuple[int, int | None] | None = None
    context_end = 0
    position = 0
    while match := _DATE.search(plain, position):
        position = match.end()
        if plain.endswith(_NEVER_BEFORE, max(0, match.start() - 3), match.start()):
            continue
        between = plain[context_end : match.start()] if match.start() - context_end < 400 else "\n"
        same_sentence = context if context and not _BREAK.search(between) else None
        same_paragraph = context if context and "\n" not in between else None
        got = _resolve(match, plain, day, same_sentence, same_paragraph, context)
        if got is None:
            continue  # behind its end: the 12月 of a 去年12月 that cannot be known must not become another year's
        found.append(got)
        position = got.end
        parts = [int(part) for part in got.value.split("-")]
        context, context_end = (parts[0], parts[1] if len(parts) > 1 else None), got.end
    return tuple(found)


Anchor = tuple[int, int | None, int | None]
Context = tuple[int, int | None] | None


def _anchor(text: str | None) -> Anchor | None:
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text or "", re.ASCII)
    if not match:
        return None
    parts = [int(part) if part else None for part in match.groups()]
    year, month, day = parts
    if year is None or iso(year, month, day) is None:
        return None
    return year, month, day


def _resolve(
    match: re.Match[str], plain: str, anchor: Anchor | None, sentence: Context, paragraph: Context, context: Context
) -> FoundDate | None:
    """What one match says, or None where it cannot be known or is no date."""
    end, how = match.end(), "full"
    year: int | None
    month = day = month2 = day2 = year2 = None
    if match["numeric"]:
        year, month, day = int(match["ny"]), int(match["nm"] or match["nm2"]), _number(match["nd"])
    elif match["year"]:
        year, year2 = _number(match["year"]), _number(match["year2"])
        month, month2, day, day2 = (_number(match[name]) for name in ("month", "month2", "day", "day2"))
        if month is None and _NOT_YEAR.match(plain, end):
            return None
    elif match["republic"]:
        year = int(match["republic"]) + 1911
        month, month2, day, day2 = (_number(match[name]) for name in ("rmonth", "rmonth2", "rday", "rday2"))
    elif match["relyear"]:
        word, how = match["relyear"], "relative"
        month, month2, day, day2 = (_number(match[name]) for name in ("ymonth", "ymonth2", "yday", "yday2"))
        if word in _CONTEXT_YEAR:
            if context is None or month is None:
                return None
            year = context[0] + _CONTEXT_YEAR[word]
        elif anchor is None:
            return None
        else:
            year = anchor[0] + _RELATIVE_YEAR[word]
    elif match["relmonth"]:
        how = "relative"
        day, day2 = _number(match["mday"]), _number(match["mday2"])
        word = match["relmonth"]
        if word in _RELATIVE_MONTH:
            if anchor is None or anchor[1] is None:
                return None
            year, month = _shift(anchor[0], anchor[1], _RELATIVE_MONTH[word])
        elif context and context[1] and day:
            year, month = context
        else:
            return None
    elif match["relday"]:
        return _relative_day(match, plain, anchor)
    elif match["relweek"]:
        if anchor is None or anchor[1] is None or anchor[2] is None:
            return None
        there = date(anchor[0], anchor[1], anchor[2])
        weeks = {"上": -1, "下": 1}.get(match["relweek"], 0)
        target = there + timedelta(days=_WEEKDAYS[match["weekday"]] - there.weekday() + 7 * weeks)
        return FoundDate(start=match.start(), end=end, value=target.isoformat(), precision="day", how="relative")
    elif match["onlyday"]:
        day, day2 = int(match["onlyday"]), _number(match["onlyday2"])
        if _NOT_DAY.match(plain, end):
            return None
        if sentence and sentence[1]:
            (year, month), how = sentence, "context"
        elif anchor and anchor[1]:
            (year, month), how = _nearest_month(anchor, day), "anchor"
        else:
            return None
    else:
        month, month2, day, day2 = (_number(match[name]) for name in ("bmonth", "bmonth2", "bday", "bday2"))
        if day is None and not match["bmonth"].isdigit() and not match[0].endswith("份"):
            return None  # 阳春三月, 八月十五: a season or the old calendar
        if sentence and sentence[1] and month is not None:
            year, how = sentence[0], "context"
        elif anchor and month is not None:
            year, how = _nearest_year(anchor, month, day), "anchor"
        elif paragraph:
            year, how = paragraph[0], "context"
        else:
            return None
    if year is None:
        return None
    return _found(match.start(), end, plain, (year, month, day), (year2, month2, day2), how)


def _found(
    start: int,
    end: int,
    plain: str,
    first: tuple[int, int | None, int | None],
    last: tuple[int | None, int | None, int | None],
    how: str,
) -> FoundDate | None:
    """The record of a date, with the end of its range and the time behind it."""
    year, month, day = first
    value = iso(year, month, day)
    if value is None:
        return None
    until: str | None = None
    time = None
    if any(last):
        until = iso(last[0] or year, last[1] or month, last[2] or day)
    elif month and (tail := _UNTIL.match(plain, end)) and (day is None) == (tail["day"] is None):
        until_month = _number(tail["month"])
        if day is not None or until_month is not None:
            until = iso(_number(tail["year"]) or year, until_month or month, _number(tail["day"]))
            end = tail.end() if until and until > value else end
    elif day and (clock := _TIME.match(plain, end)) and (time := _clock(clock)):
        end = clock.end()
    if until is not None and until <= value:
        until = None
    precision: Precision = "day" if day else "month" if month else "year"
    return FoundDate(start=start, end=end, value=value, precision=precision, how=how, until=until, time=time)


def _relative_day(match: re.Match[str], plain: str, anchor: Anchor | None) -> FoundDate | None:
    """今天, 昨晚, and the date in brackets behind it, which wins."""
    shift = _RELATIVE_DAY[match["relday"]]
    if plain[match.start() : match.start() + 2] in ("后日", "前日") and not match["pday"]:
        return None  # 之后日益, 此前日均: not a day
    known = None
    if anchor and anchor[1] and anchor[2]:
        known = date(anchor[0], anchor[1], anchor[2]) + timedelta(days=shift)
    value: str | None = known.isoformat() if known else None
    month, day = _number(match["pmonth"]), _number(match["pday"])
    if day and anchor:
        year, there = (_nearest_year(anchor, month, day), month) if month else _nearest_month(anchor, day)
        value = iso(year, there, day) or value
    if value is None:
        return None
    return FoundDate(start=match.start(), end=match.end(), value=value, precision="day", how="relative")


def _nearest_year(anchor: Anchor, month: int, day: int | None) -> int:
    """The year that puts a month and day nearest to the anchor; the anchor's own unless nine months lie between.

    News of January speaks of last December, and news of December of rules in force from January.
    """
    year, here, _ = anchor
    if here is None:
        return year
    apart = month - here
    return year - 1 if apart > 8 else year + 1 if apart < -8 else year


def _nearest_month(anchor: Anchor, day: int) -> tuple[int, int]:
    """The month that puts a bare day nearest to the anchor, the past first."""
    year, month, today = anchor
    if month is None:
        return year, 1
    if today is not None:
        if day - today > 15:
            return _shift(year, month, -1)
        if today - day > 25:
            return _shift(year, month, 1)
    return year, month


def _shift(year: int, month: int, months: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + months
    return total // 12, total % 12 + 1


_DIGITS = {mark: value for value, mark in enumerate("〇一二三四五六七八九")}


def _number(text: str | None) -> int | None:
    """A year digit by digit, or a number up to 31, in either script."""
    if not text:
        return None
    if text[0] in "0123456789":
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
    value = 0
    for mark in text:
        value = value * 10 + _DIGITS.get(mark, 0)  # 二00五: some write the zeros in ASCII
    return value


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """ISO text of a date, or None where there is no such day.

    >>> iso(2024, 2, 29), iso(2023, 2, 29), iso(2022, 4)
    ('2024-02-29', None, '2022-04')
    """
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _clock(match: re.Match[str]) -> str | None:
    """`HH:MM[:SS][offset]` of a time behind a date; None where it is none (24:30)."""
    hour = int(match["h"])
    minutes = match["m"] or (match["m2"] or "00").rjust(2, "0")
    half = (match["half"] or "") + (match["ampm"] or "").strip().lower()
    if half in ("下午", "晚上", "pm") and 1 <= hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if hour > 23:
        return None
    return f"{hour:02d}:{minutes}" + (f":{match['s']}" if match["s"] else "") + (match["zone"] or "").strip()


_RFC = re.compile(
    r"\s*(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[\s-]([A-Za-z]{3})[a-z]{0,6}[\s-](\d{4})\s+(\d\d?:\d\d(?::\d\d)?)\s*(\S{1,6})?"
)
_ENGLISH = {name.lower(): number for number, name in enumerate(month_abbr) if name}
_COMPACT = re.compile(
    r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?\s*\Z", re.ASCII
)
_ZONES = {"z": "+00:00", "gmt": "+00:00", "ut": "+00:00", "utc": "+00:00", "est": "-05:00", "pst": "-08:00"}
_CHINA = timezone(timedelta(hours=8))


def parse_date(text: str, anchor: str | None = None) -> str | None:
    """The date or time a string gives, as `YYYY[-MM[-DD]]` or `YYYY-MM-DDTHH:MM[:SS]+08:00`; None where it gives none.

    A time without an offset is Chinese time; one with another offset is moved there.

    >>> parse_date("2025-09-16T02:00:00Z"), parse_date("2005年03月21日11:21")
    ('2025-09-16T10:00:00+08:00', '2005-03-21T11:21+08:00')
    >>> parse_date("Tue, 16 Sep 2025 10:00:00 GMT"), parse_date("20250916"), parse_date("soon")
    ('2025-09-16T18:00:00+08:00', '2025-09-16', None)
    """
    text = text[:200]
    if match := _COMPACT.match(text):
        day = iso(int(match[1]), int(match[2]), int(match[3]))
        clock = f"{match[4]}:{match[5]}" + (f":{match[6]}" if match[6] else "") if match[4] else None
    elif (match := _RFC.match(text)) and match[2].lower() in _ENGLISH:
        day = iso(int(match[3]), _ENGLISH[match[2].lower()], int(match[1]))
        clock = match[4].rjust(5, "0") + _offset(match[5] or "GMT")
    elif match := re.match(r"\s*(\d{4})(?:[-/.](\d{1,2}))?\s*\Z", text, re.ASCII):
        return iso(int(match[1]), int(match[2]) if match[2] else None)
    elif found := find_dates(text, anchor):
        day, clock = found[0].value, found[0].time
    else:
        return None
    return day if day is None or clock is None else in_china(day, clock)


def _offset(zone: str) -> str:
    if zone[0] in "+-" and len(zone) >= 5 and zone[1:3].isdigit() and zone[-2:].isdigit():
        return f"{zone[:3]}:{zone[-2:]}"
    return _ZONES.get(zone.lower(), "")


def in_china(day: str, clock: str) -> str:
    """A day and a `HH:MM[:SS][offset]` as one time with +08:00; the day alone where the clock is impossible.

    >>> in_china("2025-03-05", "23:30Z")
    '2025-03-06T07:30+08:00'
    """
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}")
        if moment.tzinfo is None:
            return moment.replace(tzinfo=_CHINA).isoformat(timespec="seconds" if clock.count(":") > 1 else "minutes")
        seconds = re.match(r"\d\d:\d\d:\d\d", clock) is not None
        return moment.astimezone(_CHINA).isoformat(timespec="seconds" if seconds else "minutes")
    except (ValueError, OverflowError):
        return day
