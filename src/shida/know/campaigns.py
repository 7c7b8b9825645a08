"""Sentence → named campaigns, and the themes of years, weeks and days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.know.subjects import subject_before
from shida.know.titles import bare, find_titles, span_of_years
from shida.pack import Pack
from shida.records import Campaign, Theme

_QUOTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,10}“(?P<inner>[^“”]{2,24})”(?:系列)?(?:[^，,。；;“”的\d]{0,8}?)(?P<ending>专项行动|专项整治行动|专项整治|行动(?!计划|方案|纲领|者|派|力|路线|议程|倡议)|促消费活动|消费季|购物节|宣传周|宣传月|活动周|活动月))"
)
_ROW = re.compile(r"(?P<row>(?:“[^“”]{2,12}”[、和]?){2,6})等?(?:系列)?(?P<ending>专项行动|专项整治行动|行动)")
_WHOLE = re.compile(r"“([^“”]{2,14}(?:购物节|消费季|消费月|年货节|专项行动|三年行动|宣传周|宣传月))”")
_PLAIN = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()\d《》]{2,22}?(?P<ending>专项整治行动|专项行动|专项整治|攻坚行动|提升行动|百日行动|宣传周|宣传月|活动周|活动月|服务月|服务周(?!期)|促进周|质量月|安全月|消费季|购物节|消费月|推广周|科普周|三年行动|行动))(?!计划|方案|启动仪式上|纲要)"
)
_TARGETED = re.compile(r"(?P<name>(?:综合整治|专项整治|综合治理)“[^“”]{2,12}”[\u4e00-\u9fff]{0,8}?)(?=[，,。；;、]|\Z)")
_TARGETS = re.compile(
    r"(?:严厉打击|严肃查处|依法查处|坚决整治|重点打击|重点整治|打击|整治)(?P<list>[^，,。；;“”]{2,60}?)等(?:市场)?(?:乱象|行为|问题|违法行为|突出问题)"
)
_PARTS = re.compile(r"实施(?P<list>[^，,。；;]{4,80}?)(?P<count>[二三四五六七八九十两]|\d{1,2})大行动")
_PLAN_TITLE = re.compile(r"(?P<name>[^《》]{2,40}?行动)(?:方案|计划)\Z")
_TRIM = re.compile(
    r"\A(?:(?:好|了|过)(?=新|[\u4e00-\u9fff]{3})(?!好)|第[\d一二三四五六七八九十]{1,3}[个届次]|[年条届]|.{0,40}?(?:开展了|开展|实施|启动|组织|推进|推出|部署|举办|推动|进行|随着|期间|围绕|通过|结合|参与|举行|迎来|打响|完善"
    r"|加强|深化|近日|出席|共梳理|在|的|届|对|将|了|以|为|是|本周也是|是我国)(?=[^，,]))"
)
_THEME = re.compile(
    r"(?P<name>(?:20\d\d年?|今年)[^，,。；;：:“”]{0,24}?主题)(?:是|为|[：:])\s?(?:“(?P<quoted>[^“”]{2,40})”|(?P<plain>[^，,。；;“”（(\n]{2,40}))"
)
_BODY = re.compile(r"(?P<body>[\u4e00-\u9fff]{2,16}?)(?:今天|近日|日前)?(?:公布|发布|确定|宣布|揭晓)\Z")


def campaigns(passage: Passage, pack: Pack) -> Iterator[Campaign]:
    """Campaigns with a name; 集中整治 alone is none, a quoted target makes one."""
    text = passage.body
    if "行动" not in text and "整治" not in text and not _OTHER.search(text):
        return
    seen: list[str] = []
    found: list[tuple[int, str, str]] = []
    for title in find_titles(text, pack.documents) if "《" in text else ():
        named = _PLAN_TITLE.search(bare(title.inner))
        if named and _issued(text, title.start, title.end, pack):
            found.append((title.start, re.sub(r"\A.*?关于(?:印发|开展)?", "", named["name"]), title.inner))
    plain = _mask_titles(text)
    if "“" in plain:
        found += _quoted(plain)
    for match in _PLAIN.finditer(plain) if "行动" in plain or "专项整治" in plain or _OTHER.search(plain) else ():
        name = _trim(match["name"])
        if _COUNTED.search(name) or plain.count("“", 0, match.start()) > plain.count("”", 0, match.start()):
            continue
        at = match.end() - len(name)
        if not _named(name, match["ending"], pack) or _THIS.match(name):
            continue
        if plain.endswith("组织", 0, at) and any(found.end == at for found in passage.names):
            continue  # the head of the name was taken for a verb: 世界知识产权组织合作五十周年宣传周
        if match["ending"].endswith(("行动", "整治")) and not _carried_out(
            plain, match.end() - len(name), match.end(), pack
        ):
            continue
        found.append((match.start(), name, ""))
    for at, name, plan in sorted(found):
        if (
            any(name in other or other in name for other in seen)
            or not 3 <= len(name) <= 44
            or name.count("“") != name.count("”")
        ):
            continue
        seen.append(name)
        yield _campaign(passage, at, name, plan, pack)


def _quoted(plain: str) -> Iterator[tuple[int, str, str]]:
    """Names that hold a quote, or stand in one: “铁拳”行动, 综合整治“内卷式”竞争."""
    for match in _QUOTED.finditer(plain):
        if "“" in (name := _trim(match["name"])) and not _COUNTED.search(name):
            yield match.start(), name, ""
    for match in _ROW.finditer(plain):
        for quoted in _ONE_QUOTED.finditer(match["row"]):
            yield match.start() + quoted.start(), quoted[0] + match["ending"], ""
    for match in _WHOLE.finditer(plain):
        if not plain.startswith("开幕", match.end()):
            yield match.start(), match[1], ""
    for match in _TARGETED.finditer(plain):
        yield match.start(), match["name"], ""


_ONE_QUOTED = re.compile(r"“[^“”]{2,12}”")
_THIS = re.compile(r"(?:本次|此次|这次|这项|该|本届|本轮|每年|今年|当天)")
_OTHER = re.compile(
    r"宣传周|宣传月|活动周|活动月|服务月|服务周(?!期)|促进周|质量月|安全月|消费季|购物节|消费月|推广周|科普周|促消费"
)


def _mask_titles(text: str) -> str:
    """The text with what stands in 《》 blanked, so that offsets stay."""
    return (
        re.sub(r"《[^《》]{1,120}》(?!宣传周|宣传月)", lambda match: "　" * len(match[0]), text)
        if "《" in text
        else text
    )


_COUNTED = re.compile(
    r"\A(?:[一二三四五六七八九十两\d]{1,3}[项大个]|一系列|多项|系列|上述)"
    r"|问题|工程和|等(?:系列|专项|突出|重点|[一二三四五六七八九十\d]{1,2}[大项个])"
)


def _trim(name: str) -> str:
    for _ in range(3):
        shorter = _TRIM.sub("", name).strip(" ") if not name.startswith("“") else name
        if shorter == name:
            break
        name = shorter
    return name


def _named(name: str, ending: str, pack: Pack) -> bool:
    """Whether words in front of the ending name anything."""
    stem = name.removesuffix(ending)
    least = 4 if ending == "行动" else 2
    return len(stem) >= least and not any(stem.endswith(word) or stem == word for word in pack.happenings.not_campaigns)


def _carried_out(text: str, start: int, end: int, pack: Pack) -> bool:
    """Whether a verb of carrying out stands right in front of the name, or behind it."""
    head = text[max(0, start - 8) : start].rstrip("了好")
    return head.endswith(pack.happenings.campaign_verbs) or text.startswith(_BEGUN, end)


_BEGUN = ("启动", "正式启动", "今天启动", "持续开展", "深入开展", "全面启动", "拉开")


def _issued(text: str, start: int, end: int, pack: Pack) -> bool:
    """Whether the plan was issued or is being carried out, not merely cited."""
    left, right = text[max(0, start - 14) : start], text[end : end + 24]
    return any(word in left for word in ("印发", "发布", "公布", "出台", "实施", "通过", "制定")) or any(
        word in right for word in ("印发", "发布", "公布", "出台", "启动")
    )


def _campaign(passage: Passage, at: int, name: str, title: str, pack: Pack) -> Campaign:
    text = passage.body
    at = at if title else max(at, text.find(name, at))  # a quoted name was found with the words in front of it
    targets = _TARGETS.search(text, at)
    parts = _PARTS.search(text, at)
    subject = subject_before(
        text[:at].removesuffix("印发").removesuffix("联合") if title else _before_verb(text, at, pack),
        pack,
        passage.reported,
    )
    by = subject.names or (_opener(passage, at) if _led(text, at, pack) else ())
    if not title and not _led(text, at, pack):
        by = tuple(body for body in by if (known := pack.names.called(body)) and known[0].kind == "authority")
    return Campaign(
        name=name,
        by=by,
        by_count=subject.stated,
        period=span_of_years(title) if title else None,
        parts=_split(parts["list"]) if parts else (),
        targets=_split(targets["list"]) if targets and "“" in name else (),
        evidence=(passage.evidence(),),
        rule="campaign_title" if title else "campaign_named",
        certainty="likely" if title else "certain",
        reported=passage.reported,
    )


def _opener(passage: Passage, at: int) -> tuple[str, ...]:
    """The authority a sentence opens with, which does what its later clauses say: 民政部日前发出通知，…开展…."""
    first = next(iter(passage.names), None)
    if first is None or first.start != 0 or first.end >= at or first.name.kind != "authority":
        return ()
    behind = _NOW.match(passage.body, first.end)
    return (passage.body[first.start : first.end],) if behind else ()


_NOW = re.compile(
    r"(?:近日|日前|今天|近期|最近|决定|宣布|印发|发布|发出|部署|组织|启动|开展|联合|会同|\d{1,2}月|\d{1,2}日)"
)


def _led(text: str, at: int, pack: Pack) -> bool:
    """Whether a verb stands in front of the name; 上海“五五购物节” alone does not say that 上海 runs it."""
    return text.endswith(pack.happenings.campaign_verbs, 0, at)


def _before_verb(text: str, at: int, pack: Pack) -> str:
    head = text[max(0, at - 60) : at]
    for verb in pack.happenings.campaign_verbs:
        if head.endswith(verb):
            return head.removesuffix(verb)
    return head


def _split(listing: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[、]|和|以及|及", listing.removesuffix("等")) if part.strip())


def themes(passage: Passage, pack: Pack) -> Iterator[Theme]:
    """Themes of a year, or of this year's week or day; the motto of one meeting is none."""
    text = passage.body
    if "主题" not in text:
        return
    for match in _THEME.finditer(text):
        name = match["name"]
        value = (match["quoted"] or match["plain"]).strip()
        if re.search(r"大会|论坛|峰会|博览会|会议|年会|展", text[max(0, match.start() - 30) : match.end("name")]):
            continue
        year = int(name[:4]) if name[:4].isdigit() else int(passage.anchor[:4]) if passage.anchor else None
        body = _BODY.search(text[: match.start()])
        name = re.sub(r"\A(?:20\d\d年?|今年的?)", "", name)
        if name == "主题":
            occasion = _occasion(text[: match.start()]) or _occasion(passage.article.title)
            if not occasion and _OF_ONE.search(text, 0, match.start()):
                continue  # the theme of a festival somewhere, not of a year
            name = (occasion or "年度") + "主题"
        yield Theme(
            name=name, value=value, year=year, body=body["body"] if body else None,
            evidence=(passage.evidence(),), rule="theme", reported=passage.reported,
        )  # fmt: skip


def _occasion(before: str) -> str:
    """The week or day the theme is of, where the sentence named it before."""
    named = _OCCASION.findall(before)
    return str(named[-1]).strip("“”") if named else ""


_OF_ONE = re.compile(r"祭典|大典|庆典|典礼|文化节|艺术节|旅游节|活动|比赛|演出|晚会")
_OCCASION = re.compile(
    r"(?:[第个“”，,年]|\A|全国)([\u4e00-\u9fff“”]{2,20}?(?:宣传周|宣传月|活动周|活动月|[\u4e00-\u9fff][日周节]))(?!期)"
)
