"""Two articles → whether they are one template filled in for two happenings."""

from __future__ import annotations

from functools import lru_cache

from shida.group.marks import Marks
from shida.group.vectors import Digest, Vocabulary
from shida.text.ngrams import plain
from shida.text.similarity import common_length

OPENING = 300
OPENING_MATCHED = 0.5
"""By so many characters of the texts, and so much of the shorter in the other, a template is known again."""


def look_alike(one: Digest, two: Digest, least: float, vocabulary: Vocabulary) -> bool:
    """Whether the titles share `least` of the longer one, the texts open alike, and they differ in what matters.

    What matters is a mark (edition, year, month, province), or a rare word of each title that stands nowhere in the
    other article: 某甲公司因虚假宣传被罚 and 某乙公司因虚假宣传被罚 are alike in every word but one. Two reports of one
    happening share its names, if not in the title then in the text.
    """
    first, second = _plain_title(one.article.title), _plain_title(two.article.title)
    longer = max(len(first), len(second))
    if len(set(first) & set(second)) < least * len(set(first if len(first) > len(second) else second)):
        return False
    marked = one.marks is not two.marks and any(
        contradict(mine, theirs) for mine, theirs in zip(one.marks, two.marks, strict=True) if mine and theirs
    )
    if not marked and not (_own(one, two, vocabulary) and _own(two, one, vocabulary)):
        return False
    if common_length(first, second) < least * longer:
        return False
    texts = plain(one.article.text[:OPENING]), plain(two.article.text[:OPENING])
    return marked or not all(texts) or common_length(*texts) >= OPENING_MATCHED * min(map(len, texts))


@lru_cache(maxsize=4096)
def _plain_title(title: str) -> str:
    return plain(title)


def contradict(one: Marks, two: Marks) -> bool:
    """Whether two sets of marks share a unit and no value in it.

    >>> contradict(frozenset({("届", "3")}), frozenset({("届", "5")}))
    True
    >>> contradict(frozenset({("届", "3")}), frozenset({("批", "5")}))
    False
    """
    shared = {unit for unit, _ in one} & {unit for unit, _ in two}
    return any(
        not ({value for unit, value in one if unit == name} & {value for unit, value in two if unit == name})
        for name in shared
    )


def _own(one: Digest, two: Digest, vocabulary: Vocabulary) -> bool:
    """Whether a rare word of the title of `one` stands nowhere in `two`."""
    title, other = one.article.title, two.article
    named = [word for word in map(vocabulary.words.__getitem__, one.words.tolist()) if word in title]
    return any(vocabulary.is_rare(word) and word not in other.title and word not in other.text for word in named)
