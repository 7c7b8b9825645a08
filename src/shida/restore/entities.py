"""Character references that a page prints instead of characters: `&#x8D28;`, and `#xff1a;` whose `&` was lost."""

from __future__ import annotations

import re

from shida.records import Change
from shida.restore.masks import inside

FEW = 3
"""Fewer references than this may be meant to be seen."""

_REFERENCE = re.compile(r"(&?)#(?:[xX]([0-9a-fA-F]{2,6})|([0-9]{3,7}));")
_CHINESE = ((0x2010, 0x2070), (0x3000, 0x3040), (0x3400, 0xA000), (0xFF00, 0xFFF0))


def read_references(text: str, masks: list[tuple[int, int]], *, tagged: bool) -> list[Change]:
    """The changes that put characters in the place of their numbers; none where there are fewer than three.

    References with `&` are left to the parser where the text is HTML (`tagged`).

    >>> text = "质#x91cf;#xff1a;好&#x3002;#x3002;"
    >>> [change.after for change in read_references(text, [], tagged=True)]
    ['量', '：', '。']
    """
    whole: list[Change] = []
    bare: list[Change] = []
    for match in _REFERENCE.finditer(text):
        code = int(match[2], 16) if match[2] else int(match[3])
        if inside(match.start(), masks) or not 0xA0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            continue
        change = Change(
            start=match.start(), end=match.end(), before=match[0], after=chr(code), rule="entity", proved=True
        )
        if match[1]:
            if not tagged:
                whole.append(change)
        elif any(first <= code < last for first, last in _CHINESE):
            bare.append(change)
    kept = (whole if len(whole) >= FEW else []) + (bare if len(bare) >= FEW - 1 else [])
    return sorted(kept, key=lambda change: change.start)
