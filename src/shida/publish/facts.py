"""Facts → rows a reader can check: what, who, when, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from shida.publish.index import Index
from shida.publish.statements import said
from shida.publish.wording import CERTAINTY, day_of, day_words
from shida.records import Document, Evidence, FactBase, Figure

MAX_EVIDENCE = 8
"""Sentences shown for one fact; the rest is counted."""
TOLD_ELSEWHERE = 1
"""Sentences where the fact has a page of its own."""
MAX_SENTENCE = 600
ORDER = ("文件", "案件", "召回", "行动", "会议", "奖项", "任免", "主题", "首次", "讲话", "数字", "事件")
"""Kinds as they follow each other in a table."""


def evidence_rows(evidence: Sequence[Evidence], index: Index) -> list[dict[str, Any]]:
    """The sentences behind a fact, each with a link into its article."""
    rows: list[dict[str, Any]] = []
    seen: set[tuple[str | None, str]] = set()
    for one in evidence:
        if (one.article, one.sentence) in seen:
            continue
        seen.add((one.article, one.sentence))
        member = index.members.get(one.article or "")
        rows.append(
            {
                "sentence": one.sentence[:MAX_SENTENCE],
                "href": index.evidence_href(one),
                "source": (member.source if member else None) or "来源未注明",
                "day": day_words(member.published if member else None),
            }
        )
    return rows


def fact_row(fact: FactBase, index: Index) -> dict[str, Any]:
    """One fact as a row of a table."""
    words = said(fact)
    rows = evidence_rows(fact.evidence, index)
    href = own_page(fact, index)
    most = TOLD_ELSEWHERE if href else MAX_EVIDENCE
    return {
        "kind": words.kind,
        "title": words.title or (rows[0]["sentence"] if rows else ""),
        "href": href,
        "detail": words.detail,
        "notes": words.notes,
        "certainty": CERTAINTY.get(fact.certainty, ""),
        "when": day_words(words.day) if words.day else "",
        "reported": day_words(fact.reported) if fact.reported else "",
        "day": day_of(words.day) or day_of(fact.reported),
        "evidence": rows[:most],
        "more": max(0, len(rows) - most),
    }


def own_page(fact: FactBase, index: Index) -> str:
    """Where a fact has a page of its own, "" where a row tells all."""
    if isinstance(fact, Document):
        return index.documents.get(fact.title, "")
    return index.figures.get((fact.what, fact.unit or ""), "") if isinstance(fact, Figure) else ""


def fact_rows(facts: Iterable[FactBase], index: Index) -> list[dict[str, Any]]:
    """Facts as rows, kind by kind."""
    rank = {kind: place for place, kind in enumerate(ORDER)}
    return sorted((fact_row(fact, index) for fact in facts), key=lambda row: rank.get(row["kind"], len(rank)))
