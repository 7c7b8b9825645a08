"""Sentence → figures: a measured quantity with value and unit, or a change alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from shida.know.measured import clean, what_of
from shida.know.passages import Passage
from shida.know.quantities import GATE, Number, clause_of, numbers_in
from shida.know.when import When, times_of, when_of
from shida.pack import Pack
from shida.records import Figure


class _Change(NamedTuple):
    start: int
    end: int
    sign: int
    number: Number
    basis: str | None = None
    """What it is a change against, in the words of the text."""


def figures(passage: Passage, pack: Pack) -> Iterator[Figure]:
    """Figures the sentence states, left to right; a change joins the value it is a change of."""
    text = passage.body
    numbers = list(numbers_in(passage, pack))
    if not numbers or not GATE.search(text):
        return
    times = times_of(passage, pack)
    made: list[Figure] = []
    step = 1.0
    last_end = -1
    position = 0
    while position < len(numbers):
        number = numbers[position]
        clause_start = clause_of(text, number.start)
        if position and (listed := _LISTED.match(text, numbers[position - 1].end, number.start)):
            clause_start = max(clause_start, listed.end())
        when = when_of(times, number.start)
        change = _change(text, number, clause_start, pack)
        row = _row(text, numbers, position)
        if len(row) > 1 and (shared := _shared_out(text, clause_start, row, change, made, pack)) is not None:
            made += [_figure(passage, what, each, turn, when, pack, clause_start) for what, each, turn in shared]
            position += len(row)
            last_end = -1
            continue
        position += 1
        if change is not None:
            follows = bool(made) and last_end >= 0 and _continues(text, last_end, change.start)
            if follows and _open(made[-1], change):
                made[-1] = _with_change(made[-1], change, step)
            elif what := _whole(
                head := text[clause_start : change.start], clean(_BY.sub("", head), pack), made, follows, pack
            ):
                made.append(_figure(passage, what, None, change, when, pack, clause_start))
            last_end = number.end
        elif number.unit not in _POINTS and (what := what_of(text, clause_start, number, numbers[position:], pack)):
            made.append(_figure(passage, what, number, None, when, pack, clause_start))
            last_end, step = number.end, number.step
    yield from made


_BY = re.compile(r"\A按[^，,按]{1,10}计算?(?:的)?")


def _whole(head: str, what: str, made: list[Figure], follows: bool, pack: Pack) -> str:
    """What a change is said of: a bare 涨幅 is that of the figure before it, and so is what names nothing."""
    if not what and made and head.startswith("按"):
        return made[-1].what  # 按年率计算下降2.0%
    if what in pack.figures.rates and made:
        before = made[-1].what
        return before if before.endswith(what) else before + what
    return what or (made[-1].what if follows else "")


_LISTED = re.compile(r"(?:、|和|及|与|以及)(?=[\u4e00-\u9fff]{2})")
"""甲标准113项、乙标准115项: the second has a head of its own."""


def _open(figure: Figure, change: _Change) -> bool:
    """Whether the figure does not yet state a change of this kind."""
    unit = change.number.unit
    if unit in _POINTS:
        return figure.change_points is None
    if unit in ("%", "倍"):
        return figure.change_percent is None
    return figure.change_abs is None and figure.change_percent is None


def _row(text: str, numbers: list[Number], position: int) -> list[Number]:
    """The numbers from `position` on that stand side by side: 20.9%、17.6%和17.4%."""
    row = [numbers[position]]
    for number in numbers[position + 1 :]:
        if text[row[-1].end : number.start] not in ("、", "和", "及", "以及", "，"):
            break
        row.append(number)
    return row


def _shared_out(
    text: str, clause_start: int, row: list[Number], change: _Change | None, made: list[Figure], pack: Pack
) -> list[tuple[str, Number | None, _Change | None]] | None:
    """甲、乙分别增长20%、17%: each with its own; nothing where the names do not fit the numbers; None without 分别."""
    head, mark, _ = text[clause_start : row[0].start].rpartition("分别")
    if not mark:
        return None
    if change and _BASIS.fullmatch(head) and len(made) >= len(row):
        names = [figure.what for figure in made[-len(row) :]]  # 环比分别增长…: of what was named before
    else:
        names = [clean(name, pack) for name in re.split(r"[、和与及]", clean(head, pack) or head)]
    if len(names) != len(row) or not all(names):
        return []
    changes = [change._replace(number=number, end=number.end) if change else None for number in row]
    return [(name, None if change else number, each) for name, number, each in zip(names, row, changes, strict=True)]


def _change(text: str, number: Number, clause_start: int, pack: Pack) -> _Change | None:
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
                return _made_change(text, clause_start, verb, number, sign)
    rest = left.rstrip("达为是到约超过")
    for noun, sign in section.rates.items():
        if rest.endswith(noun) and number.unit == "%":
            return _made_change(text, clause_start, clause_start + len(rest) - len(noun), number, sign)
    return None


def _made_change(text: str, clause_start: int, verb: int, number: Number, sign: int) -> _Change:
    """The change a verb (or a noun of change) at `verb` states."""
    start = _change_start(text, clause_start, verb)
    against = _AGAINST.search(text, max(clause_start, min(start, verb - 24)), verb)
    return _Change(start, number.end, sign, number, against["basis"] if against else None)


_AGAINST = re.compile(
    r"(?P<basis>同比|环比|(?:比|较)(?!大|高|快|好|多)[^，,。；;比较]{1,12}?)"
    r"(?:的|实际|名义|平均|分别|大幅|整体|再|均|也|将|已|则|累计|增幅|明显|有所|略|由上月)*\Z"
)


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


def _figure(
    passage: Passage,
    what: str,
    number: Number | None,
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
    elif (when is not None and when.future) or any(word in lead for word in section.target[:4]) or _aimed(passage, at):
        status = "target"
    elif _planned(lead, section.verbs, section.planned):
        status = "planned"
    rate = _RATE.search(lead)
    if rate and number and not what.startswith(rate[0]):
        what = rate[0] + what
    if rate and when is not None and when.end <= clause_start:
        when = None  # so much a year is said of no year, unless the clause itself names one
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


_RATE = re.compile(r"每天|每日|每年|每月|每周|每小时|每分钟|平均每[天日年月]|(?:日|年|月)均")
_AIM = re.compile(r"力争|争取")
_WILL = re.compile(r"(?:计划|拟|即将|准备|将)(?:陆续|再|继续|累计|分批|共|在[^，,]{1,10})?")


def _aimed(passage: Passage, at: int) -> bool:
    """Whether an earlier clause of the same statement says it is aimed at: 力争产量稳定在…, 产值达…."""
    start = max(passage.body.rfind(mark, 0, at) for mark in "；;。") + 1
    return _AIM.search(passage.body, start, at) is not None


def _planned(lead: str, verbs: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the clause says it is yet to be done; 将 alone may also take an object (将3人送医)."""
    return any(lead.startswith(verbs, will.end()) for will in _WILL.finditer(lead) if will[0].startswith(words))


def _with_change(figure: Figure, change: _Change, step: float) -> Figure:
    """The figure with the change, and the value before it worked out to the last stated digit (`step`)."""
    unit, value = change.number.unit, change.number.value
    basis = "；".join(dict.fromkeys(one for one in (figure.basis, change.basis) if one)) or None
    if unit in _POINTS:
        points = value / 100 if "基点" in unit else value
        return msgspec.structs.replace(figure, change_points=round(change.sign * points, 6), basis=basis)
    if unit not in ("%", "倍"):
        return msgspec.structs.replace(figure, change_abs=change.sign * value, basis=basis)
    percent = round(change.sign * (value * 100 if unit == "倍" else value), 6)
    base: int | float | None = None
    if figure.value is not None and figure.unit != "%" and percent > -100:
        exact = round(figure.value / (1 + percent / 100) / step) * step
        base = int(exact) if step >= 1 else round(exact, 6)
    return msgspec.structs.replace(
        figure,
        change_percent=percent,
        basis=basis,
        derived_base=base,
        qualifier=figure.qualifier or (change.number.qualifier if figure.value is None else None),
    )
