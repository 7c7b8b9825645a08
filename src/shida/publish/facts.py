"""Facts → rows a reader can check: what, who, when, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from shida.publish.index import Index
from shida.publish.wording import CERTAINTY, QUALIFIERS, change_words, day_of, day_words, number_words
from shida.records import Act, Document, Evidence, Fact, FactBase, Figure

STATUS = {"draft": "征求意见", "issued": "已发布", "in_force": "施行", "amended": "已修订", "repealed": "已废止"}
MAX_EVIDENCE = 8
"""Sentences shown for one fact; the rest is counted."""


def evidence_rows(evidence: Sequence[Evidence], index: Index) -> list[dict[str, Any]]:
    """The sentences behind a fact, each with a link into its article."""
    rows: list[dict[str, Any]] = []
    said: set[tuple[str | None, str]] = set()
    for one in evidence:
        if (one.article, one.sentence) in said:
            continue
        said.add((one.article, one.sentence))
        member = index.members.get(one.article or "")
        rows.append(
            {
                "sentence": one.sentence[:600],
                "href": index.evidence_href(one),
                "source": (member.source if member else None) or "来源未注明",
                "day": day_words(member.published if member else None),
            }
        )
    return rows


def act_words(act: Act) -> str:
    """What was done, and when as precisely as stated.

    >>> act_words(Act(act="印发", date="2022-04", precision="month")), act_words(Act(act="出台"))
    ('2022年4月印发', '出台（日期未注明）')
    """
    return f"{day_words(act.date)}{act.act}" if act.date else f"{act.act}（日期未注明）"


def issuer_words(document: Document) -> str:
    """Who issued it, and whether the list is complete.

    >>> issuer_words(Document(title="方案", issuers=("甲部", "乙委"), issuer_count=5))
    '甲部、乙委等 5 部门（列名 2 个，未列全）'
    """
    names = "、".join(document.issuers)
    count = document.issuer_count
    if count and count > len(document.issuers):
        return (
            f"{names}等 {count} 部门（列名 {len(document.issuers)} 个，未列全）" if names else f"{count} 部门（未列名）"
        )
    if names:
        return names
    return f"起草：{'、'.join(document.drafters)}" if document.drafters else ""


def figure_words(figure: Figure) -> str:
    """The quantity and its change.

    >>> figure_words(Figure(what="新批准项目", value=1139, unit="项", change_percent=61.8))
    '1,139 项，+61.8%'
    """
    value = ""
    if figure.value is not None:
        value = f"{QUALIFIERS.get(figure.qualifier or '', '')}{number_words(figure.value)} {figure.unit or ''}".strip()
    change = change_words(figure.change_percent, figure.change_points, figure.change_abs)
    return "，".join(part for part in (value, change) if part) or "—"


def fact_row(fact: FactBase, index: Index) -> dict[str, Any]:
    """One fact as a row of a table."""
    rows = evidence_rows(fact.evidence, index)
    row: dict[str, Any] = {
        "certainty": CERTAINTY.get(fact.certainty, ""),
        "day": day_words(fact.reported) if fact.reported else "",
        "sort": day_of(fact.reported),
        "evidence": rows[:MAX_EVIDENCE],
        "more": max(0, len(rows) - MAX_EVIDENCE),
        "notes": [],
    }
    if isinstance(fact, Document):
        acts = [act_words(act) for act in fact.acts]
        if fact.effective:
            acts.append(f"{day_words(fact.effective)}起施行")
        row |= {
            "kind": "文件",
            "title": f"《{fact.title}》",
            "detail": "；".join(part for part in (issuer_words(fact), "，".join(acts)) if part),
            "notes": [part for part in (fact.number, STATUS.get(fact.status or "", fact.status)) if part],
        }
    elif isinstance(fact, Figure):
        row |= {"kind": "数字", "title": fact.what, "detail": figure_words(fact)}
        if fact.period or fact.as_of:
            row["notes"].append(fact.period or f"截至{day_words(fact.as_of)}")
        if fact.derived_base is not None:
            row["notes"].append(f"上期约 {number_words(fact.derived_base)}{fact.unit or ''}（由增幅推定，非原文）")
    else:
        row |= {"kind": str(type(fact).__name__), "title": rows[0]["sentence"] if rows else "", "detail": ""}
    return row


def fact_rows(facts: Iterable[Fact], index: Index) -> list[dict[str, Any]]:
    """Facts as rows, documents before figures."""
    rows = [fact_row(fact, index) for fact in facts]
    return sorted(rows, key=lambda row: 0 if row["kind"] == "文件" else 1)
