"""Text → overlapping character sequences: what is compared and searched where words would lose fragments."""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[0-9a-z]+|[^\W_0-9a-z]+")
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain(text: str) -> str:
    """`text` with only its letters and digits: compatibility forms unified, small letters, all else left out.

    Two copies that differ in punctuation, width, case or white space are equal after it.

    >>> plain("《质量强国》　ＧＢ/T 19001—2016！")
    '质量强国gbt190012016'
    """
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).lower()))


def character_ngrams(text: str, size: int) -> list[str]:
    """The overlapping sequences of `size` characters of `text`, in order; the text itself where it is shorter.

    >>> character_ngrams("质量强国", 3), character_ngrams("质量", 3)
    (['质量强', '量强国'], ['质量'])
    """
    if len(text) <= size:
        return [text] if text else []
    return [text[place : place + size] for place in range(len(text) - size + 1)]


def bigrams(text: str) -> list[str]:
    """Tokens for search: overlapping pairs of Chinese characters; Latin words, numbers and single characters whole.

    >>> bigrams("质量强国 ISO9001 贺")
    ['质量', '量强', '强国', 'iso9001', '贺']
    """
    found = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if len(run) > 1 and _CJK.search(run):
            found += character_ngrams(run, 2)
        else:
            found.append(run)
    return found
