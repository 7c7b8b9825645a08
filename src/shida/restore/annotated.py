"""Kinds B and B2: a text with pinyin on random characters, perhaps turned, perhaps with emoji → the text."""

from __future__ import annotations

import re

import numpy as np

from shida.records import Change, Restored
from shida.restore.arrays import Codes, Flags, covered
from shida.restore.codes import codes_of, find_notes, text_of, without_tones
from shida.restore.edits import joined, replay
from shida.restore.language import Language
from shida.restore.masks import find_masks, masked
from shida.restore.passes import JOINED, change_runs
from shida.text.scripts import converter

ENOUGH = 6
"""Fewer notes than this may be glosses."""
DENSITY = (0.012, 0.4)
"""Notes for each Chinese character: below, somebody explains a word; above, somebody learns to read."""
COMMON = 250.0
"""How often a character was counted that no grown reader needs a note on (about the first thousand)."""
COMMON_SHARE = 0.5
READINGS = 0.08
"""Share of the noted characters that may carry two different readings: more is a lesson about readings."""

_EMOJI = re.compile(
    "[\u2600-\u26ff\u2702-\u27b0\u2b50\u2b55\U0001f000-\U0001faff][\ufe0e\ufe0f\u200d\U0001f3fb-\U0001f3ff]{0,3}"
)


def notes_at_random(codes: Codes, language: Language) -> tuple[bool, int, int]:
    """Whether the notes of a page are damage, how many there are, and how many of them lack a tone.

    They are where they stand on common characters, one reading for each, thinly and without need; a dictionary, a
    lesson or a gloss looks different in one of these.
    """
    toned = len(find_notes(codes)[0])
    starts, stops = find_notes(codes, toned=False)
    number = len(starts)
    if toned < ENOUGH // 2 or number < ENOUGH:
        return False, number, number - toned
    han = int(((codes >= 0x3400) & (codes < 0xA000)).sum())
    noted = [chr(code) for code in codes[starts - 1].tolist()]
    simple = converter("t2s").convert("".join(noted))
    common = sum(language.counts.get(character, 0.0) >= COMMON for character in simple)
    said: dict[str, set[str]] = {}
    for character, start, stop in zip(noted, starts.tolist(), stops.tolist(), strict=True):
        said.setdefault(character, set()).add(text_of(codes[start + 1 : stop - 1]))
    several = sum(map(_read_in_two_ways, said.values()))
    thin = DENSITY[0] * han <= number <= DENSITY[1] * han
    damaged = thin and common >= COMMON_SHARE * number and several <= READINGS * len(said)
    return damaged, number, number - toned


def _read_in_two_ways(readings: set[str]) -> bool:
    """Whether these are two readings of a character: liàng and liáng are, liàng and liang are not.

    >>> _read_in_two_ways({"liàng", "liáng"}), _read_in_two_ways({"liàng", "liang"})
    (True, False)
    """
    bare = {without_tones(reading) for reading in readings}
    return len(bare) > 1 or len(readings - bare) > 1


def take_notes_off(
    text: str, masks: list[tuple[int, int]], *, toneless: bool, emoji: bool, turn: bool, notes: bool = True
) -> list[Change]:
    """The changes that take off notes (and emoji) and, with `turn`, write the text Simplified again.

    >>> changes = take_notes_off("質(zhi)量✊第一", [], toneless=True, emoji=True, turn=True)
    >>> [(change.before, change.after) for change in changes]
    [('質(zhi)量✊', '质量')]
    """
    codes = codes_of(text)
    starts, stops = find_notes(codes, toned=not toneless)
    untouched = masked(len(text), masks)
    free = ~untouched[starts] if notes else np.zeros(len(starts), np.bool_)
    left_out = covered(len(text), starts[free], stops[free])
    if emoji:
        for match in _EMOJI.finditer(text):
            left_out[match.start() : match.end()] = True
    plain = "".join(np.array(list(text), dtype=object)[~left_out]) if left_out.any() else text
    restored = _simplified(plain) if turn else plain
    if len(restored) != len(plain):
        restored = plain
    if masks:
        kept = untouched[~left_out]
        restored = "".join(
            old if stays else new for old, new, stays in zip(plain, restored, kept.tolist(), strict=True)
        )
    turned: Flags = np.zeros(len(text), np.bool_)
    turned[~left_out] = codes_of(plain) != codes_of(restored)
    kept_before = np.concatenate(([0], (~left_out).cumsum()))
    breaks = [start for start, _ in masks]
    return change_runs(text, turned | left_out, kept_before, restored, (), breaks, "script", "pinyin", JOINED)[0]


def in_simplified(before: str, restored: Restored) -> Restored:
    """`restored` with Traditional characters written as Simplified ones, which nothing but a wish asks for.

    In: the text as it came and what `restore` made of it. Out: the same with the further changes, each chosen (rule
    `simplified`): OpenCC's table decides. Tags, scripts and addresses stay.

    >>> found = in_simplified("臺灣的標準", Restored(text="臺灣的標準"))
    >>> found.text, found.changes[0].proved
    ('台湾的标准', False)
    """
    masks = find_masks(restored.text)
    turned = [
        Change(
            start=change.start,
            end=change.end,
            before=change.before,
            after=change.after,
            rule="simplified",
            proved=False,
        )
        for change in take_notes_off(restored.text, masks, toneless=False, emoji=False, turn=True, notes=False)
    ]
    if not turned:
        return restored
    return Restored(
        text=replay(restored.text, turned),
        kind=restored.kind,
        changes=tuple(joined(before, restored.changes, turned)),
        gaps=restored.gaps,
        evidence=(*restored.evidence, "Written in Simplified characters, as was asked."),
    )


def _simplified(text: str) -> str:
    """`text` in Simplified; lone surrogates, which OpenCC does not take, stay where they are."""
    try:
        whole: str = converter("t2s").convert(text)
        return whole
    except UnicodeEncodeError:
        parts = re.split("([\ud800-\udfff]+)", text)
        return "".join(part if at % 2 else converter("t2s").convert(part) for at, part in enumerate(parts))


def emoji_count(text: str) -> int:
    """How many emoji stand between Chinese characters.

    >>> emoji_count("电磁✊流量 👍")
    1
    """
    return sum(
        match.start() > 0 and match.end() < len(text) and _han(text[match.start() - 1]) and _han(text[match.end()])
        for match in _EMOJI.finditer(text)
    )


def _han(character: str) -> bool:
    return "\u3400" <= character < "\ua000" or character in "，。、；：）（(),"
