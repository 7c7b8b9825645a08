"""Sentences end where readers end them; quotes and brackets hold together; nothing hangs."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shida.text.sentences import sentence_spans


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("他说：“先检查。再放行。”大家同意。", ["他说：“先检查。再放行。”", "大家同意。"]),
        ("印发《关于甲。乙的通知》，明天施行。", ["印发《关于甲。乙的通知》，明天施行。"]),
        ("（附注。）正文。", ["（附注。）正文。"]),
        ("●要点一\n  - 要点二\n\n", ["要点一", "要点二"]),
        ("引号“没有关上。下一句。", ["引号“没有关上。", "下一句。"]),
        ("多余的”右引号。下一句。", ["多余的”右引号。", "下一句。"]),
        ("真的吗？！好。", ["真的吗？！", "好。"]),
        ("", []),
    ],
)
def test_cuts(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@given(st.text(alphabet="甲乙。！”“《》（）\n ●-，", max_size=60))
def test_spans_are_in_order_and_lose_no_character_that_matters(text: str) -> None:
    spans = sentence_spans(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    inside = "".join(text[span.start : span.end] for span in spans)
    kept = [mark for mark in inside if mark in "甲乙"]
    assert kept == [mark for mark in text if mark in "甲乙"]


@pytest.mark.parametrize("text", ["甲" * 100_000, "“" * 100_000, "《（" * 50_000, "。" * 100_000, "”》" * 50_000])
def test_hostile_text_is_cheap(text: str) -> None:
    start = time.process_time()
    sentence_spans(text)
    assert time.process_time() - start < 2
