from __future__ import annotations

import random

import numpy as np

from shida.text.similarity import BINS, band_keys, overlap, shingles, signature

LETTERS = [chr(0x4E00 + number) for number in range(2000)]


def made_up(seed: int, length: int) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=length))


def test_signatures_estimate_jaccard() -> None:
    text = made_up(1, 600)
    for kept in (1.0, 0.8, 0.5):
        other = text[: int(600 * kept)] + made_up(2, 600 - int(600 * kept))
        jaccard, _ = overlap(shingles(text), shingles(other))
        estimate = float(np.mean(signature(shingles(text)) == signature(shingles(other))))
        assert abs(jaccard - estimate) < 0.15


def test_a_damaged_copy_shares_a_band_and_a_stranger_none() -> None:
    text = made_up(3, 500)
    marks = list(text)
    for place in random.Random(4).sample(range(500), 40):
        marks[place] = "字"
    mine = set(band_keys(signature(shingles(text))))
    assert mine & set(band_keys(signature(shingles("".join(marks)))))
    assert not mine & set(band_keys(signature(shingles(made_up(5, 500)))))


def test_short_and_odd_texts() -> None:
    assert signature(shingles("")).size == 0
    assert band_keys(signature(shingles(""))) == []
    assert len(signature(shingles("\ud800好"))) == BINS
    assert overlap(shingles(""), shingles("好")) == (0.0, 0.0)
