"""Arrays of what was turned and what was taken out → changes, one for each run."""

from __future__ import annotations

import numpy as np

from shida.records import Change
from shida.restore.codes import Flags


def change_runs(text: str, edited: Flags, left_out: Flags, restored: str, turned: str, taken: str) -> list[Change]:
    """A change for every run of `edited` places of `text`.

    `restored` is the text after the repair, `left_out` the places that are gone from it. The rule is `taken` where
    something was taken out, else `turned`.
    """
    edges = np.flatnonzero(np.diff(edited, prepend=False, append=False))
    starts, stops = edges[::2], edges[1::2]
    if not len(starts):
        return []
    kept = np.concatenate(([0], np.cumsum(~left_out)))
    with_gone = np.add.reduceat(left_out, starts)
    rows = zip(
        starts.tolist(), stops.tolist(), kept[starts].tolist(), kept[stops].tolist(), with_gone.tolist(), strict=True
    )
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
