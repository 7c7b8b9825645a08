"""Sentence → who takes or leaves which office."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import Appointment

_CHINESE = r"[\u4e00-\u9fff]{2,4}"
_FOREIGN = r"[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,10}){1,4}"
_PERSON = rf"(?P<person>{_FOREIGN}|{_CHINESE})"
_OFFICE = r"(?P<office>[^，,。；;：:！？、“”《》\n]{2,36}?)"
_APPOINT = re.compile(rf"任命{_PERSON}(?:同志)?(?:为|担任){_OFFICE}(?=[，,。；;、！\n]|\Z)")
_REMOVE = re.compile(rf"(?:免去|撤销|解除){_PERSON}(?:同志)?的{_OFFICE}(?:职务|职位)")
_REMOVE_OFFICE = re.compile(rf"(?:免去|解除|罢免)(?P<office>[^，,。；;：:、“”《》\n]{{2,24}}?){_PERSON}的职务")
_ELECT = re.compile(
    rf"{_PERSON}(?:同志)?(?:(?:以[^，,。]{{2,20}})?(?P<act>高票当选|全票当选|再次当选|成功当选|连任|当选连任|当选|正式就任|宣誓就任|宣誓就职|就任|出任|接任))(?:为|担任|新一任|新任|第[一二三四五六七八九十\d]{{1,4}}任)?{_OFFICE}?(?=[，,。；;、！\n]|\Z)"
)
_RESIGN = re.compile(
    rf"(?P<office>[^，,。；;：:！？、“”《》\n0-9]{{2,24}}?){_PERSON}(?:\d{{1,2}}日|今天|当天|昨天)?(?:向[^，,。]{{2,16}})?(?:正式)?(?P<act>宣布辞职|提出辞职|递交辞呈|宣布辞去|辞职)(?![意压要风的])"
)
_CONGRATULATE = re.compile(
    r"祝贺|贺电|贺信|如果|一旦|有望|或将|可能|竞选|希望|推荐|提名|候选|应该|如何|呼吁|要求|反对|敦促"
)
_NOT_PERSON = re.compile(
    r"[会的在了是和与国院部委局新任]\Z|[\u4e00-\u9fff]*(?:会议|大会|委员|主席|总统|总理|代表|人选|成员|其|他|她|先后|再次|成功)\Z|\A(?:由|将|其|已|又|再|并|经)"
)


def appointments(passage: Passage, pack: Pack) -> Iterator[Appointment]:
    """Changes of office the sentence states as done; congratulations and hopes are none."""
    text = passage.body
    seen: set[tuple[str, str]] = set()
    made: list[tuple[int, Appointment]] = []

    def add(match: re.Match[str], act: str) -> None:
        person, office = match["person"], (match["office"] or "").strip()
        if _CONGRATULATE.search(text[max(0, match.start() - 16) : match.start()]) or (person, act) in seen:
            return
        seen.add((person, act))
        date = next((d.value for d in reversed(passage.dates) if d.precision == "day" and d.end <= match.end()), None)
        made.append(
            (
                match.start(),
                Appointment(
                    person=person,
                    office=office or None,
                    act=act,
                    date=date,
                    evidence=(passage.evidence(),),
                    rule="office_" + act,
                    reported=passage.reported,
                ),
            )
        )

    if "任命" in text:
        for match in _APPOINT.finditer(text):
            add(match, "任命")
    if "免去" in text or "撤销" in text or "解除" in text or "罢免" in text:
        for match in _REMOVE.finditer(text):
            add(match, "免去")
        for match in _REMOVE_OFFICE.finditer(text):
            if match["office"].endswith(pack.happenings.offices):
                add(match, "免去")
    if "当选" in text or "任" in text:
        for match in _ELECT.finditer(text):
            if _is_person(match["person"]) and (match["office"] or "").endswith(pack.happenings.offices):
                add(match, match["act"])
    if "辞" in text:
        for match in _RESIGN.finditer(text):
            if match["office"].endswith(pack.happenings.offices) and _is_person(match["person"]):
                add(match, "辞职")
    for _, fact in sorted(made, key=lambda pair: pair[0]):
        yield fact


def _is_person(name: str) -> bool:
    return _NOT_PERSON.search(name) is None
