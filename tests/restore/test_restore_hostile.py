"""Pages that were made to hurt: each must be over in seconds, and leave its text to be replayed."""

from __future__ import annotations

import time

import pytest

from shida.pack import Pack
from shida.restore import replay, restore

TURNED = "這個標準對于企業并沒有什么新的規定，檢驗機構已經開展工作，關于時間問題以后會發布。"

PAGES = {
    "comments that never close": TURNED + "<!--" * 50_000,
    "scripts that never close": TURNED + "<script>" * 30_000,
    "tags that never close": TURNED + "<a " * 60_000,
    "stray marks": TURNED + "?，質" * 40_000,
    "stray notes": TURNED + "質?zhì)" * 30_000,
    "brackets": TURNED + "(" * 100_000 + ")" * 100_000,
    "addresses": TURNED + "http://" * 30_000 + "a@" * 30_000,
    "western letters": "×ÊÁÏ" * 50_000,
    "lost bytes": "涓�鍥�" * 10_000,
    "references": "&#x8d28;" * 30_000,
    "loose signs": "; l! k$ y* {: U, ?" * 10_000,
    "question marks": "?" * 200_000,
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_over_in_seconds(name: str, pack: Pack) -> None:
    text = PAGES[name]
    start = time.process_time()
    restored = restore(text, pack)
    assert time.process_time() - start < 20
    assert replay(text, restored.changes) == restored.text
