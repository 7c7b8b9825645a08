"""Texts → their letters and digits as code points, many texts at once: `text.ngrams.plain` by a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shida.text.ngrams import plain

Points = npt.NDArray[np.uint32]

_SLOW = -1
"""What the table has for a character that it does not know, or that becomes several or joins the one before it."""
_KNOWN = ((0x00, 0x180), (0x2000, 0x2C00), (0x3000, 0x3100), (0xFF01, 0xFF5F), (0xFFE0, 0xFFE7))
"""Code points that are looked up: signs, Latin letters and kana. Compatibility forms of half width join each other."""
_IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000))
"""Unified ideographs: each stays as it is."""


def letters(texts: Sequence[str]) -> tuple[Points, npt.NDArray[np.int64]]:
    """What `plain` leaves of each text, as code points one text after the other; and how many are of each.

    >>> points, lengths = letters(["《质量》", "", "ＧＢ/T 19001"])
    >>> points.tobytes().decode("utf-32-le"), lengths.tolist()
    ('质量gbt19001', [2, 0, 8])
    """
    points, lengths = _points(texts)
    folded = _TABLE[np.minimum(points, len(_TABLE) - 1)]
    owners = np.repeat(np.arange(len(texts)), lengths)
    slow = np.unique(owners[folded == _SLOW]).tolist()
    if slow:
        # What is plain already is taken as it is.
        plained = list(texts)
        for place in slow:
            plained[place] = plain(texts[place])
        points, lengths = _points(plained)
        owners = np.repeat(np.arange(len(texts)), lengths)
        folded = np.where(np.isin(owners, slow), points, _TABLE[np.minimum(points, len(_TABLE) - 1)])
    kept = folded > 0
    return folded[kept].astype(np.uint32), np.bincount(owners[kept], minlength=len(texts))


def _points(texts: Sequence[str]) -> tuple[Points, npt.NDArray[np.int64]]:
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, dtype=np.uint32), np.array(list(map(len, texts)), dtype=np.int64)


def _table() -> npt.NDArray[np.int32]:
    table = np.full(0x10000, _SLOW, dtype=np.int32)
    for first, last in _KNOWN:
        for code in range(first, last):
            if not unicodedata.combining(chr(code)):
                left = plain(chr(code))
                table[code] = _SLOW if len(left) > 1 else ord(left) if left else 0
    for first, last in _IDEOGRAPHS:
        table[first:last] = np.arange(first, last)
    return table


_TABLE = _table()
