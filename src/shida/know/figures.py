"""Sentence → figures: a measured quantity with value and unit, or a change alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from shida.know.passages import Passage
from shida.know.when import When, times_of, when_of
from shida.pack import Pack
from shida.records import Figure
from shida.text.numerals import (
    NUMERAL,
    Qualifier,
    last_digit,
    qualifier_after,
    qualifier_before,
    qualifier_start,
    read_numeral,
)

_CLAUSE_MARK = re.compile(r"[，,；;。！？!?：:\n]")
_CHINESE_FIRST = re.compile(r"[一二两三四五六七八九十百千零〇万亿]")
_ORDINAL = re.compile(r"(?:第|前|后|NO\.|No\.|编号|[A-Za-z±]|型号|长征|排名|位列|位居|第\s)\Z")
_VAGUE = re.compile(r"[数几上好成每]\Z")
_NAME_QUOTE = re.compile(r"[“「‘][^”」’]{0,14}\Z")
_PER_CENT = (
    r"百分之(?P<hundredths>[一二两三四五六七八九十百零〇]{1,6}(?:点[一二三四五六七八九零〇]{1,4})?"
    r"|\d{1,4}(?:\.\d{1,4})?)"
)
_TAIL_NOUN = re.compile(r"(?:左右|以上)?(?:的)?(?P<noun>[^，,；;。！？!?：:、\s（(）)]{1,28})")
_NOT_NOUN = re.compile(
    r"\A(?:左右|以上|以下|上下|，|、|的?同比|的?环比|比上|较上|较去|比去|增|减|快速|迅速|扩大|跃升|发展到|下降|上升|提高|同比|环比|按|占|为|是|和|与|及|并|且|被|在|已|将|全部|不等|来自|参加|参与|出席|中|内|外|里|时|前|后|到|至|均|都|也|还|又|就|才|起|之|分别|创|达)"
)
_WINNERS = re.compile(r"[\u4e00-\u9fff]{0,6}(?:获奖|获此殊荣|荣获)")
_CUT = re.compile(
    r"[，,；;。：:]|并(?=[两三四五\d再])|(?:同比|环比|比上年|较上年|比去年|较去年|比\d{4}年|增长|下降|达到|超过|均已|已经|正在|参加|参与|占|为(?!主)|被|将|纳入|集中|得到|获得|实现|完成|投入|通过|以及)"
)


class _Number(NamedTuple):
    """A number with its unit; `start` takes in the qualifying word in front, `step` is the worth of its last digit."""

    start: int
    end: int
    value: int | float
    unit: str
    qualifier: Qualifier | None
    step: float


class _Change(NamedTuple):
    start: int
    end: int
    sign: int
    number: _Number


def figures(passage: Passage, pack: Pack) -> Iterator[Figure]:
    """Figures the sentence states, left to right; a change joins the value it is a change of."""
    text = passage.body
    if not _GATE.search(text):
        return
    numbers = list(_numbers(passage, pack))
    if not numbers:
        return
    times = times_of(passage, pack)
    made: list[Figure] = []
    step = 1.0
    last_end = -1
    position = 0
    while position < len(numbers):
        number = numbers[position]
        clause_start = _clause_start(text, number.start)
        when = when_of(times, number.start)
        change = _change(text, number, clause_start, pack)
        row = _row(text, numbers, position)
        if len(row) > 1 and (shared := _shared_out(text, clause_start, row, change, pack)) is not None:
            made += [_figure(passage, what, each, turn, when, pack, clause_start) for what, each, turn in shared]
            position += len(row)
            last_end = -1
            continue
        position += 1
        if change is not None:
            follows = bool(made) and last_end >= 0 and _continues(text, last_end, change.start)
            if follows and _open(made[-1], change):
                made[-1] = _with_change(made[-1], change, step)
            elif what := _clean(text[clause_start : change.start], pack) or (made[-1].what if follows else ""):
                made.append(_figure(passage, what, None, change, when, pack, clause_start))
            last_end = number.end
        elif number.unit not in _POINTS and (what := _what(text, clause_start, number, numbers[position:], pack)):
            made.append(_figure(passage, what, number, None, when, pack, clause_start))
            last_end, step = number.end, number.step
    yield from made


def _open(figure: Figure, change: _Change) -> bool:
    """Whether the figure does not yet state a change of this kind."""
    unit = change.number.unit
    if unit in _POINTS:
        return figure.change_points is None
    if unit in ("%", "倍"):
        return figure.change_percent is None
    return figure.change_abs is None and figure.change_percent is None


def _row(text: str, numbers: list[_Number], position: int) -> list[_Number]:
    """The numbers from `position` on that stand side by side: 20.9%、17.6%和17.4%."""
    row = [numbers[position]]
    for number in numbers[position + 1 :]:
        if text[row[-1].end : number.start] not in ("、", "和", "及", "以及", "，"):
            break
        row.append(number)
    return row


def _shared_out(
    text: str, clause_start: int, row: list[_Number], change: _Change | None, pack: Pack
) -> list[tuple[str, _Number | None, _Change | None]] | None:
    """甲、乙分别增长20%、17%: each with its own; nothing where the names do not fit the numbers; None without 分别."""
    head, mark, _ = text[clause_start : row[0].start].rpartition("分别")
    if not mark:
        return None
    names = [_clean(name, pack) for name in re.split(r"[、和与及]", _clean(head, pack) or head)]
    if len(names) != len(row) or not all(names):
        return []
    changes = [change._replace(number=number, end=number.end) if change else None for number in row]
    return [(name, None if change else number, each) for name, number, each in zip(names, row, changes, strict=True)]


def _pattern(pack: Pack) -> re.Pattern[str]:
    kept: re.Pattern[str] | None = pack.__dict__.get("_figure_pattern")
    if kept is not None:
        return kept
    section = pack.figures
    units = sorted(
        {*section.money, *section.measures, *section.counters, "％", "%", "‰"}, key=lambda unit: (-len(unit), unit)
    )
    named = "|".join(map(re.escape, units))
    first = "".join(sorted({re.escape(unit[0]) for unit in units}))
    # A number begins here, not in the middle of one: the look behind is cheaper than a failed alternation.
    made = re.compile(
        rf"(?<![一二两三四五六七八九十百千零〇万亿\d.])(?P<number>{NUMERAL})\s?(?=[{first}])(?P<unit>{named})|{_PER_CENT}"
    )
    pack.__dict__["_figure_pattern"] = made
    return made


def _numbers(passage: Passage, pack: Pack) -> Iterator[_Number]:
    """Numbers with units that are quantities: no dates, ordinals, ages, durations or names."""
    text = passage.body
    section = pack.figures
    holes: list[tuple[int, int]] | None = None
    for match in _pattern(pack).finditer(text):
        start, end = match.start(), match.end()
        if holes is None:
            holes = [(date.start, date.end) for date in passage.dates]
            holes += [(hole.start(), hole.end()) for hole in _HOLES.finditer(text)]
        if any(left < end and start < right for left, right in holes):
            continue
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
        quote = _NAME_QUOTE.search(text, max(0, start - 16), start)
        if quote and text.find("”", end, end + 12) >= 0:
            continue
        if unit == "次" and text.startswith(("修正", "修订", "修改"), end):
            continue  # how often a document was amended is said of the document
        value: int | float = quantity.value
        if unit == "成":
            unit, value = "%", value * 10
        if unit == "％":
            unit = "%"
        qualifier = quantity.qualifier or qualifier_before(text, start) or qualifier_after(text, end)
        yield _Number(qualifier_start(text, start), end, value, unit, qualifier, last_digit(match["number"] or ""))


_GATE = re.compile(r"\d|[两二三四五六七八九十][次倍成]|百分之|[十百千万亿]")
_HOLES = re.compile(r"《[^《》]{1,120}》|“[^”]{1,10}”|[（(]\d{4}[—–-]\d{4}年?[）)]")


def _counts(value: int | float, unit: str, money: tuple[str, ...], measures: tuple[str, ...]) -> bool:
    """Whether a numeral in characters is a quantity: 两次 and 十万亩 are, 一个 and 三项 are manners of speaking."""
    if unit in ("次", "倍", "成"):
        return value >= 2
    if unit in money or unit in measures:
        return (value >= 2 and len(unit) > 1) or value >= 10
    return value >= 10 and unit != "字" and value not in (10, 100, 1000)


def _clause_start(text: str, at: int) -> int:
    """Where the clause of a number begins; a comma inside a number is none."""
    start = 0
    for mark in _CLAUSE_MARK.finditer(text, max(0, at - 80), at):
        start = mark.end()
    return max(start, at - 60)


def _change(text: str, number: _Number, clause_start: int, pack: Pack) -> _Change | None:
    """The change a number states where a verb of change stands right in front of it."""
    section = pack.figures
    left = text[clause_start : number.start].rstrip()
    left = left.rstrip("了约达近超为幅度") if left.endswith(("了", "约", "近", "超", "了近", "幅度达")) else left
    left = left[:-2] if left.endswith(("超过", "达到")) and left[:-2].endswith((*section.up, *section.down)) else left
    for sign, words in ((1, section.up), (-1, section.down)):
        if not left.endswith(words):
            continue
        for word in words:
            if left.endswith(word) and (number.unit in _RELATIVE or (len(word) > 1 and word != "新增")):
                verb = clause_start + len(left) - len(word)
                return _Change(_change_start(text, clause_start, verb), number.end, sign, number)
    rest = left.rstrip("达为是到约超过")
    for noun, sign in section.rates.items():
        if rest.endswith(noun) and number.unit == "%":
            return _Change(
                _change_start(text, clause_start, clause_start + len(rest) - len(noun)), number.end, sign, number
            )
    return None


_COMPARED = re.compile(r"(?:比|较|同比|环比|与)[^，,。；;]{0,18}\Z")
_POINTS = frozenset({"个百分点", "百分点", "个基点", "基点"})
_RELATIVE = frozenset({"%", "‰", "个百分点", "百分点", "倍", "个基点", "基点"})
_BASIS = re.compile(
    r"(?:按可比价格计算|按不变价格计算|扣除价格因素|按可比口径)?[，,]?(?:(?:与|和|跟)?(?:同比|环比)(?:分别|实际|名义)?|(?:比|较)(?:上年同期|去年同期|上年|去年|上月|上季度|上周|前一日|前一年|上年末|\d{4}年(?:同期|底|末)?|五年前|十年前|[^，。]{0,8}年)(?:同期)?(?:实际|分别|整体)?)?(?:实际|名义|平均|分别|大幅|再|均|也|将|已|则|年均|累计|日均)?\Z"
)


def _change_start(text: str, clause_start: int, verb: int) -> int:
    """Where the words of the change begin: 同比实际增长 begins at 同比."""
    if _COMPARED.match(text, clause_start, verb):
        return clause_start
    basis = _BASIS.search(text, max(clause_start, verb - 24), verb)
    return basis.start() if basis else verb


def _continues(text: str, last_end: int, change_start: int) -> bool:
    """Whether a change is said of the value before it: nothing but a comma between."""
    gap = text[last_end:change_start]
    return len(gap) <= 3 and gap.strip("，, （(的") in ("", "左右", "以上")


def _clean(head: str, pack: Pack) -> str:
    """A head without the words of time and manner around it."""
    section = pack.figures
    head = _THAN.sub("", re.sub(r"[（(][^（）()]{0,20}[）)]", "", head))
    for _ in range(8):
        before = head
        head = head.strip(' 　“”"、，,；;的').removesuffix("中")
        head = _TIME_LEAD.sub("", head, count=1)
        if head.startswith(section.lead):
            for word in section.lead:
                if head.startswith(word) and len(head) > len(word):
                    head = head[len(word) :]
        if head.endswith(section.copulas):
            head = head[: -len(next(word for word in section.copulas if head.endswith(word)))]
        if head == before:
            break
    return head if 1 < len(head) <= 60 and not head.isdigit() else ""


_THAN = re.compile(r"(?:比|较|由|从)[^，,比较由从]{1,14}\Z")
_TIME_LEAD = re.compile(
    r"\A(?:(?:\d{4}|[今去前明])年(?:度|底|末|以来|初)?|\d{1,2}月份?(?:\d{1,2}日)?|\d{1,2}日|前\d{1,2}个月|[第]?[一二三四]季度|上半年|下半年|前三季度|[“\"][一二三四五六七八九十]{1,3}五[”\"](?:期间|时期|以来)|当地时间|\d{1,2}(?:至|—|-)\d{1,2}月)"
)


def _what(text: str, clause_start: int, number: _Number, rest: list[_Number], pack: Pack) -> str:
    """What is measured: the noun behind a counter, or the head in front of the number."""
    section = pack.figures
    head = text[clause_start : number.start]
    tail = text[number.end : number.end + 40]
    counted = number.unit in section.counters and number.unit not in ("倍",)
    noun = ""
    if _WINNERS.match(tail):
        return ""  # how many won is said of the award
    if counted and not _NOT_NOUN.match(tail) and (found := _TAIL_NOUN.match(tail)):
        noun = found["noun"]
        if cut := _CUT.search(noun):
            noun = noun[: cut.start()]
        noun = noun.rstrip("的了在和与及")
    if noun and number.unit != "次":
        following = rest[0] if rest and rest[0].start - number.end < 40 else None
        if head.endswith(("与", "同", "和", "向", "为")) and following is not None:
            return _paired(text, number, following, noun, pack) or noun
        if verb := _object_verb(head, pack):
            partner = _partner(text, clause_start, number)
            if partner:
                return f"{partner}{verb}的{noun}"
        return noun
    if noun:
        return noun
    measured = _clean(head, pack)
    if number.unit == "%" and tail.startswith(("的", "以上的")) and (len(measured) <= 3 or not measured):
        return _around(text, clause_start, number, pack) or measured
    return measured or _around(text, clause_start, number, pack)


def _around(text: str, clause_start: int, number: _Number, pack: Pack) -> str:
    """What is measured where nothing stands in front: 15万亩小麦, 有80人被逮捕; else the clause before (…，达8亿元)."""
    tail = _TAIL_NOUN.match(text, number.end)
    if tail and not _LINKS.match(tail["noun"]):
        noun = tail["noun"]
        cut = _CUT.search(noun, 2)
        return (noun[: cut.start()] if cut else noun).strip("的了在和与及“” ")
    if clause_start >= 4 and not tail and text[clause_start - 1] in "，,":
        before = max(text.rfind(mark, 0, clause_start - 1) for mark in "，,；;。：:") + 1
        clause = text[before : clause_start - 1]
        if not any(mark.isdigit() for mark in clause):
            return (
                re.sub(r"(?:再|均|又)?(?:创下?|刷新|突破).{0,8}\Z", "", _clean(clause, pack))
                if len(clause) <= 36
                else ""
            )
    return ""


_LINKS = re.compile(r"左右|以上|以下|上下|，|和|与|及|等|之|且|，")


def _object_verb(head: str, pack: Pack) -> str:
    """The verb whose counted object follows, where the head ends with one."""
    bare = head.rstrip("了 共已")
    return next((verb for verb in pack.figures.verbs if bare.endswith(verb)), "")


def _paired(text: str, number: _Number, following: _Number, noun: str, pack: Pack) -> str:
    """与37个国家签订了64份文件: the 37 are the countries of which the rest is said."""
    between = text[number.end : following.start]
    verb = _object_verb(between, pack)
    if not verb or any(mark in between for mark in "，,；;"):
        return ""
    partner = between[: between.rindex(verb)].rstrip("了")
    partner = re.sub(r"(?:有关|相关)?(?:部门|方面|机构|各方)?\Z", "", partner)
    tail = _TAIL_NOUN.match(text, following.end)
    if not tail or not partner:
        return ""
    what = tail["noun"]
    if cut := _CUT.search(what):
        what = what[: cut.start()]
    return f"{verb}{what}的{partner}"


def _partner(text: str, clause_start: int, number: _Number) -> str:
    """With whom: 与…签订 in front of a counted object."""
    match = re.search(r"(?P<joint>[与同])(?P<who>[^，,；;与同]{2,40})\Z", text[clause_start : number.start])
    if not match:
        return ""
    who = re.sub(r"^(?:\d{1,6}|[一二两三四五六七八九十百]{1,5})(?:多|余)?(?:个|家|国)?", "", match["who"])
    who = re.sub(r"(?:有关|相关)?(?:部门|方面|机构|各方)?(?:签订|签署|达成|建立)(?:了)?\Z", "", who)
    return f"{match['joint']}{who}" if who else ""


def _figure(
    passage: Passage,
    what: str,
    number: _Number | None,
    change: _Change | None,
    when: When | None,
    pack: Pack,
    clause_start: int,
) -> Figure:
    at = number.start if number else change.start if change else 0
    lead = passage.body[clause_start:at]
    section = pack.figures
    status = None
    if any(word in lead for word in section.forecast):
        status = "forecast"
    elif (when is not None and when.future) or any(word in lead for word in section.target[:4]):
        status = "target"
    figure = Figure(
        what=what,
        value=number.value if number else None,
        unit=number.unit
        if number
        else change.number.unit
        if change and change.number.unit not in ("%", "倍")
        else None,
        period=when.period if when else None,
        as_of=when.as_of if when else None,
        qualifier=number.qualifier if number else None,
        status=status,
        evidence=(passage.evidence(),),
        rule="quantity" if number else "change",
        reported=passage.reported,
    )
    return _with_change(figure, change, 1.0) if change else figure


def _with_change(figure: Figure, change: _Change, step: float) -> Figure:
    """The figure with the change, and the value before it worked out to the last stated digit (`step`)."""
    unit, value = change.number.unit, change.number.value
    if unit in _POINTS:
        points = value / 100 if "基点" in unit else value
        return msgspec.structs.replace(figure, change_points=round(change.sign * points, 6))
    if unit not in ("%", "倍"):
        return msgspec.structs.replace(figure, change_abs=change.sign * value)
    percent = round(change.sign * (value * 100 if unit == "倍" else value), 6)
    base: int | float | None = None
    if figure.value is not None and figure.unit != "%" and percent > -100:
        exact = round(figure.value / (1 + percent / 100) / step) * step
        base = int(exact) if step >= 1 else round(exact, 6)
    return msgspec.structs.replace(
        figure,
        change_percent=percent,
        derived_base=base,
        qualifier=figure.qualifier or (change.number.qualifier if figure.value is None else None),
    )
