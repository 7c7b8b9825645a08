"""Sentence → the period or the day its figures are for."""

from __future__ import annotations

import re
from typing import NamedTuple

from shida.know.passages import Passage
from shida.pack import Pack
from shida.text.numerals import read_numeral
from shida.text.periods import parse_period

_DIGITS = {mark: number for number, mark in enumerate("一二三四", 1)}
_PART = re.compile(
    r"(?P<half>上半年|下半年)|(?P<three>前三季度|前三个季度)|第?(?P<quarter>[一二三四1234])季度"
    r"|(?P<first>前|头)(?P<months>\d{1,2}|[一二两三四五六七八九十]{1,2})个月|(?P<from>\d{1,2})(?:月份?)?(?:[—–－~-]{1,2}|至|到)(?P<till>\d{1,2})月份?"
)
_PLAN = re.compile(r"[“\"](?P<plan>[一二三四五六七八九十]{1,3})五[”\"](?:规划)?(?:期间|时期|五年)")
_AS_OF = re.compile(r"(?:截至|截止到?|截止至)(?:目前)?\s?\Z")
_SINCE_WHEN = re.compile(r"[自从]\Z")
_SAID = re.compile(
    r"(?:凌晨|上午|下午|晚)?(?:发布|公布|通报|说|称|表示|报道|宣布|介绍|从[^，。]{2,20}(?:获悉|了解到)|援引|消息)"
)
_END_OF = re.compile(r"\s?年?(?:底|末|终)")
_SINCE = re.compile(r"\s?(?:以来|起|至今|开始|后|以后|之后|之前|以前|召开|版)")
_NAMED = re.compile(r"(?!底|末|前|初|以前|将|预计|计划|力争|全|我国|达)[\u4e00-\u9fff“《]")


_TO_NOW = re.compile(r"的[^，,。；;]{1,24}?(?:到|至)(?=目前|现在|现行|如今|今年|去年|\d)")
_UNTIL_THEN = re.compile(r"(?:持续|延续|延长|推迟|延期|有效期)[到至]\Z")
_EVER_SINCE = re.compile(r"[^，,。；;]{1,12}(?:以来|至今)")
_FROM = re.compile(r"[自从][^，,。；;]{0,14}\Z")
_AGAINST = re.compile(r"[^，,。；;]{0,6}相?比")


def _compared_to(text: str, start: int, end: int) -> bool:
    """Whether a date is what something is compared to (比上年, 较2020年, 去年同期), or only says how long it lasts."""
    before = text[max(0, start - 5) : start]
    return (
        before.endswith(("比", "较"))
        or text.startswith(("同期", "的同期"), end)
        or (before.endswith(("与", "同", "跟", "和")) and _AGAINST.match(text, end) is not None)
        or _UNTIL_THEN.search(before) is not None
        or (_EVER_SINCE.match(text, end) is not None and _FROM.search(text, max(0, start - 16), start) is not None)
    )


class When(NamedTuple):
    """A stretch of time named at `start` of the sentence: for `period`, or as of a day."""

    start: int
    end: int
    period: str | None
    as_of: str | None
    future: bool


def times_of(passage: Passage, pack: Pack) -> tuple[When, ...]:
    """Every period and as-of day the sentence names, in order."""
    text = passage.body
    found: list[When] = []
    anchor = passage.anchor
    taken = 0
    for date in passage.dates:
        if date.start < taken:
            continue
        end, value, until = date.end, date.value, date.until
        if found and until is None and found[-1].period and text[found[-1].end : date.start] in ("至", "到", "—"):
            begun = found.pop()  # 2012年至2021年 is one stretch
            found.append(When(begun.start, end, f"{begun.period}/{value}", None, _later(value, anchor)))
            taken = end
            continue
        if date.precision == "day" and _SAID.match(text, end):
            continue  # the day of the report, not of what it counts
        if _compared_to(text, date.start, end):
            continue  # what it is measured against, not when it was measured
        if date.how == "anchor" and date.until and anchor and (months := _PART.match(text, date.start)):
            # 1—10月 without a year: the stretch that is over, not the year to come that begins nearest
            span = _part(months, _year_of(months, anchor)) if months["from"] else None
            if span:
                found.append(When(date.start, months.end(), span, None, _later(span, anchor)))
                taken = months.end()
                continue
        if date.precision == "year" and _NAMED.match(text, end) and _later(value, anchor):
            continue  # the year of a name (2026年米兰冬奥会), not of the figure
        as_of = _AS_OF.search(text, max(0, date.start - 5), date.start) is not None
        if date.precision == "year" and until is None:
            part = _PART.match(text, end)
            if part and (span := _part(part, value)):
                found.append(When(date.start, part.end(), span, None, _later(span, anchor)))
                taken = part.end()
                continue
        if text[max(0, date.start - 1) : date.start] in ("从", "由") and (then := _TO_NOW.match(text, end)):
            # 由2012年的38.6%提高到44.9%: the year is that of the first alone
            found.append(When(date.start, end, value, None, False))
            found.append(When(then.end(), then.end(), None, None, False))
            taken = end
            continue
        tail = _END_OF.match(text, end)
        if tail or (as_of and not until):
            day = value + "-12" if date.precision == "year" and tail else value
            later = _later(day, anchor)
            found.append(When(date.start, tail.end() if tail else end, None, day, later))
        elif _SINCE.match(text, end) or _SINCE_WHEN.search(text, max(0, date.start - 1), date.start):
            found.append(When(date.start, end, None, None, False))
        else:
            found.append(
                When(date.start, end, f"{value}/{until}" if until else value, None, _later(until or value, anchor))
            )
        taken = end
    covered = [(when.start, when.end) for when in found]

    def free(start: int, end: int) -> bool:
        return all(end <= left or start >= right for left, right in covered)

    if anchor and ("月" in text or "季度" in text or "半年" in text):
        found += [
            When(part.start(), part.end(), span, None, False)
            for part in _PART.finditer(text)
            if free(part.start(), part.end()) and (span := _part(part, _year_of(part, anchor)))
        ]
    for plan in _PLAN.finditer(text):
        try:
            period = parse_period(plan["plan"] + "五")
        except ValueError:
            continue
        found.append(When(plan.start(), plan.end(), f"{period.first[:4]}/{period.last[:4]}", None, False))
    for holiday in pack.figures.holidays:
        at = text.find(holiday)
        if at >= 0 and free(at, at + len(holiday)):
            found.append(When(at, at + len(holiday), holiday.strip("“”"), None, False))
    return tuple(sorted(found))


def when_of(times: tuple[When, ...], at: int) -> When | None:
    """The time a number at `at` is for: the nearest named in front of it in the sentence; None where none is."""
    before = [when for when in times if when.end <= at]
    return before[-1] if before else None


def _part(part: re.Match[str], year: str) -> str | None:
    """`2025-Q1`, `2025-H1` or `2025-01/2025-08`."""
    if part["half"]:
        return f"{year}-H{1 if part['half'] == '上半年' else 2}"
    if part["three"]:
        return f"{year}-01/{year}-09"
    if part["quarter"]:
        number = int(part["quarter"]) if part["quarter"].isdigit() else _DIGITS[part["quarter"]]
        return f"{year}-Q{number}"
    if part["months"]:
        quantity = read_numeral(part["months"])
        if quantity is None or not 2 <= quantity.value <= 12:
            return None
        return f"{year}-01/{year}-{int(quantity.value):02d}"
    first, last = int(part["from"]), int(part["till"])
    return f"{year}-{first:02d}/{year}-{last:02d}" if 1 <= first < last <= 12 else None


def _year_of(part: re.Match[str], anchor: str) -> str:
    """The year of a quarter or half without one: the anchor's, or the one before where it is not over yet."""
    year, month = int(anchor[:4]), int(anchor[5:7] or 12)
    last = 12
    if part["half"]:
        last = 6 if part["half"] == "上半年" else 12
    elif part["three"]:
        last = 9
    elif part["quarter"]:
        last = 3 * (int(part["quarter"]) if part["quarter"].isdigit() else _DIGITS[part["quarter"]])
    elif part["months"] and (quantity := read_numeral(part["months"])):
        last = int(quantity.value)
    elif part["till"]:
        last = int(part["till"])
    return str(year - 1 if last > month + 2 else year)


def _later(value: str, anchor: str | None) -> bool:
    """Whether a time lies behind the day of the report."""
    if not anchor:
        return False
    last = value.rpartition("/")[2][:10]
    return (
        last[: len(anchor[:10])] > anchor[: len(last)]
        and last[:4].isdigit()
        and last[4:5] in ("", "-")
        and "Q" not in last
        and "H" not in last
    )
