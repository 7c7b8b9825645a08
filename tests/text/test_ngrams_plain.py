from __future__ import annotations

from shida.text.ngrams import bigrams, character_ngrams, plain


def test_plain_ignores_width_case_and_punctuation() -> None:
    assert plain("ＧＢ／Ｔ 19001—２０１６《质量》") == plain("gb/t19001-2016 质量")


def test_bigrams_lose_no_pair() -> None:
    text = "市场监管总局"
    assert bigrams(text) == [text[i : i + 2] for i in range(5)]
    assert bigrams("") == []


def test_ngrams_of_short_texts() -> None:
    assert character_ngrams("", 3) == []
    assert character_ngrams("量", 3) == ["量"]
