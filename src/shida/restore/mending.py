"""What stands between the ends of a chain: its bytes are certain, but for what vanished, which is looked for.

Pairs of the private-use area print nothing, and pairs that are no character print only `?`. The second are always read
as two characters; the first are looked for where the chain reads badly.
"""

from __future__ import annotations

from itertools import pairwise

from shida.restore.chain import Chain, right_context
from shida.restore.choosing import AFTER_HIDDEN, BEFORE, best_of
from shida.restore.hidden import Hidden, Scored
from shida.restore.language import Language, PageGrams, plain
from shida.restore.lost_ends import ONCE, POOR, TWICE, told, unprinted
from shida.restore.pairs import HIDDEN, LOST

PROOF = 7.0
"""Nats by which a character must beat every pair that could have vanished beside it to be called proved."""
GUESSED = -6.1
"""Nats a character below which what is chosen for a hidden pair is wrong as often as right."""
APART = -10.5
"""Nats a character below which two that were never read, nor each with what is beside it, mean that the chain is wrong:
at -9 right ones are given up, at -11 wrong chains are kept."""
DASHES = 0xA1
"""The first byte of — and of …."""
SLACK = 3.0
"""Nats by which three characters may say more for a hidden pair than pairs do."""
HIDDEN_BY_WORDS, FAR_BY_WORDS = 0.4, 6.0
"""What words weigh for or against a hidden pair, and the nats between the two above which they are not asked."""
GATE = -8.0
"""Nats below which two pairs say so little that one that vanished is looked for all the same."""
SEEN = 3.8
"""How often a character must have been read beside both its neighbours to need no such test: four times, and what a
chance kept short loses."""


class Mending:
    """A chain, the characters that stand between its ends, and which of them were chosen."""

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
        common = 0.0, 0.0
        if link != LOST:
            often, shown, (before, after) = self.language.often, self.plains[at], self._around(at, left, tail)
            common = often(before[1] + shown), often(shown + after[0]) if after else 1e9
        if self._mend_one(at, left, tail, common) is None:
            self.texts[at], self.plains[at], self.chosen[at] = kept
        self.chosen.setdefault(at, (None, None))

    def _mend_last(self, left: str, note: str) -> None:
        """Look at the last character once more, now that it is known what the note behind it stands for."""
        at = len(self.texts) - 1
        if at < 0 or at in self.chosen:
            return
        often, last = self.language.often, self.plains[at]
        tail = (plain(note) + self.right)[:2]
        before = self._around(at, left, tail)[0][1]
        common = often(before + last), often(last[-1] + tail[0])
        if min(common) < SEEN or sum(common) < 4 * SEEN or self._by_pairs(before, last, tail[0]) < GATE:
            self._mend_one(at, left, tail, common)

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
        unread = False
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
            unread = bool(following) and link == LOST and not options
            if unread:
                options = told(hidden.never(lead, trail, last, following, floor, read=False), said)
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
        if unread and score < APART * (len(best) + len(after)):
            return None
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
