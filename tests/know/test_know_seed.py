"""The page the project began with: every document and figure of it, and nothing false beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shida.know import know
from shida.know.contract import to_contract
from shida.pack import Pack
from shida.records import Article, Fact


@pytest.fixture(scope="module")
def facts(shared: Path, pack: Pack) -> tuple[Fact, ...]:
    text = (shared / "seed" / "restored.txt").read_text()
    title, _, body = text.partition("\n")
    return know(Article(id="seed", page="p", title=title, text=body), pack)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "seed" / "expected.json").read_text())
    return found


def test_every_document_of_the_page_and_nothing_beside(facts: tuple[Fact, ...], expected: dict[str, Any]) -> None:
    found = {fact["title"]: fact for fact in map(to_contract, facts) if fact["kind"] == "document"}
    assert sorted(found) == sorted(fact["title"] for fact in expected["documents"])
    fields = (
        "issuers",
        "issuer_count",
        "issuers_complete",
        "drafters",
        "acts",
        "times",
        "occasion",
        "period",
        "status",
    )
    for wanted in expected["documents"]:
        for field in (*fields, "effective", "number"):
            assert found[wanted["title"]].get(field) == wanted.get(field), (wanted["title"], field)


def test_every_figure_of_the_page_and_nothing_beside(facts: tuple[Fact, ...], expected: dict[str, Any]) -> None:
    found = {(fact["value"], fact["unit"]): fact for fact in map(to_contract, facts) if fact["kind"] == "figure"}
    assert sorted(found) == sorted((fact["value"], fact["unit"]) for fact in expected["figures"])
    fields = ("period", "change_percent", "derived_base", "qualifier", "as_of", "change_abs", "change_points", "status")
    for wanted in expected["figures"]:
        mine = found[wanted["value"], wanted["unit"]]
        assert {field: mine.get(field) for field in fields} == {field: wanted.get(field) for field in fields}
        # The words of `what` may be those of the text or of the reader; they must be nearly all the same.
        shared = set(mine["what"]) & set(wanted["what"])
        assert len(shared) >= 0.9 * len(set(wanted["what"])), mine["what"]


OTHERS = {
    "case": ("cases", ("field", "authority", "parties", "case_type", "outcome", "ordinal")),
    "award": ("awards", ("award", "edition", "stated_count", "winners", "winner_types")),
    "conference": ("conferences", ("name", "edition", "dates", "place")),
    "campaign": ("campaigns", ("name", "period", "parts", "targets")),
    "theme": ("themes", ("name", "year", "value", "body")),
    "first": ("firsts", ("claim",)),
    "event": ("events", ("what", "date", "place")),
}


@pytest.mark.parametrize("kind", sorted(OTHERS))
def test_every_other_fact_of_the_page_and_nothing_beside(
    facts: tuple[Fact, ...], expected: dict[str, Any], kind: str
) -> None:
    listed, fields = OTHERS[kind]
    found = [fact for fact in map(to_contract, facts) if fact["kind"] == kind]
    assert _rows(found, fields) == _rows(expected[listed], fields)


def _rows(facts: list[dict[str, Any]], fields: tuple[str, ...]) -> list[str]:
    return sorted(json.dumps([fact.get(field) or None for field in fields], ensure_ascii=False) for fact in facts)


def test_evidence_is_the_sentence(facts: tuple[Fact, ...], shared: Path) -> None:
    title, _, body = (shared / "seed" / "restored.txt").read_text().partition("\n")
    for fact in facts:
        assert fact.evidence
        for one in fact.evidence:
            assert (title if one.of == "title" else body)[one.start : one.end] == one.sentence
