"""Kinds A and D: a text whose GBK bytes were turned Traditional, noted and cut → what it was, proved or chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from shida.records import Change, Gap
from shida.restore.language import Language, count, plain
from shida.restore.shifted import LOST, SYLLABLE, Piece, Search
from shida.text.scripts import back_one_to_one, readings

DOUBT = 0.5
"""A lost character whose best value is less likely than this stays a gap."""

_NOTE = re.compile(rf"\(([{SYLLABLE}]{{1,6}})\)")
_STRAY = re.compile(rf"\?(?=[，,！!？?]|[{SYLLABLE}]{{1,6}}\))")


class Edits:
    """What was found so far: changes in the page's offsets, gaps, and the last characters of the restored text."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.gaps: list[tuple[int, str]] = []
        """Offset in the page of the change that leaves the gap, and the note."""
        self.tail = "\n\n"

    def said(self, text: str) -> None:
        """The restored text went on with `text`."""
        self.tail = (self.tail + plain(text[-8:]))[-2:]


def restore_mechanism(text: str, masks: list[tuple[int, int]], language: Language) -> Edits:
    """The changes that undo kinds A and D on `text`, outside of `masks`.

    The caller has found that the page is of this kind.
    """
    notes = find_notes(text, masks)
    listed: dict[str, str] = {}
    noted: Counter[str] = Counter()
    for start, _, note in notes:
        before = text[start - 1]
        listed.setdefault(before, note)
        noted[before] += 1
    there = Counter(text)
    search = Search(language, listed, lambda character: there[character] > noted[character])
    edits = Edits()
    at = 0
    spans = {start: end for start, end, _ in notes}
    starts = [start for start, _, _ in notes]
    holes = iter([*masks, (len(text), len(text))])
    for hole_start, hole_end in holes:
        _open_stretch(text, at, hole_start, spans, starts, search, language, edits)
        at = max(at, hole_end)
    return edits


def _open_stretch(
    text: str,
    at: int,
    end: int,
    notes: dict[int, int],
    note_starts: list[int],
    search: Search,
    language: Language,
    edits: Edits,
) -> None:
    """Repair `text[at:end]`, which no mask touches."""
    for stray in _STRAY.finditer(text, at, end):
        if stray.start() < at:
            continue
        _whole_stretch(text, at, stray.start(), notes, language, edits)
        at = stray.start()
        line_end = text.find("\n", at, end)
        pieces, stop = search.solve(text, at, end if line_end < 0 else line_end + 1, edits.tail)
        for piece in pieces:
            _add_piece(text, piece, edits)
        if stop > at:
            at = stop
    _whole_stretch(text, at, end, notes, language, edits)


def _add_piece(text: str, piece: Piece, edits: Edits) -> None:
    before = text[piece.start : piece.end]
    after = piece.after
    if not piece.known and piece.chance < DOUBT:
        after = LOST * len(after)
    if LOST in after:
        edits.gaps.append((piece.start, "bytes were lost here and what is left does not tell what stood here"))
    if before != after:
        edits.changes.append(
            Change(
                start=piece.start,
                end=piece.end,
                before=before,
                after=after,
                rule="shift",
                proved=piece.known,
                runner_up=None if piece.known else piece.runner_up,
                margin=None if piece.known else piece.margin,
            )
        )
    edits.said(after)


def _whole_stretch(text: str, at: int, end: int, notes: dict[int, int], language: Language, edits: Edits) -> None:
    """Repair `text[at:end]`, whose bytes are not shifted: characters back one for one, notes off."""
    back = back_one_to_one()
    for run in _run().finditer(text, at, end):
        start = run.start()
        edits.said(text[at:start])
        at = run.end()
        if run[0] == "著":
            _add_zhe(text, start, language, edits)
            continue
        kept = []
        rule = "script"
        place = start
        while place < at:
            if text[place] == "(":
                stop = notes.get(place)
                if stop is None or stop > end:
                    kept.append(text[place])
                    place += 1
                else:
                    rule = "pinyin"
                    place = stop
            else:
                kept.append(back.get(text[place], text[place]))
                place += 1
        after = "".join(kept)
        if after != run[0]:
            edits.changes.append(Change(start=start, end=at, before=run[0], after=after, rule=rule, proved=True))
        edits.said(after)
    edits.said(text[at:end])


def _add_zhe(text: str, start: int, language: Language, edits: Edits) -> None:
    """着 and 著 both became 著: choose by what stands around."""
    back = back_one_to_one()
    following = plain("".join(back.get(character, character) for character in text[start + 1 : start + 3]) + "\n\n")
    scores = {}
    for choice in "着著":
        whole = edits.tail + choice + following[:2]
        scores[choice] = sum(language.likely(whole[at : at + 3]) for at in range(3))
    best, second = sorted(scores, key=lambda choice: -scores[choice])
    margin = round(scores[best] - scores[second], 3)
    edits.changes.append(
        Change(
            start=start,
            end=start + 1,
            before="著",
            after=best,
            rule="script",
            proved=False,
            runner_up=second,
            margin=margin,
        )
    )
    edits.said(best)


@cache
def _run() -> re.Pattern[str]:
    back = "".join(sorted(back_one_to_one()))
    return re.compile(rf"著|(?:[{back}]|\([{SYLLABLE}]{{1,6}}\))+")


def find_notes(text: str, masks: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Where the page has a `(reading)` that belongs to the character, or to the byte pair, before it."""
    known = readings()
    found = []
    for match in _NOTE.finditer(text):
        start = match.start()
        before = text[start - 1] if start else ""
        if match[1] in known.get(before, ()) or _across(text, start, match[1]):
            found.append((start, match.end(), match[1]))
    return [note for note in found if not _masked(note[0], masks)]


def _across(text: str, start: int, note: str) -> bool:
    """Whether the last byte of one character and an ASCII letter make a pair that is read `note` (款A(yù)pp)."""
    if start < 2 or not 0x40 <= ord(text[start - 1]) < 0x7F:
        return False
    try:
        pair = text[start - 2].encode("gbk")[-1:] + text[start - 1].encode("ascii")
        return note in readings().get(pair.decode("gbk"), ())
    except UnicodeError:
        return False


def _masked(at: int, masks: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in masks)


def page_counts(text: str, masks: list[tuple[int, int]]) -> Counter[str]:
    """What the page itself says, as counts: a name that is broken here may stand whole elsewhere."""
    back = str.maketrans(dict(back_one_to_one()))
    clean = _NOTE.sub("", text).translate(back)
    grams = count(re.split(r"\?[^，。、；：,.;\n]{0,30}", clean))
    for gram in [gram for gram in grams if "著" in gram]:  # it may be 着, and must not vote for itself
        del grams[gram]
    return grams


def gap_records(edits: Edits) -> Iterator[Gap]:
    """The gaps in the offsets of the restored text."""
    moved = 0
    at = 0
    for change in edits.changes:
        while at < len(edits.gaps) and edits.gaps[at][0] <= change.start:
            start = change.start + moved
            yield Gap(start=start, end=start + len(change.after), note=edits.gaps[at][1])
            at += 1
        moved += len(change.after) - len(change.before)
