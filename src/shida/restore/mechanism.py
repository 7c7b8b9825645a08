"""Kinds A and D: a text whose GBK bytes were turned Traditional, noted and cut → what it was, proved or chosen."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from functools import cached_property, partial
from itertools import islice
from operator import itemgetter

import numpy as np

from shida.records import Change
from shida.restore.arrays import Settled
from shida.restore.chain import LONGEST
from shida.restore.codes import BEYOND as NO_CODE
from shida.restore.codes import back_table, text_of
from shida.restore.decide import Scan
from shida.restore.edits import Edits
from shida.restore.ends import Ends, PageGrams, Surroundings
from shida.restore.language import Language, plain
from shida.restore.masks import inside
from shida.restore.open_ends import DOUBT
from shida.restore.pairs import CUT_TRAILS, LOST, Piece
from shida.restore.passes import JOINED, change_runs, turn
from shida.restore.shifted import Search
from shida.restore.syllables import SYLLABLE, Notes
from shida.text.scripts import fold_width

STRETCHES, STRETCH_EVERY = 60, 120
"""Shifted places a page may have: so many, and one more for so many characters. Damage makes about one in 800."""
MOST = 4_000
"""Places that are mended at most: for each the page is asked what it says elsewhere, and a long one answers slowly."""
AHEAD = LONGEST + 100
"""Characters from a shifted place on in which its line's end is looked for: no stretch reaches as far."""

_YEAR = re.compile(r"(?:9\d\d|0[0-4]\d)(?=年|版|[—-]\d)")

LOOKED_FOR_SHIFTS, SHIFTED_LEAST, SHIFTED_GAIN = 8, 2, 8.0
"""Places looked at for whether the page is shifted there; characters one must have; and nats by which these together
must read better one byte later. Of 160,000 question marks put into Traditional news by chance one reads so."""

ZHE, STRAY = ord("著"), ord("?")

_STRAY = re.compile(rf"\?(?=[，,！!？?]|[{SYLLABLE}]{{1,6}}\))")
_RUN = re.compile(rf"(?:[^\x00-\x7f]|\([{SYLLABLE}]{{1,6}}\))*")


def may_be_shifted(text: str) -> bool:
    """Whether a text has a question mark where the mechanism leaves one; an ordinary one may stand so too."""
    return _STRAY.search(text) is not None


def _read_notes(text: str, found: Scan) -> dict[str, str]:
    """The characters that `text` notes, and how."""
    notes = found.notes
    spans = zip(notes.starts.take(notes.first).tolist(), notes.ends.take(notes.first).tolist(), strict=True)
    return dict(zip(text_of(found.noted[0]), (text[start + 1 : stop - 1] for start, stop in spans), strict=True))


class Mechanism:
    """One page of kind A or D."""

    def __init__(self, text: str, masks: list[tuple[int, int]], found: Scan, language: Language, ends: Ends) -> None:
        self.text = text
        self.language = language
        self.masks = masks
        self.codes = codes = found.codes
        self._found = found
        self._ends = ends
        notes = found.notes
        self.edited, self.kept_before, plain_text = turn(
            codes, found.whole, notes.starts, notes.ends, notes.across_starts, notes.across_ends, back_table()
        )
        self.plain_text = self._with_all_planes(plain_text)
        """The page with characters turned back and notes off, shifted stretches not yet mended."""
        self._surroundings = Surroundings(self.plain_text, self.kept_before, language)
        # No method of this page: one that holds itself is not let go before the collector comes, and the next page
        # then finds the near memory taken.
        self.notes = Notes(text, partial(_read_notes, text, found))
        """What the page notes, and with which reading."""
        self._folded = "，" not in text and "," in text
        """Whether the copy has full width as ASCII."""

    @cached_property
    def _page_grams(self) -> PageGrams:
        return PageGrams(self.plain_text)

    @cached_property
    def _search(self) -> Search:
        return Search(self.language, self.notes, self._ends.hidden)

    def _with_all_planes(self, plain: str) -> str:
        """The plain text with what lies beyond the first plane as the page has it."""
        if not self._found.beyond:
            return plain
        places = np.flatnonzero(self._found.whole == NO_CODE)
        kept = list(plain)
        for at, where in zip(places.tolist(), self.kept_before.take(places).tolist(), strict=True):
            kept[where] = self.text[at]
        return "".join(kept)

    def shifts(self) -> int:
        """In how many places the page reads as Chinese one byte later, and does not as it is printed.

        Nothing but the mechanism leaves such a place, so that one is enough to know it.
        """
        found = 0
        for stray in islice(_STRAY.finditer(self.text), LOOKED_FOR_SHIFTS):
            start = stray.start()
            if self.codes[start] != STRAY:  # in a mask
                continue
            known, end = self._ends.shifted(self.text, start, self._end_of_line(start), self.notes, folded=self._folded)
            if len(known) < SHIFTED_LEAST:
                continue
            first, last = self.kept_before.take((start, end)).tolist()
            printed = plain(self.plain_text[first:last])
            here = self.language.score("\n\n" + plain(known)) / len(known)
            there = self.language.score("\n\n" + printed) / max(1, len(printed))
            found += (here - there) * len(known) > SHIFTED_GAIN
        return found

    def restore(self) -> Edits:
        """The changes that undo the damage."""
        edits = Edits(self.text)
        solved: list[Piece] = []
        at = 0
        left = min(STRETCHES + len(self.text) // STRETCH_EVERY, MOST)
        for stray in _STRAY.finditer(self.text):
            start = stray.start()
            if start < at or self.codes[start] != STRAY:  # in a mask
                continue
            left -= 1
            if left < 0:
                edits.gaps.append((start, "the page has more shifted places than damage makes; the rest is left"))
                break
            last = solved[-1] if solved else None
            pieces, stop = self._stretch(start, last)
            cut = self.text[start + 1] in CUT_TRAILS
            after = stop if pieces else start + 2 if cut else self.text.index(")", start) + 1
            if (not pieces and not cut) or self._surroundings.is_garbled(after, pieces[-1] if pieces else last):
                pieces = [self._unsolved(start, after)]
                stop = pieces[0].end
            solved += pieces
            at = max(at, stop)
        self._assemble(solved, edits)
        return edits

    def _stretch(self, start: int, last: Piece | None) -> tuple[list[Piece], int]:
        end = self._end_of_line(start)
        left = self._surroundings.before(start, last)
        quoted = self._surroundings.is_quoted(start)
        found = self._ends.solve(
            self.text, start, end, left, self.notes, self._page_grams, quoted=quoted, folded=self._folded
        )
        return found or self._search.solve(self.text, start, end, left[-2:])

    def _unsolved(self, start: int, after: int) -> Piece:
        """A stretch that nothing fits: left as it is, up to the next thing that is not a Chinese character."""
        run = _RUN.match(self.text, after)
        end = run.end() if run else after
        end += self.text[end : end + 1] == "?"
        return Piece(start, end, self.text[start:end], False, None, None, 0.0)

    def _end_of_line(self, start: int) -> int:
        end = self.text.find("\n", start, start + AHEAD) + 1
        end = end or min(start + AHEAD, len(self.text))
        after = bisect_right(self.masks, (start, sys.maxsize))
        return min(end, self.masks[after][0]) if after < len(self.masks) else end

    def _assemble(self, pieces: list[Piece], edits: Edits) -> None:
        """Changes for the pieces, and around them for runs of turned characters and notes."""
        settled = [self._piece(piece, edits) for piece in pieces]
        apart = self._places_of_zhe()
        if apart and pieces:
            spans = [(piece.start, piece.end) for piece in pieces]
            apart = [at for at in apart if not inside(at, spans)]
        if apart:
            chosen = [self._zhe(at) for at in apart]
            edits.left = sum(change is None for *_, change in chosen)
            settled = sorted(settled + chosen, key=itemgetter(0))
        edits.changes, restored = change_runs(
            self.text,
            self.edited,
            self.kept_before,
            self.plain_text,
            settled,
            [start for start, _ in self.masks],
            "script",
            "pinyin",
            JOINED,
        )
        edits.set_restored(restored)

    def _places_of_zhe(self) -> list[int]:
        """Where 著 stands, but in masks."""
        found = []
        at = self.text.find("著")
        while at >= 0:
            if self.codes[at] == ZHE:
                found.append(at)
            at = self.text.find("著", at + 1)
        return found

    def _piece(self, piece: Piece, edits: Edits) -> Settled:
        start, end, after, known, runner_up, margin, chance = piece
        before = self.text[start:end]
        unsolved = before == after and chance == 0.0
        if not known:
            if not unsolved and chance < DOUBT:
                after = LOST * len(after)
            after = self._sensible(after, piece)
        if self._folded:
            after = fold_width(after)
        if unsolved or LOST in after:
            edits.gaps.append((start, "bytes were lost here, and what is left does not tell what stood here"))
        if before == after:
            return start, end, after, None
        if known:
            runner_up = margin = None
        change = Change(
            start=start,
            end=end,
            before=before,
            after=after,
            rule="shift",
            proved=known,
            runner_up=runner_up,
            margin=margin,
        )
        return start, end, after, change

    def _sensible(self, after: str, piece: Piece) -> str:
        """A choice seen with what lies further off: a quote that closes was opened, a year begins with 1 or 2."""
        if after[:1] in ("“", "”") and len(after) <= 2 and self.text[piece.start] == "?":
            after = ("”" if self._surroundings.is_quoted(piece.start) else "“") + after[1:]
        if after.endswith(LOST) and (year := _YEAR.match(self.text, piece.end)):
            after = after[:-1] + ("1" if year[0][0] == "9" else "2")
        return after

    def _zhe(self, at: int) -> Settled:
        """着 and 著 both became 著: which it was."""
        best, second, margin = self._surroundings.zhe(at)
        if best == "著":
            return at, at + 1, best, None
        change = Change(
            start=at, end=at + 1, before="著", after=best, rule="script", proved=False, runner_up=second, margin=margin
        )
        return at, at + 1, best, change
