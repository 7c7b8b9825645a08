"""Changes and gaps of a restored text → where they show in the article's title and text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Literal

from shida.read.draft import Draft
from shida.records import Repair, Restored

Piece = tuple[Literal["title", "text"], int, int, int]
"""Of what; first offset in the page's text, the one behind the last; offset in the title or text."""

_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|noscript)\b.*?(?:</\1\s{0,9}>|\Z)|</?[a-zA-Z!?][^>]{0,20000}>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{1,31});?|\s+",
    re.DOTALL | re.IGNORECASE,
)
LONG = 12
"""Lines of so many characters are found first; the short ones then lie between them."""


def map_repairs(restored: Restored, draft: Draft, markup: bool) -> tuple[Repair, ...]:
    """The repairs that fall into the draft's title or text, in order."""
    if not restored.changes and not restored.gaps:
        return ()
    pieces = _aligned(restored.text, draft) if markup else _known(draft)
    pieces.sort(key=lambda piece: piece[1])
    starts = [piece[1] for piece in pieces]
    found: list[Repair] = []
    shift = 0
    for change in sorted(restored.changes, key=lambda change: change.start):
        start = change.start + shift
        shift += len(change.after) - len(change.before)
        how: Literal["proved", "chosen"] = "proved" if change.proved else "chosen"
        if place := _place(pieces, starts, start, start + len(change.after)):
            of, begin, end = place
            found.append(
                Repair(
                    of=of,
                    start=begin,
                    end=end,
                    before=change.before,
                    rule=change.rule,
                    how=how,
                    runner_up=change.runner_up,
                )
            )
    for gap in restored.gaps:
        if place := _place(pieces, starts, gap.start, gap.end):
            of, begin, end = place
            there = restored.text[gap.start : gap.end]
            found.append(Repair(of=of, start=begin, end=end, before=there, rule=gap.note, how="gap"))
    return tuple(sorted(found, key=lambda repair: (repair.of != "title", repair.start, repair.end, repair.how)))


def _place(
    pieces: list[Piece], starts: list[int], start: int, end: int
) -> tuple[Literal["title", "text"], int, int] | None:
    """Where a stretch of the page's text shows; cut at the piece's end, None where it does not show."""
    index = bisect_right(starts, start) - 1
    if index >= 0:
        of, first, last, out = pieces[index]
        if start < last or (start == end == last):
            return of, out + start - first, out + min(end, last) - first
    if index + 1 < len(pieces) and pieces[index + 1][1] < end:
        of, first, last, out = pieces[index + 1]
        return of, out, out + min(end, last) - first
    return None


def _known(draft: Draft) -> list[Piece]:
    pieces: list[Piece] = []
    if draft.title_start is not None:
        pieces.append(("title", draft.title_start, draft.title_start + len(draft.title), 0))
    out = 0
    for line, start in zip(draft.lines, draft.starts or (), strict=True):
        pieces.append(("text", start, start + len(line), out))
        out += len(line) + 1
    return pieces


def _aligned(source: str, draft: Draft) -> list[Piece]:
    """Pieces of mark-up's visible characters, found line by line: tags, scripts, entities and white space skipped."""
    visible: list[str] = []
    offsets: list[int] = []
    lengths: list[int] = []
    at = 0
    end = 0
    for match in _HIDDEN.finditer(source):
        if match.start() > end:
            visible.append(source[end : match.start()])
            offsets.append(at)
            lengths.append(end)
            at += match.start() - end
        end = match.end()
    if end < len(source):
        visible.append(source[end:])
        offsets.append(at)
        lengths.append(end)
    stream = "".join(visible)

    def source_offset(position: int) -> int:
        index = bisect_right(offsets, position) - 1
        return lengths[index] + position - offsets[index]

    pieces: list[Piece] = []
    placed = _find_lines(stream, draft.lines)
    out = 0
    for line, place in zip(draft.lines, placed, strict=True):
        if place is not None:
            pieces.extend(_spread("text", line, out, place, source_offset))
        out += len(line) + 1
    bare = "".join(draft.title.split())
    if bare:
        body = next((place for place in placed if place is not None), len(stream))
        there = stream.rfind(bare, 0, body)
        there = stream.find(bare) if there < 0 else there
        if there >= 0:
            pieces = [*_spread("title", draft.title, 0, there, source_offset), *pieces]
    return _disjoint(pieces)


def _find_lines(stream: str, lines: Sequence[str]) -> list[int | None]:
    """Where each line (white space aside) stands in the stream, in order; the long ones first."""
    placed: list[int | None] = [None] * len(lines)
    bare = ["".join(line.split()) for line in lines]
    cursor = misses = 0
    for index, text in enumerate(bare):
        if len(text) >= LONG and misses < 200:
            place = stream.find(text, cursor)
            if place < 0:
                misses += 1
            else:
                placed[index], cursor = place, place + len(text)
    bounds = len(stream)
    last: list[int] = []
    for known in reversed(placed):
        last.append(bounds)
        bounds = known if known is not None else bounds
    last.reverse()
    first_long = next((place for place in placed if place is not None), 0)
    cursor = max(0, first_long - 200)
    for index, text in enumerate(bare):
        here = placed[index]
        if here is None and text and len(text) < LONG:
            found = stream.find(text, cursor, last[index])
            placed[index] = here = found if found >= 0 else None
        if here is not None:
            cursor = here + len(text)
    return placed


def _spread(
    of: Literal["title", "text"], line: str, out: int, place: int, source_offset: Callable[[int], int]
) -> list[Piece]:
    """The pieces of one line: a new one wherever the source has a tag or white space between."""
    pieces: list[Piece] = []
    for index, mark in enumerate(line):
        if mark.isspace():
            continue
        there = source_offset(place)
        place += 1
        if pieces and pieces[-1][2] == there and pieces[-1][3] + pieces[-1][2] - pieces[-1][1] == out + index:
            of_, first, _, start = pieces[-1]
            pieces[-1] = of_, first, there + 1, start
        else:
            pieces.append((of, there, there + 1, out + index))
    return pieces


def _disjoint(pieces: list[Piece]) -> list[Piece]:
    """Without a piece that overlaps an earlier one (a title that is also a line of the text)."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece[1], piece[0] != "title")):
        if not kept or piece[1] >= kept[-1][2]:
            kept.append(piece)
    return kept
