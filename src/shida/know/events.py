"""Sentence → dated happenings that are none of the other kinds, and recalls of products."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import Event, Recall
from shida.text.dates import FoundDate
from shida.text.numerals import NUMERAL, read_numeral

_CEREMONY = re.compile(
    r"(?P<what>[^，,。；;：:！？《》]{2,44}?(?:纪念[^，,。；;]{2,30}大会|大典|公祭仪式|升旗仪式|典礼|阅兵式|阅兵))(?:(?:\d{1,2}日|今天|当天)?(?:上午|下午|晚)?在(?P<place>[^，,。；;]{2,20}?))?(?:隆重|庄严|盛大|如期)?(?:举行|开始|启动)"
)
_COMMEMORATED = re.compile(
    r"(?P<what>纪念(?!章|馆|品|碑|币|日|封|堂)[^，,。；;：:！？《》]{2,40}?(?:大会|仪式|活动))(?:(?:\d{1,2}日|今天)?(?:上午|下午|晚)?在(?P<place>[^，,。；;]{2,20}?))?(?:隆重|庄严|盛大)?举行"
)
_HELD = re.compile(
    r"(?P<place>[^，,。；;：:！？《》\d（）()]{2,24}?)(?:[（(][^（）()]{1,12}[）)])?(?:早上|上午|下午|晚上)?(?:隆重|庄严)?举行(?:了)?(?P<what>[^，,。；;：:！？《》]{0,20}(?:升旗仪式|大典|公祭仪式|阅兵式|典礼))"
)
_STUDIED = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,16}?)(?:就|以)“(?P<theme>[^“”]{4,60})”(?:为(?:主)?题)?[，,]?\s?(?:进行|举行|开展)(?:第[一二三四五六七八九十]{1,3}次)?(?P<kind>专题学习|集体学习|专题研讨)"
)
_ROCKET = re.compile(
    r"(?:在(?P<place>[^，,。；;]{2,16}发射(?:中心|场))[^，。；]{0,40}?[，,]?)?(?:成功)?将(?P<what>[^，,。；;]{2,40}?)(?:成功)?(?:发射升空|送入[^，,。；;]{0,16}轨道)"
)
_RECALL = re.compile(
    r"(?P<maker>[^，,。；;：:！？]{2,40}?)(?:宣布|决定|将|计划|日前|近日|自[^，,。；;]{2,16}起)*召回(?P<rest>[^。；;]{4,120})"
)
_COUNT = re.compile(
    rf"(?:共计?|约|超过)?(?P<count>{NUMERAL})(?P<unit>辆|台|件|个|套|架|部|箱|盒|瓶|批次)(?P<product>[^，,。；;]{{0,40}})"
)
_DEFECT = re.compile(r"(?:由于|因|存在|原因是)(?P<defect>[^，,。；;]{4,60})")
_NOT_RECALL = re.compile(r"大使|驻|外交官|预备役|士兵|议员|投票")


def events(passage: Passage, pack: Pack) -> Iterator[Event]:
    """Ceremonies, study sessions, launches and openings with a day in the sentence."""
    text = passage.body
    if not _gate(pack).search(text):
        return
    day = _day(passage)
    if day is None:
        return
    made: list[tuple[str, str | None, str]] = []
    if "仪式" in text or "大会" in text or "典" in text or "阅兵" in text:
        if match := _COMMEMORATED.search(text):
            made.append((match["what"], match["place"], "commemoration"))
        elif (match := _HELD.search(text)) and len(match["what"]) >= 4:
            made.append((match["what"], _clean(match["place"]), "ceremony"))
    if "学习" in text and (match := _STUDIED.search(text)):
        made.append((f"{_clean(match['who'])}{match['kind']}“{match['theme']}”", None, "study"))
    if ("升空" in text or "轨道" in text) and (match := _ROCKET.search(text)):
        what = re.sub(r"\A(?:其)?(?:搭载|携带)的|(?:顺利|成功|准确)\Z", "", match["what"])
        made.append((f"{what}发射升空", match["place"], "launch"))
    if not made:
        made += _opened(text, day, pack)
    for what, place, rule in made:
        if what:
            yield Event(
                what=what, date=day.value, place=place, evidence=(passage.evidence(),), rule="event_" + rule,
                reported=passage.reported,
            )  # fmt: skip


def _gate(pack: Pack) -> re.Pattern[str]:
    """What a sentence must hold to be worth a closer look."""
    kept: re.Pattern[str] | None = pack.__dict__.get("_event_gate")
    if kept is None:
        verbs = "|".join(map(re.escape, sorted(pack.happenings.event_verbs)))
        kept = re.compile(f"仪式|大会|大典|典礼|阅兵|学习|研讨|升空|轨道|{verbs}")
        pack.__dict__["_event_gate"] = kept
    return kept


def _day(passage: Passage) -> FoundDate | None:
    """The day the sentence opens with (或 its first clause holds); a happening without one is no event."""
    for date in passage.dates:
        if date.precision == "day" and (date.start <= 24 or _IN_CLAUSE.search(passage.body, 0, date.start)):
            return date
    return None


_NOTED = re.compile(r"\A(?:[（(][^（）()]{1,12}[）)])?(?:上午|下午|晚|凌晨)?")
_IN_CLAUSE = re.compile(r"[，,](?:将|已)?\Z")
"""甲工程，昨天（3月1日）在乙地开工: the day opens a later clause."""
_UNSURE = re.compile(r"恢复|将|计划|预计|已|后|前|以来|自(?=\d|今|去|本|从)|累计|标志|仪式")


def _opened(text: str, day: FoundDate, pack: Pack) -> list[tuple[str, str | None, str]]:
    """甲大桥通车: a thing opened, delivered, put to use, at the end of its clause."""
    for verb in sorted(pack.happenings.event_verbs, key=len, reverse=True):
        at = text.find(verb, day.end)
        if at < 0 or not re.match(r"(?:运营)?(?:[，,。；;！]|\Z)", text[at + len(verb) :]):
            continue
        start = max(text.rfind(mark, 0, at) for mark in "，,。；;：:") + 1
        what = text[start:at]
        if day.start == start and start > 1:  # the subject is the clause before
            start = max(text.rfind(mark, 0, start - 1) for mark in "，,。；;：:") + 1
            what = text[start : day.start].rstrip("，,") + _NOTED.sub("", text[day.end : at])
        elif day.start >= start:  # the day stands inside the clause: what is in front of it belongs to the happening
            what = text[start : day.start] + re.sub(
                r"\A(?:[（(][^（）()]{1,12}[）)])?(?:上午|下午|晚|凌晨)?", "", text[day.end : at]
            )
        what = re.sub(r"\A(?:[）)，,\s]|（[^（）]{1,12}）|今天|昨天)*", "", what)
        what = re.sub(r"(?:今天|昨天|日前|近日)?(?:（[^（）]{1,12}）)?(也|都|正式|均)?\Z", "", what)
        if _UNSURE.search(what) or not 4 <= len(what) <= 40:
            return []
        return [(what + verb, None, "opening")]
    return []


def _clean(place: str) -> str:
    return re.sub(r"\A.*?(?:今天|昨天|当天|日|[，,])", "", place).rpartition("在")[2].strip()


def recalls(passage: Passage, pack: Pack) -> Iterator[Recall]:
    """Products a maker takes back; envoys called home are none."""
    text = passage.body
    if "召回" not in text or _NOT_RECALL.search(text):
        return
    match = _RECALL.search(text)
    if not match:
        return
    counted = _COUNT.search(match["rest"])
    if not counted:
        return
    quantity = read_numeral(counted["count"])
    product = counted["product"] or re.split(r"[，,（(]", match["rest"])[0]
    product = re.sub(r"\A(?:的|部分|在[^的]{0,20}的)", "", product).strip("的 ")
    if quantity is None or not product:
        return
    defect = _DEFECT.search(text)
    day = next((date for date in passage.dates if date.precision == "day"), None)
    yield Recall(
        product=product,
        maker=re.sub(r"(?:宣布|决定|将|计划|日前|近日|今天)\Z", "", _clean(match["maker"])) or None,
        count=int(quantity.value),
        unit=counted["unit"],
        defect=defect["defect"] if defect else None,
        date=day.value if day else None,
        evidence=(passage.evidence(),),
        rule="recall",
        reported=passage.reported,
    )
