"""Counts learned from clean articles."""

from __future__ import annotations

import msgspec

from shida.pack import Pack
from shida.restore import Counts, damage, learn, restore

SENTENCE = "座谈会上，李海洲、张先海两位代表对于产业规划发言，与会者并无异议，国内专家点评。"


def test_learned_counts_decide_between_names(pack: Pack) -> None:
    page = damage("座谈会上，代表张先海、李开两人对于产业规划发言，与会者并无异议，国内专家点评。", fold_width=False)
    learned = learn(["代表张先海、李开出席。张先海、李开发言。"] * 20, "2026-01-31")
    assert "张先海、李开" in restore(page, pack, learned).text


def test_the_same_counts_give_the_same_text(pack: Pack) -> None:
    page = damage(SENTENCE, {"產", "業"}, fold_width=False)
    learned = learn([SENTENCE] * 3, "2026-01-31")
    again = msgspec.json.decode(msgspec.json.encode(learned), type=Counts)
    assert restore(page, pack, learned) == restore(page, pack, again)


def test_learning_is_dated_and_in_order() -> None:
    learned = learn(["质量。", "标准。"], "2026-01-31")
    assert learned.on == "2026-01-31"
    assert list(learned.grams) == sorted(learned.grams)
    assert learned == learn(["标准。", "质量。"], "2026-01-31")
