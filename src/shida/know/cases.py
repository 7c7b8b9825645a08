"""Sentence → acts of courts, prosecutors, police, regulators and discipline bodies on parties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.know.subjects import subject_before
from shida.pack import Pack
from shida.records import Case
from shida.text.numerals import NUMERAL, read_numeral

_C = r"[^，,。；;：:]"
"""A character that does not end a clause."""
_LISTED = re.compile(
    rf"(?:处理|查处|审理|办理|审结|查办|侦破)(?:了)?(?P<list>{_C}{{2,120}}?)等"
    rf"(?:一批|一系列|多起|\d{{1,4}}[起件]|重大)?{_C}{{0,24}}案件?"
)
_DECIDED = re.compile(
    rf"(?P<authority>[^，,。；;：:对]{{2,24}})对(?P<what>{_C}{{2,40}}?)(?:依法)?(?:作出|做出|下达)"
    rf"(?P<outcome>{_C}{{0,16}}(?:处罚决定|行政处罚|处罚|裁定|判决|决定))"
)
_ORDINAL = re.compile(
    rf"(?P<ordinal>(?:今年|全国|全省|我国|国内)?首[起例件]|第[一二三四五六七八九十\d]{{1,4}}[起例])(?P<type>{_C}{{2,24}}?)(?:案件|案)\Z"
)
_FINED = re.compile(
    rf"(?:对(?P<party>{_C}{{2,30}}?)|(?P<passive>[^，,。；;：:被因]{{2,16}}?)(?:因{_C}{{2,16}}?)?被{_C}{{0,6}}?(?:[，,]被)?)?"
    rf"(?:处以|罚款|处罚款|并处罚款)(?:约|近|超过?)?(?P<amount>{NUMERAL})(?P<unit>元|欧元|美元|英镑|日元|韩元|卢布)(?:的)?(?:罚款|罚金)?"
)
_DISCIPLINE = re.compile(r"给予(?P<party>[\u4e00-\u9fff]{2,4}?)(?:同志)?开除党籍处分")
_INVESTIGATED = re.compile(
    r"(?P<authority>[\u4e00-\u9fff]{2,20}?)对(?P<party>[^。；;：:对]{2,90}?)(?:涉嫌)?(?:中的)?(?:严重(?:违纪违法|职务违法|违法违纪|违法)|失职失责)(?:问题)?进行了?"
    r"(?P<outcome>立案审查调查|纪律审查和监察调查|立案审查|立案调查)"
)
_FALLEN = re.compile(
    r"(?P<party>[\u4e00-\u9fff]{2,30}?)(?P<outcome>落马(?=[，,。；;]|\Z)|接受(?:中央纪委国家监委)?纪律审查和监察调查)"
)
_CHARGED = re.compile(
    rf"(?:涉嫌|因涉嫌|因)(?P<type>{_C}{{2,40}}?罪)[，,]?(?:被(?P<authority>{_C}{{2,16}}?))?"
    rf"(?P<outcome>立案侦查并采取刑事强制措施|立案侦查|依法逮捕|批准逮捕|提起公诉|刑事拘留|被判处{_C}{{2,16}})"
)
_CHARGED_WHO = re.compile(r"(?P<parties>[^。；;：:]{2,160}?)(?:等\d{1,4}人)?\Z")
_INDICTED = re.compile(r"(?:以涉嫌|涉嫌)(?P<type>[^。；;涉]{2,60}?罪名?)[^。；;罪]{0,30}(?P<outcome>提起公诉)")
_INDICTED_WHO = re.compile(
    r"(?P<authority>[\u4e00-\u9fff]{2,20}检察院)[^。；;对]{0,24}对(?P<list>[^。；;：:对]{2,80})\Z"
)
_OPENED = re.compile(
    rf"(?P<authority>{_C}{{2,40}}?)(?:今天|当天|日前|近日|\d{{1,2}}日)?(?:宣布)?(?:对|启动对|展开对)(?P<party>[^，,。；;：:对]{{2,24}}?)"
    r"(?:的|启动|展开|发起|开展|进行)(?:了)?(?P<outcome>反垄断调查|反补贴调查|反倾销调查|立案调查|刑事调查)"
)
_SENTENCED = re.compile(
    rf"(?P<authority>[\u4e00-\u9fff]{{2,24}}法院){_C}{{0,20}}?(?:判处|裁定|判决)(?P<party>[^，,。；;：:的有死无违两美]{{2,16}})(?P<outcome>违宪|无罪|有罪|有期徒刑{_C}{{0,12}}|无期徒刑|死刑{_C}{{0,12}}|胜诉|败诉)"
)
_WARRANT = re.compile(
    rf"(?P<authority>{_C}{{2,16}}?(?:检方|警方|法院)){_C}{{0,10}}?(?:对|签发)(?P<list>[^。；;]{{2,60}}?)发出(?P<outcome>逮捕令|通缉令)"
)
_SUED = re.compile(
    rf"(?P<authority>[\u4e00-\u9fff]{{2,20}}?(?:司法部|检方|检察院|检察机关|检察官|贸易委员会|竞争委员会|证券交易委员会|反垄断局))"
    rf"(?:\d{{1,2}}日|今天|日前|近日)?(?:已经|已|正式|宣布|再次)*(?P<outcome>起诉)(?:了)?(?P<party>{_C}{{2,24}}?)(?=[，,。；;]|涉嫌|违反|\Z)"
)
_ANNOUNCED = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,22}?(?:委员会|[总监]局|管理局|法院|检方|警方|检察院|监管机构|司法部|商务部|财政部|贸易部|署))"
    r"(?:当地时间)?(?:\d{1,2}日|今天|近日|日前)?(?:宣布|表示|通报|发布(?:公告|消息)|称|说)"
)
_HELD_TO_ACCOUNT = re.compile(rf"对(?P<party>{_C}{{2,40}}?)(?:进行)?(?:严肃)?(?P<outcome>追责问责)")
_OFFENDER = re.compile(rf"(?P<party>{_C}{{2,24}}?(?:公司|集团|银行))(?:违反|因|涉嫌)")
_BASIS = re.compile(
    r"(?:依据|根据|依照|违反)(?:了)?(?:[^，,。；;《》]{0,8})(?P<basis>(?:《[^《》]{2,60}》[、和及]{0,1}){1,5})"
)
_NOT_DONE = re.compile(
    r"拟|可能|如果|要求|呼吁|应当|必须|要依法|将依法|不得|禁止|防止|大力|严厉打击|坚决|加大|持续|力度"
)


def cases(passage: Passage, pack: Pack) -> Iterator[Case]:
    """Acts on parties the sentence states; calls for acts and statistics of acts are none."""
    text = passage.body
    if not 0 < len(_TRIGGER.findall(text)) <= MOST_TRIGGERS:
        return
    for match, rule in _matches(text):
        groups: dict[str, str | None] = match.groupdict()
        if rule in _WHO:
            who = _WHO[rule].search(text, max(0, match.start() - 160), match.start())
            if not who:
                continue
            accused, passive, by = (who.groupdict().get("parties") or "").rpartition("被")
            if passive:  # 他被甲市公安局以涉嫌…罪刑事拘留
                groups |= {"authority": by.removesuffix("以"), "parties": accused}
            groups = {
                **{name: value for name, value in who.groupdict().items() if value},
                **{k: v for k, v in groups.items() if v},
            }
        if _NOT_DONE.search(text[max(0, match.start() - 10) : match.start()]) or "拟" in match[0]:
            continue
        made = _case(passage, match, groups, rule, pack)
        if made is not None:
            yield made
            return  # one act a sentence: what follows is its detail


_TRIGGER = re.compile(
    r"案|处罚|罚款|开除党籍|审查调查|监察调查|落马|被查|涉嫌|反垄断|反倾销|判处|裁定|逮捕令|通缉令|追责问责|起诉"
)


def _matches(text: str) -> Iterator[tuple[re.Match[str], str]]:
    for rule, pattern, needs in (
        ("listed", _LISTED, "等"), ("decided", _DECIDED, "对"), ("discipline", _DISCIPLINE, "开除党籍"),
        ("investigated", _INVESTIGATED, "调查"), ("charged", _CHARGED, "罪"), ("opened", _OPENED, "调查"),
        ("indicted", _INDICTED, "公诉"), ("fined", _FINED, "罚"), ("warrant", _WARRANT, "令"),
        ("sentenced", _SENTENCED, "法院"),
        ("sued", _SUED, "起诉"), ("fallen", _FALLEN, ""), ("account", _HELD_TO_ACCOUNT, "追责"),
    ):  # fmt: skip
        if needs in text and (match := pattern.search(text)):
            yield match, rule


_WHO = {"charged": _CHARGED_WHO, "indicted": _INDICTED_WHO}
"""For acts whose parties stand in front of the charge: looked for backwards, so that no search is tried twice."""
MOST_TRIGGERS = 16
"""A sentence with more words of cases is a table, not a sentence."""


def _case(passage: Passage, match: re.Match[str], groups: dict[str, str | None], rule: str, pack: Pack) -> Case | None:
    text = passage.body
    parties: tuple[str, ...] = ()
    if rule == "account":  # 对事故中违纪违法的42名公职人员: who, not for what
        groups["party"] = re.sub(r"\A.*的(?:\d{1,4}名)?", "", groups["party"] or "")
    if listing := groups.get("list") or groups.get("parties"):
        parties = tuple(party for part in _parts(listing) if (party := _party(part, pack)))
    elif one := _party(groups.get("party") or groups.get("passive") or "", pack):
        parties = (one,)
    if rule == "listed" and (len(parties) < 2 or any(len(party) > 24 for party in parties)):
        return None
    authority = (groups.get("authority") or "").strip()
    ordinal: str | None = None
    kind: str | None = None
    if rule == "decided":
        found = _ORDINAL.search(groups.get("what") or "")
        if not found and "案" not in (groups.get("what") or ""):
            return None
        if found:
            ordinal, kind = found["ordinal"], found["type"]
    if not authority:
        authority = "、".join(subject_before(text[: match.start()], pack, passage.reported).names)
    if not authority and (who := _ANNOUNCED.match(text)) and who.end() <= match.start():
        authority = who["who"]
    authority = re.sub(r"\A.*?(?:以来|批准|近日|日前|\d日|今天|当天|称|援引[^，]{0,12})[，,]?", "", authority)
    authority = re.sub(r"(?:依法|方面|\d{1,2}日|今天|近日)\Z", "", authority)
    amount = read_numeral(groups["amount"]) if groups.get("amount") else None
    if (
        rule == "fined"
        and not parties
        and (before := re.search(r"对(?P<party>[^，,。；;：:]{2,24}?)\Z", text[: match.start()]))
    ):
        parties = tuple(party for party in (_party(before["party"], pack),) if party)
    if rule == "fined" and not parties and (offender := _OFFENDER.search(text, 0, match.start())):
        parties = tuple(party for party in (_party(offender["party"], pack),) if party)  # 对该公司处以…
    if not parties and rule != "decided":
        return None
    field = next((field for word, field in pack.happenings.case_fields.items() if word in text), None)
    basis = _BASIS.search(text)
    date = next((d.value for d in reversed(passage.dates) if d.precision == "day" and d.end <= match.end()), None)
    return Case(
        field=field,
        authority=authority or None,
        parties=parties,
        case_type=kind or groups.get("type") or "not stated",
        outcome=groups.get("outcome") or ("开除党籍" if rule == "discipline" else "罚款" if rule == "fined" else None),
        amount=amount.value if amount else None,
        unit=groups.get("unit"),
        date=date,
        legal_basis=basis["basis"] if basis else None,
        ordinal=ordinal,
        evidence=(passage.evidence(),),
        rule="case_" + rule,
        reported=passage.reported,
    )


def _parts(listing: str) -> list[str]:
    """Names joined by 、; a 和 parts only the last two, for it may stand inside a name (长和)."""
    parts = re.split(r"[、，]", listing)
    if len(parts) > 1 and "和" in parts[-1]:
        parts[-1:] = parts[-1].split("和", 1)
    return parts


def _party(text: str, pack: Pack) -> str:
    """A party's name without the words around it; of a person, what stands behind the last office."""
    text = re.sub(r"\A.*?(?:实际控制人|法定代表人|依法|稳妥|成员|被告人)", "", text.strip("，, "))
    text = re.sub(r"(?:等\d{0,4}[人名](?:被告人)?|等|同志|严重|涉嫌)\Z", "", text)
    text = re.sub(r"(?<=[\u4e00-\u9fff]{2})(?:偷逃|逃避|违反|涉嫌|因|隐匿|虚假|垄断).*\Z", "", text)
    text = re.sub(r"(?<=公司|集团|银行).*案\Z", "", text)
    for office in (
        *pack.happenings.offices,
        "法定代表人",
        "居民",
        "村民",
        "房主",
        "业主",
        "负责人",
        "嫌疑人",
        "男子",
        "女子",
    ):
        at = text.rfind(office)
        if at >= 0 and 2 <= len(text) - at - len(office) <= 12:
            text = text[at + len(office) :]
    return (
        text
        if 2 <= len(text) <= 30
        and not re.match(r"\d|今年|去年|昨天|今天", text)
        and not text.endswith(("中", "里", "上", "以来", "行为", "问题"))
        and not text.startswith(("该", "其", "这", "他", "她", "曾"))
        else ""
    )
