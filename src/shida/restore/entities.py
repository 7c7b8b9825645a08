"""Character references that a page prints instead of characters: `&#x8D28;`, and `#xff1a;` whose `&` was lost."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate, compress

from shida.records import Change
from shida.restore.masks import masked

FEW = 3
"""Fewer references than this may be meant to be seen."""

_REFERENCE = re.compile(r"(&?#(?:[xX][0-9a-fA-F]{2,6}|[0-9]{3,7});)")
_CHINESE = ((0x2010, 0x2070), (0x3000, 0x3040), (0x3400, 0xA000), (0xFF00, 0xFFF0))


def read_references(text: str, masks: list[tuple[int, int]], *, tagged: bool) -> list[Change]:
    """The changes that put characters in the place of their numbers; none where there are fewer than three.

    References with `&` are left to the parser where the text is HTML (`tagged`).

    >>> text = "质#x91cf;#xff1a;好&#x3002;#x3002;"
    >>> [change.after for change in read_references(text, [], tagged=True)]
    ['量', '：', '。']
    """
    pieces = _REFERENCE.split(text)  # every other one is a reference
    ends = list(accumulate(map(len, pieces)))
    starts, stops, references = ends[:-1:2], ends[1::2], pieces[1::2]
    if masks and starts:
        free = (~masked(len(text), masks).take(starts)).tolist()
        starts, stops = list(compress(starts, free)), list(compress(stops, free))
        references = list(compress(references, free))
    times = Counter(references)
    meant = {reference: character for reference in times if (character := _meant(reference, tagged=tagged))}
    for few, first in ((FEW, "&"), (FEW - 1, "#")):
        if sum([times[reference] for reference in meant if reference[0] == first]) < few:
            meant = {reference: character for reference, character in meant.items() if reference[0] != first}
    return [
        Change(start=start, end=stop, before=reference, after=after, rule="entity", proved=True)
        for start, stop, reference, after in zip(starts, stops, references, map(meant.get, references), strict=True)
        if after
    ]


@lru_cache(maxsize=10_000)
def _meant(reference: str, *, tagged: bool) -> str:
    """The character that stood in the place of a reference; none where it is left as it is.

    >>> _meant("&#x8D28;", tagged=False), _meant("#36136;", tagged=True), _meant("#65;", tagged=True)
    ('质', '质', '')
    """
    number = reference.strip("&#;")
    code = int(number) if number.isdigit() else int(number[1:], 16)
    if reference[0] == "#":
        return chr(code) if any(first <= code < last for first, last in _CHINESE) else ""
    return "" if tagged or not 0xA0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)
