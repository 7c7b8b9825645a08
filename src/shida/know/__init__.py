"""Article → facts, each with the sentence that states it; and facts of many articles → one register.

>>> from shida.pack import load_packs
>>> from shida.records import Article
>>> article = Article(id="a1", page="p1", text="2025年3月5日，教育部印发《校园质量管理办法》，自5月1日起施行。")
>>> [(fact.title, fact.issuers, fact.effective) for fact in know(article, load_packs())]
[('校园质量管理办法', ('教育部',), '2025-05-01')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shida.know.appointments import appointments
from shida.know.awards import awards
from shida.know.campaigns import campaigns, themes
from shida.know.cases import cases
from shida.know.documents import documents
from shida.know.events import events, recalls
from shida.know.figures import figures
from shida.know.firsts import firsts
from shida.know.headers import own_document
from shida.know.meetings import meetings
from shida.know.merging import merge
from shida.know.passages import Passage, passages
from shida.know.plain import plain_documents
from shida.know.shortforms import short_forms
from shida.know.statements import statements
from shida.pack import Pack
from shida.records import Article, Fact

STAGE_VERSION = "2"
"""Raised when the same article and pack would give other facts."""

SECTIONS = ("names", "documents", "figures", "happenings")
"""The pack's sections this room reads, for the ledger."""

RULES: tuple[tuple[Callable[[Passage, Pack], Iterator[Fact]], str], ...] = (
    (documents, "《"),
    (plain_documents, "过关"),
    (cases, "案罚党查马嫌断销判裁令责诉"),
    (awards, "奖称章彰"),
    (meetings, "会论节周展话"),
    (campaigns, "行整周月季节促"),
    (figures, "0123456789０１２３４５６７８９两二三四五六七八九十百千万亿"),
    (firsts, "首"),
    (themes, "题"),
    (appointments, "任选免撤解罢辞"),
    (recalls, "召"),
    (statements, "“"),
    (events, "日天晨昨今"),
)
"""Each rule with characters one of which its sentences hold: a look at these spares most calls."""

__all__ = ["SECTIONS", "STAGE_VERSION", "know", "merge"]


def know(article: Article, pack: Pack) -> tuple[Fact, ...]:
    """The facts of one article in the order of their evidence, the title first; what is said twice is one fact."""
    sentences = list(passages(article, pack))
    found: list[Fact] = list(own_document(article, pack))
    for passage in sentences:
        wanted = 0
        for mark in _MARKS.intersection(passage.body):
            wanted |= _RULES_OF[mark]
        while wanted:
            lowest = wanted & -wanted
            wanted ^= lowest
            found.extend(_RULE[lowest](passage, pack))
    found += short_forms(sentences, found)
    return merge(found)


_RULE = {1 << place: rule for place, (rule, _) in enumerate(RULES)}
_MARKS = frozenset("".join(needs for _, needs in RULES))
_RULES_OF = {
    mark: sum(1 << place for place, (_, needs) in enumerate(RULES) if mark in needs) for mark in sorted(_MARKS)
}
"""Character → the rules it calls for, a bit each: one look at a sentence's characters serves all of them."""
