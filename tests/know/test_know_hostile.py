"""Text that is out to hang or break the room does neither."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shida.know import know
from shida.know.contract import to_contract
from shida.pack import Pack, load_packs
from shida.records import Article

PACK = load_packs()
SIZE = 35_000
"""Code points, more than 100 KB of Chinese text."""
HOSTILE = {
    "no_full_stop": "市场监管总局发布了关于质量的消息，" * (SIZE // 17),
    "one_word": "质" * SIZE,
    "nested_titles": "《" * (SIZE // 2) + "》" * (SIZE // 2),
    "titles": "印发《甲办法》" * (SIZE // 7),
    "open_titles": "《印发" * (SIZE // 3),
    "digits": "9" * 10_000 + "亿元，" + "1," * 20_000,
    "numerals": "一二三四五六七八九十百千万亿" * (SIZE // 14),
    "units": "增长5%、" * (SIZE // 5),
    "quotes": "他说：“" * (SIZE // 4),
    "firsts": "首个" * (SIZE // 2),
    "editions": "第一届" * (SIZE // 3),
    "years": "2025年" * (SIZE // 5),
    "offices": "任命" * (SIZE // 2),
    "elected": "主席当选主席" * (SIZE // 6),
    "awards": "获得奖" * (SIZE // 3),
    "campaigns": "“行动”行动" * (SIZE // 6),
    "cases": "对涉嫌罪被处以罚款" * (SIZE // 9),
    "recalls": "宣布决定召回" * (SIZE // 6),
    "dates": "2025年3月1日通过\n" * (SIZE // 12),
    "brackets": "（" * SIZE,
    "mixed": "\u202e《A-\U0001f600法》\u200b印\x00发٣٤٥" * (SIZE // 16),
    "themes": "今年主题是“" * (SIZE // 6),
    "ended": "局发〔2025〕1号\n关于甲的通知\n" + "《甲》废止" * (SIZE // 5),
    "ended_at_last": "局发〔2025〕1号\n关于甲的通知\n" + "《甲》、" * (SIZE // 4) + "废止" * 2000,
    "ranges": "1—10月比上年" * (SIZE // 8),
    "opened": "主席在当选主席，" * (SIZE // 8),
    "sued": "司法部起诉" * (SIZE // 5),
    "against": "比比比较较较同比增长5%，" * (SIZE // 13),
    "carried": "为落实《甲法》" * (SIZE // 7),
    "joints": "和、及与" * (SIZE // 4),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hundred_kilobytes_are_read_in_seconds(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    know(Article(id="x", page="p", title=text[:300], text=text, published="2025-06-10"), PACK)
    assert time.process_time() - start < 6


PIECES = st.sampled_from(
    ["《", "》", "印发", "办法", "第", "届", "大会", "12", "亿元", "%", "增长", "“", "”", "，", "。", "、", "\n",
     "（", "）", "2025年", "3月", "1日", "首", "个", "奖", "获得", "任命", "为", "部长", "当选", "召回", "行动",
     "和", "等", "部门", "\u202e", "😀", "市场监管总局", "国务院", "对", "处以", "罚款", "说：", "主题", "是", "分别",
     "一", "十", "万", "- ", "(2026-01-28)", "…"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_any_text_gives_evidence_that_stands_there(pieces: list[str]) -> None:
    article = Article(id="x", page="p", title="".join(pieces[:8]), text="".join(pieces), published="2025-06-10")
    for fact in know(article, PACK):
        assert fact.evidence
        for one in fact.evidence:
            whole = article.text if one.of == "text" else article.title
            assert whole[one.start : one.end] == one.sentence
        assert to_contract(fact)["kind"]


def test_an_empty_article_states_nothing(pack: Pack) -> None:
    assert know(Article(id="x", page="p"), pack) == ()


@pytest.mark.parametrize("packs", [("quality",), ("general",)])
def test_one_pack_alone_breaks_nothing(packs: tuple[str, ...]) -> None:
    text = "今天，教育部印发《校车办法》，产量增长5%。首个大会在甲市举行，任命李甲为部长。"
    alone = load_packs(packs)
    for fact in know(Article(id="x", page="p", text=text, published="2025-06-10"), alone):
        assert fact.evidence
