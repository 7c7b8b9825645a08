"""GBK read as Latin-1 or cp1252 → Chinese.

A byte that was read as UTF-8 in between (`Ϊ` U+03AA for 为 CE AA) is taken back as well. What was read can be read
again: a stretch is proved where reading its bytes the wrong way gives the page.
"""

from __future__ import annotations

import re

from shida.records import Change
from shida.restore.masks import inside

_RUN = re.compile("[\x80-\u07ff\u2013-\u203a\u20ac\u2122\u02c6\u02dc]{2,4000}")
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
    pairs = common = 0
    for match in _RUN.finditer(text):
        if inside(match.start(), masks):
            continue
        content, mixed = _bytes_of(match[0])
        start, end = match.span()
        if end < len(text) and len(content) % 2 and 0x40 <= ord(text[end]) < 0x7F:  # a second byte may be ASCII
            content += text[end].encode()
            end += 1
        try:
            after = content.decode("gbk")
        except UnicodeDecodeError:
            after = content.decode("gb18030", "replace")
        for character in after:
            if ord(character) > 0x7F:
                pairs += 1
                common += _is_common(character)
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
    if pairs < 4 or common < COMMON * pairs:
        return []
    return changes


def _bytes_of(run: str) -> tuple[bytes, bool]:
    """The bytes of a run, and whether some of it had been read as UTF-8."""
    out = bytearray()
    mixed = False
    for character in run:
        code = ord(character)
        if code < 0x100:
            out.append(code)
        elif character in _CP1252:
            out.append(_CP1252[character])
        else:
            out += character.encode()
            mixed = True
    return bytes(out), mixed


def _is_common(character: str) -> bool:
    try:
        pair = character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return pair[0] <= 0xA3 or 0xB0 <= pair[0] <= 0xD7
