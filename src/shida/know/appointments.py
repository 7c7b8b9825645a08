"""Sentence → who takes or leaves which office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import Appointment

_PERSONS = r"(?P<persons>[\u4e00-\u9fff·•・]{2,24}(?:、[\u4e00-\u9fff·•・]{2,24}){0,5})"
_OFFICE = r"(?P<office>[^，,。；;：:！？“”《》\n]{2,48}?)"
_END = r"(?=[，,。；;！\n]|\Z)"
_APPOINT = re.compile(rf"任命{_PERSONS}(?:同志)?(?:为|担任){_OFFICE}{_END}")
_AND_APPOINT = re.compile(rf"[，、]{_PERSONS}为{_OFFICE}{_END}")
_REMOVE = re.compile(rf"(?:免去|撤销|解除){_PERSONS}(?:同志|兼任)?的{_OFFICE}(?:职务|职位)")
_REMOVE_OFFICE = re.compile(r"(?:免去|解除|罢免)(?P<run>[^，,。；;：:、“”《》的\n]{4,36})的职务")
_TAKE = re.compile(
    r"(?P<act>高票当选|全票当选|再次当选|成功当选|连任|当选连任|当选|正式就任|宣誓就任|就任|出任|接任)"
    r"(?:为|担任|新一任|新任|第[一二三四五六七八九十\d]{1,4}任)?(?P<office>[^，,。；;！？“”《》\n]{2,36}?)" + _END
)
_RESIGN = re.compile(r"(?:向[^，,。]{2,16})?(?:正式)?(?P<act>宣布辞职|提出辞职|递交辞呈|宣布辞去|辞职)(?![意压要风的])")
_RUN = re.compile(r"(?P<run>[\u4e00-\u9fff·•・]{2,40}?)(?:同志)?(?:\d{1,2}日|今天|当天|昨天)?\Z")
"""What stands in front of an act, up to the mark before it."""
_NOT_DONE = re.compile(
    r"击败|战胜|祝贺|贺电|贺信|如果|一旦|有望|或将|可能|竞选|希望|推荐|提名|候选|应该|如何|呼吁|要求|反对|敦促|致电|致函|关于"
)
_NOT_PERSON = re.compile(
    r"\A(?:我|您|你|他|她|其|谁|自己|双方|两人|先后|再次|中国|美国|大会|会议)\Z|[的在了是由经将已会]|\d|会议|大会|委员|国家|代表|人选|成员"
)
_BEFORE_PERSON = (
    "宣布",
    "显示",
    "确认",
    "选举",
    "同意",
    "决定",
    "推选",
    "并",
    "会议",
    "说",
    "称",
    "随后",
    "表明",
    "击败",
    "的",
)


def _person(run: str, pack: Pack) -> tuple[str, str]:
    """The office a run of characters ends its first part with, and the person behind it.

    The cut is behind the last office or verb: 印尼选委会宣布普拉博沃 is 普拉博沃, 国务院总理李强 李强.
    """
    cut, office = 0, ""
    for ending in pack.happenings.offices:
        at = run.rfind(ending)
        if at >= 0 and at + len(ending) < len(run) and at + len(ending) > cut:
            cut, office = at + len(ending), run[: at + len(ending)]
    for word in _BEFORE_PERSON:
        at = run.rfind(word)
        if at >= 0 and at + len(word) < len(run) and at + len(word) > cut:
            cut, office = at + len(word), ""
    return office, run[cut:].lstrip("年月日")


def appointments(passage: Passage, pack: Pack) -> Iterator[Appointment]:
    """Changes of office the sentence states as done; congratulations and hopes are none."""
    text = passage.body
    seen: set[tuple[str, str]] = set()
    made: list[tuple[int, Appointment]] = []
    offices = (*pack.happenings.offices, "审判员", "检察员", "理事", "会员")

    def add(at: int, person: str, office: str, act: str, *, beaten: bool = False) -> None:
        person = _TITLE_BEHIND.sub("", person)
        known = (person, act)
        before = text[max(0, at - 14) : at + 2] if not beaten else ""
        if known in seen or not _is_person(person) or _NOT_DONE.search(before) or not office.endswith(offices):
            return
        seen.add(known)
        date = next((d.value for d in reversed(passage.dates) if d.precision == "day" and d.start <= at + 24), None)
        fact = Appointment(
            person=person, office=_OFFICE_LEAD.sub("", office), act=act, date=date, evidence=(passage.evidence(),),
            rule="office_" + act, reported=passage.reported,
        )  # fmt: skip
        made.append((at, fact))

    if "任命" in text:
        for match in _APPOINT.finditer(text):
            for person in match["persons"].split("、"):
                add(match.start(), person, match["office"], "任命")
            end = match.end()
            while more := _AND_APPOINT.match(text, end):
                add(match.start(), more["persons"], more["office"], "任命")
                end = more.end()
    if "免去" in text or "撤销" in text or "解除" in text or "罢免" in text:
        for match in _REMOVE.finditer(text):
            for person in match["persons"].split("、"):
                add(match.start(), person.removesuffix("兼任"), match["office"], "免去")
        for match in _REMOVE_OFFICE.finditer(text):
            office, person = _person(match["run"], pack)
            add(match.start(), person, office, "免去")
    if "当选" in text or "任" in text:
        for match in _TAKE.finditer(text):
            run = _RUN.search(text, max(0, match.start() - 46), match.start())
            _, person = _person(run["run"], pack) if run else ("", "")
            beaten = text.endswith(("击败", "战胜"), 0, match.start() - len(person))
            if beaten or not _is_person(person):
                person = _who_opens(text, match.start(), pack)
            if person:
                at = match.start() - (0 if beaten else len(person))
                add(at, person, match["office"], match["act"], beaten=beaten)
    if "辞" in text:
        for match in _RESIGN.finditer(text):
            if run := _RUN.search(text, max(0, match.start() - 46), match.start()):
                office, person = _person(run["run"], pack)
                add(match.start() - len(person), person, office, "辞职")
    for _, fact in sorted(made, key=lambda pair: pair[0]):
        yield fact


_OPENS = re.compile(
    r"(?P<run>[\u4e00-\u9fff·•・、]{2,34}?)(?:[（(][^（）()]{1,10}[）)])?(?:\d{1,2}日|今天|当天)?(?=在|出席|以\d|凭借|主持|参加|战胜|击败|获得)"
)


def _who_opens(text: str, at: int, pack: Pack) -> str:
    """The person a sentence opens with, where what stands in front of the act names none: 甲部长乙某在…中，当选…."""
    start = max(text.rfind(mark, 0, at) for mark in "。；;：:") + 1
    for clause in (start, *(found.end() for found in _CLAUSE.finditer(text, start, at))):
        if opens := _OPENS.match(text, clause, at):
            run = opens["run"].rpartition("、")[2]
            office, person = _person(run, pack)
            if _is_person(person) and (office or len(run) <= 4):
                return person
    return ""


_CLAUSE = re.compile(r"[，,]")
_TITLE_BEHIND = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:总书记|主席|同志|先生|女士|总理|总统)\Z")
_OFFICE_LEAD = re.compile(r"\A(?:新一任|新一届|新任|新(?=[总首主部])|时任|现任|前任|一任)")


def _is_person(name: str) -> bool:
    """Whether it can be a name: two to four characters, or more with a point, or a foreign name of up to six."""
    return 2 <= len(name) <= (24 if "·" in name or "•" in name else 6) and _NOT_PERSON.search(name) is None
