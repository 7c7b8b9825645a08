"""Floors on the labelled sentences; a floor is never lowered silently."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from shida.know import know
from shida.pack import Pack
from shida.records import Article, Document

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_know", ROOT / "bench" / "know.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_know"] = module
    spec.loader.exec_module(module)
    return module


def test_labels_hold_spans_and_no_sentences() -> None:
    files = [ROOT / "tests/cases/know" / name for name in ("labelled.jsonl", "fresh.jsonl")]
    rows = [json.loads(line) for file in files for line in file.read_text().splitlines()]
    assert len(rows) >= 500
    assert sum(1 for row in rows if not row["facts"]) >= 60
    assert all({*row} <= {"id", "start", "end", "stratum", "facts", "optional"} for row in rows)


@pytest.mark.shared
def test_precision_and_recall(shared: Path, pack: Pack, bench: ModuleType) -> None:
    labels = [json.loads(line) for line in bench.LABELS.read_text().splitlines()]
    articles, _ = bench.read_articles({row["id"] for row in labels}, every=10**9)
    tally = bench.measure(labels, articles, pack)
    assert tally.precision() >= 0.98
    assert tally.recall() >= 0.96
    for kind in ("document", "figure", "conference", "first", "award"):
        assert tally.precision(kind) >= 0.95, kind
        assert tally.recall(kind) >= 0.9, kind


@pytest.mark.shared
def test_precision_and_recall_of_the_fresh_sentences(shared: Path, pack: Pack, bench: ModuleType) -> None:
    labels = [json.loads(line) for line in bench.FRESH.read_text().splitlines()]
    articles, _ = bench.read_articles({row["id"] for row in labels}, every=10**9)
    tally = bench.measure(labels, articles, pack)
    assert tally.precision() >= 0.98
    assert tally.recall() >= 0.96


@pytest.mark.shared
def test_heads_of_laws(shared: Path, pack: Pack) -> None:
    dated = right = numbered = numbers_right = 0
    for line in (shared / "laws" / "headers.jsonl").read_text().splitlines():
        row = json.loads(line)
        found = know(Article(id="x", page="p", title=row["title"], text=row["header"]), pack)
        own = next((fact for fact in found if isinstance(fact, Document) and fact.rule == "head_of_law"), None)
        if row["header_dates"]:
            dated += 1
            right += own is not None and {act.date for act in own.acts} == {*row["header_dates"]}
        if row["number"]:
            numbered += 1
            numbers_right += own is not None and own.number == row["number"]
    assert right / dated >= 0.98
    assert numbers_right / numbered >= 0.98
