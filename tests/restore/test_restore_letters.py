"""A letter of a folded page is half a character or was full width; only one of the two can be read on from."""

from __future__ import annotations

import pytest

from shida.pack import Pack
from shida.restore import chain, damage, restore
from shida.restore.ends import ends_of
from shida.restore.language import language_of
from shida.restore.shifted import Search
from shida.restore.syllables import Notes

HEAD = "关于印发质量发展规划的通知，这里的标准应当执行，现场检验发现问题时处罚。"


@pytest.mark.parametrize(
    "text", ["货船停靠在绿草茵茵的江边。", "货船停靠快递站旁的码头。", "这趟船停靠ＧＦ两区，客人在那里换乘。"]
)
def test_what_a_letter_was_is_seen_by_what_follows(text: str, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Search, "solve")  # nothing is searched for
    page = damage(HEAD + text)
    assert restore(page, pack).text.endswith(text.replace("，", ",").replace("Ｇ", "G").replace("Ｆ", "F"))


@pytest.mark.parametrize("text", ["货船停靠在绿草茵茵的江边。", "渔船停靠在东山岛，", "停靠ＧＦ两区，"])
def test_letters_are_followed_alike(text: str, pack: Pack) -> None:
    stretches = pytest.importorskip("shida.restore.stretches", reason="shida was installed without a compiler")
    page = damage(HEAD + text)
    language = language_of(None, pack.restoring)
    unprinted = ends_of(language).hidden.unprinted
    notes = Notes(page, dict)
    for reads in (lambda _: False, lambda _: True):
        for at in range(len(page)):
            compiled = stretches.follow(page, at, len(page), notes, reads, unprinted, folded=True)
            assert compiled == chain.follow(page, at, len(page), notes, reads, unprinted, folded=True)
