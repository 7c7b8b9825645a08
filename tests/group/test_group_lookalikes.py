"""Pairs that share a template and not a happening must stay apart; pairs that share the happening must meet."""

from __future__ import annotations

import json
from pathlib import Path

from shida.group import group
from shida.pack import Pack
from shida.records import Article

CASES = json.loads((Path(__file__).parents[1] / "cases" / "group" / "lookalikes.json").read_text(encoding="utf-8"))
FLOOR = 0.95


def joined(case: dict[str, dict[str, str]], pack: Pack) -> bool:
    pair = [Article(id=name, page="p", **case[name]) for name in ("one", "two")]  # type: ignore[arg-type]
    return len(group(pair, pack)) == 1


def test_lookalikes_and_happenings(pack: Pack) -> None:
    wrong = [case["name"] for case in CASES if joined(case, pack) != case["join"]]
    assert len(CASES) == 60
    assert sum(not case["join"] for case in CASES) == 40
    assert len(wrong) <= (1 - FLOOR) * len(CASES), wrong
