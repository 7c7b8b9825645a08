from __future__ import annotations

from shida.text.words import document_counts, tagged_words, terms, words


def test_words_joined_are_the_text() -> None:
    for text in ["", "质量强国\n  ISO 9001：2015，☃𠀀", "\x00\ud7ff", "あいう 한국어 العربية"]:
        assert "".join(words(text)) == text
        assert "".join(word for word, _ in tagged_words(text)) == text


def test_terms_leave_out_numbers_and_marks() -> None:
    assert terms("2024年3月5日，GDP增长5.2%。") == ["GDP", "增长"]


def test_counts_are_of_texts_not_of_words() -> None:
    assert document_counts(["质量质量", "质量"]) == {"质量": 2}
