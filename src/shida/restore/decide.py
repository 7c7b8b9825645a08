"""A page's text → what kind of damage it has, if any, with the evidence in sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from shida.restore.shifted import SYLLABLE
from shida.text.scripts import back_one_to_one, one_to_one, readings

KEPT_SIGNS = "于并后里么愿余范游斗松采占征制系云谷只布干周郁筑致虫咨"
"""Characters the one-to-one table leaves Simplified in the midst of Traditional ones (关于 → 關于, 奋斗 → 奮斗)."""
WRITTEN_OUT = "於並後裡裏麼願餘範遊鬥鬆採佔徵製係雲穀隻佈幹週鬱築緻蟲諮麵髮"
"""What a person who writes Traditional would have there."""
TABLE_SIGNS = "癥桿巖閑"
"""Targets of the one-to-one table that are the wrong character nearly everywhere (癌癥, 槓桿)."""

_NOTE_AFTER = re.compile(rf"([㐀-鿿])\(([{SYLLABLE}]{{1,6}})\)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of damage, or None, and why."""

    kind: str | None
    evidence: tuple[str, ...]


@cache
def _classes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    traditional = "".join(back_one_to_one())
    simplified = "".join(one_to_one())
    return re.compile(f"[{traditional}]"), re.compile(f"[{simplified}]")


def judge(text: str, masks: list[tuple[int, int]]) -> Verdict:
    """Whether the page is damaged, and how."""
    if masks:
        parts = []
        at = 0
        for start, end in masks:
            parts.append(text[at:start])
            at = end
        parts.append(text[at:])
        text = "\n".join(parts)
    traditional, simplified = _classes()
    there = len(traditional.findall(text))
    if there < 6:
        return Verdict(None, (f"{there} Traditional characters: nothing was turned.",))
    simple = len(simplified.findall(text))
    if simple * 8 > there:
        return Verdict(None, (f"{simple} characters are Simplified beside {there} Traditional ones.",))
    kept = sum(map(text.count, KEPT_SIGNS)) + 2 * sum(map(text.count, TABLE_SIGNS))
    written = sum(map(text.count, WRITTEN_OUT))
    known = readings()
    notes = sum(1 for match in _NOTE_AFTER.finditer(text) if match[2] in known.get(match[1], ()))
    signs = kept - 4 * written
    if signs >= 2 + there / 100 or (notes >= 3 and signs + notes >= 4):
        evidence = (
            f"{there} Traditional characters and {simple} that are only Simplified.",
            f"{kept} signs of a one-to-one table (于, 并, 后 … left Simplified; 癥, 桿) against {written} written out.",
            f"{notes} notes of pinyin.",
        )
        return Verdict("A" if notes else "D", evidence)
    return Verdict(None, (f"{there} Traditional characters, but only {kept} signs of a one-to-one table.",))
