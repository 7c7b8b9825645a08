"""Kinds B and B2: a text with pinyin on random characters, perhaps turned, perhaps with emoji → the text."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from shida.records import Change, Restored
from shida.restore.arrays import BEYOND, Codes, covered
from shida.restore.codes import codes_of, find_notes, read_notes, text_of, without_tones
from shida.restore.edits import joined, replay
from shida.restore.language import Language
from shida.restore.masks import find_masks, masked
from shida.restore.passes import JOINED, change_runs
from shida.text.scripts import converter

ENOUGH = 6
"""Fewer notes than this may be glosses."""
DENSITY = (0.012, 0.4)
"""Notes for each Chinese character: below, somebody explains a word; above, somebody learns to read."""
COMMON_SHARE = 0.5
"""Share of the notes that stand on common characters."""
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
    notes = read_notes(codes, toned=False)
    number = len(notes.starts)
    if toned < ENOUGH // 2 or number < ENOUGH:
        return False, number, number - toned
    han = np.count_nonzero((codes >= 0x3400) & (codes < 0xA000))
    simple = converter("t2s").convert(text_of(codes.take(notes.starts - 1)))
    common = np.count_nonzero(language.common.take(codes_of(simple)))
    different = notes.starts.take(notes.first)
    said, which, times = np.unique(codes.take(different - 1), return_inverse=True, return_counts=True)
    again = times.take(which) > 1
    readings: dict[str, set[str]] = {}
    if again.any():
        text = _text_of(codes.astype("<u4"))
        ends = notes.ends.take(notes.first).compress(again).tolist()
        for start, end in zip(different.compress(again).tolist(), ends, strict=True):
            readings.setdefault(text[start - 1], set()).add(text[start + 1 : end - 1])
    several = sum(map(_read_in_two_ways, readings.values()))
    thin = DENSITY[0] * han <= number <= DENSITY[1] * han
    damaged = bool(thin and common >= COMMON_SHARE * number and several <= READINGS * len(said))
    return damaged, number, number - toned


_bare = lru_cache(maxsize=4_000)(without_tones)


def _read_in_two_ways(readings: set[str]) -> bool:
    """Whether these are two readings of a character: liàng and liáng are, liàng and liang are not.

    >>> _read_in_two_ways({"liàng", "liáng"}), _read_in_two_ways({"liàng", "liang"})
    (True, False)
    """
    bare = set(map(_bare, readings))
    return len(bare) > 1 or len(readings - bare) > 1


def take_notes_off(
    text: str, masks: list[tuple[int, int]], *, toneless: bool, emoji: bool, turn: bool, notes: bool = True
) -> list[Change]:
    """The changes that take off notes (and emoji) and, with `turn`, write the text Simplified again.

    >>> changes = take_notes_off("質(zhi)量✊第一", [], toneless=True, emoji=True, turn=True)
    >>> [(change.before, change.after) for change in changes]
    [('質(zhi)量✊', '质量')]
    """
    starts, stops = find_notes(codes_of(text), toned=not toneless)
    untouched = masked(len(text), masks)
    free = ~untouched.take(starts) if notes else np.zeros(len(starts), np.bool_)
    edited = covered(len(text), starts.compress(free), stops.compress(free))
    if emoji:
        for match in _EMOJI.finditer(text):
            edited[match.start() : match.end()] = True
    kept = ~edited
    kept_before = np.zeros(len(text) + 1, np.int64)
    kept.cumsum(out=kept_before[1:])
    old = _points(text).compress(kept)
    restored = plain = _text_of(old)
    if turn and len(simple := _simplified(plain)) == len(plain):
        new = _points(simple)
        if masks:
            new = np.where(untouched.compress(kept), old, new)
            simple = _text_of(new)
        edited[kept] = np.minimum(old, BEYOND) != np.minimum(new, BEYOND)
        restored = simple
    breaks = [start for start, _ in masks]
    return change_runs(text, edited, kept_before, restored, (), breaks, "script", "pinyin", JOINED)[0]


def _points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of `text`, those beyond the first plane too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _text_of(points: npt.NDArray[np.uint32]) -> str:
    return points.tobytes().decode("utf-32-le", "surrogatepass")


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
