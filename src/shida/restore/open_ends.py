"""What a chain leaves open, chosen by what is likely: its two ends, and what may hide in it.

At an end every character is tried that a known neighbour has been seen with. In between the bytes are certain, but for
pairs of the private-use area, which print nothing, and pairs that print only `?`: where the chain reads badly the
first are looked for, and the second always.
"""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest
from math import exp

from shida.restore.chain import Chain
from shida.restore.hidden import (
    Hidden,
    bytes_of_originals,
    cut_leads,
    ending_of,
    vanishing_after,
    vanishing_with,
    with_lost_trail,
)
from shida.restore.language import Language, PageGrams, plain
from shida.restore.pairs import HIDDEN, LOST, Piece, originals, unprintable, vanishing

DOUBT = 0.4
"""A lost character whose best value is less likely than this stays a gap."""
UNSURE = 3.0
"""Nats between the best two below which the rest of the page is asked."""
PROOF = 7.0
"""Nats by which a character must beat every pair that could have vanished beside it to be called proved."""
DASHES = 0xA1
"""The first byte of — and of …."""
POOR = -6.5
"""Nats a character at which one hidden pair reads so badly that two are tried, and pairs never read together."""
TWICE = -4.5
"""Nats a character at which one hidden pair still reads so badly that two are tried."""
WORD = 20.0
"""How often two characters were read together that make a word of their own."""
SEEN = 4.0
"""How often a character must have been read beside both its neighbours to need no such test."""
RIVALS = 5
"""The best options that are weighed against each other."""
_NONE: frozenset[str] = frozenset()


class Reading:
    """One chain on its way to pieces."""

    def __init__(
        self, language: Language, hidden: Hidden, chain: Chain, left: str, right: str, page: PageGrams, *, quoted: bool
    ) -> None:
        self.hidden, self.language = hidden, language
        self.chain = chain
        self.left = left
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

    def pieces(self) -> list[Piece]:
        """The pieces; none where the chain looks wrong."""
        chain = self.chain
        opening = self._note_before() if chain.first else self._open()
        if opening is None:
            return []
        inner = self.left[-1] + plain(opening.after) if opening.after else self.left
        first = self.plains[:1]
        if not self._mend(inner):
            return []
        if chain.cut and self.plains[:1] != first:
            opening = self._open()
            if opening is None:
                return []
            inner = self.left[-1] + plain(opening.after)
        pieces = [opening] if chain.cut else []
        pieces += self._between()
        if chain.closing >= 0:
            closed = self._close((inner + "".join(self.plains))[-2:])
            if closed is None:
                return []
            pieces.append(closed)
        elif chain.final:
            pieces.append(self._note_after((inner + "".join(self.plains))[-2:]))
        return pieces

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
                return None
            options = []
            for pair in chain.first:
                for text in originals()[(pair & 0xFF) << 8 | chain.pairs[1]]:
                    whole = self.left + text + "".join(self.plains[1:3])
                    options.append((self.language.score(whole + self.right[: 5 - len(whole)]), text, pair))
            if not options:
                return None
            best, *rest = sorted(options, reverse=True)
            self.texts[0] = self.plains[0] = best[1]
            chain.pairs = bytes((best[2] & 0xFF,)) + chain.pairs[1:]
            if rest and best[0] - rest[0][0] < PROOF:
                self.chosen[0] = (rest[0][1], round(best[0] - rest[0][0], 3))
        return Piece(chain.start, chain.start, "", True, None, None, 1.0)

    def _note_after(self, left: str) -> Piece:
        """Which pair the closing note stands for."""
        span = self.chain.places[-1], self.chain.end
        found = self._choose({text for pair in self.chain.final for text in originals()[pair]}, left, self.right, span)
        if found.margin is not None and found.margin < PROOF:
            return found
        return Piece(*span, found.after, True, None, None, 1.0)

    def _open(self) -> Piece | None:
        span = self.chain.start, self.chain.start + 2
        following = ("".join(self.plains[:2]) + self.right)[:2]
        if not self.texts:
            return self._open_before_closing(span) if self.chain.closing >= 0 else None
        language = self.language
        after = language.after.get(self.left[-1], _NONE) & cut_leads()
        before = language.before.get(following[0], _NONE) & cut_leads()
        opening = self._choose(after | before | {"。"}, self.left, following, span)
        if self.chain.pairs[0] == DASHES and 0 not in self.chain.holes:
            opening = self._with_dashes(opening, span)
        return opening

    def _open_before_closing(self, span: tuple[int, int]) -> Piece | None:
        """Two lost halves beside each other: chosen together."""
        language, right = self.language, self.right
        seconds = with_lost_trail(self.chain.closing, alone=True) & language.before.get(right[0], _NONE)
        options = (language.after.get(self.left[-1], _NONE) & cut_leads()) | {"。"}
        firsts = nlargest(8, options, key=lambda one: (language.score(self.left + one), one))
        found = [
            (language.score(self.left + one + two + right), one)
            for one in firsts
            for two in (seconds & language.after.get(one, _NONE)) or seconds
        ]
        return self._choose({max(found)[1]}, self.left, right, span) if found else None

    def _with_dashes(self, opening: Piece, span: tuple[int, int]) -> Piece:
        """—— (or ……) after the first character is two pairs that vanish: whether it reads better than nothing."""
        language, counts = self.language, self.language.counts
        after = ("".join(self.plains[1:3]) + self.right)[:2]
        opened, link = plain(opening.after), self.plains[0]
        if min(counts.get(opened + link, 0.0), counts.get(link + after[0], 0.0)) >= SEEN and link != "”":
            return opening
        here = language.score(self.left + opened + link + after)
        if link == "”" and not self.quoted:
            here -= PROOF
        best = opening
        seconds = ending_of(self.chain.pairs[1], low=False) & language.before.get(after[0], _NONE)
        for twice in ("——", "……"):
            if not seconds:
                break
            options = (language.after.get(self.left[-1], _NONE) & cut_leads()) or {opening.after}
            tried = self._choose(options, self.left, twice, span)
            left = self.left + plain(tried.after) + twice
            score, second = max((language.score(left + second + after), second) for second in seconds)
            if score > here:
                here, best = score, tried
                self.chosen[0] = (link, None)
                self.texts[0] = self.plains[0] = twice + second
        return best

    def _close(self, left: str) -> Piece | None:
        chain, right, language = self.chain, self.right, self.language
        span = chain.end - 1, chain.end
        if not chain.known and not chain.cut:
            span = chain.start, chain.end
        lost = with_lost_trail(chain.closing, alone=not chain.swallowed)
        options = (lost & language.after.get(left[1], _NONE)) | (lost & language.before.get(right[0], _NONE))
        found = self._choose(options, left, right, span) if options else None
        if found is None or language.score(left + plain(found.after) + right) < POOR * 3:
            options = options | self._vanished_before_closing(left, right)
            found = self._choose(options, left, right, span) if options else None
        if not chain.swallowed:
            return found
        alone = with_lost_trail(chain.closing, alone=True) - lost  # a second byte 80 prints its `?` by itself
        if alone:
            whole = self._choose(alone, left, self.right_alone, span)
            score = language.score(left + plain(whole.after) + self.right_alone)
            if found is None or score > language.score(left + plain(found.after) + self.right_after):
                return whole
        if found is None or (chain.doubtful and found.chance < DOUBT):
            return None
        return Piece(*span, found.after + LOST, False, found.runner_up, found.margin, found.chance)

    def _vanished_before_closing(self, left: str, right: str) -> set[str]:
        """Two characters whose inner bytes vanished, the last byte of the second lost as well."""
        language = self.language
        options: set[str] = set()
        ends = language.before.get(right[0], _NONE)
        for trail in vanishing():
            for first in originals()[self.chain.closing << 8 | trail]:
                seen = left[1] + first in language.counts
                options |= {
                    first + second
                    for second in language.after.get(first, _NONE) & ends
                    if seen or language.counts[first + second] >= WORD
                }
        return options

    def _mend(self, left: str) -> bool:
        """Look for pairs that left no trace where the chain reads badly; whether it reads well enough now."""
        counts, plains, texts = self.language.counts.get, self.plains, self.texts
        if not texts:
            return True
        tail = "" if self.chain.closing >= 0 or self.chain.final else self.right
        whole = left[-1] + "".join(plains) + tail[:1]
        seen = [counts(whole[at : at + 2], 0.0) for at in range(len(whole) - 1)]
        if len(whole) == len(plains) + 1:
            seen.append(1e9)
        before = seen[0]
        changed = 0 in self.chosen and len(plains[0]) > 1  # dashes
        for at, following in enumerate(seen[1 : len(texts) + 1]):
            common = before, following
            before = following
            if changed:
                context = (left + "".join(plains[max(0, at - 2) : at]))[-1]
                common = counts(context + plains[at], 0.0), common[1]
                changed = False
            if texts[at] == LOST or min(common) < SEEN or sum(common) < 4 * SEEN:
                if at in self.chosen and texts[at] != LOST:
                    changed = len(plains[at]) > 1
                    continue
                if texts[at] == "著":
                    self._zhe(at, left, tail)
                    continue
                mended = self._mend_one(at, left, tail, common)
                if mended is None:
                    return False
                changed = mended
            elif texts[at] == "著":
                self._zhe(at, left, tail)
        return True

    def _around(self, at: int, left: str, tail: str) -> tuple[str, str]:
        before = (left + "".join(self.plains[max(0, at - 2) : at]))[-2:]
        return before, ("".join(self.plains[at + 1 : at + 3]) + tail)[:2]

    def _mend_one(self, at: int, left: str, tail: str, common: tuple[float, float]) -> bool | None:
        """Whether the character was replaced; None where nothing fits."""
        link = self.texts[at]
        context, after = self._around(at, left, tail)
        lead, trail = self.chain.pairs[2 * at : 2 * at + 2]
        if link != LOST and min(common) >= 1.0:  # only what was read with both neighbours too can come near it
            options = self._seen_with(lead, trail, context[-1], after[:1])
            if not options:
                return False
            here = self.language.score(context + self.plains[at] + after)
            score, two = self._best(options, context, after)
        else:
            here = self.language.score(context + self.plains[at] + after)
            if at in self.chain.holes:
                score, two = self._unprinted(lead, trail, context, after)
            else:
                poor = link == LOST or (max(common) < 1.0 and here < POOR * (len(after) + 1))
                score, two = self._vanished(lead, trail, context, after, thoroughly=poor)
                rare = link == LOST or (max(common) < 1.0 and self._rare(link))
                if rare and max(score, here) < TWICE * (len(after) + 2):
                    three_score, three = self._vanished_twice(lead, trail, context, after)
                    score, two = max((score, two), (three_score - HIDDEN, three))
        if link == LOST or score > here + HIDDEN:
            if not two:
                return None
            self.chosen[at] = (None, None) if link == LOST else (link, round(score - here, 3))
            self.texts[at], self.plains[at] = two, plain(two)
            return True
        if score > here - PROOF:
            self.chosen[at] = (two, round(here - score, 3))
        elif max(common) < 1.0:
            self.chosen[at] = (None, None)
        elif min(common) < 1.0:  # never read with one neighbour: proved only if no two hidden pairs come near it
            score, three = self._vanished_twice(lead, trail, context, after)
            if score > here - PROOF:
                self.chosen[at] = (three, round(here - score, 3))
        return False

    def _seen_with(self, lead: int, trail: int, left: str, right: str) -> list[str]:
        """The pairs of characters that may have met here, each read with the neighbour on its side."""
        counts = self.language.counts
        two = self.hidden.vanished.get(lead << 8 | trail, ())
        found = [
            one
            for one in two
            if counts[one] >= SEEN or (left + one[0] in counts and (not right or one[1] + right in counts))
        ]
        if lead == DASHES:
            found += [twice + second for second in self._after_dashes(trail, right) for twice in ("——", "……")]
        return found

    def _after_dashes(self, trail: int, right: str) -> frozenset[str]:
        """What may stand between —— or ……, which are two pairs that vanish whole, and `right`."""
        return ending_of(trail, low=False) & self.language.before.get(right, _NONE)

    def _best(self, options: Iterable[str], left: str, right: str) -> tuple[float, str]:
        score = self.language.score
        return max(((score(left + one + right), one) for one in options), default=(-1e9, ""))

    def _rare(self, link: str) -> bool:
        """Whether a character is as rare as those that two hidden pairs leave nearly always are."""
        return self.language.counts.get(link, 0.0) < WORD

    def _zhe(self, at: int, left: str, tail: str) -> None:
        """着 and 著 both became 著."""
        context, after = self._around(at, left, tail)
        best, second = sorted(((self.language.score(context + one + after), one) for one in "着著"), reverse=True)
        self.texts[at] = self.plains[at] = best[1]
        self.chosen[at] = (second[1], round(best[0] - second[0], 3))

    def _vanished(self, lead: int, trail: int, left: str, right: str, *, thoroughly: bool) -> tuple[float, str]:
        """The best two characters whose inner bytes were a pair that vanished, and their score."""
        language = self.language
        options: Iterable[str] = self.hidden.vanished.get(lead << 8 | trail, ())
        fits = language.before.get(right[0], _NONE) if right else _NONE
        if thoroughly:  # two that were never read together, but with what is around them
            more = []
            follows = language.after.get(left[-1], _NONE)
            for inner in vanishing():
                for first in originals()[lead << 8 | inner]:
                    if first in follows:
                        more += [first + second for second in ending_of(trail, low=inner <= 0xA7) & fits]
            options = {*options, *more}
        if lead == DASHES and right:
            seconds = self._after_dashes(trail, right[0])
            options = [*options, *(twice + second for twice in ("——", "……") for second in seconds)]
        return self._best(options, left, right)

    def _unprinted(self, lead: int, trail: int, left: str, right: str) -> tuple[float, str]:
        """The best two characters whose inner bytes cp936 prints as `?`, and their score."""
        options: Iterable[str] = self.hidden.unprinted.get(lead << 8 | trail, ())
        if not options:
            options = [
                first + second
                for inner, leads in unprintable().items()
                for first in originals()[lead << 8 | inner]
                for other in leads
                for second in originals()[other << 8 | trail]
            ]
        return self._best(options, left, right)

    def _vanished_twice(self, lead: int, trail: int, left: str, right: str) -> tuple[float, str]:
        """The best three characters whose inner bytes were two pairs that vanished, and their score."""
        before = self.language.before
        inner, firsts = vanishing_after(), vanishing_with(lead)
        options = []
        for low in (False, True):
            thirds = ending_of(trail, low=low)
            for third in thirds & before.get(right[0], _NONE) if right else thirds:
                for second in before.get(third, _NONE) & inner[low]:
                    high = bytes_of_originals()[second][0] > 0xA0
                    options += [first + second + third for first in before.get(second, _NONE) & firsts[high]]
        return self._best(options, left, right)

    def _choose(self, options: Iterable[str], left: str, right: str, span: tuple[int, int]) -> Piece:
        score = self.language.score
        every = [
            (score(left + one + right), one)
            if len(one) == 1 and "\u3000" < one < "\uff00"
            else (score(left + plain(one) + right) - HIDDEN * (len(one) > 1), one)
            for one in options
        ]
        scored = nlargest(RIVALS, every)
        others = sum(exp(known - scored[0][0]) for known, _ in every if known < scored[-1][0])
        if len(scored) > 1 and scored[0][0] - scored[1][0] < UNSURE:
            here, page = self.language.score_here, self.page
            near = [one for known, one in scored if scored[0][0] - known < 2 * UNSURE]
            scored = sorted(
                ((here(left + plain(one) + right, page) - HIDDEN * (len(one) > 1), one) for one in near), reverse=True
            )
        best, after = scored[0]
        chance = 1 / (others + sum(exp(score - best) for score, _ in scored))
        if len(scored) < 2:
            return Piece(*span, after, False, None, None, chance)
        return Piece(*span, after, False, scored[1][1], round(best - scored[1][0], 3), chance)
