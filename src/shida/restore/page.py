"""Text of a page → Restored: one layer of damage after the other, each with its own evidence."""

from __future__ import annotations

import re

from shida.pack import Pack
from shida.records import Change, Gap, Restored
from shida.restore.annotated import emoji_count, notes_at_random, take_notes_off
from shida.restore.converted import numerals_in, slips_in, write_back
from shida.restore.decide import (
    ALIKE,
    FEW_TRADITIONAL,
    HASH,
    LOST,
    ODD,
    RARE,
    STRAY,
    TONE,
    TRADITIONAL,
    WESTERN,
    WRITTEN_OUT,
    Scan,
    Verdict,
    judge,
    scan,
)
from shida.restore.edits import Edits, joined, replay
from shida.restore.ends import ends_of
from shida.restore.entities import read_references
from shida.restore.language import Counts, Language, language_of
from shida.restore.masks import find_masks, without
from shida.restore.mechanism import Mechanism, may_be_shifted
from shida.restore.misread import read_misread
from shida.restore.overlays import look_alikes, spam_head, strings_against_copying
from shida.restore.western import read_western

STAGE_VERSION = "14"
"""Goes up when the same page, pack and counts would give another result."""

SECTIONS = ("restoring",)
"""The sections of the pack this stage reads."""

LAYERS = 6
"""Repairs that may stand on one another (UTF-8 read as GBK three times, then a turned text)."""

_UNREAD = re.compile("\ufffd{1,4000}")
_ALL_LOST = re.compile(r"\?[? \t:：0-9]{3,4000}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def restore(text: str, pack: Pack, counts: Counts | None = None) -> Restored:
    """What `text`, a page's decoded text or HTML, said before it was damaged.

    In: the text; the pack's lists of names; what the newsroom learned, if anything. Out: the restored text with every
    change in the offsets of `text`, each proved or chosen, the gaps, and the evidence. Whole text comes back as it is.

    >>> from shida.pack import load_packs
    >>> pack = load_packs(("quality", "general"))
    >>> restore("关于质量标准的公告", pack).kind is None
    True
    >>> restored = restore("這(zhè)個(gè)標(biāo)準(zhǔn)經(jīng)過(guò)批準(zhǔn),內(nèi)容", pack)
    >>> restored.text, restored.kind
    ('这个标准经过批准,内容', 'A')
    """
    page = _Page(text, pack, counts)
    for _ in range(LAYERS):
        if not page.peel():
            break
    page.lift()
    return page.result()


class _Page:
    """A page on its way back: what it says now, and how it got there."""

    def __init__(self, text: str, pack: Pack, counts: Counts | None) -> None:
        self.before = text
        self.text = text
        self.pack = pack
        self.counts = counts
        self.kind: str | None = None
        self.changes: list[Change] = []
        self.gaps: list[tuple[int, int, str]] = []
        """Gaps in the offsets of the text as it is now."""
        self.evidence: tuple[str, ...] = ()
        self.scanned: Scan
        """The counts of the text as it was last looked at."""

    @property
    def language(self) -> Language:
        """What is likely; read only where something was lost."""
        return language_of(self.counts, self.pack.restoring)

    def peel(self) -> bool:
        """Undo the outermost damage; whether there may be more below."""
        text = self.text
        found = self.scanned = scan(text, tuple(self.pack.restoring.look_alikes))
        if _surely_whole(found):
            return False
        masks = find_masks(text)
        if masks:
            found = found.without(masks)
        if found[HASH] and (changes := read_references(text, masks, tagged=bool(_TAG.search(text)))):
            return self._done("G", changes, f"{len(changes)} characters were printed as their numbers.")
        if found[WESTERN] >= 6 and found[WESTERN] >= found[TONE] and (changes := read_western(text, masks)):
            return self._done("G", changes, "Western letters that read as common Chinese when taken for GBK.")
        if found[RARE] >= 6 and found[RARE] * 6 >= found.han:
            changes, lost = read_misread(text, masks, self.language)
            if changes:
                return self._done("G", changes, "Rare characters that read as Chinese when taken for UTF-8.", lost)
        if found[STRAY] >= 10 and found[STRAY] * 2 >= len(text) and not found.han:
            self.kind = "G"
            self.evidence += ("The text is question marks: what stood here was lost.",)
            self.gaps += [(match.start(), match.end(), "nothing of this is left") for match in _ALL_LOST.finditer(text)]
            return False
        return self._turned(text, masks, found)

    def _turned(self, text: str, masks: list[tuple[int, int]], found: Scan) -> bool:
        """Kinds A, D, B, B2 and T: the text was turned, noted, or both."""
        if found[TRADITIONAL] >= FEW_TRADITIONAL:
            verdict = judge(text, found)
            mechanism = None
            if verdict.kind or (
                found[STRAY] and found.simplified <= SHIFTED_MIXED * found[TRADITIONAL] and may_be_shifted(text)
            ):
                language = self.language
                mechanism = Mechanism(text, masks, found, language, ends_of(language))
                if not verdict.kind and (shifts := mechanism.shifts()):
                    fact = f"{shifts} places read as Chinese one byte later, and not as they are printed."
                    verdict = Verdict("A" if len(mechanism.notes.listed) >= 2 else "D", (*verdict.evidence, fact))
            if verdict.kind and mechanism:
                edits = mechanism.restore()
                left = f"著 was left {edits.left} times where 着 would give the same page." if edits.left else None
                self._add(verdict.kind, edits, *verdict.evidence, *filter(None, (left,)))
                return False
            self.evidence += verdict.evidence
        if found[TONE] >= 3:
            damaged, notes, toneless = notes_at_random(found.codes, self.language)
            if damaged:
                emoji = emoji_count(without(text, masks))
                kind = "B2" if toneless * 4 >= notes or emoji >= 2 else "B"
                turn = found[TRADITIONAL] >= FEW_TRADITIONAL
                changes = take_notes_off(text, masks, toneless=kind == "B2", emoji=kind == "B2", turn=turn)
                facts = f"{notes} common characters carry their pinyin at random, {toneless} of them without a tone."
                self._done(kind, changes, facts)
                return False
        traditional = found[TRADITIONAL] + found[WRITTEN_OUT]
        if traditional >= FEW_TRADITIONAL and traditional > 4 * found.simplified:
            bare = without(text, masks)
            slips = slips_in(bare, self.pack.restoring)
            numerals = numerals_in(bare)
            if slips or numerals >= 2:
                changes = write_back(text, masks, self.pack.restoring)
                said = f"A converter's slips: {'、'.join(slips[:5])}." if slips else "Numbers of names in characters."
                self._done("T", changes, said)
        return False

    def lift(self) -> None:
        """Take off what is laid over the text."""
        section = self.pack.restoring
        for kind, changes, fact in (
            ("F", self._strings(), "Loose letters and signs at the beginning of lines."),
            ("E", self._look_alikes(), "Characters that stand for ones that look alike."),
            (
                "S",
                spam_head(self.text, [], section) if self.text[:400].count("\n") else [],
                "A line of spam at its head.",
            ),
        ):
            if changes:
                self._done(kind, changes, fact)

    def _strings(self) -> list[Change]:
        if self.scanned[ODD] < 2 or not strings_against_copying(self.text, []):
            return []
        return strings_against_copying(self.text, find_masks(self.text))

    def _look_alikes(self) -> list[Change]:
        section = self.pack.restoring
        if self.scanned[ALIKE] < 3:
            return []
        masks = find_masks(self.text)
        first = look_alikes(self.text, masks, section)
        middle = replay(self.text, first)
        turned = take_notes_off(middle, masks, toneless=False, emoji=False, turn=True, notes=False)
        return joined(self.text, first, turned)

    def _done(self, kind: str, changes: list[Change], fact: str, lost: list[int] | None = None) -> bool:
        edits = Edits(self.text)
        edits.changes = changes
        edits.gaps = [(at, "a byte was lost here, and nothing fits") for at in lost or ()]
        self._add(kind, edits, fact)
        return True

    def _add(self, kind: str, edits: Edits, *facts: str) -> None:
        for gap in edits.gap_records():
            self.gaps.append((gap.start, gap.end, gap.note))
        self.changes = joined(self.before, self.changes, edits.changes)
        self.text = edits.restored()
        self.kind = self.kind if self.kind and self.kind != "G" else kind
        self.evidence += facts

    def result(self) -> Restored:
        """The record of all that was done; what a decoder could not read stays, and is marked as the gap it is."""
        if self.scanned[LOST]:
            marked = {start for start, _, _ in self.gaps}
            for found in _UNREAD.finditer(self.text):
                if found.start() not in marked:
                    self.gaps.append((*found.span(), "bytes that a decoder could not read stood here"))
        return Restored(
            text=self.text,
            kind=self.kind,
            changes=tuple(self.changes),
            gaps=tuple(_gap_records(self.gaps, len(self.text))),
            evidence=self.evidence,
        )


SHIFTED_MIXED = 0.5
"""Simplified-only characters beside each Traditional one in a page that may be shifted: shifted text has some."""


def _gap_records(gaps: list[tuple[int, int, str]], size: int) -> list[Gap]:
    return [Gap(start=start, end=end, note=note) for start, end, note in sorted(set(gaps)) if end <= size]


def _surely_whole(found: Scan) -> bool:
    """Whether the counts alone say that there is nothing to do."""
    counts, few = found.counts, max(1, found.han // 400)  # of every kind a long text has some
    return (
        counts[TRADITIONAL] + counts[WRITTEN_OUT] < FEW_TRADITIONAL * few
        and counts[TONE] < 3 * few
        and counts[WESTERN] < 8 * few
        and counts[HASH] < 2 * few
        and counts[LOST] < few
        and counts[RARE] < 6 * few
        and (counts[STRAY] < 10 or found.han > 0)
    )
