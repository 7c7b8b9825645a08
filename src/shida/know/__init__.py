"""Article → facts, each with the sentence that states it; and facts of many articles → one register.

>>> from shida.pack import load_packs
>>> from shida.records import Article
>>> article = Article(id="a1", page="p1", text="2025年3月5日，教育部印发《校园质量管理办法》，自5月1日起施行。")
>>> [(fact.title, fact.issuers, fact.effective) for fact in know(article, load_packs())]
[('校园质量管理办法', ('教育部',), '2025-05-01')]
"""

from __future__ import annotations

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
from shida.know.passages import passages
from shida.know.plain import plain_documents
from shida.know.shortforms import short_forms
from shida.know.statements import statements
from shida.pack import Pack
from shida.records import Article, Fact

STAGE_VERSION = "1"
"""Raised when the same article and pack would give other facts."""

SECTIONS = ("names", "documents", "figures", "happenings")
"""The pack's sections this room reads, for the ledger."""

RULES = (
    documents,
    plain_documents,
    cases,
    awards,
    meetings,
    campaigns,
    figures,
    firsts,
    themes,
    appointments,
    recalls,
    statements,
    events,
)

__all__ = ["SECTIONS", "STAGE_VERSION", "know", "merge"]


def know(article: Article, pack: Pack) -> tuple[Fact, ...]:
    """The facts of one article in the order of their evidence, the title first; what is said twice is one fact."""
    sentences = list(passages(article, pack))
    found: list[Fact] = list(own_document(article, pack))
    found += [fact for passage in sentences for rule in RULES for fact in rule(passage, pack)]
    found += list(short_forms(sentences, found))
    return merge(found)
