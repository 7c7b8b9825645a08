"""Sentence → the numbers with units in it that are quantities: no dates, ranks, ages, durations or names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shida.know.passages import Passage
from shida.pack import Pack
from shida.text.numerals import (
    LONGEST_NUMERAL,
    NUMERAL,
    Qualifier,
    last_digit,
    qualifier_after,
    qualifier_before,
    qualifier_start,
    read_numeral,
)

_CLAUSE_MARK = re.compile(r"[，,；;。！？!?：:\n]|(?<=[\u4e00-\u9fff])[ 　](?=[\u4e00-\u9fff“])")
_CHINESE_FIRST = re.compile(r"[一二两三四五六七八九十百千零〇万亿]")
_ORDINAL = re.compile(r"(?:第|前|后|NO\.|No\.|编号|[A-Za-z±]|型号|长征|排名|位列|位居|第\s)\Z")
_VAGUE = re.compile(r"[数几上好成每]\Z")
_RANGE = re.compile(r"[\d万亿%](?:到|至|[\u4e00-\u9fff]{0,3}[—–~～－-])\Z")
_RANGE_ON = re.compile(r"(?:到|至|—|–|~|～|－|-){1,2}\d")
_NAME_QUOTE = re.compile(r"[“「‘][^”」’]{0,14}\Z")
_PER_CENT = (
    r"百分之(?P<hundredths>[一二两三四五六七八九十百零〇]{1,6}(?:点[一二三四五六七八九零〇]{1,4})?"
    r"|\d{1,4}(?:\.\d{1,4})?)"
)


class Number(NamedTuple):
    """A number with its unit; `start` takes in the qualifying word in front, `step` is the worth of its last digit."""

    start: int
    end: int
    value: int | float
    unit: str
    qualifier: Qualifier | None
    step: float


class _Patterns(NamedTuple):
    begins: re.Pattern[str]
    """A place where a number may begin: most digits and numerals of a text have no unit behind them."""
    number: re.Pattern[str]


def _patterns(pack: Pack) -> _Patterns:
    """Built once for a pack and kept on it."""
    kept: _Patterns | None = pack.__dict__.get("_figure_patterns")
    if kept is not None:
        return kept
    section = pack.figures
    units = sorted(
        {*section.money, *section.measures, *section.counters, "％", "%", "‰"}, key=lambda unit: (-len(unit), unit)
    )
    named = "|".join(map(re.escape, units))
    first = "".join(sorted({re.escape(unit[0]) for unit in units}))
    digit = "一二两三四五六七八九十百千零〇万亿\\d"
    # It opens with a set of characters, which `re` looks for fastest; a number begins here, not in its middle.
    begins = re.compile(
        rf"[{digit}](?:(?<![{digit}.].)(?=[{digit},.点多余]{{0,{LONGEST_NUMERAL}}}\s?[{first}])|(?<=百)(?=分之))"
    )
    number = re.compile(rf"(?<![{digit}.])(?P<number>{NUMERAL})\s?(?=[{first}])(?P<unit>{named})|{_PER_CENT}")
    made = _Patterns(begins, number)
    pack.__dict__["_figure_patterns"] = made
    return made


def _candidates(text: str, pack: Pack) -> Iterator[re.Match[str]]:
    """Numbers with units behind them, left to right, not overlapping."""
    patterns = _patterns(pack)
    at = 0
    while begins := patterns.begins.search(text, at):
        at = begins.end()
        if match := patterns.number.match(text, begins.start()):
            at = match.end()
            yield match


def numbers_in(passage: Passage, pack: Pack) -> Iterator[Number]:
    """Numbers with units that are quantities: no dates, ordinals, ages, durations or names."""
    text = passage.body
    section = pack.figures
    holes: list[tuple[int, int]] | None = None
    for match in _candidates(text, pack):
        start, end = match.start(), match.end()
        if match["hundredths"]:
            quantity = read_numeral(match["hundredths"])
            unit = "%"
        else:
            quantity = read_numeral(match["number"])
            unit = match["unit"]
            if text.startswith(section.not_after_unit.get(unit, ()), end):
                continue
            if unit == "级" and not text.startswith(("地震", "强震", "余震", "左右地震", "以上地震"), end):
                continue
            chinese = _CHINESE_FIRST.match(match["number"]) is not None
            if chinese and _VAGUE.search(text, max(0, start - 1), start):
                continue
            if chinese and quantity is not None and not _counts(quantity.value, unit, section.money, section.measures):
                continue
        if quantity is None or _ORDINAL.search(text, max(0, start - 3), start):
            continue
        if _RANGE.search(text, max(0, start - 6), start) or _RANGE_ON.match(text, end):
            continue  # 3到5米: neither end alone is what is said
        quote = _NAME_QUOTE.search(text, max(0, start - 16), start)
        if quote and text.find("”", end, end + 12) >= 0:
            continue
        if unit == "次" and text.startswith(("修正", "修订", "修改"), end):
            continue  # how often a document was amended is said of the document
        if holes is None:  # last, for most sentences have no number that comes so far, and dates are dear
            holes = [(date.start, date.end) for date in passage.dates]
            holes += [(hole.start(), hole.end()) for hole in _HOLES.finditer(text)]
        if any(left < end and start < right for left, right in holes):
            continue
        value: int | float = quantity.value
        if unit == "成":
            unit, value = "%", value * 10
        if unit == "％":
            unit = "%"
        qualifier = quantity.qualifier or qualifier_before(text, start) or qualifier_after(text, end)
        yield Number(qualifier_start(text, start), end, value, unit, qualifier, last_digit(match["number"] or ""))


GATE = re.compile(r"\d|[两二三四五六七八九十][次倍成]|百分之|[十百千万亿]")
_HOLES = re.compile(r"[《“（(](?:(?<=《)[^《》]{1,120}》|(?<=“)[^”]{1,10}”|(?<=[（(])\d{4}[—–-]\d{4}年?[）)])")


def _counts(value: int | float, unit: str, money: tuple[str, ...], measures: tuple[str, ...]) -> bool:
    """Whether a numeral in characters is a quantity: 两次 and 十万亩 are, 一个 and 三项 are manners of speaking."""
    if unit in ("次", "倍", "成"):
        return value >= 2
    if unit in money or unit in measures:
        return (value >= 2 and len(unit) > 1) or value >= 10
    return value >= 10 and unit != "字" and value not in (10, 100, 1000)


def clause_of(text: str, at: int) -> int:
    """Where the clause of a number begins; a comma inside a number is none."""
    start = 0
    for mark in _CLAUSE_MARK.finditer(text, max(0, at - 80), at):
        start = mark.end()
    return max(start, at - 60)
