"""Lines of a page → top-ten lists, dated items, and blocks that were printed twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from shida.errors import SettingsError
from shida.read.nearness import AGO_AT_END, relative_date
from shida.read.nearness import short_date as short_date
from shida.records import Item, Record, TopList
from shida.text.dates import find_dates, iso
from shida.text.periods import parse_period

_BULLET = re.compile(r"[●■◆▲★○◎□◇△☆•·▪▶►◉⊙※✦➤→\-–—*＊]\s{0,3}(?=\S)")
_NUMBER = re.compile(
    r"(?:第?[（(【\[]?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?:[）)】\]]|(?:[.．、:：]|[。](?!\d))(?!\d))|(?P<c>[①-⑳⑴-⒇⒈-⒛❶-❿➀-➉➊-➓㈠-㈩])"
    r"|[\u4e00-\u9fff]{0,6}(?:之|新闻|事件|大事|案例)(?P<k>\d{1,2}|[一二三四五六七八九十]{1,3})[.．、:：]"
    r"|(?:(?:NO|No|no|TOP|Top)[.．]?\s?(?P<t>\d{1,3})(?!\d)|第(?P<o>\d{1,3}|[一二三四五六七八九十]{1,3})[名位件])[.．、:：]?"
    r"|(?P<z>0[1-9])(?=[\s\u3000])|(?P<p>1\d)(?=[\s\u3000][\u4e00-\u9fff“]))\s{0,3}(?=\S)"
)
_CIRCLED = "①⑴⒈❶➀➊㈠"
"""The first of each kind of number that is one character."""
_ALONE = re.compile(
    r"(?:NO|No|no|TOP|Top|第)?[.．]?\s?0?(?P<a>\d{1,2}|[一二三四五六七八九十]{1,3})\s?[名位]?[.．、:：]?\Z"
)
_TRUNCATED = re.compile(
    r"(?:…{1,3}|\.{2,6}|。{3,6}|⋯{1,3}|‥)\s{0,3}"
    r"(?:[\[【(（]?\s?(?:详细|详情|全文|更多|查看|组?图|视频|[Nn]ew|NEW|HOT)\s?[\]】)）]?\s{0,3})?\Z"
)
"""Dots, and a word that belongs to the list behind them."""
_DAY = (
    r"(?:(?P<y>20\d\d|19\d\d)[-/.年](?P<m>1[0-2]|0?[1-9])[-/.月](?P<d>3[01]|[12]\d|0?[1-9])日?(?!\d)"
    r"(?:\s{0,2}\d\d?:\d\d(?::\d\d)?)?)"
)
_SHORT = r"(?:(?<!\d[-/.])(?P<sm>1[0-2]|0?[1-9])[-/月](?P<sd>3[01]|[12]\d|0?[1-9])日?(?!\d)(?:\s{0,2}\d\d?:\d\d)?)"
_AT_END = re.compile(rf"\s{{0,6}}(?<!\d)[\[(（【<《]?\s?(?:{_DAY}|{_SHORT})\s?[\])）】>》]?\s{{0,3}}\Z")
_AT_START = re.compile(rf"[\[(（【]?\s?(?:{_DAY}|{_SHORT})\s?[\])）】]?[\s|:：]{{0,6}}")
_DIGIT = re.compile(r"\d")
_IN_BRACKETS = re.compile(r"[\[(（【]\s?\d|\d\s?[\])）】]")
_PLAN = re.compile(r"“?([一二三四五六七八九十]{1,2}五)”?(?:时期|期间|规划)?")
_PART = re.compile(r"(上半年|下半年|(?:第?([一二三四1-4])季度))")
_HALVES = {"上半年": ("01-01", "06-30"), "下半年": ("07-01", "12-31")}
_QUARTERS = {"一": ("01-01", "03-31"), "二": ("04-01", "06-30"), "三": ("07-01", "09-30"), "四": ("10-01", "12-31")}
_QUARTERS |= {str(number): span for number, span in enumerate(_QUARTERS.values(), 1)}
_BESIDE = " \t\u3000|·-—"
HEADING_LENGTH = 50
LEAST_ENTRIES, LEAST_LETTERS = 3, 4
LONGEST_COUNTDOWN = 30
LEAST_ITEMS = 2
REPEAT_LINES, REPEAT_LENGTH = 2, 60
"""A run of so many lines and characters that stood before is a block printed twice; less is a refrain."""


class FoundList(Record, frozen=True, kw_only=True):
    """A top-ten list and the lines it takes up (half-open)."""

    top: TopList
    start: int
    end: int


def drop_repeats(lines: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """Which lines to keep, and how many blocks were printed again.

    A block is a run of consecutive lines that stood on the page before, white space aside.

    >>> drop_repeats(["甲" * 40, "乙" * 40, "丙", "甲" * 40, "乙" * 40])
    ((0, 1, 2), 1)
    """
    bare = ["".join(line.split()) for line in lines]
    if len({*bare}) == len(bare):
        return tuple(range(len(bare))), 0
    first: dict[str, int] = {}
    keep: list[int] = []
    repeated = 0
    here = 0
    while here < len(bare):
        there = first.get(bare[here])
        if there is not None:
            length = 0
            while here + length < len(bare) and there + length < here and bare[here + length] == bare[there + length]:
                length += 1
            if length >= REPEAT_LINES and sum(map(len, bare[here : here + length])) >= REPEAT_LENGTH:
                repeated += 1
                here += length
                continue
        first.setdefault(bare[here], here)
        keep.append(here)
        here += 1
    return tuple(keep), repeated


def find_top_lists(lines: Sequence[str], words: tuple[str, ...], unranked: tuple[str, ...] = ()) -> list[FoundList]:
    """Lists under a heading that names one (`words`), bulleted or numbered.

    >>> lines = ["2025年度十大新闻", "●甲事件发生。", "●乙事件发生。", "●丙事件发生。"]
    >>> found = find_top_lists(lines, ("十大",))[0]
    >>> found.top.name, found.top.period, found.top.ranked, found.top.entries[0]
    ('2025年度十大新闻', ('2025-01-01', '2025-12-31'), False, '甲事件发生。')
    """
    found: list[FoundList] = []
    if not names_list([line.strip() for line in lines], words):
        return found
    lines = _with_numbers_alone(lines)
    period: tuple[str, str] | None = None
    here = 0
    while here < len(lines):
        line = lines[here].strip()
        if _names_list(line, words):
            entries, end, numbered = _entries(lines, here + 1)
            if any(_names_list(lines[below].strip(), words) for below in range(here + 1, min(here + 3, end))):
                period = period or period_of(line)
                here += 1
                continue  # 2025年国内国际十大新闻, and then 国内十大新闻 with its entries
            if len(entries) >= LEAST_ENTRIES:
                around = "".join(lines[max(0, here - 2) : here + 2]) + "".join(lines[end : end + 2])
                ranked = numbered and not any(word in around for word in unranked)
                top = TopList(
                    name=_heading(line), period=period_of(line) or period, ranked=ranked, entries=tuple(entries)
                )
                found.append(FoundList(top=top, start=here, end=end))
                here = end
                continue
        here += 1
    return found


def names_list(lines: Sequence[str], words: tuple[str, ...]) -> bool:
    """Whether any line may be the heading of a top-ten list."""
    short = "\n".join([line for line in lines if len(line) <= HEADING_LENGTH])
    return any(word in short for word in words)


def marked(line: str) -> bool:
    """Whether a line begins with a number or a bullet of a list."""
    return _BULLET.match(line) is not None or _NUMBER.match(line) is not None


def _with_numbers_alone(lines: Sequence[str]) -> Sequence[str]:
    """The lines, with each number that has a line to itself put before the next one: 1, 2, 3 and on, or back to 1.

    >>> _with_numbers_alone(["十大新闻", "1", "街上换秤", "2", "街上换表", "3", "街上开门"])
    ['十大新闻', '1、街上换秤', '', '2、街上换表', '', '3、街上开门', '']
    """
    alone = {
        at: _number(match["a"])
        for at, line in enumerate(lines[:-1])
        if len(line) <= 8 and (match := _ALONE.match(line.strip())) and len(lines[at + 1].strip()) >= LEAST_LETTERS
    }
    if len(alone) < LEAST_ENTRIES:
        return lines
    runs: list[list[int]] = []
    for at, value in alone.items():
        if runs and abs(value - alone[runs[-1][-1]]) == 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    joined = list(lines)
    for run in runs:
        values = [alone[at] for at in run]
        upward = list(range(1, len(run) + 1))
        if len(run) >= LEAST_ENTRIES and values in (upward, upward[::-1]):
            for at, value in zip(run, values, strict=True):
                joined[at], joined[at + 1] = f"{value}、{lines[at + 1].strip()}", ""
    return joined


def _names_list(line: str, words: tuple[str, ...]) -> bool:
    return len(line) <= HEADING_LENGTH and any(word in line for word in words) and not _BULLET.match(line)


def _heading(line: str) -> str:
    match = _NUMBER.match(line)
    return (line[match.end() :] if match else line).strip(" \u3000:：#*").strip()


def _entries(lines: Sequence[str], start: int) -> tuple[list[str], int, bool]:
    """Entries from `start` or a line or two later: their texts, the line behind them, whether they are numbered."""
    for first in islice((at for at in range(start, len(lines)) if lines[at]), 3):
        line = lines[first].strip()
        if _BULLET.match(line):
            return (*_bulleted(lines, first), False)
        if match := _NUMBER.match(line):
            if _value(match) == 1:
                return (*_numbered(lines, first), True)
            if LEAST_ENTRIES <= _value(match) <= LONGEST_COUNTDOWN:
                entries, end = _numbered(lines, first, down_from=_value(match))
                return (entries[::-1], end, True) if entries else ([], start, False)
    return [], start, False


def _bulleted(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    entries = []
    here = start
    sign = lines[start].strip()[0]
    while here < len(lines):
        line = lines[here].strip()
        match = _BULLET.match(line)
        if not match or line[0] != sign:
            break
        entries.append(line[match.end() :].strip())
        here += 1
    return entries, here


def _numbered(lines: Sequence[str], start: int, down_from: int = 0) -> tuple[list[str], int]:
    """Entries 1, 2, 3 …, or 10, 9, 8 … to 1; paragraphs between two numbers explain the entry above them."""
    entries: list[str] = []
    end = here = start
    while here < len(lines) and here - end < 12:
        line = lines[here].strip()
        match = _NUMBER.match(line)
        if match and _value(match) == (down_from - len(entries) if down_from else len(entries) + 1):
            entries.append(line[match.end() :].strip())
            end = here + 1
            if len(entries) == down_from:
                break
        here += 1
    return (entries, end) if not down_from or len(entries) == down_from else ([], start)


def _value(match: re.Match[str]) -> int:
    if match["c"]:
        return ord(match["c"]) - ord(max(first for first in _CIRCLED if first <= match["c"])) + 1
    text = match["n"] or match["k"] or match["t"] or match["o"] or match["z"] or match["p"]
    return _number(text)


def _number(text: str) -> int:
    """A number in digits, or in characters up to 九十九; 0 where it is none."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.rpartition("十")
    digits = "一二三四五六七八九"
    if any(part and part not in digits for part in (tens, ones)):
        return 0
    return ((digits.index(tens) + 1 if tens else 1) * 10 if mark else 0) + (digits.index(ones) + 1 if ones else 0)


def period_of(name: str) -> tuple[str, str] | None:
    """First and last day of the period a list's name speaks of.

    >>> period_of("“十四五”十大新闻"), period_of("2024年上半年十大新闻"), period_of("十大新闻")
    (('2021-01-01', '2025-12-31'), ('2024-01-01', '2024-06-30'), None)
    """
    dates = find_dates(name)
    text = None
    if dates:
        date = dates[0]
        part = _PART.search(name, date.end, date.end + 8)
        if part and date.precision == "year":
            first, last = _HALVES.get(part[1]) or _QUARTERS[part[2]]
            return f"{date.value}-{first}", f"{date.value}-{last}"
        text = f"{date.value}..{date.until}" if date.until else date.value
    elif match := _PLAN.search(name):
        text = match[1]
    if text is None:
        return None
    try:
        period = parse_period(text)
    except SettingsError:
        return None
    return period.first, period.last


def dated_item(line: str, anchor: str | None = None, url: str | None = None) -> Item | None:
    """A line that is a title with a date at its end or start; None where it is not.

    >>> item = dated_item("- 市里召开质量工作会…(2026-01-28)")
    >>> item.title, item.published, item.truncated
    ('市里召开质量工作会…', '2026-01-28', True)
    """
    line = line.strip()
    if len(line) > 160 or _DIGIT.search(line) is None:
        return None
    bare = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    # The end of a line holds at most 30 characters of date; searching there keeps long lines cheap.
    tail_from = max(0, len(bare) - 34)
    if match := _AT_END.search(bare, tail_from):
        title = bare[: match.start()]
    elif anchor and len(anchor) > 10 and (ago := AGO_AT_END.search(bare, tail_from)):
        title = bare[: ago.start()].strip(_BESIDE)
        day = (relative_date(ago[0], anchor) or "")[:10] or None
        return Item(title=title, published=day, url=url, truncated=truncated(title)) if len(title) >= 4 else None
    elif match := _AT_START.match(bare):
        title = bare[match.end() :]
    else:
        return None
    title = title.strip(_BESIDE)
    if len(title) < 4 or title.endswith(("。", "：", ":", "，", "于", "至", "在")) or "。" in title:
        return None
    if match["y"]:
        published = iso(int(match["y"]), int(match["m"]), int(match["d"]))
    else:
        published = short_date(int(match["sm"]), int(match["sd"]), anchor, url)
        # Without brackets 11-20 is a day where a link stands before it; else it may be anything.
        if published is None and not url and not _IN_BRACKETS.search(match[0]):
            return None
    return Item(title=title, published=published, url=url, truncated=truncated(title))


def truncated(title: str) -> bool:
    """Whether a title was cut off: it ends in dots.

    >>> truncated("市里召开质量工作会…"), truncated("市里召开质量工作会...[图]"), truncated("市里召开质量工作会")
    (True, True, False)
    """
    return _TRUNCATED.search(title) is not None


def before_dots(title: str) -> str:
    """What stands before the dots of a title that was cut off.

    >>> before_dots("市里召开质量工作会… [详细]")
    '市里召开质量工作会'
    """
    match = _TRUNCATED.search(title)
    return title[: match.start()].rstrip() if match else title
