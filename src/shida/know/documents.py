"""Sentence → documents with an act on them: who, what was done, when, since when in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shida.know.passages import Passage
from shida.know.relations import MOST, Related, by_sentence, by_title
from shida.know.subjects import Subject, subject_before
from shida.know.titles import Group, Title, draft, find_titles, group_titles, refers_back, span_of_years
from shida.pack import Pack
from shida.records import Act, Document
from shida.text.dates import FoundDate, find_dates
from shida.text.numerals import read_numeral

_YEAR = r"(?:\d{4}|[今去前明])年(?:\d{1,2}月)?(?:\d{1,2}日)?"
_EFFECTIVE = re.compile(
    r"(?:自|从|于)(?P<date>(?:(?:\d{4}|[今明])年)?\d{1,2}月(?:\d{1,2}日)?|公布之日|发布之日|印发之日)(?:零时)?起?(?:正式|开始|全面|在全国)?"
    r"(?P<word>施行|实施|执行|生效)"
)
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[【（(]\s?(?:19|20)\d\d\s?[〕\]】）)]\s?(?:第)?\d{1,5}\s?号"
    r"|(?:国务院令|主席令|总局令|部令|署令|局令)\s?第\s?(?:\d{1,4}|[一二三四五六七八九十百〇]{1,6})\s?号"
    r"|\b(?:GB|GB/T|GB/Z|JJF|JJG|TSG|DB\d{2}|HJ|NY|YY|QB|SN|JR|ISO|IEC)(?:/[TZ])?\s?[\d.]{1,8}[—–-](?:19|20)\d\d"
)
_SOME_DAY = ("日前", "近日", "此前", "不久前", "最近", "近期")
"""The act has a day of its own, which the text does not give."""
_NOT_ACT_AFTER = re.compile(
    r"会|特别|仪式|者|厅|情况|方案|细则|意见|率|路径|主体|单位|机关|过程中|效果|办法|标准|力度|能力|层面|协调|工作|周年|十周年"
)
_THEN = re.compile(r"[，,]现予(?P<act>公布|发布|印发)")
_TIMES = re.compile(
    r"(?:历经|经历|经过|经|先后|已)?(?P<times>\d{1,2}|[一二两三四五六七八九十]{1,2})次(?P<act>修正|修订|修改)"
)
_PASSIVE = re.compile(
    r"(?:已)?(?:由|经)(?P<by>[^，,。；;《》]{2,70}?)(?:于?(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日))?(?:审议|表决)?(?P<act>通过|批准|签署|发布|公布|印发)"
)
_AGENDA = re.compile(r"将(?:听取|审议|表决|讨论)|拟(?:听取|审议)|建议[^，,。]{0,20}审议")
_AHEAD = re.compile(r"(?<![会即])(?:将会同|将与|将联合|将于|将在|拟于|即将|将同)[^，,。；;]{0,22}\Z")
_REVISED = re.compile(r"(?<=新)修[订正改](?:的|后)|修[订正改]后的")
"""新修订的《…》 says which text is meant; revising it is not what the sentence tells."""
_CALLED = ("简称", "以下简称", "下称", "简称为")
_CONSULT = re.compile(r"(?:正)?(?:向社会)?(?:公开)?(?:征求|征集)(?:社会)?(?:各界)?(?:公众)?意见")


class _Patterns(NamedTuple):
    before: re.Pattern[str]
    after: re.Pattern[str]


class _Found(NamedTuple):
    """An act on a group of titles, before what is known of the sentence is added."""

    act: str
    at: int
    """Where the act's word begins."""
    form: str
    subject: Subject
    date: FoundDate | None
    times: int | None = None


def documents(passage: Passage, pack: Pack) -> Iterator[Document]:
    """Documents the sentence states an act on. A title merely cited gives nothing."""
    text = passage.body
    if "《" not in text:
        return
    section = pack.documents
    # A short form in brackets, （以下简称《条例》）, names nothing new and cuts nothing off.
    titles = [title for title in find_titles(text, section) if not text[: title.start].endswith(_CALLED)]
    groups = group_titles(text, titles)
    begun: str | None = None
    for position, group in enumerate(groups):
        limit = groups[position + 1].start if position + 1 < len(groups) else len(text)
        floor = groups[position - 1].end if position else 0
        if text.startswith(section.not_behind, group.end) or text[: group.start].endswith(section.not_before):
            continue
        chosen = [
            title
            for title in group.titles
            if not refers_back(title, section) and _is_document(title, text, group, pack)
        ]
        if not chosen:
            continue
        acts = list(_acts(passage, group, floor, limit, pack))
        if not acts:
            continue
        effective = in_force(passage, group.end, limit)
        if begun and "同时" in text[group.end : group.end + 60]:
            # 《甲》自5月1日起施行，《乙》同时废止: the end of the one is the beginning of the other
            same = next((date for date in passage.dates if date.value == begun), None)
            acts = [one._replace(date=same) if stage_of(one.act, pack) == "repealed" else one for one in acts]
        begun = effective or begun
        for title in chosen:
            yield _document(
                passage,
                title,
                acts,
                effective,
                limit,
                by_sentence(text, groups, position) if len(groups) <= MOST else Related(),
            )


def _patterns(pack: Pack) -> _Patterns:
    """Built once for a pack and kept on it: longer words first, every repeat bounded."""
    kept: _Patterns | None = pack.__dict__.get("_document_patterns")
    if kept is not None:
        return kept
    section = pack.documents

    def words(entries: list[str] | tuple[str, ...]) -> str:
        return "|".join(re.escape(word) for word in sorted(set(entries), key=lambda word: (-len(word), word)))

    note = r"[（(][^（）()]{1,30}[）)]"
    before = re.compile(
        rf"(?P<act>(?:{words([act.word for act in section.acts if act.before])}){{1,2}})"
        rf"(?:{words(section.modifiers)}|{note}|\d[\d.]{{0,6}}万?亿?[美欧]?元的|\d{{4}}(?:年度?|版)|第[一二三四五六七八九十\d]{{1,3}}[版期批]){{0,5}}[“\"]?\Z"
    )
    after_words = words([act.word for act in section.acts if act.after])
    after = re.compile(
        rf"(?:{note})?[”\"]?(?:{words(section.behind)})?(?:的|{words(section.between)}|{words(section.planned)}|{note}|自|从|{_YEAR}"
        rf"|\d{{1,2}}月(?:\d{{1,2}}日)?|\d{{1,2}}日){{0,6}}(?P<act>(?:{after_words}){{1,2}})"
    )
    made = _Patterns(before, after)
    pack.__dict__["_document_patterns"] = made
    return made


def _is_document(title: Title, text: str, group: Group, pack: Pack) -> bool:
    if title.kind is not None:
        return True
    if text[: group.start].endswith(pack.documents.in_front):
        return True
    behind = [word for word in pack.documents.behind if len(word) > 1 and word != "文件"]
    return text.startswith(tuple(behind), group.end)


def _acts(passage: Passage, group: Group, floor: int, limit: int, pack: Pack) -> Iterator[_Found]:
    """The acts on a group: the one in front of it, then those behind it."""
    text = passage.body
    patterns = _patterns(pack)
    day = passage.reported
    left = text[max(floor, group.start - 44) : group.start]
    if match := patterns.before.search(left):
        at = group.start - len(left) + match.start()
        subject = subject_before(text[floor:at], pack, day)
        revised = stage_of(match["act"], pack) == "amended" and _REVISED.match(left, match.start())
        if not subject.negated and not revised:
            date = _date_before(passage, at)
            if "通过" in match["act"] and not subject.names and not subject.occasion:
                subject, date = _at_meeting(passage, at, subject, date)
            # What a plenum or congress adopts is adopted; a sitting that deliberates says both.
            decided = subject.occasion and subject.occasion.endswith(("全会", "代表大会"))
            act = "通过" if decided and match["act"] in ("审议通过", "表决通过") else match["act"]
            yield _Found(act, at, "before", subject, date)
    right = text[group.end : min(limit, group.end + 120)]
    if match := _TIMES.match(right):
        quantity = read_numeral(match["times"])
        yield _Found(
            match["act"],
            group.end + match.start("act"),
            "times",
            Subject(),
            None,
            int(quantity.value) if quantity else None,
        )
        return
    if match := _PASSIVE.match(right):
        at = group.end + match.start("act")
        subject = subject_before(match["by"], pack, day)
        dated = [date for date in passage.dates if group.end <= date.start < at]
        yield _Found(match["act"], at, "passive", subject, dated[-1] if dated else None)
        if then := _THEN.match(right, match.end()):
            yield _Found(then["act"], group.end + then.start("act"), "then", Subject(), None)
        return
    if consult := _CONSULT.match(right):
        yield _Found(
            "征求意见",
            group.end + consult.start(),
            "after",
            _owner(text, group, floor, pack, day),
            _date_before(passage, group.start),
        )
        return
    if (match := patterns.after.match(right)) and not _NOT_ACT_AFTER.match(right, match.end()):
        at = group.end + match.start("act")
        inside = [date for date in passage.dates if group.end <= date.start < at]
        date = inside[-1] if inside else _date_before(passage, group.start, match["act"])
        yield _Found(match["act"], at, "after", _owner(text, group, floor, pack, day), date)


_MEETING_HELD = re.compile(r"(?:主持召开|召开|举行)(?:了)?(?P<name>[^，,。；;《》]{2,30}?(?:会议|全会|大会))[，,]")


def _at_meeting(
    passage: Passage, at: int, subject: Subject, date: FoundDate | None
) -> tuple[Subject, FoundDate | None]:
    """主持召开国务院常务会议，研究…，审议通过《…》: the meeting the sentence opens with, and its day."""
    text = passage.body
    held = _MEETING_HELD.search(text, 0, at)
    if not held or held["name"] in ("会议", "大会"):
        return subject, date
    day = next((one for one in passage.dates if one.end <= held.start() and one.precision == "day"), None)
    return subject._replace(occasion=held["name"]), date or day


def _owner(text: str, group: Group, floor: int, pack: Pack, day: str | None) -> Subject:
    """Whose document it is where the act stands behind the title: the bodies its own title begins with."""
    head, mark, _ = group.titles[0].inner.partition("关于")
    if mark and head:
        inside = subject_before(head.replace(" ", "、").replace("\u3000", "、"), pack, day)
        if inside.names:
            return inside
    return Subject()


_IN_FORCE = frozenset({"施行", "实施", "执行", "生效", "生效实施", "生效施行"})
_NOT_THAT_DAY = ("以来", "起", "至", "前", "度", "期间", "召开的", "举行的")


def _date_before(passage: Passage, at: int, act: str = "") -> FoundDate | None:
    """The date an act at `at` carries: the nearest in front of it, with only its subject between."""
    text = passage.body
    for date in reversed(passage.dates):
        if date.end > at:
            continue
        gap = text[date.end : at]
        if date.precision == "year" and gap.startswith("《"):
            continue  # 2023年《…报告》: the year of the report
        if any(word in gap for word in _SOME_DAY):
            return None
        if (
            len(gap) > 80
            or any(mark in gap for mark in "；;。》")
            or gap.count("，") + gap.count(",") > (2 if "令" in gap else 1)
        ):
            return None
        from_then = act in _IN_FORCE and gap.startswith("起")  # 9月1日起，《…》施行
        if not from_then and (gap.startswith(_NOT_THAT_DAY) or text[: date.start].endswith(("截至", "自", "从"))):
            return None
        return date
    return None


def stage_of(act: str, pack: Pack) -> str:
    """The stage of an act; of two words that stand together, that of the last."""
    stages = pack.documents.stage_of
    return stages.get(act) or next((stages[word] for word in stages if act.endswith(word)), "issued")


def in_force(passage: Passage, start: int, limit: int) -> str | None:
    """The day from which the sentence says it applies, looked for between `start` and `limit`."""
    match = _EFFECTIVE.search(passage.body, start, min(limit, start + 160))
    if not match:
        return None
    for date in passage.dates:
        if match.start("date") <= date.start < match.end("date"):
            return date.value
    found = find_dates(match["date"], passage.anchor)
    return found[0].value if found else None


_STANDARDS = ("国家标准", "国际标准", "行业标准", "团体标准", "地方标准", "强制性标准", "推荐性标准")
_ALSO_AHEAD = re.compile(r"(?:将|拟|计划)[^。；;]{2,40}[，,]并(?:同步|同时|将)?\Z")
_DONE = re.compile(r"已|已经")


def _said_kind(passage: Passage, title: Title) -> str | None:
    """The kind right behind the title, which knows better than its ending: 《…行动》白皮书."""
    if passage.body[: title.start].endswith(_STANDARDS):
        return "standard"
    behind = passage.body[title.end : title.end + 6]
    return next(
        (
            kind
            for ending, kind in passage.pack.documents.kind_of.items()
            if len(ending) > 2 and behind.startswith(ending)
        ),
        None,
    )


def _document(
    passage: Passage, title: Title, found: list[_Found], effective: str | None, limit: int, related: Related
) -> Document:
    lead = next((one for one in found if one.subject.names or one.subject.occasion), found[0])
    subject = lead.subject
    acts = []
    for one in found:
        date = one.date.value if one.date else None
        if one.act in _IN_FORCE:
            date = date or effective
            effective = effective or (date if date and date.count("-") == 2 else None)
        precision = None if date is None else ("year", "month", "day")[date.count("-")]
        acts.append(Act(act=one.act, date=date, precision=precision))  # type: ignore[arg-type]
    stage = stage_of(lead.act, passage.pack)
    drafted = stage == "drafted"
    made = drafted and (
        _DONE.search(passage.body, max(0, lead.at - 2), lead.at)
        or passage.body.startswith(("了", "的《"), lead.at + len(lead.act))
    )
    planned = subject.planned or _AHEAD.search(passage.body, max(0, lead.at - 24), lead.at) is not None
    planned = planned or _AGENDA.search(passage.body, max(0, lead.at - 8), lead.at) is not None
    planned = planned or _ALSO_AHEAD.search(passage.body, max(0, lead.at - 50), lead.at) is not None
    planned = planned or (stage == "adopted" and _AGENDA.search(passage.body, 0, lead.at) is not None)
    status = (
        "draft"
        if draft(title.inner) or (drafted and not made) or stage == "consulted"
        else "planned"
        if planned
        else None
    )
    names = subject.names if stage != "adopted" or lead.form == "before" or lead.form == "passive" else ()
    own = by_title(title.inner)
    named_number = _NUMBER.search(passage.body, title.end, min(limit, title.end + 40))
    return Document(
        title=title.inner,
        document_kind=_said_kind(passage, title) or title.kind,
        number=subject.number or (named_number[0] if named_number else None),
        issuers=() if drafted else names,
        issuer_count=None if drafted or not names else subject.stated,
        issuers_complete=None if drafted or not names else subject.complete,
        drafters=names if drafted else (),
        acts=tuple(acts),
        times=next((one.times for one in found if one.times), None),
        occasion=subject.occasion,
        period=span_of_years(title.inner),
        status=status,
        effective=effective,
        amends=own.amends,
        implements=own.implements + related.implements,
        replaces=related.replaces,
        evidence=(passage.evidence(),),
        rule=f"title_{lead.form}",
        certainty="certain" if lead.form in ("before", "passive") else "likely",
        reported=passage.reported,
    )
