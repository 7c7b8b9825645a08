"""The text in front of an act → who did it: names, stated count, whether the list is whole, and the occasion."""

from __future__ import annotations

import re
from typing import NamedTuple

from shida.pack import Pack
from shida.pack.finding import find_names
from shida.text.numerals import read_numeral

WINDOW = 160
"""Code points in front of an act that may name who did it."""
MOST_NAMES = 40

_DATE_END = re.compile(
    r"(?:当地时间|北京时间)?(?:(?:\d{4}|今|去|前|明)年)?(?:\d{1,2}月份?)?(?:\d{1,2}日)?(?:至\d{1,2}日)?(?:上午|下午|晚间?|凌晨)?\Z"
)
_NOTE_END = re.compile(r"[（(][^（）()]{1,24}[）)]\Z")
_COUNT_END = re.compile(
    r"等(?:共)?(?:(?:有关|相关|多|几)|(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3}))?(?:个|家)?"
    r"(?:中央和国家机关|中央|国家|省级|有关|相关)?(?:部门|部委|单位|机构|机关|国家|方|组织|协会)?(?:和单位)?\Z"
)
_JOINT_END = re.compile(r"(?:、|[ \u3000]|和|与|及|以及|会同|联合|,|，会同|，联合)\s{0,2}\Z")
_WITH = re.compile(r"[，,]?(?:会同|联合)\Z")
_SEGMENT = re.compile(r"[^、，,。；;：:！？“”\"（）()《》\s\d]{2,24}\Z")
_NOT_NAME = re.compile(r"[的了是在将对把由从被让给说向就为这该其们以到]|根据|按照|记者|会议|主持|通过|发表")
_ORDER = re.compile(
    r"签署(?:了)?(?:第(?P<number>\d{1,4}|[一二三四五六七八九十百〇]{1,6})号)?(?P<kind>国务院令|主席令|命令|令)[，,]\s*\Z"
)
_MEETING = re.compile(
    r"(?P<name>[^、，,。；;：:！？“”\"（）()《》\s]{2,40}?(?:全会|全体会议|会议|大会|峰会|首脑会议|部长会|论坛))"
    r"(?:[，,]?会议)?(?:[，,]|上)?\Z"
)
_HELD = re.compile(r"\A.{0,24}?(?:主持召开|主持|召开|举行|闭幕的|举行的|召开的|出席)(?:的|了)?")
_PLAIN = re.compile(r"\A(?:本次|此次|这次|该|当天的?|本届|这一|会议)?(?:会议|大会|全会|峰会|论坛)\Z")


_OPENING = re.compile(r"(?:近期|近日|日前|目前|今天|昨天|此前|随后|同时|据|经|由|年)")


class Subject(NamedTuple):
    """Who did it, as named."""

    names: tuple[str, ...] = ()
    stated: int | None = None
    complete: bool | None = None
    occasion: str | None = None
    number: str | None = None
    planned: bool = False
    negated: bool = False
    start: int = 0
    """Where in the text given the subject begins."""


def peel(text: str, pack: Pack) -> tuple[str, bool, bool]:
    """`text` without the words at its end that say when or how; whether they say it is yet to come, or is not so.

    >>> from shida.pack import load_packs
    >>> peel("市场监管总局近日联合", load_packs())
    ('市场监管总局', False, False)
    """
    section = pack.documents
    planned = negated = False
    fillers, ahead, denied = set(section.between), set(section.planned), set(section.negated)
    ends = {found.end for found in find_names(text, pack)}
    for _ in range(10):
        before = text
        if len(text) in ends:
            break  # a name may end like a filler: 世界知识产权组织
        if (date := _DATE_END.search(text, max(0, len(text) - 26))) and date.start() < len(text):
            text = text[: date.start()]
        for size in (5, 4, 3, 2, 1):
            word = text[-size:]
            if len(word) < size:
                continue
            if word in denied:
                return text, planned, True
            if word in ahead:
                planned, text = True, text[:-size]
                break
            if word in fillers and not (size == 1 and text[-2:] in _WHOLE):
                text = text[:-size]
                break
        if (note := _NOTE_END.search(text, max(0, len(text) - 28))) and note.start() > 0:
            text = text[: note.start()]
        if (date := _DATE_END.search(text, max(0, len(text) - 26))) and date.start() < len(text):
            text = text[: date.start()]
        if text == before:
            break
    return text, planned, negated


_WHOLE = frozenset({"主要", "重要", "需要", "建立", "成立", "设立", "也", "响应", "相应", "反应"})


def subject_before(text: str, pack: Pack, day: str | None = None) -> Subject:
    """Who acts, read from the end of `text` (what stands in front of the act).

    >>> from shida.pack import load_packs
    >>> found = subject_before("2025年2月，市场监管总局、国家发展改革委等5部门联合", load_packs())
    >>> found.names, found.stated, found.complete
    (('市场监管总局', '国家发展改革委'), 5, False)
    """
    text = text[-WINDOW:]
    rest, planned, negated = peel(text, pack)
    if negated:
        return Subject(planned=planned, negated=True, start=len(rest))
    if order := _ORDER.search(rest, max(0, len(rest) - 24)):
        return _by_order(order, rest, planned)
    if meeting := _MEETING.search(rest, max(0, len(rest) - 48)):
        name = _HELD.sub("", meeting["name"]) or meeting["name"]
        name = _LINKED.sub("", peel_lead(name))
        occasion = None if _PLAIN.match(name) else name
        return Subject(occasion=occasion, planned=planned, start=meeting.start())
    comma_free = rest.rstrip("，,") if rest.endswith(("，", ",")) and rest != text else rest
    names, count, complete, start = _names_at_end(comma_free, pack, day)
    return Subject(names, count, complete, planned=planned, start=start)


def peel_lead(name: str) -> str:
    """A name without the words in front of it that are not its own.

    >>> peel_lead("今天召开的国务院常务会议"), peel_lead("日举行的中国质量大会")
    ('国务院常务会议', '中国质量大会')
    """
    return _LEAD.sub("", name)


_LINKED = re.compile(r"\A(?:和|与|由|经|在|据|及|被?(?:写入|载入|列入|写进)|.{0,12}(?:落实|根据|按照|同意))")
_LEAD = re.compile(
    r"\A[^的]{0,20}(?:召开|举行|闭幕|举办)的|\A(?:今天|昨天|近日|日前|经|由|在|据)|\A(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?=\D)"
)


def _by_order(order: re.Match[str], rest: str, planned: bool) -> Subject:
    """签署国务院令，公布…: the body whose order it is."""
    number = order["number"]
    if order["kind"] == "国务院令":
        return Subject(("国务院",), number=f"国务院令第{number}号" if number else None, planned=planned)
    if order["kind"] == "主席令":
        return Subject((), number=f"主席令第{number}号" if number else None, planned=planned)
    military = "中央军委" in rest[: order.start()][-40:]
    return Subject(("中央军委",) if military else (), planned=planned)


def _names_at_end(text: str, pack: Pack, day: str | None) -> tuple[tuple[str, ...], int | None, bool | None, int]:
    """Names that end the text, in the order of the text; the stated count; whether all are named; where they begin."""
    stated: int | None = None
    complete: bool | None = None
    if (counted := _COUNT_END.search(text, max(0, len(text) - 24))) and counted.start() > 0:
        if counted["count"]:
            quantity = read_numeral(counted["count"])
            stated = int(quantity.value) if quantity else None
        complete = False
        text = text[: counted.start()]
    at_end = {found.end: found for found in find_names(text, pack, day)}
    names: list[str] = []
    end = len(text)
    start = end
    while len(names) < MOST_NAMES:
        found = at_end.get(end)
        begin = found.start if found and found.name.kind in ("authority", "organisation", "place") else None
        generic = _generic_name(text, end, pack)
        if begin is None or (generic is not None and generic < begin):
            begin = generic
        if begin is None:
            break
        names.append(text[begin:end].strip())
        start = begin
        joint = _JOINT_END.search(text, max(0, begin - 4), begin)
        if not joint or joint.start() == 0:
            break
        end = joint.start()
    if len(names) == 1 and text.endswith("在", 0, start) and start > 0:
        return (), None, None, start  # 在北京签署: where, not who
    names.reverse()
    if not names:
        return (), None, None, len(text)
    return tuple(names), stated, complete, start


def _generic_name(text: str, end: int, pack: Pack) -> int | None:
    """Where a body begins that the pack does not name but whose ending shows what it is; None where there is none."""
    segment = _SEGMENT.search(text, max(0, end - 24), end)
    if not segment:
        return None
    begin, word = segment.start(), segment[0]
    for joint in ("会同", "联合", "和", "与", "及"):
        at = word.rfind(joint)
        if at > 0 and word[:at].endswith(pack.documents.bodies) and len(word) - at > 3:
            begin, word = begin + at + len(joint), word[at + len(joint) :]
    if opening := _OPENING.match(word):
        begin, word = begin + opening.end(), word[opening.end() :]
    if len(word) < 3 or not word.endswith(pack.documents.bodies) or _NOT_NAME.search(word):
        return None
    return begin
