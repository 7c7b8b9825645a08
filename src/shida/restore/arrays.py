"""The passes over a page's code points, as array operations.

`shida.restore.speedups` has the same ones compiled; `shida.restore.passes` takes those where they were built. Both give
the same, which a property test holds.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shida.records import Change

Codes = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]

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


def count_classes(codes: Codes, table: npt.NDArray[np.uint8], classes: int) -> list[int]:
    """How many of `codes` are of each of the `classes` that `table` gives by code point.

    >>> count_classes(np.array([3, 4, 4], np.uint16), np.arange(0x10000).astype(np.uint8), 5)
    [0, 0, 0, 1, 2]
    """
    counts: list[int] = np.bincount(table.take(codes), minlength=classes).tolist()
    return counts


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
        for kind, number in enumerate(count_classes(codes[start:end], table, len(counts))):
            left[kind] -= number
            left[other] += number
        kept[start:end] = space
    return kept, tuple(left)


def count_each(codes: Codes, wanted: Codes) -> Places:
    """How often each of `wanted`, which are different, stands in `codes`.

    >>> count_each(np.array([3, 4, 4], np.uint16), np.array([4, 5], np.uint16)).tolist()
    [2, 0]
    """
    index = np.zeros(0x10000, np.uint8 if len(wanted) < 0xFF else np.uint16)
    index[wanted] = np.arange(1, len(wanted) + 1)
    return np.bincount(index.take(codes), minlength=len(wanted) + 1)[1:]


def note_keys(codes: Codes, opens: Places, lengths: Places) -> Keys:
    """One number for each note: of the character before the bracket that opens it, and of the letters in it.

    In: the code points, the places of the brackets, and how many letters, at most six, stand after each.
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
    keys += codes.take(opens - 1) * _MIXERS[2]
    return keys


def find_readings(codes: Codes, known: Keys) -> tuple[Places, Places, Places, Places, Places]:
    """Where a bracket holds a reading of the character before it, by the sorted keys of all that are `known`.

    Out: starts and ends, half-open and in order; for each different one, in no order of meaning, its first place among
    the starts and how often it stands there; and where a bracket opens behind an ASCII letter (or one of @[\\]^_`{|}~)
    that holds at most six other characters.
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
        return opens, opens, opens, opens, opens
    keys = note_keys(codes, opens, lengths - 1)
    order = keys.argsort(kind="stable")
    keys = keys.take(order)
    bounds = np.concatenate((_ZERO, (keys[1:] != keys[:-1]).nonzero()[0] + 1, [len(keys)]))
    different = keys.take(bounds[:-1])
    times = bounds[1:] - bounds[:-1]
    good = known.take(known.searchsorted(different), mode="clip") == different
    kept = np.empty(len(keys), np.bool_)
    kept[order] = good.repeat(times)
    starts = opens.compress(kept)
    firsts = (kept.cumsum() - 1).take(order.take(bounds[:-1]).compress(good))
    before = codes.take(opens - 1)
    left = ~kept & (before >= 0x40) & (before < 0x7F)
    return starts, starts + lengths.compress(kept) + 1, firsts, times.compress(good), opens.compress(left)


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


def turn(codes: Codes, whole: Codes, starts: Places, ends: Places, back: Codes) -> tuple[Flags, Places, str]:
    """A page with the stretches `starts` to `ends` (apart, in order) taken out and every character turned by `back`.

    Where `codes`, in which masks are blank, differ from those of the `whole` page, the latter stay as they are.

    Out: which places were taken out or turned; how many were kept before each place and before the end; the text.
    """
    out = covered(len(codes), starts, ends)
    turned = np.where(codes == whole, back.take(codes), whole)
    kept = ~out
    kept_before = np.zeros(len(codes) + 1, np.int64)
    kept.cumsum(out=kept_before[1:])
    text = turned.compress(kept).astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
    return (turned != whole) | out, kept_before, text


def change_runs(
    text: str,
    edited: Flags,
    kept_before: Places,
    restored: str,
    breaks: Sequence[int],
    turned: str,
    taken: str,
    joined: int,
) -> list[Change]:
    """A proved change for every run of `edited` places of `text`; `joined` places between may be as they were.

    `restored` is the text after the repair, `kept_before` how many of its characters stand before each place of `text`.
    No run goes over one of `breaks`, which are in order. The rule is `taken` where something was taken out, else
    `turned`.
    """
    places = edited.nonzero()[0]
    if not len(places):
        return []
    far = places[1:] - places[:-1] > joined + 1
    for at in places.searchsorted(breaks).tolist() if breaks else ():
        if 0 < at < len(places):
            far[at - 1] = True
    last = far.nonzero()[0]
    starts = places.take(np.concatenate((_ZERO, last + 1)))
    stops = places.take(np.concatenate((last, [len(places) - 1]))) + 1
    firsts, lasts = kept_before.take(starts), kept_before.take(stops)
    rows = zip(starts.tolist(), stops.tolist(), firsts.tolist(), lasts.tolist(), strict=True)
    return [
        Change(
            start=start,
            end=stop,
            before=text[start:stop],
            after=restored[first:last],
            rule=turned if last - first == stop - start else taken,
            proved=True,
        )
        for start, stop, first, last in rows
    ]
