"""Text of a page → Restored."""

from __future__ import annotations

from shida.pack import Pack
from shida.records import Restored
from shida.restore.chain import ends_of
from shida.restore.decide import FEW_TRADITIONAL, TRADITIONAL, judge, scan
from shida.restore.language import Counts, language_of
from shida.restore.masks import find_masks, without
from shida.restore.mechanism import Mechanism

STAGE_VERSION = "1"
"""Goes up when the same page, pack and counts would give another result."""

SECTIONS = ("restoring",)
"""The sections of the pack this stage reads."""


def restore(text: str, pack: Pack, counts: Counts | None = None) -> Restored:
    """What `text`, a page's decoded text or HTML, said before it was damaged.

    In: the text; the pack's lists of names; what the newsroom learned, if anything. Out: the restored text with every
    change in the offsets of `text`, each proved or chosen, the gaps, and the evidence.
    A whole text comes back as it is.

    >>> from shida.pack import load_packs
    >>> restore("关于质量标准的公告", load_packs()).kind is None
    True
    """
    found = scan(text)
    if found[TRADITIONAL] < FEW_TRADITIONAL:
        return Restored(text=text)
    masks = find_masks(text)
    bare = without(text, masks)
    verdict = judge(bare, scan(bare) if masks else found)
    if verdict.kind is None:
        return Restored(text=text, evidence=verdict.evidence)
    language = language_of(counts, pack.restoring.names())
    edits = Mechanism(text, masks, language, ends_of(language)).restore()
    return Restored(
        text=edits.restored(),
        kind=verdict.kind,
        changes=tuple(edits.changes),
        gaps=tuple(edits.gap_records()),
        evidence=verdict.evidence,
    )
