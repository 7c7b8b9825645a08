"""Text → overlapping character sequences: what is compared and searched where words would lose fragments."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from operator import add

from shida.text.scripts import by_character

_SIGNS = re.compile(r"[\W_]+")
SEAM = "_"
"""Stands in a pair where its two characters do not simply follow each other in Chinese text."""

_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_SIGN = re.compile(r"[^\w\s\ud800-\udfff]+")
_PART = re.compile(r"[0-9]+|[a-z]+")


def plain(text: str) -> str:
    """`text` with only its letters and digits: compatibility forms unified, small letters, all else left out.

    Two copies that differ in punctuation, width, case or white space are equal after it.

    >>> plain("《质量强国》　ＧＢ/T 19001—2016！")
    '质量强国gbt190012016'
    """
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text).lower())


def character_ngrams(text: str, size: int) -> list[str]:
    """The overlapping sequences of `size` characters of `text`, in order; the text itself where it is shorter.

    >>> character_ngrams("质量强国", 3), character_ngrams("质量", 3)
    (['质量强', '量强国'], ['质量'])
    """
    if len(text) <= size:
        return [text] if text else []
    return [text[place : place + size] for place in range(len(text) - size + 1)]


class _Folds(dict[int, str]):
    """Code point → what it is folded to, worked out where it is first asked for."""

    def __missing__(self, code: int) -> str:
        simplified = by_character("t2s")
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = "".join(_WRITTEN.get(char, simplified.get(char, char)) for char in folded)
        return self[code]


_WRITTEN = {"著": "着", "妳": "你", "佔": "占", "祂": "他", "牠": "它"}
"""Characters that Traditional text writes for these ones too; OpenCC's table by characters leaves them."""

_FOLDS = _Folds()


def fold(text: str) -> str:
    """`text` as search compares it: one width, small letters, Simplified, each character by itself.

    Only compatibility forms such as ㎡ (m2) change the length.

    >>> fold("國務院辦公廳　ＧＤＰ")
    '国务院办公厅 gdp'
    """
    return text.translate(_FOLDS)


def pairs(text: str) -> list[str]:
    """Folded text → each of its letters and digits with the next one, in order.

    A pair holds a SEAM where punctuation or white space lies between the two, where the script changes, and inside
    Latin words and numbers: so 国家 is not found in 中国。家电, and yet any cut-out of a text gives the text's pairs.

    >>> pairs("质量强国，2025年")
    ['质量', '量强', '强国', '国_2', '2_0', '0_2', '2_5', '5_年']
    """
    found: list[str] = []
    last = ""
    for run in _RUN.findall(text):
        if last:
            found.append(last + SEAM + run[0])
        if len(run) == 1:
            pass
        elif run.isascii():
            found += [left + SEAM + right for left, right in pairwise(run)]
        else:
            found += map(add, run, run[1:])
        last = run[-1]
    return found


def signed(text: str) -> list[tuple[str, ...]]:
    """Folded text → each of its signs with one and with two letters or digits before it, and so after it, in order.

    It says what `pairs` leaves out: which sign it was. White space is no sign, and nothing is taken from across it.

    >>> signed("质量，2025年")
    [('量，', '质量，'), ('，2', '，20')]
    """
    found: list[tuple[str, ...]] = []
    for match in _SIGN.finditer(text):
        start, end = match.span()
        first, last = text[start], text[end - 1]
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if before[-1:].isalnum():
            found.append((before[-1] + first, before + first)[: len(before) if before.isalnum() else 1])
        if after[:1].isalnum():
            found.append((last + after[0], last + after)[: len(after) if after.isalnum() else 1])
    return found


def wholes(text: str) -> list[str]:
    """Folded text → its Latin words and numbers, and its other characters one by one, in order.

    A word of letters and digits gives its parts too.

    >>> wholes("质量 iso9001 2025年")
    ['质', '量', 'iso9001', 'iso', '9001', '2025', '年']
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if run.isascii():
            parts = _PART.findall(run)
            found.append(run)
            if len(parts) > 1:
                found += parts
        else:
            found += run
    return found
