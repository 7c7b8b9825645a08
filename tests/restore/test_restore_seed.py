"""The page this project began with, and what must not be touched."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from shida.pack import Pack
from shida.pack.restoring import Restoring
from shida.restore import damage, replay, restore
from shida.restore.codes import codes_of, find_notes

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def page(shared: Path) -> str:
    return (shared / "seed" / "page.txt").read_text(encoding="utf-8")


def test_the_seed_page_is_restored_to_the_byte(shared: Path, page: str, pack: Pack) -> None:
    restored = restore(page, pack)
    assert restored.text == (shared / "seed" / "restored.txt").read_text(encoding="utf-8")
    assert restored.kind == "A"
    assert replay(page, restored.changes) == restored.text


def test_only_the_three_lost_bytes_are_chosen(page: str, pack: Pack) -> None:
    restored = restore(page, pack)
    assert [change.after for change in restored.changes if not change.proved] == ["海", "威视"] * 2
    assert all(change.before != change.after for change in restored.changes)
    assert any("著 was left 2 times" in fact for fact in restored.evidence)


def test_without_the_list_of_companies_the_name_is_a_marked_gap(page: str, pack: Pack) -> None:
    bare = msgspec.structs.replace(pack, restoring=Restoring())
    restored = restore(page, bare)
    assert "海康威视" not in restored.text
    assert "▯" in restored.text
    for gap in restored.gaps:
        assert "▯" in restored.text[gap.start : gap.end]


def test_damaging_the_restored_text_again_gives_the_page(page: str, pack: Pack) -> None:
    starts, _ = find_notes(codes_of(page))
    listed = {page[start - 1] for start in starts.tolist()}
    assert damage(restore(page, pack).text.replace(",", "，"), listed) == page


def test_what_must_not_change_does_not(shared: Path, pack: Pack) -> None:
    cases = json.loads((shared / "damage" / "must_not_change.json").read_text(encoding="utf-8"))
    changed = [case for case in cases if restore(case["text"], pack).text != case["text"]]
    assert changed == []
