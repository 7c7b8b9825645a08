"""Arrays of what was turned and what was taken out → changes, one for each run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shida.records import Change
from shida.restore.codes import Flags, Places

JOINED = 3
"""So many characters that stay as they are may stand inside a change: a change is about as long as a word."""


def change_runs(
    text: str,
    edited: Flags,
    kept_before: Places,
    restored: str,
    breaks: Sequence[int],
    turned: str,
    taken: str,
) -> list[Change]:
    """A change for every run of `edited` places of `text`.

    `restored` is the text after the repair, `kept_before` how many of its characters stand before each place of `text`.
    No run goes over one of `breaks`, which are in order. The rule is `taken` where something was taken out, else
    `turned`.
    """
    places = np.flatnonzero(edited)
    if not len(places):
        return []
    far = places[1:] - places[:-1] > JOINED + 1
    if breaks:
        side = np.searchsorted(breaks, places)
        far |= side[1:] != side[:-1]
    ends = np.flatnonzero(far)
    starts = places[np.concatenate(([0], ends + 1))]
    stops = places[np.concatenate((ends, [len(places) - 1]))] + 1
    firsts, lasts = kept_before[starts], kept_before[stops]
    with_gone = (lasts - firsts) < (stops - starts)
    rows = zip(starts.tolist(), stops.tolist(), firsts.tolist(), lasts.tolist(), with_gone.tolist(), strict=True)
    return [
        Change(
            start=start,
            end=stop,
            before=text[start:stop],
            after=restored[first:last],
            rule=taken if gone else turned,
            proved=True,
        )
        for start, stop, first, last, gone in rows
    ]
