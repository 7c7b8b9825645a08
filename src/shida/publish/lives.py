"""A document's life and a figure's series → pages of their own, where there is more to tell than a row holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shida.publish.addresses import document_file, figure_file
from shida.publish.build import Build
from shida.publish.charts import life_line, value_line
from shida.publish.citations import document_work, open_citation
from shida.publish.facts import evidence_rows
from shida.publish.linked import legislation_thing, series_thing
from shida.publish.registers import clear_points, document_groups, document_row, figure_groups, point_when
from shida.publish.statements import figure_words
from shida.publish.wording import amount_words, day_words, when_words
from shida.records import Document, Fact, Figure

TOLD = 60
"""Sentences on one page."""
NAMED = 3
"""Characters of a quantity's name; of a shorter one nobody can say that two values are of the same thing."""
VALUES = 60
"""Values of a series on its page, the newest."""


def told_documents(facts: Iterable[Fact]) -> dict[str, str]:
    """Title → address, for documents of which two steps or two articles are known; a row tells the rest."""
    return {
        title: document_file(title)
        for title, group in document_groups(facts).items()
        if len({(act.act, act.date) for fact in group for act in fact.acts}) > 1
        or len({one.article for fact in group for one in fact.evidence}) > 1
    }


def told_figures(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """(what, unit) → address, for quantities with values of two moments."""
    return {
        name: figure_file(*name)
        for name, group in figure_groups(facts).items()
        if len(name[0]) >= NAMED and len(clear_points(group)) > 1
    }


def life_pages(build: Build) -> None:
    """The pages of documents and of figures."""
    documents = document_groups(build.content.facts)
    for title, path in build.index.documents.items():
        _document_page(build, title, documents[title], path)
    figures = figure_groups(build.content.facts)
    for name, path in build.index.figures.items():
        _figure_page(build, name, figures[name], path)


def _document_page(build: Build, title: str, facts: list[Document], path: str) -> None:
    build.listed(path)
    key = build.key([build.fact_key(fact) for fact in facts])
    if build.kept(path, key):
        return
    row = document_row(title, facts, build.index, sentences=TOLD, steps=TOLD)
    linked = legislation_thing(title, build.shell.base, path, row)
    build.page(
        path,
        "document.html",
        key,
        row=row,
        chart=life_line([(act["act"], act["date"]) for act in row["life"]]),
        linked=linked,
        cite=open_citation(document_work(facts)),
        og="article",
        description=f"{row['title']}：" + "，".join(act["words"] for act in row["life"]),
    )


def _figure_page(build: Build, name: tuple[str, str], facts: list[Figure], path: str) -> None:
    what, unit = name
    build.listed(path)
    key = build.key([build.fact_key(fact) for fact in facts])
    if build.kept(path, key):
        return
    points = clear_points(facts)[-VALUES:]
    rows: list[dict[str, Any]] = []
    for fact in reversed(facts[-VALUES:]):
        told = evidence_rows(fact.evidence, build.index)
        rows.append(
            {
                "when": when_words(point_when(fact)) or "期间未注明",
                "words": figure_words(fact),
                "base": f"上期约 {amount_words(fact.derived_base, fact.unit)}" if fact.derived_base is not None else "",
                "reported": day_words(fact.reported) if fact.reported else "",
                "evidence": told[:3],
                "more": max(0, len(told) - 3),
            }
        )
    build.page(
        path,
        "figure.html",
        key,
        what=what,
        unit=unit,
        latest=rows[0],
        rows=rows,
        chart=value_line([(when, value) for when, value in points], unit),
        unlisted=max(0, len(facts) - VALUES),
        disputed=len(points) < len({point_when(fact) for fact in facts[-VALUES:] if fact.value is not None}),
        linked=series_thing(what, unit, build.shell.base, path, build.shell.title),
        description=f"{what}：" + "；".join(f"{row['when']} {row['words']}" for row in rows[:4]),
    )
