"""Every case of tests/cases/restore; the README there says where a new one goes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shida.pack import Pack
from shida.restore import replay, restore

CASES = Path(__file__).resolve().parents[1] / "cases" / "restore"


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["why"]) for case in found]


@pytest.mark.parametrize("case", cases("made") + cases("wild"))
def test_damage_is_undone(case: dict[str, Any], pack: Pack) -> None:
    restored = restore(case["text"], pack)
    assert restored.text == case["restored"]
    assert restored.kind == case["kind"]
    assert replay(case["text"], restored.changes) == restored.text
    assert restored.evidence
    if "chosen" in case:
        assert [change.after for change in restored.changes if not change.proved] == case["chosen"]


@pytest.mark.parametrize("case", cases("negative"))
def test_whole_text_is_left_alone(case: dict[str, Any], pack: Pack) -> None:
    restored = restore(case["text"], pack)
    assert restored.text == case["text"]
    assert restored.kind is None
    assert restored.changes == ()


@pytest.mark.xfail(strict=True, reason="known failure: move the case when it passes")
@pytest.mark.parametrize("case", cases("known_failures"))
def test_what_we_still_get_wrong(case: dict[str, Any], pack: Pack) -> None:
    assert restore(case["text"], pack).text == case["restored"]


@pytest.mark.parametrize("case", cases("known_failures"))
def test_a_known_failure_is_never_called_proved(case: dict[str, Any], pack: Pack) -> None:
    """A wrong character inside a proved change is the worst error there is."""
    at = moved = 0
    for change in restore(case["text"], pack).changes:
        moved += change.start - at
        if change.proved:
            assert change.after in case["restored"]
        at = change.end
