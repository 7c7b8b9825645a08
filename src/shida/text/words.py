"""Text → words, with what kind of word each is.

The segmenter is rjieba (jieba's dictionary and hidden Markov model, in Rust, 5–20 MB/s). Words lose 70% of arbitrary
fragments, so search uses `text.ngrams`; grouping and ranking want words, because they carry meaning.
"""

from __future__ import annotations

from collections.abc import Iterable

import rjieba

NAME_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", "nz", "eng"})
"""Part-of-speech tags (ICTCLAS set, as jieba uses it) of people, places, bodies, other proper names and Latin words."""


def words(text: str) -> list[str]:
    """Every word of `text` in order, punctuation and white space included: joined they give `text` again.

    >>> words("市场监管总局发布第三届中国质量奖")
    ['市场监管', '总局', '发布', '第三届', '中国', '质量奖']
    """
    return list(rjieba.cut(text)) if text else []


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Every word of `text` with its part-of-speech tag.

    >>> tagged_words("济南举办大会")
    [('济南', 'ns'), ('举办', 'v'), ('大会', 'n')]
    """
    return list(rjieba.tag(text)) if text else []


def is_term(word: str) -> bool:
    """Whether a word can say what a text is about: two characters or more, no digits, no punctuation.

    >>> [word for word in ["质量", "的", "2024", "GDP", "3月", "，"] if is_term(word)]
    ['质量', 'GDP']
    """
    return len(word) > 1 and word.isalpha()


def terms(text: str) -> list[str]:
    """The words of `text` that can say what it is about, in order, repeats kept.

    >>> terms("2024年，中国质量大会在成都召开。")
    ['中国', '质量', '大会', '成都', '召开']
    """
    return [word for word in words(text) if is_term(word)]


def document_counts(texts: Iterable[str]) -> dict[str, int]:
    """Word → in how many of `texts` it stands, words in code-point order.

    >>> document_counts(["质量强国", "质量大会，质量奖"])
    {'大会': 1, '强国': 1, '质量': 2, '质量奖': 1}
    """
    counts: dict[str, int] = {}
    for text in texts:
        for word in set(terms(text)):
            counts[word] = counts.get(word, 0) + 1
    return dict(sorted(counts.items()))
