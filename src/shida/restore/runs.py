"""Arrays of what was turned and what was taken out → changes, one for each run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shida.records import Change
from shida.restore.codes import Flags, Places

JOINED = 3
"""So many characters that stay as they are may stand inside a change: a change is about as long as a word."""

_FIRST = np.zeros(1, np.int64)


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
    places = edited.nonzero()[0]
    if not len(places):
        return []
    far = places[1:] - places[:-1] > JOINED + 1
    for at in places.searchsorted(breaks).tolist() if breaks else ():
        if 0 < at < len(places):
            far[at - 1] = True
    ends = far.nonzero()[0]
    starts = places.take(np.concatenate((_FIRST, ends + 1)))
    stops = places.take(np.concatenate((ends, [len(places) - 1]))) + 1
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
