"""What a chain leaves open, chosen by what is likely: its two ends, and what may hide in it.

At an end every character is tried that a known neighbour has been seen with. In between the bytes are certain, but for
pairs of the private-use area, which print nothing, and pairs that print only `?`: where the chain reads badly the
first are looked for, and the second always.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter

from shida.restore.chain import Chain, right_context
from shida.restore.choosing import AFTER, AFTER_HIDDEN, BEFORE, NOTHING, PAIRED, RIVALS, best_of, choose
from shida.restore.further import SEEN_AFTER, brackets, swallowed
from shida.restore.hidden import (
    DASH_ENDS,
    Hidden,
    Scored,
    cut_characters,
    ending_of,
    lost_alone,
    lost_trails,
)
from shida.restore.language import Language, PageGrams, plain
from shida.restore.lost_ends import (
    DASHED,
    ONCE,
    POOR,
    TWICE,
    UNSETTLED,
    WITH_BRACKETS,
    against_stop,
    before_closing,
    first_options,
    told,
    unprinted,
    unsupported,
)
from shida.restore.pairs import HIDDEN, LOST, Piece

DOUBT = 0.3
"""A lost character whose best value is less likely than this stays a gap."""
PROOF = 7.0
"""Nats by which a character must beat every pair that could have vanished beside it to be called proved."""
GUESSED = -6.1
"""Nats a character below which what is chosen for a hidden pair is wrong as often as right."""
DASHES = 0xA1
"""The first byte of — and of …."""
SLACK = 3.0
"""Nats by which three characters may say more for a hidden pair than pairs do."""
WORD = 20.0
"""How often two characters were read together that make a word of their own."""
HIDDEN_BY_WORDS, FAR_BY_WORDS = 0.4, 6.0
"""What words weigh for or against a hidden pair, and the nats between the two above which they are not asked."""
GATE = -8.0
"""Nats below which two pairs say so little that one that vanished is looked for all the same."""
SEEN = 3.8
"""How often a character must have been read beside both its neighbours to need no such test: four times, and what a
chance kept short loses."""


class Reading:
    """One chain on its way to pieces."""

    def __init__(
        self,
        language: Language,
        hidden: Hidden,
        chain: Chain,
        left: str,
        text: str,
        page: PageGrams,
        *,
        quoted: bool,
    ) -> None:
        self.hidden, self.language = hidden, language
        self.chain = chain
        self.left, self.further = left[-2:], left
        self.text = text
        right = right_context(text, chain.end)
        self.right_after = plain("0" + right) if chain.swallowed else right
        """What follows, with what was swallowed taken for a number."""
        self.right = self.right_after[:2]
        self.right_alone = right
        self.page = page
        self.quoted = quoted
        self.texts = list(chain.known)
        self.plains = self.texts if max(chain.known, default="") < "\uff00" else [plain(one) for one in chain.known]
        self.plains = list(self.plains)
        self.chosen: dict[int, tuple[str | None, float | None]] = {}
        """The characters between that are not proved → runner-up and margin."""
        self.guessed = False
        """Whether what stands after the character that was cut is itself as likely wrong as right."""

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
        return self.language.ngrams.between(cut_characters(), left, right, PAIRED, read=False)

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
        seconds = language.ngrams.ending(ending_of(self.chain.pairs[1], low=False), after[0], DASH_ENDS)
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
        options = language.ngrams.between(lost, left[1], right[0], PAIRED, read=True)
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

    def _mend(self, left: str) -> bool:
        """Look for pairs that left no trace where the chain reads badly; whether it reads well enough now."""
        often, plains, texts, chosen = self.language.often, self.plains, self.texts, self.chosen
        tail = "" if self.chain.closing >= 0 or self.chain.final else self.right
        if not texts:
            return True
        whole = [left[-1], *plains, tail[:1]]
        seen = [often(one[-1] + two[0]) if two else 1e9 for one, two in pairwise(whole)]
        before = seen[0]
        fixed, changed = set(chosen), []
        for at, text in enumerate(texts):
            after = seen[at + 1]
            if text == LOST:
                before = after = 0.0
            if at in chosen:
                mended: bool | None = False
            elif text == "著":
                mended = self._zhe(at, left, tail)
            elif (
                before < SEEN
                or after < SEEN
                or before + after < 4 * SEEN
                or self._by_pairs(whole[at][-1], plains[at], whole[at + 2][:1]) < GATE
            ):
                mended = self._mend_one(at, left, tail, (before, after))
            else:
                mended = False
            if mended is None:
                return False
            before = often(plains[at][-1] + whole[at + 2][0]) if mended and whole[at + 2] else after
            if mended:
                changed.append(at)
        for at in changed:
            if at - 1 in chosen and at - 1 not in fixed:
                self._mend_again(at - 1, left, tail)
        return True

    def _mend_again(self, at: int, left: str, tail: str) -> None:
        """Choose once more, now that what follows is another."""
        link = self.chain.known[at]
        kept = self.texts[at], self.plains[at], self.chosen.pop(at)
        self.texts[at], self.plains[at] = link, plain(link)
        if self._mend_one(at, left, tail, (0.0, 0.0) if link == LOST else (SEEN, SEEN)) is None:
            self.texts[at], self.plains[at], self.chosen[at] = kept
        self.chosen.setdefault(at, (None, None))

    def _around(self, at: int, left: str, tail: str) -> tuple[str, str]:
        before = (left + "".join(self.plains[max(0, at - 2) : at]))[-2:]
        return before, ("".join(self.plains[at + 1 : at + 3]) + tail)[:2].partition(LOST)[0]

    def _mend_one(self, at: int, left: str, tail: str, common: tuple[float, float]) -> bool | None:
        """Whether the character was replaced; None where nothing fits."""
        language, hidden, link = self.language, self.hidden, self.texts[at]
        context, after = self._around(at, left, tail)
        lead, trail = self.chain.pairs[2 * at : 2 * at + 2]
        last, following = context[1], after[:1]
        floor = here = -1e9
        by_pairs = 0.0
        if link != LOST:
            plain_link = self.plains[at]
            by_pairs = self._by_pairs(last, plain_link, following)
            floor = by_pairs - PROOF - SLACK
        options: Scored
        said = self.chain.ending if at == len(self.texts) - 1 else ()
        if at in self.chain.holes:
            options = told(unprinted(language, hidden, lead, trail), said)
        else:
            options = hidden.once(lead, trail, last, following, floor)
            if lead == DASHES and following:
                options += hidden.dashes(trail, last, following)
            if following and (link == LOST or (max(common) < ONCE and by_pairs < POOR * 2)):
                options += hidden.never(lead, trail, last, following, floor)
            options = told(options, said)
            if following and (link == LOST or (max(common) < SEEN and min(common) < ONCE)):
                least = max(max(options)[0] - TWICE if options else -30.0, floor + HIDDEN)
                options += told(hidden.twice(lead, trail, last, following, least), said)
        if not options:
            if link == LOST:
                return None
            if max(common) < ONCE:
                self.chosen[at] = (None, None)
            return False
        beside = (
            (self.further[-BEFORE:] + left[-1] * self.chain.cut + "".join(self.plains[:at]))[-BEFORE:],
            ("".join(self.plains[at + 1 : at + 1 + AFTER_HIDDEN]) + tail).partition(LOST)[0][:AFTER_HIDDEN],
        )
        score, best = best_of(language, options, context, after, beside)
        by_words = 0.0
        if link != LOST:
            here = language.score(context + self.plains[at] + after)
            if abs(score - here) < FAR_BY_WORDS:
                words = language.words.score
                by_words = words(beside[0] + plain(best) + beside[1]) - words(beside[0] + self.plains[at] + beside[1])
        if score + HIDDEN_BY_WORDS * by_words > here:
            self.guessed |= at < 2 and score < GUESSED * (len(best) + len(after))
            self.chosen[at] = (None, None) if link == LOST else (link, round(score - here, 3))
            self.texts[at], self.plains[at] = best, plain(best)
            return True
        if score > here - PROOF:
            self.chosen[at] = (best, round(here - score, 3))
        elif max(common) < ONCE:
            self.chosen[at] = (None, None)
        return False

    def _by_pairs(self, last: str, link: str, following: str) -> float:
        """How likely a character is with its neighbours, two by two."""
        pair = self.language.pair
        return pair(last + link) + (pair(link + following) if following else 0.0)

    def _zhe(self, at: int, left: str, tail: str) -> bool:
        """着 and 著 both became 著; whether the character was replaced."""
        context, after = self._around(at, left, tail)
        best, second = sorted(((self.language.score(context + one + after), one) for one in "着著"), reverse=True)
        self.texts[at] = self.plains[at] = best[1]
        self.chosen[at] = (second[1], round(best[0] - second[0], 3))
        return best[1] != "著"

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
