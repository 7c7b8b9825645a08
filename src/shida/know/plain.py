"""Sentence → documents named without 《》 where the act is plain: 表决通过了能源法, 印发关于…的通知."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shida.know.passages import Passage
from shida.know.subjects import subject_before
from shida.know.titles import draft, kind_of
from shida.pack import Pack
from shida.records import Act, Document

_ADOPTED = re.compile(
    r"(?P<act>审议通过|表决通过|讨论通过|原则通过|全票通过|高票通过|(?<=表决，)通过|(?<=会议)通过|(?<=大会)通过|(?<=，)通过(?=了)|(?<=还)通过(?=了))(?:了)?"
    r"(?P<list>(?:(?![，,](?:还)?(?:审议|表决)?通过)[^。；;！？\n]){4,400})"
)
_ISSUED = re.compile(
    r"(?P<act>联合印发|印发|联合发布|发布|公布)(?:了)?(?P<list>关于[^，,。；;《》“”\n]{4,60}?的(?:通知|意见|指导意见|实施意见|公告|通告|决定))"
)
_ITEM = re.compile(
    r"(?P<new>新修订的|修订后的|新修改的)?"
    r"(?P<title>(?:[\u4e00-\u9fff]{2,30}?)?关于[^，,。；;]{2,70}?的(?:决定|决议)(?:[（(]草案[）)]|草案)?|[\u4e00-\u9fff]{1,16}(?:法|条例|修正案(?:[（(][一二三四五六七八九十]{1,3}[）)])?))"
)
_NOT_LAW = re.compile(
    r"办法|方法|做法|想法|执法|司法|立法|依法|看法|说法|违法|普法|无法|非法|合法|宪法(?!修正案)|用法|手法|书法|语法|的[^的]{0,6}法"
)
_END = re.compile(r"[，,]|以及|等")


def plain_documents(passage: Passage, pack: Pack) -> Iterator[Document]:
    """Documents adopted or issued under a name that stands without brackets, in the order of the text."""
    text = passage.body
    if "通过" in text:
        for match in _ADOPTED.finditer(text):
            yield from _listed(passage, match, pack)
    if "关于" in text:
        for match in _ISSUED.finditer(text):
            yield _made(passage, match["list"], match["act"], match.start(), match["list"], pack)


def _listed(passage: Passage, match: re.Match[str], pack: Pack) -> Iterator[Document]:
    """Every law or decision in the list behind the act, up to the first thing that is none."""
    text, end = passage.body, match.end("list")
    at = match.start("list")
    while at < end:
        item = _ITEM.match(text, at, end)
        if not item:
            return
        behind = text[item.end() : item.end() + 1]
        if behind and behind not in "，,、；;。和与及（(":
            return
        title = item["title"]
        if not _NOT_LAW.search(title) or "关于" in title:
            yield _made(passage, title, match["act"], match.start(), item[0], pack)
        more = re.compile(r"(?:[（(][^（）()]{1,12}[）)])?(?:、|和|与|及|以及)").match(text, item.end(), end)
        if not more:
            return
        at = more.end()


def _made(passage: Passage, title: str, act: str, at: int, named: str, pack: Pack) -> Document:
    subject = subject_before(passage.body[:at].removesuffix("经表决，").removesuffix("还"), pack, passage.reported)
    date = next((d for d in reversed(passage.dates) if d.end <= at and at - d.end < 60 and d.precision == "day"), None)
    acts = (Act(act=act, date=date.value if date else None, precision="day" if date else None),)
    return Document(
        title=title,
        document_kind=kind_of(title, pack.documents)[0],
        issuers=subject.names,
        issuer_count=subject.stated,
        issuers_complete=subject.complete,
        acts=acts,
        occasion=subject.occasion,
        status="draft" if draft(title) else None,
        evidence=(passage.evidence(),),
        rule="plain_adopted" if "通过" in act else "plain_issued",
        certainty="certain" if "关于" in title else "likely",
        reported=passage.reported,
    )
