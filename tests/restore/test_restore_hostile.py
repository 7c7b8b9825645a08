"""Pages that were made to hurt: each must be over in seconds, and leave its text to be replayed."""

from __future__ import annotations

import gc
import time

import pytest

from shida.pack import Pack
from shida.restore import damage, replay, restore
from shida.restore.mechanism import Mechanism

TURNED = "這個標準對于企業并沒有什么新的規定，檢驗機構已經開展工作，關于時間問題以后會發布。"

SAID = str.maketrans("0123456789", "ghijklmnop")
"""A number as letters, so that it reads as a note."""

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
    "question marks behind a turned text": TURNED * 3 + "?" * 100_000,
    "letters that may be half characters": TURNED.replace("，", ",") * 3 + "?，笾磕A弧耙B荷C" * 12_000,
    "brackets around shifted places": TURNED * 3 + "“?，質”" * 40_000,
    "addresses side by side": TURNED + "://" * 50_000 + ("http://" + "a" * 2_000) * 500,
    "notes that stand nowhere else": TURNED * 3 + "".join(f"質?笾磕?{at:x})".translate(SAID) for at in range(20_000)),
    "what stands everywhere behind lost characters": TURNED * 3 + ("?！笾磕?" + "多名選手3" * 30) * 2_000,
    "something else behind every lost character": TURNED * 3
    + "".join(f"?！笾磕?多{chr(0x4E00 + at)}選手" + "3多名選手" * 25 for at in range(2_000)),
    "thousands of notes on one character": TURNED * 3 + "質(zhì)" * 100_000 + "?，質數",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_over_in_seconds(name: str, pack: Pack) -> None:
    text = PAGES[name]
    start = time.process_time()
    restored = restore(text, pack)
    assert time.process_time() - start < 20
    assert replay(text, restored.changes) == restored.text


ODD = [
    TURNED + "\ud800" + TURNED,
    "這方麵的係統控製得很好，關繫到\udfff全麵的製度。",
    TURNED + "卥?cè)瀬遭顯圳宍尙脼硺孿蜂韒部詔燫恄蔰。",
    "質(zhì)量\ud83d"
    + "今天(tiān)的工作(zuò)會(huì)議(yì)很重要(yào)，大家(jiā)都來(lái)了，還有時(shí)間(jiān)討論問題。" * 3,
]


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_replayed(text: str, pack: Pack) -> None:
    restored = restore(text, pack)
    assert replay(text, restored.changes) == restored.text
    assert restored.changes


def test_a_page_is_let_go_when_it_is_done_with(pack: Pack) -> None:
    page = damage("关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。" * 3, frozenset("質數標準"))

    def kept() -> int:
        return sum(type(one) is Mechanism for one in gc.get_objects())

    restore(page, pack)
    gc.collect()
    before = kept()
    gc.disable()
    try:
        restore(page, pack)
        assert kept() == before
    finally:
        gc.enable()
