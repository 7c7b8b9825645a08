"""Texts → how alike they are: a sketch to find candidates by, and an alignment that says what differs.

The sketch is bottom-k MinHash (Broder, *On the resemblance and containment of documents*, 1997) on character shingles,
in numpy, k growing with the text: a short text is found inside a longer one, where a fixed number of bins is blind.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

import msgspec
import numpy as np
import numpy.typing as npt

SHINGLE = 3
"""Characters in a shingle: with one character in twelve damaged, three still leave 78% of them whole, four 72%."""
SKETCH_EVERY = 12
SKETCH_LEAST, SKETCH_MOST = 12, 48
"""A sketch holds one hash for so many characters, and at least and at most so many."""
ALIGNED = 4000
"""Characters of a text that are aligned."""
_NUMBER = re.compile(r"[0-9]+")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MIX2 = np.uint64(0xBF58476D1CE4E5B9)

Hashes = npt.NDArray[np.uint64]


def shingles(text: str) -> Hashes:
    """Hashes of the shingles of `text` in order, repeats kept; of the whole text where it is shorter than one.

    >>> len(shingles("质量强国建设")), len(shingles("质")), len(shingles(""))
    (4, 1, 0)
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if not len(points):
        return points
    size = min(SHINGLE, len(points))
    count = len(points) - size + 1
    joined = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        joined = joined * _MIX + points[offset : offset + count]
    joined ^= joined >> np.uint64(31)
    joined *= _MIX2
    joined ^= joined >> np.uint64(29)
    return joined


def sketch(hashes: Hashes) -> list[int]:
    """The least hashes of a text, more of a longer one: texts that share several are worth comparing.

    >>> len(sketch(shingles("质量" * 500))), len(sketch(shingles("中国质量大会今年秋天在成都召开。")))
    (2, 12)
    """
    size = min(SKETCH_MOST, max(SKETCH_LEAST, len(hashes) // SKETCH_EVERY))
    few = hashes if len(hashes) <= 4 * size else np.partition(hashes, 4 * size - 1)[: 4 * size]
    least = np.unique(few)
    if len(least) < size:
        least = np.unique(hashes)
    found: list[int] = least[:size].tolist()
    return found


def common_length(one: str, two: str) -> int:
    """Characters of a longest common subsequence: what stands in both texts in the same order.

    Bit-parallel (Crochemore, Iliopoulos, Pinzon and Reid, 2001): one step a character of `one`, on a number of
    `len(two)` bits. For texts of some hundred characters.

    >>> common_length("第三届质量大会在成都开幕", "第五届质量大会在武汉闭幕"), common_length("", "质量")
    (8, 0)
    """
    places: dict[str, int] = {}
    for place, mark in enumerate(two):
        places[mark] = places.get(mark, 0) | 1 << place
    every = (1 << len(two)) - 1
    left = every
    for mark in one:
        found = left & places.get(mark, 0)
        left = ((left + found) | (left - found)) & every
    return len(two) - left.bit_count()


class Alignment(msgspec.Struct, frozen=True, kw_only=True):
    """How one text lies in another."""

    matched: float
    """Share of the shorter text's characters that stand in the other, in the same order."""
    replaced: int
    """Characters in whose place something else stands; the first of a run left out, since damage hits single ones."""
    numbers: int
    """Numbers in whose place another number stands."""


def align(one: str, two: str) -> Alignment:
    """Lay the texts side by side by the shingles that stand once in each. About linear in their length.

    >>> align("今天上午王某出席大会并讲话", "今天上午欧阳某某出席大会并讲话")
    Alignment(matched=0.9230769230769231, replaced=0, numbers=0)
    """
    short, long = sorted((one[:ALIGNED], two[:ALIGNED]), key=len)
    if not short:
        return Alignment(matched=0.0, replaced=0, numbers=0)
    chain = _chain(shingles(short), shingles(long))
    matched = replaced = numbers = 0
    at, other = 0, 0
    ends = [*chain, (len(short), len(long), 0)]
    for start, start_other, length in ends:
        gap, gap_other = short[at:start], long[other:start_other]
        if gap and gap_other:
            # Counted with the digits on both sides of the gap: 231 and 281 share their first and last.
            numbers += _numbers_changed(_with_digits(short, at, start), _with_digits(long, other, start_other))
            shared = sum((Counter(gap) & Counter(gap_other)).values())
            missing = min(len(gap), len(gap_other)) - shared
            inside = at > 0 and start < len(short)
            if inside or missing <= len(gap) // 2:
                matched += shared
            if 2 * missing > min(len(gap), len(gap_other)):
                replaced += missing - 1
        matched += length
        at, other = start + length, start_other + length
    return Alignment(matched=matched / len(short), replaced=replaced, numbers=numbers)


def _with_digits(text: str, start: int, end: int) -> str:
    """The gap with the digits that touch it, so that a number is seen whole."""
    while start > 0 and text[start - 1].isdecimal():
        start -= 1
    while end < len(text) and text[end].isdecimal():
        end += 1
    return text[start:end]


def _numbers_changed(one: str, two: str) -> int:
    """Numbers in place of which others stand, where what is around them is the same: damage breaks numbers otherwise.

    >>> _numbers_changed("新增231例", "新增377例"), _numbers_changed("新增2000例", "新增20经0例")
    (1, 0)
    """
    mine, theirs = _NUMBER.findall(one), _NUMBER.findall(two)
    if not mine or len(mine) != len(theirs) or mine == theirs:
        return 0
    around, around_other = _NUMBER.sub("", one), _NUMBER.sub("", two)
    same = sum((Counter(around) & Counter(around_other)).values())
    if 5 * same < 3 * max(len(around), len(around_other)):
        return 0
    return sum(number != other for number, other in zip(mine, theirs, strict=True))


def _chain(one: Hashes, two: Hashes) -> list[tuple[int, int, int]]:
    """Runs (start, start in the other, characters) that both have, in the same order in both."""
    first, where_first, times_first = np.unique(one, return_index=True, return_counts=True)
    second, where_second, times_second = np.unique(two, return_index=True, return_counts=True)
    _, left, right = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    once = (times_first[left] == 1) & (times_second[right] == 1)
    places, others = where_first[left[once]], where_second[right[once]]
    order = np.argsort(places)
    kept = _longest_rising(others[order].tolist())
    places, others = places[order][kept], others[order][kept]
    if not len(places):
        return []
    breaks = np.flatnonzero((np.diff(places) != 1) | (np.diff(others) != 1)) + 1
    runs: list[tuple[int, int, int]] = []
    for begin, end in zip([0, *breaks.tolist()], [*breaks.tolist(), len(places)], strict=True):
        start, start_other, length = int(places[begin]), int(others[begin]), end - begin + SHINGLE - 1
        if runs:
            over = max(0, runs[-1][0] + runs[-1][2] - start, runs[-1][1] + runs[-1][2] - start_other)
            start, start_other, length = start + over, start_other + over, length - over
        if length > 0:
            runs.append((start, start_other, length))
    return runs


def _longest_rising(values: list[int]) -> list[int]:
    """Places of a longest rising sequence in `values` (patience sorting).

    >>> _longest_rising([5, 1, 2, 9, 3])
    [1, 2, 4]
    """
    tails: list[int] = []
    tail_places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        pile = bisect_left(tails, value)
        before.append(tail_places[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(value)
            tail_places.append(place)
        else:
            tails[pile], tail_places[pile] = value, place
    found = []
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
