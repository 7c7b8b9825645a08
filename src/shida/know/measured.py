"""The words around a number → what it measures."""

from __future__ import annotations

import re

from shida.know.quantities import Number
from shida.pack import Pack

_TAIL_NOUN = re.compile(r"(?:左右|以上)?(?:的)?(?P<noun>[^，,；;。！？!?：:、\s（(）)]{1,28})")
_NOT_NOUN = re.compile(
    r"\A(?:左右|以上|以下|上下|，|、|的?同比|的?环比|比上|较上|较去|比去|增|减|快速|迅速|扩大|缩减|压缩|精简|拓展|提升|跃升|发展到|下降|上升|提高|同比|环比|按|占|为|是|和|与|及|并|且|被|在|已|将|全部|不等|来自|参加|参与|出席|中(?!枪|弹|毒|暑|奖)|内(?!河|资)|外|里|时|前|后|到|至|均|都|也|还|又|就|才|起|之|分别|创|达)"
)
_CHANGES = re.compile(r"同比|环比|比上|较上|比去|较去|增长|下降|上涨")
_WINNERS = re.compile(r"[\u4e00-\u9fff]{0,6}(?:获奖|获此殊荣|荣获)")
_CUT = re.compile(
    r"(?:从|由)(?=\d)|的总|开足马力|竞相|全面(?=[开建投竣])|正式|开工|[，,；;。：:《/／]|今晚|今天|昨天|昨晚|近日|日前|连夜|进行|往返|并(?=[两三四五\d再])|(?:同比|环比|比上年|较上年|比去年|较去年|比\d{4}年|增长|下降|达到|超过|均已|已经|正在|参加|参与|占|认为|表示|支持|反对|为(?!主)|被|将|纳入|集中|得到|获得|实现|完成|投入|通过|以及)"
)


def clean(head: str, pack: Pack) -> str:
    """A head without the words of time and manner around it."""
    section = pack.figures
    if "（" in head or "(" in head:
        head = _NOTE.sub("", head)
    head = _THAN.sub("", _FROM_TO.sub("", head))
    for _ in range(8):
        before = head
        head = _unquoted(head.strip(" 　、，,；;的")).removesuffix("中").rstrip("和与及")
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


_NOTHING = frozenset("等共次专高重押种个家项")


def _unquoted(head: str) -> str:
    """A head without the quotes that have no partner in it, and without a pair around the whole of it."""
    if head[:1] in '“"' and head[-1:] in '”"' and len(head) > 2:
        inner = head[1:-1]
        if not any(mark in inner for mark in '“”"'):
            return inner
    if head.count("“") != head.count("”"):
        return head.replace("“", "").replace("”", "")
    return head


_NOTE = re.compile(r"[（(][^（）()]{0,20}[）)]")
_FROM_TO = re.compile(
    r"已?(?:从|由)[^，,。；;从由]{1,30}?(?:到|至)(?:现行|现在|目前|如今|今年|去年|\d{4}年[底末]?)?的?\Z"
)
_THAN = re.compile(r"(?:(?<![占对])比(?!例|重|率|值|分|特|赛)|较(?!大|多|好|快|高|强)|由|从)[^，,比较由从]{1,14}\Z")
_TIME_LEAD = re.compile(
    r"\A(?:(?:\d{4}|[今去前明])年(?:度|底|末|以来|初)?|\d{1,2}月份?(?:\d{1,2}日)?|\d{1,2}日|前\d{1,2}个月|[第]?[一二三四]季度|上半年|下半年|前三季度|[“\"][一二三四五六七八九十]{1,3}五[”\"](?:期间|时期|以来)|到(?:年底|今年底|\d{4}年底?|目前|现在)|年底前|当地时间|\d{1,2}(?:至|—|-)\d{1,2}月)"
)


def what_of(text: str, clause_start: int, number: Number, rest: list[Number], pack: Pack) -> str:
    """What is measured: the noun behind a counter, or the head in front of the number."""
    section = pack.figures
    head = text[clause_start : number.start]
    tail = text[number.end : number.end + 40]
    counted = number.unit in section.counters and number.unit not in ("倍",)
    noun = ""
    if number.unit == "条" and head.endswith("章"):
        return ""  # 共5章27条 is how long a text is
    if _WINNERS.match(tail):
        return ""  # how many won is said of the award
    if counted and not _NOT_NOUN.match(tail) and (found := _TAIL_NOUN.match(tail)):
        noun = found["noun"]
        if rest and rest[0].start - number.end < found.end("noun"):
            # 27个代表队近600名选手: the other number's words are its own
            noun = tail[found.start("noun") : rest[0].start - number.end]
        if cut := _CUT.search(noun):
            if _CHANGES.match(noun, cut.start()):
                return ""  # 36个城市的客流量同比增长…: it says whose flow has changed, and counts nothing
            noun = noun[: cut.start()]
        noun = noun.rstrip("的了在和与及近约超逾从由到0123456789.")
        noun = _unquoted(noun) if noun not in _NOTHING else ""
        noun = (
            noun[:-1]
            if len(noun) > 2 and noun.endswith(("中", "里", "内")) and not noun.endswith(("其中", "境内"))
            else noun
        )
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
    measured = clean(head, pack)
    if number.unit in section.measures and (thing := _measured_thing(head, measured, tail)):
        return thing
    if measured in _BARE_SIZES and (owner := _owner(text, clause_start)):
        return owner + measured
    if whose := _of_what(head, measured, tail, number, pack):
        return whose
    if number.unit == "%" and tail.startswith(("的", "以上的")) and (len(measured) <= 3 or not measured):
        return _around(text, clause_start, number, pack) or measured
    return measured or _around(text, clause_start, number, pack)


_BARE_SIZES = frozenset(
    {"全长", "总长", "线路全长", "正线全长", "设计时速", "最高时速", "总投资", "总面积", "建筑面积", "占地面积", "面积"}
    | {"注册资本", "总装机容量", "设计年通过能力", "年产能", "总重", "总高", "总高度", "总跨度"}
)
_OWNER = re.compile(
    r"(?:其中|今天|昨天|当天|目前|据悉|据介绍)?[，,]?(?P<owner>[\u4e00-\u9fffA-Za-z“”—·]{2,30}?)(?:[（(][^（）()]{1,12}[）)])?"
    r"(?=起自|起于|[东西南北]起|位于|地处|坐落|连接|途经|全长|线路|正线|总|设计|占地|今天|昨天|近日|日前|正式|于|是|由|自|预计|计划|开工|通车)"
)


def _owner(text: str, clause_start: int) -> str:
    """Whose length or cost a bare 全长 is: what the sentence opens with, where a clause stands between."""
    start = max(text.rfind(mark, 0, max(0, clause_start - 1)) for mark in "。；;：:\n") + 1
    found = _OWNER.match(text, start, clause_start + 12) if clause_start - start < 120 else None
    owner = found["owner"].rpartition("的")[2] if found else ""
    return owner if 2 <= len(owner) <= 20 and owner.count("“") == owner.count("”") else ""


def _of_what(head: str, measured: str, tail: str, number: Number, pack: Pack) -> str:
    """全长162公里的甲工程 is the length of 甲工程; 安排2亿元预算内投资 is what was put up."""
    if measured.endswith(_SIZES) and (thing := _THING.match(tail)):
        return thing["thing"] + max((size for size in _SIZES if measured.endswith(size)), key=len)
    if number.unit in pack.figures.money and (verb := _object_verb(head, pack)) and (kind := _MONEY_FOR.match(tail)):
        return verb + kind["noun"]
    return ""


def _measured_thing(head: str, measured: str, tail: str) -> str:
    """甲港30万吨原油码头, 连绵数里的3000亩樱花: what stands right behind is what is so big."""
    thing = _BEHIND.match(tail)
    if not thing or _NOT_NOUN.match(tail) or head.rstrip().endswith(_SAYS_HOW_MUCH):
        return ""
    noun = thing["thing"]
    noun = (noun[: cut.start()] if (cut := _CUT.search(noun)) else noun).rstrip("的了在和与及")
    if len(noun) < 2:
        return ""
    return noun if head.endswith("的") or not measured else measured + noun


_BEHIND = re.compile(r"(?P<thing>[\u4e00-\u9fff]{2,12})")
_SAYS_HOW_MUCH = (
    "达",
    "达到",
    "为",
    "是",
    "约",
    "近",
    "超",
    "超过",
    "突破",
    "共",
    "长",
    "宽",
    "高",
    "深",
    "重",
    "有",
    "面积",
    "累计",
)
_SIZES = (
    "全长",
    "总长",
    "总长度",
    "长度",
    "总面积",
    "占地面积",
    "面积",
    "总投资",
    "总高度",
    "高度",
    "跨度",
    "总装机",
    "总装机容量",
)
_THING = re.compile(
    r"的(?P<thing>(?:(?![的多起将已在是和从由])[\u4e00-\u9fff]){0,16}(?:工程|项目|公路|高速|铁路|高铁|大桥|桥|隧道|运河|管道|管线|线路|航道|水道|渠道|路|内河|河|湖|园区|示范区|基地|电站|大楼|机场|港口|林带|防线))"
)
_MONEY_FOR = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{0,12}?(?:投资|资金|补助|补贴|贷款|债券|国债|消费券|经费|奖补|专款|拨款|援助))(?=[，,。；;、]|\Z)"
)


def _around(text: str, clause_start: int, number: Number, pack: Pack) -> str:
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
                _STATE.sub("", re.sub(r"(?:再|均|又)?(?:创下?|刷新|突破).{0,8}\Z", "", clean(clause, pack)))
                if len(clause) <= 36
                else ""
            )
    return ""


_STATE = re.compile(r"(?:也|均|都|再|又)?(?:稳中|持续|继续|不断|总体|基本|保持|稳步|快速|大幅)[\u4e00-\u9fff]{1,6}\Z")
_LINKS = re.compile(r"左右|以上|以下|上下|，|和|与|及|等|之|且|，")


def _object_verb(head: str, pack: Pack) -> str:
    """The verb whose counted object follows, where the head ends with one."""
    bare = head.rstrip("了 共已")
    if not bare.endswith(pack.figures.verbs):
        return ""
    return next(verb for verb in pack.figures.verbs if bare.endswith(verb))


def _paired(text: str, number: Number, following: Number, noun: str, pack: Pack) -> str:
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


def _partner(text: str, clause_start: int, number: Number) -> str:
    """With whom: 与…签订 in front of a counted object."""
    match = re.search(r"(?P<joint>[与同])(?P<who>[^，,；;与同]{2,40})\Z", text[clause_start : number.start])
    if not match:
        return ""
    who = re.sub(r"^(?:\d{1,6}|[一二两三四五六七八九十百]{1,5})(?:多|余)?(?:个|家|国)?", "", match["who"])
    who = re.sub(r"(?:有关|相关)?(?:部门|方面|机构|各方)?(?:签订|签署|达成|建立)(?:了)?\Z", "", who)
    return f"{match['joint']}{who}" if who else ""
