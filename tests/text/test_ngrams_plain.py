from __future__ import annotations

import pytest

from shida.text.ngrams import character_ngrams, fold, pairs, plain, wholes


def test_plain_ignores_width_case_and_punctuation() -> None:
    assert plain("ＧＢ／Ｔ 19001—２０１６《质量》") == plain("gb/t19001-2016 质量")


def test_ngrams_of_short_texts() -> None:
    assert character_ngrams("", 3) == []
    assert character_ngrams("量", 3) == ["量"]


def test_pairs_lose_no_pair() -> None:
    text = "市场监管总局"
    assert pairs(text) == [text[i : i + 2] for i in range(5)]
    assert pairs("") == pairs("，。") == []


def test_any_cut_out_gives_the_pairs_of_the_text() -> None:
    text = fold("《计量规划（2021—2035年）》提出，GB/T 19001 标准7月起施行。")
    whole = " ".join(pairs(text))
    for start in range(len(text)):
        for end in range(start + 2, len(text) + 1):
            assert " ".join(pairs(text[start:end])) in whole


def test_a_word_is_not_found_across_a_full_stop() -> None:
    assert "国家" not in pairs("振兴中国。家电下乡")


@pytest.mark.parametrize("written", ["國辦發〔2025〕16號", "国办发[2025]16号", "国办发（２０２５）16 号"])
def test_brackets_widths_and_scripts_of_a_number_are_one(written: str) -> None:
    assert pairs(fold(written)) == pairs("国办发〔2025〕16号")


def test_folding_keeps_places() -> None:
    text = "臺灣後來乾隆ＡＢ著"
    assert len(fold(text)) == len(text)


def test_words_and_numbers_stay_whole() -> None:
    assert wholes("gdp增长5") == ["gdp", "增", "长", "5"]
