"""What a chain leaves open, chosen by what is likely: its two ends.

At an end every character is tried that a known neighbour has been seen with. What may hide in between is for
`shida.restore.mending`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from operator import itemgetter

from shida.restore.choosing import AFTER, AFTER_HIDDEN, BEFORE, NOTHING, RIVALS, between, choose
from shida.restore.further import SEEN_AFTER, brackets, swallowed
from shida.restore.hidden import (
    DASH_ENDS,
    cut_characters,
    ending_of,
    lost_alone,
    lost_trails,
    read_before,
)
from shida.restore.language import plain
from shida.restore.lost_ends import (
    DASHED,
    POOR,
    UNSETTLED,
    WITH_BRACKETS,
    against_stop,
    before_closing,
    first_options,
    unsupported,
)
from shida.restore.mending import DASHES, HIDDEN_BY_WORDS, PROOF, SEEN, Mending
from shida.restore.pairs import LOST, Piece

DOUBT = 0.3
"""A lost character whose best value is less likely than this stays a gap."""


class Reading(Mending):
    """One chain on its way to pieces."""

    def pieces(self) -> list[Piece]:
        """The pieces; none where the chain looks wrong."""
        chain = self.chain
        opening = self._note_before() if chain.first else self._open()
        if opening is None:
            return []
        inner = self.left[-1] + plain(opening.after) if opening.after else self.left
        first = "".join(self.plains[:2])[:2]
        if not self._mend(inner):
            return []
        if chain.cut and "".join(self.plains[:2])[:2] != first:
            opening = self._open()
            if opening is None:
                return []
            inner = self.left[-1] + plain(opening.after)
        if chain.final:
            self._mend_last(inner, self._note_after((inner + "".join(self.plains))[-2:]).after)
        if self.guessed and opening.margin is not None and opening.margin < UNSETTLED:
            opening = opening._replace(chance=0.0)
        self._doubt(opening)
        pieces = [opening] if chain.cut else []
        pieces += self._between()
        if chain.closing >= 0:
            closed = self._close((inner + "".join(self.plains))[-2:], plain(opening.after))
            if closed is None:
                return []
            pieces.append(closed)
        elif chain.final:
            pieces.append(self._note_after((inner + "".join(self.plains))[-2:]))
        return pieces

    def _doubt(self, opening: Piece) -> None:
        """Take back the proof of what was only ever read beside characters that were chosen themselves.

        A lost character, or two for one, is chosen to fit its neighbours, so that fitting says nothing of these.
        """
        ends = self.chain.closing >= 0 or bool(self.chain.final)
        opens = self.chain.cut and opening.margin is not None
        if self.chosen or ends or opens:
            before = "" if opens else (self.left + plain(opening.after))[-1]
            after = "" if ends else self.right[0]
            for at in unsupported(self.language, self.plains, self.chosen, before, after):
                self.chosen[at] = (None, None)

    def _between(self) -> list[Piece]:
        """The characters between the ends, proved ones together."""
        places, texts, chosen = self.chain.places, self.texts, self.chosen
        if not chosen:
            return [Piece(places[0], places[-1], "".join(texts), True, None, None, 1.0)] if texts else []
        pieces = []
        begin = 0
        for at in (*sorted(chosen), len(texts)):
            if at > begin:
                pieces.append(Piece(places[begin], places[at], "".join(texts[begin:at]), True, None, None, 1.0))
            if at < len(texts):
                pieces.append(Piece(places[at], places[at + 1], texts[at], False, *chosen[at], 0.9))
            begin = at + 1
        return pieces

    def _note_before(self) -> Piece | None:
        """Which pair the opening note stands for, where its reading leaves several; the piece is empty."""
        chain = self.chain
        if len(chain.first) > 1:
            if not self.texts:
                return Piece(chain.start, chain.start, "", True, None, None, 1.0) if chain.final else None
            following = ("".join(self.plains[1 : 1 + AFTER_HIDDEN]) + self.right)[:AFTER_HIDDEN]
            following = following.partition(LOST)[0] or self.right
            options = []
            for text, pair in first_options(self.language, self.hidden, chain, self.left[-1], following[0]):
                words = self.language.words.score(self.further[-BEFORE:] + plain(text) + following)
                known = self.language.score(self.left + plain(text) + following[:2])
                options.append((known + HIDDEN_BY_WORDS * words, text, pair))
            if not options:
                return None
            (best, text, pair), *rest = sorted(options, reverse=True)
            chain.pairs = bytes((pair & 0xFF,)) + chain.pairs[1:]
            self.texts[0], self.plains[0] = text, plain(text)
            if len(text) > 1:
                self.chosen[0] = (None, None)
            elif rest and best - rest[0][0] < PROOF:
                self.chosen[0] = (rest[0][1], round(best - rest[0][0], 3))
        return Piece(chain.start, chain.start, "", True, None, None, 1.0)

    def _note_after(self, left: str) -> Piece:
        """Which pair the closing note stands for."""
        span = self.chain.places[-1], self.chain.end
        found = self._choose(self.chain.final, left, self.right, span)
        if len(found.after) > 1 or (found.margin is not None and found.margin < PROOF):
            return found
        return Piece(*span, found.after, True, None, None, 1.0)

    def _open(self) -> Piece | None:
        span = self.chain.start, self.chain.start + 2
        if not self.texts and self.chain.final:
            found = [self._opened(span, plain(text)) for text in self.chain.final]
            return max(found, key=itemgetter(0))[1]
        if not self.texts:
            if self.chain.closing < 0:
                return None
            matching = brackets(self.text, self.chain.start, self.chain.end, "")
            return before_closing(self.language, self.chain.closing, self.further, self.right, matching, span)
        opening = self._opened(span, "".join(self.plains[:AFTER]))[1]
        if self.chain.pairs[0] == DASHES and 0 not in self.chain.holes:
            opening = self._with_dashes(opening, span)
        return opening

    def _opened(self, span: tuple[int, int], behind: str) -> tuple[float, Piece]:
        """What a cut broke before `behind`, and how likely both are."""
        following = (behind + self.right)[:AFTER]
        wanted = against_stop(self.further, following[0])
        options = self._cut_between(self.left[-1], following[0])
        beside = self.further[-BEFORE:], following
        found = self._choose(options, self.left, following[:2], span, wanted, beside)
        return self.language.score(self.left + plain(found.after) + behind + self.right), found

    def _cut_between(self, left: str, right: str) -> list[str]:
        """The characters a cut can break that two pairs do not rule out between two others."""
        return between(self.language, cut_characters(), left, right, read=False)

    def _with_dashes(self, opening: Piece, span: tuple[int, int]) -> Piece:
        """—— (or ……) after the first character is two pairs that vanish: whether it reads better than nothing."""
        language = self.language
        after = ("".join(self.plains[1:3]) + self.right)[:2]
        opened, link = plain(opening.after), self.plains[0]
        if min(language.often(opened + link), language.often(link + after[0])) >= SEEN and link != "”":
            return opening
        here = language.score(self.left + opened + link + after)
        if link == "”" and not self.quoted:
            here -= PROOF
        if here > DASHED:
            return opening
        seconds = read_before(language, after[0], ending_of(self.chain.pairs[1], low=False), DASH_ENDS)
        best = opening
        for twice in ("——", "……") if seconds else ():
            near = nlargest(
                RIVALS, [(language.pair(one + after[0]) + language.pair(twice[0] + one), one) for _, one in seconds]
            )
            tail, second = max([(language.score(twice + one + after), one) for _, one in near])
            if tail < here:
                continue
            tried = self._choose(self._cut_between(self.left[-1], twice[0]), self.left, twice, span)
            score = language.score(self.left + plain(tried.after) + twice) + tail
            if score > here:
                here, best = score, tried
                self.chosen[0] = (link, None)
                self.texts[0] = self.plains[0] = twice + second
        return best

    def _close(self, left: str, opened: str) -> Piece | None:
        chain, right, language = self.chain, self.right, self.language
        span = chain.end - 1, chain.end
        if not chain.known and not chain.cut:
            span = chain.start, chain.end
        lost = lost_trails(chain.closing, alone=not chain.swallowed)
        options = between(language, lost, left[1], right[0], read=True)
        matched = chain.closing in WITH_BRACKETS
        wanted = brackets(self.text, chain.start, chain.end, "".join(self.texts)) if matched else NOTHING
        beside = (self.further[-BEFORE:] + opened + "".join(self.plains))[-BEFORE:], right
        found = self._choose(options, left, right, span, wanted, beside) if options else None
        best = language.score(left + plain(found.after) + right) if found else -1e9
        if best < POOR * 3 or right[0] == "\n":
            more = self.hidden.ending(chain.closing, left[1], right[0], best)
            if more:
                options += [two for _, two in nlargest(RIVALS, more)]
                found = self._choose(options, left, right, span, wanted)
        if not chain.swallowed:
            return found
        alone = lost_alone(chain.closing)  # a second byte 80 prints its `?` by itself
        if alone:
            whole = self._choose(alone, left, self.right_alone, span)
            score = language.score(left + plain(whole.after) + self.right_alone)
            if found is None or score > language.score(left + plain(found.after) + self.right_after):
                return whole
        if found is None or (chain.doubtful and found.chance < DOUBT):
            return None
        gone = swallowed(self.text[chain.end : chain.end + SEEN_AFTER], self.page) or LOST
        return Piece(*span, found.after + gone, False, found.runner_up, found.margin, found.chance)

    def _choose(
        self,
        options: Iterable[str],
        left: str,
        right: str,
        span: tuple[int, int],
        wanted: Mapping[str, float] = NOTHING,
        beside: tuple[str, str] | None = None,
    ) -> Piece:
        return choose(self.language, self.page, options, left, right, span, wanted, beside)
