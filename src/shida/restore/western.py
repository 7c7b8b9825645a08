"""GBK read as Latin-1 or cp1252 → Chinese.

A byte that was read as UTF-8 in between (`Ϊ` U+03AA for 为 CE AA) is taken back as well. What was read can be read
again: a stretch is proved where reading its bytes the wrong way gives the page.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from shida.records import Change
from shida.restore.codes import codes_of
from shida.restore.masks import inside
from shida.restore.passes import count_classes

_RUN = re.compile("[\x80-\u07ff\u2013-\u203a\u20ac\u2122\u02c6\u02dc]{2,4000}")
_BEYOND_LATIN1 = re.compile("[^\x00-\xff]")
_NOT_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
_CP1252 = {bytes([byte]).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in _NOT_CP1252}

COMMON = 0.9
"""Share of a stretch's pairs that must lie where Chinese text has nearly all of its characters (GB2312, level one)."""


def read_western(text: str, masks: list[tuple[int, int]]) -> list[Change]:
    """The changes that read western letters as the GBK they were; none where they do not read as common Chinese.

    >>> text = "质量第一，效益优先".encode("gbk").decode("latin-1")
    >>> [change.after for change in read_western(text, [])]
    ['质量第一，效益优先']
    >>> read_western("Müller trinkt Café für zwölf Mark", [])
    []
    """
    changes = []
    read: list[str] = []
    for match in _RUN.finditer(text):
        if inside(match.start(), masks):
            continue
        start, end = match.span()
        content, mixed = _bytes_of(match[0])
        if end < len(text) and len(content) % 2 and 0x40 <= ord(text[end]) < 0x7F:  # a second byte may be ASCII
            content += text[end].encode()
            end += 1
        try:
            after = content.decode("gbk")
        except UnicodeDecodeError:
            after = content.decode("gb18030", "replace")
        read.append(after)
        changes.append(
            Change(
                start=start,
                end=end,
                before=text[start:end],
                after=after,
                rule="western",
                proved=not mixed and "\ufffd" not in after,
            )
        )
    common, rare = count_classes("".join(read), _commonness(), 3)[1][:2]
    if common + rare < 4 or common < COMMON * (common + rare):
        return []
    return changes


def _bytes_of(run: str) -> tuple[bytes, bool]:
    """The bytes of a run, and whether some of it had been read as UTF-8."""
    content = _BEYOND_LATIN1.sub(_as_latin1, run).encode("latin-1")
    return content, len(content) > len(run)


def _as_latin1(found: re.Match[str]) -> str:
    """The byte, or the bytes of UTF-8, that a character beyond Latin-1 was read from, as Latin-1."""
    byte = _CP1252.get(found[0])
    return found[0].encode().decode("latin-1") if byte is None else chr(byte)


@cache
def _commonness() -> npt.NDArray[np.uint8]:
    """By code point: 0 for what is common in Chinese text, 1 for what is not, 2 for ASCII, which tells nothing."""
    table = np.ones(0x10000, np.uint8)
    table[:0x80] = 2
    for lead in (*range(0xA1, 0xA4), *range(0xB0, 0xD8)):
        for trail in range(0xA1, 0xFF):
            table[codes_of(bytes((lead, trail)).decode("gb2312", "ignore"))] = 0
    return table
