"""Sentence → named meetings, forums and fairs with an edition, a year or a named place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.pack import Pack
from shida.records import Conference
from shida.text.numerals import read_numeral

_NUMBER = r"[一二三四五六七八九十百]{1,5}|\d{1,3}"
_BEGIN = re.compile(
    rf"(?P<mark>第(?P<edition>{_NUMBER})(?P<counter>[届次])|首届|(?<!\d)(?P<year>20[0-3]\d)年?(?=[\u4e00-\u9fff（(“])(?![部个名家项件种人位场余多万亿]))"
)
_PLACED = re.compile(
    r"(?P<name>(?:中国|世界|全球|国际)[\u4e00-\u9fff]{0,8}[（(](?P<place>[\u4e00-\u9fff]{2,6})[）)][\u4e00-\u9fff]{0,10}(?:大会|论坛|峰会|博览会))"
)
_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”—－\-·、（）()]{2,40}")
_PLACE = re.compile(
    r"在(?P<place>[^，,。；;、在的《》“”]{2,18}?)(?:两地|等地)?(?:隆重|盛大|圆满|成功|如期)?(?:举行|举办|开幕|召开|闭幕|启动|拉开|落幕|启幕|开展|揭幕)"
)
_NO_NAME = frozenset({"大会", "论坛", "峰会", "年会", "对话", "会晤", "研讨会", "展览会", "部长级会议", "部长会议"})
_OF_ANOTHER = re.compile(r"(?:举行|举办|启动|召开)(?:了)?(?!在|期间|之际|以来|的|并|以|时|后|前|地)[\u4e00-\u9fff“]")
"""第六届甲会举行首场对接会 tells of another meeting held there."""
_PLACE_FRONT = re.compile(r"在(?P<place>[^，,。；;、在的《》“”]{2,12}?)(?:举行|举办|召开|开幕)的\Z")
_PLACE_END = re.compile(r"(?:全面|以?线下|同步|正式|如期|隆重|分别).*\Z")
_TITLED = re.compile(r"《[^《》]{2,24}》\Z")
"""《湿地公约》第十四届缔约方大会 bears the name of its convention."""
_AHEAD = re.compile(r"(?:将于|将在|即将|定于|将)")
_SESSION = re.compile(r"第[一二三四五六七八九十百\d]{1,5}[届次].{0,12}第[一二三四五六七八九十百\d]{1,5}次")
_MARK = re.compile(r"[，,。；;：:！？\n]")
_LED = re.compile(r"[^，,。；;：:！？\n《》的在了于对和与将及]{2,24}\Z")
_LEAD_TRIM = re.compile(
    r"\A.{0,16}?(?:召开|举行|举办|将出席|出席|参加|祝贺|关于|作为|今天|昨天|近日|日前|上午|下午|举办的|来华出席|主办|应邀|消息|记者从|致电|致信|向|为期|成功|预祝|介绍|结束|主持|迎来|推动|成为|支持|欢迎|落实|宣布|本次|期间|随着|\d日|\d月)"
)


def meetings(passage: Passage, pack: Pack) -> Iterator[Conference]:
    """Meetings the sentence names, each once; sessions of parliaments, games and prizes are none."""
    text = passage.body
    if (
        "会" not in text
        and "论坛" not in text
        and "节" not in text
        and "周" not in text
        and "展" not in text
        and "对话" not in text
    ):
        return
    seen: set[str] = set()
    for match in _BEGIN.finditer(text):
        made = _meeting(passage, match, pack)
        if made is not None and made.name not in seen:
            seen.add(made.name)
            yield made
    for match in _PLACED.finditer(text) if "（" in text or "(" in text else ():
        name = re.sub(r"[（(][^（）()]*[）)]", "", match["name"])
        if name not in seen and passage.pack.names.full_name(match["place"]):
            seen.add(name)
            yield Conference(
                name=name,
                place=match["place"],
                evidence=(passage.evidence(),),
                rule="meeting_placed",
                reported=passage.reported,
            )


def _meeting(passage: Passage, match: re.Match[str], pack: Pack) -> Conference | None:
    text, section = passage.body, pack.happenings
    run = _NAME.match(text, match.end())
    if not run:
        return None
    name, ending = _cut(run[0], section.meeting_endings)
    if not name or len(name) - len(ending) < (0 if match["year"] is None else 2):
        return None
    edition = year = None
    if match["year"]:
        year = int(match["year"])
        if text.startswith(("年以来", "年底", "年初", "年前"), match.start() + 4) or (
            _is_date(passage, match.start()) and len(name) < 5
        ):
            return None
    elif match["edition"]:
        quantity = read_numeral(match["edition"])
        edition = int(quantity.value) if quantity else None
        if match["counter"] == "次" and not ending.endswith(
            (
                "峰会",
                "会晤",
                "缔约方大会",
                "领导人会议",
                "领导人非正式会议",
                "外长会",
                "对话",
                "高级别会议",
                "部长级会议",
            )
        ):
            return None
    else:
        edition = 1
    lead = ""
    if not match["year"] and (led := _LED.search(text, max(0, match.start() - 24), match.start())):
        lead = led[0]
        for _ in range(3):
            lead = _LEAD_TRIM.sub("", lead)
        lead = lead if _belongs(lead, passage, match.start() - len(lead)) else ""
    if titled := _TITLED.search(text, max(0, match.start() - 30), match.start()):
        lead = titled[0]
    full = (lead + name).strip("、")
    full = _VERB_LEAD.sub("", full)
    if "暨" in lead:
        full = name  # 甲宣介会暨第六届乙论坛: two meetings, of which the second is the sixth
    if full.count("“") != full.count("”"):
        full = full.replace("“", "").replace("”", "")
    around = text[max(0, match.start() - 14) : match.end() + len(name) + 12]
    if full in _NO_NAME or "等系列" in full:
        return None
    if (
        any(word in full for word in section.not_meetings)
        or _SESSION.search(around)
        or any(word in lead for word in ("全国人大", "政协"))
    ):
        return None
    end = match.end() + len(name)
    held, dates, place, planned = _held(passage, match.start(), end, pack)
    return Conference(
        name=full,
        edition=edition,
        year=year,
        dates=dates,
        place=place,
        status="planned" if planned else None,
        evidence=(passage.evidence(),),
        rule="meeting_year" if year else "meeting_edition",
        certainty="certain" if held else "likely",
        reported=passage.reported,
    )


def _cut(run: str, endings: tuple[str, ...]) -> tuple[str, str]:
    """The name at the head of a run of characters: up to the first ending that closes a name."""
    best: tuple[int, str] = (0, "")
    for ending in endings:
        at = run.find(ending)
        if at >= 0:
            stop = at + len(ending)
            if best[0] == 0 or at < best[0] - len(best[1]) or (stop > best[0] and at <= best[0]):
                best = (stop, ending)
    name = run[: best[0]]
    # 中国—中东欧国家博览会暨国际消费品博览会 is one name.
    rest = run[best[0] :]
    if name and rest.startswith("暨"):
        more, _ = _cut(rest[1:], endings)
        name = name + "暨" + more if more else name
    elif name and (more_end := _second_part(rest, endings)):
        name += rest[:more_end]
    if any(mark in name for mark in "，。") or re.search(r"[在于的了将]|举行|举办|开幕", name):
        return "", ""
    return name, best[1]


def _second_part(rest: str, endings: tuple[str, ...]) -> int:
    """Where a second part of the name ends, right behind the first (世界互联网大会 + 乌镇峰会); 0 without one."""
    stops = [rest.find(ending) + len(ending) for ending in endings if 0 <= rest.find(ending) <= 6]
    end = min(stops, default=0)
    return 0 if re.search(r"[和与及、，,在于将的以举开召闭通过上中]|主题|期间", rest[:end]) else end


def _is_date(passage: Passage, at: int) -> bool:
    return any(date.start <= at < date.end for date in passage.dates)


def _belongs(lead: str, passage: Passage, at: int) -> bool:
    """Whether the words in front of 第…届 are the beginning of the name: a body, a place, a series."""
    if not lead or re.search(r"[是有到为了把被让以后前致给]|\d", lead):
        return False
    return len(lead) <= 12


_NO_PLACE = re.compile(r"[年月]|\d|线上|会|\A(?:此|当地|今日|当日)\Z")


def _place(found: re.Match[str] | None) -> str | None:
    """The place a pattern found; None for a time or for what only points."""
    named = _PLACE_END.sub("", found["place"]).strip() if found else ""
    return named if named and not _NO_PLACE.search(named) else None


_VERB_LEAD = re.compile(r"\A(?:出席|参加|主持|举办|举行|召开)(?=[\u4e00-\u9fff“《]{4})")
_PART_OF_IT = re.compile(r"第[一二三四五六七八九十\d]{1,2}[期阶段场]|分论坛|分会场|期间|配套|系列活动|筹备|新闻中心")
_NOT_VERB = ("式", "词", "辞", "会", "日", "赛", "时", "晚会", "大会", "演")


def _verbs(text: str, start: int, end: int, pack: Pack) -> Iterator[int]:
    """Where verbs of holding stand; 开幕式 is none."""
    for verb in pack.happenings.held:
        at = text.find(verb, start, end)
        if at >= 0 and not text.startswith(_NOT_VERB, at + len(verb)):
            yield at


def _held(passage: Passage, start: int, end: int, pack: Pack) -> tuple[bool, tuple[str, ...], str | None, bool]:
    """Whether the sentence says it is held, the days, the place, and whether it is yet to come."""
    text = passage.body
    close = min(len(text), end + 70)
    first = min(_verbs(text, end, close, pack), default=-1)
    before = _PLACE_FRONT.search(text, max(0, start - 28), start)
    if before and first < 0:
        return True, (), _place(before), False  # 在甲市举办的第五届乙会
    between = text[end:first] if first >= 0 else ""
    if first >= 0 and _PART_OF_IT.search(between):
        return False, (), None, False
    if first >= 0 and _OF_ANOTHER.match(text, first):
        return False, (), None, False
    if first < 0 or len(re.findall(r"[，,；;。]", between)) > 2:
        return False, (), None, False
    dates: tuple[str, ...] = ()
    for date in passage.dates:
        if date.precision == "day" and ((date.end <= start and start - date.end <= 30) or end <= date.start < first):
            if text[max(0, date.start - 2) : date.start] in ("截至",):
                continue
            dates = (date.value, date.until) if date.until else (date.value,)
    place = before or _PLACE.search(text, max(0, end - 1), min(len(text), first + 8))
    return True, dates, _place(place), _AHEAD.search(text, end, first) is not None
