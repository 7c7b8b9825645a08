"""Text of a page → Restored."""

from __future__ import annotations

from collections.abc import Iterable

from shida.pack import Pack
from shida.records import Change, Restored
from shida.restore.decide import judge
from shida.restore.language import Counts, Language
from shida.restore.masks import find_masks
from shida.restore.mechanism import gap_records, page_counts, restore_mechanism

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
    masks = find_masks(text)
    verdict = judge(text, masks)
    if verdict.kind is None:
        return Restored(text=text, evidence=verdict.evidence)
    language = Language(counts, pack.restoring.names(), page_counts(text, masks))
    edits = restore_mechanism(text, masks, language)
    changes = tuple(edits.changes)
    return Restored(
        text=replay(text, changes),
        kind=verdict.kind,
        changes=changes,
        gaps=tuple(gap_records(edits)),
        evidence=verdict.evidence,
    )


def replay(text: str, changes: Iterable[Change]) -> str:
    """`text` with the changes made: what `restore` gives as its text.

    >>> replay("質量", [Change(start=0, end=1, before="質", after="质", rule="script", proved=True)])
    '质量'
    """
    parts = []
    at = 0
    for change in changes:
        parts.append(text[at : change.start])
        parts.append(change.after)
        at = change.end
    parts.append(text[at:])
    return "".join(parts)
