from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from search_newsroom import article, put, small_newsroom, story, tell

from shida.pack import Pack
from shida.store import PageOutcome
from shida.store.search import changes as changes_module
from shida.store.search import open_index
from shida.store.search import upkeep as upkeep_module
from shida.store.search.changes import Changes, noted


def test_what_changed_and_went_is_known_by_its_day(tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep_module, "today", lambda: "2026-11-20")
    with small_newsroom(tmp_path) as newsroom:
        index = open_index(newsroom, pack)
        assert index.changes() == Changes(since="2026-11-21")
        monkeypatch.setattr(upkeep_module, "today", lambda: "2026-11-22")
        tell(newsroom, [story("s-a-03", "a-03", "a-05")], gone=["s-a-05"])  # merged
        newsroom.save_outcomes([PageOutcome(page="p-a-02", articles=())])  # article and fact are gone
        put(newsroom, [article(("a-08", "新的一篇", "说的是水表检定。", "2025-07-01", "甲报"))])
        index.refresh()
        known = index.changes()
        assert known is not None
        assert {"story:s-a-03", "article:a-08"} <= set(known.changed)
        assert {"story:s-a-05", "article:a-02", "document:f-0000000000000001"} <= set(known.gone)
        assert "article:a-04" not in known.changed
        assert "edition:e-2025" not in known.changed
        assert set(known.changed.values()) | set(known.gone.values()) == {"2026-11-22"}
        monkeypatch.setattr(upkeep_module, "today", lambda: "2026-11-23")
        assert open_index(newsroom, pack, remake=True).changes() == known  # made anew, and nothing is forgotten
        shutil.rmtree(tmp_path / "index")
        assert open_index(newsroom, pack).changes() == Changes(since="2026-11-24")  # lost: it says so


def test_the_oldest_is_forgotten_by_whole_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_module, "MOST", 3)
    known = noted(None, {}, {}, "2026-01-01")
    old: dict[str, str] = {}
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        new = {**old, f"story:{day}-1": "1", f"story:{day}-2": "1"}
        known, old = noted(known, old, new, day), new
    assert known.since == "2026-01-04"
    assert set(known.changed.values()) == {"2026-01-04"}
