"""The passes over a page's code points, as array operations.

`shida.restore.speedups` has the same ones compiled; `shida.restore.passes` takes those where they were built. Both give
the same, which a property test holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from shida.records import Change

Codes = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

BEYOND = 0xFFFF
"""Stands for a character beyond the first plane; it is no character itself."""

LONGEST_SYLLABLE = 6
"""Letters of a reading, at most."""

_HALVES = np.array(
    [[(1 << 16 * min(max(size - first, 0), 4)) - 1 for size in range(LONGEST_SYLLABLE + 1)] for first in (0, 4)],
    np.uint64,
)
"""By the length of a reading: which bits of its first four letters, and of the four after them, are its own."""

_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
"""Odd numbers with bits well spread (the 64-bit constants of xxHash and of the golden ratio)."""

_PADDING = np.zeros(12, np.uint16)
_ZERO = np.zeros(1, np.int64)


def count_classes(text: str, table: npt.NDArray[np.uint8], classes: int) -> tuple[Codes, list[int]]:
    """One number for each code point of `text`, and how many of them are of each of the `classes` of `table`.

    What lies beyond the first plane is BEYOND.

    >>> codes, counts = count_classes("\x03\x04\x04", np.arange(0x10000).astype(np.uint8), 5)
    >>> codes.tolist(), counts
    ([3, 4, 4], [0, 0, 0, 1, 2])
    """
    raw = text.encode("utf-16-le", "surrogatepass")
    if len(raw) == 2 * len(text):
        codes: Codes = np.frombuffer(raw, "<u2")
    else:
        wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
        codes = np.minimum(wide, BEYOND).astype(np.uint16)
    counts: list[int] = np.bincount(table.take(codes), minlength=classes).tolist()
    return codes, counts


def blank(
    codes: Codes,
    spans: list[tuple[int, int]],
    table: npt.NDArray[np.uint8],
    counts: tuple[int, ...],
    other: int,
    space: int,
) -> tuple[Codes, tuple[int, ...]]:
    """The codes with `spans` (apart) made `space`, of the class `other`, and how many of each class there are then.

    >>> table = np.arange(128, dtype=np.uint8) % 2
    >>> codes, counts = blank(np.array([65, 66], np.uint16), [(1, 2)], table, (1, 1), 1, 32)
    >>> codes.tolist(), counts
    ([65, 32], (0, 2))
    """
    left, kept = list(counts), codes.copy()
    for start, end in spans:
        for kind, number in enumerate(np.bincount(table.take(codes[start:end]), minlength=len(counts)).tolist()):
            left[kind] -= number
            left[other] += number
        kept[start:end] = space
    return kept, tuple(left)


def note_keys(codes: Codes, noted: Codes, opens: Places, lengths: Places) -> Keys:
    """One number for each note: of the character it stands on, and of the letters in it.

    In: the code points; the characters; the places of the brackets; how many letters, at most six, stand after each.
    """
    padded = np.concatenate((codes, _PADDING))
    fours = np.ndarray((len(codes) + 8,), np.uint64, padded, strides=(2,))
    keys: Keys = fours.take(opens + 1)
    keys &= _HALVES[0].take(lengths)
    keys *= _MIXERS[0]
    rest = fours.take(opens + 5)
    rest &= _HALVES[1].take(lengths)
    rest *= _MIXERS[1]
    keys += rest
    keys += noted * _MIXERS[2]
    return keys


def key_table(keys: Keys) -> Keys:
    """The sorted keys of notes as `find_readings` looks them up: here as they are."""
    return keys


def find_readings(
    codes: Codes, known: Keys, trails: npt.NDArray[np.uint8], characters: Codes
) -> tuple[Places, Places, Places, Places, Places, Places]:
    """Where a bracket holds a reading of what stands before it, by the `key_table` of all readings.

    `trails` has by code point the second byte of a character, 0 where it is none of two bytes; `characters` has by two
    bytes the character, or 0.

    Out: starts and ends, half-open and in order; for each different one, in no order of meaning, its first place among
    the starts and how often it stands there; and starts and ends of those on two bytes of which the first is the second
    one of the character before, and the other a letter (款A(yù)pp).
    """
    opens = (codes == 0x28).nonzero()[0]
    closes = (codes == 0x29).nonzero()[0]
    if len(opens) and opens[0] == 0:
        opens = opens[1:]
    opens = opens[: opens.searchsorted(closes[-1])] if len(closes) else opens[:0]
    lengths = closes.take(closes.searchsorted(opens)) - opens if len(opens) else opens
    fits = (lengths > 1) & (lengths <= LONGEST_SYLLABLE + 1)
    opens, lengths = opens.compress(fits), lengths.compress(fits)
    if not len(opens):
        return opens, opens, opens, opens, opens, opens
    keys = note_keys(codes, codes.take(opens - 1), opens, lengths - 1)
    order = keys.argsort(kind="stable")
    keys = keys.take(order)
    bounds = np.concatenate((_ZERO, (keys[1:] != keys[:-1]).nonzero()[0] + 1, [len(keys)]))
    different = keys.take(bounds[:-1])
    times = bounds[1:] - bounds[:-1]
    good = _are_in(different, known)
    kept = np.empty(len(keys), np.bool_)
    kept[order] = good.repeat(times)
    starts = opens.compress(kept)
    firsts = (kept.cumsum() - 1).take(order.take(bounds[:-1]).compress(good))
    across = ~kept & (opens > 1)
    first, second = trails.take(codes.take(opens - 2)), codes.take(opens - 1)
    across &= (first > 0) & (second >= 0x40) & (second < 0x7F)
    places, more = opens.compress(across), lengths.compress(across)
    noted = characters.take(first.compress(across).astype(np.int64) << 8 | second.compress(across))
    read = _are_in(note_keys(codes, noted, places, more - 1), known) & (noted > 0)
    return (
        starts,
        starts + lengths.compress(kept) + 1,
        firsts,
        times.compress(good),
        places.compress(read),
        places.compress(read) + more.compress(read) + 1,
    )


def _are_in(keys: Keys, known: Keys) -> Flags:
    found: Flags = known.take(known.searchsorted(keys), mode="clip") == keys
    return found


def weigh_notes(
    codes: Codes, starts: Places, firsts: Places, times: Places, turned: npt.NDArray[np.uint8]
) -> tuple[Codes, int, int]:
    """Of notes that `find_readings` found in `codes`: the characters, and two numbers.

    Out: the character of each different note; how many notes stand on one for which `turned` has a 1; and how many of
    the characters stand at most once without that note.
    """
    noted = codes.take(starts.take(firsts) - 1)
    there = np.bincount(codes, minlength=0x10000).take(noted)
    return noted, int(times @ turned.take(noted).astype(np.int64)), int(np.count_nonzero(there <= times + 1))


_REST = re.compile(r"[!-'*-;=?-~]+")


def find_addresses(text: str, longest: int) -> list[tuple[int, int]]:
    """Where addresses stand, of `longest` characters behind `://` at most: half-open, in order, apart.

    >>> find_addresses("見 https://a.cn/x?y=1，", 2000)
    [(2, 20)]
    """
    found: list[tuple[int, int]] = []
    at = text.find("://")
    while at >= 0:
        end = at + 1
        if scheme := _scheme_length(text[max(0, at - 5) : at].lower()):
            address = _REST.match(text, at + 3, at + 3 + longest)
            if address:
                start, end = at - scheme, address.end()
                if found and start <= found[-1][1]:
                    start, _ = found.pop()
                found.append((start, end))
        at = text.find("://", end)
    return found


def _scheme_length(before: str) -> int:
    """Letters of the scheme at the end of five characters; 0 where none is there that pages use."""
    if before == "https":
        return 5
    return 4 if before.endswith("http") else 3 if before.endswith("ftp") else 0


def covered(size: int, starts: Places, ends: Places) -> Flags:
    """Which of `size` places lie in one of the half-open stretches (apart, in order).

    >>> covered(4, np.array([1]), np.array([3])).tolist()
    [False, True, True, False]
    """
    steps = np.zeros(size + 1, np.int8)
    steps[starts] = 1
    steps[ends] -= 1
    inside: Flags = np.add.accumulate(steps[:-1]) != 0
    return inside


def turn(
    codes: Codes,
    whole: Codes,
    starts: Places,
    ends: Places,
    more_starts: Places,
    more_ends: Places,
    back: Codes,
) -> tuple[Flags, Places, str]:
    """A page with stretches (apart) taken out and every character turned by `back`.

    They are those from `starts` to `ends`, in order, and from `more_starts` to `more_ends`, in order too.

    Where `codes`, in which masks are blank, differ from those of the `whole` page, the latter stay as they are.

    Out: which places were taken out or turned; how many were kept before each place and before the end; the text.
    """
    out = covered(len(codes), starts, ends) | covered(len(codes), more_starts, more_ends)
    turned = np.where(codes == whole, back.take(codes), whole)
    kept = ~out
    kept_before = np.zeros(len(codes) + 1, np.int64)
    kept.cumsum(out=kept_before[1:])
    text = turned.compress(kept).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return (turned != whole) | out, kept_before, text


Settled = tuple[int, int, str, Change | None]
"""What is known of a place: where it starts and ends, what stands there afterwards, and the change if that is one."""


def change_runs(
    text: str,
    edited: Flags,
    kept_before: Places,
    restored: str,
    settled: Sequence[Settled],
    breaks: Sequence[int],
    turned: str,
    taken: str,
    joined: int,
) -> tuple[list[Change], str]:
    """A proved change for every run of `edited` places of `text`; `joined` places between may be as they were.

    `restored` is the text after the repair, `kept_before` how many of its characters stand before each place of `text`.
    No run goes into one of the `settled` places (apart, in order), nor over one of `breaks`, which are in order. The
    rule is `taken` where something was taken out, else `turned`.

    Out: these changes and the settled ones, in order, and the text with both made.
    """
    breaks = sorted([*breaks, *(start for start, *_ in settled)])
    edited = edited.copy()
    changes: list[Change] = []
    parts: list[str] = []
    at = 0
    for start, end, after, change in settled:
        edited[start:end] = False
        parts += (restored[at : int(kept_before[start])], after)
        at = int(kept_before[end])
        if change:
            changes.append(change)
    places = edited.nonzero()[0]
    if len(places):
        far = places[1:] - places[:-1] > joined + 1
        for cut in places.searchsorted(breaks).tolist() if breaks else ():
            if 0 < cut < len(places):
                far[cut - 1] = True
        last = far.nonzero()[0]
        starts = places.take(np.concatenate((_ZERO, last + 1)))
        stops = places.take(np.concatenate((last, [len(places) - 1]))) + 1
        firsts, lasts = kept_before.take(starts), kept_before.take(stops)
        changes += [
            Change(
                start=start,
                end=stop,
                before=text[start:stop],
                after=restored[first:last],
                rule=turned if last - first == stop - start else taken,
                proved=True,
            )
            for start, stop, first, last in zip(
                starts.tolist(), stops.tolist(), firsts.tolist(), lasts.tolist(), strict=True
            )
        ]
        changes.sort(key=attrgetter("start"))
    return changes, "".join((*parts, restored[at:]))
