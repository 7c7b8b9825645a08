"""The weights of lines → the best run of them between each two stops."""

from __future__ import annotations

from collections.abc import Sequence

from shida.read.weighing import SCRAP


def runs_of(weights: Sequence[float], stops: set[int]) -> list[tuple[float, int, int]]:
    """The best run between each two stops: its weight, first line, line behind its last.

    Scraps between two paragraphs (the cells of a table) together cost no more than 40.

    >>> runs_of([-2.0, 50.0, -2.0, 70.0, -10.0, 60.0], {4})
    [(118.0, 1, 4), (60.0, 5, 6)]
    """
    runs: list[tuple[float, int, int]] = []
    best = total = scraps = 0.0
    start = end = here = 0
    for index in range(len(weights) + 1):
        if index == len(weights) or index in stops:
            if best > 0:
                runs.append((best, start, end))
            best = total = scraps = 0.0
            here = index + 1
            continue
        weight = weights[index]
        if weight == SCRAP:
            weight = weight if scraps > -40.0 else 0.0
            scraps += weight
        elif weight > 0:
            scraps = 0.0
        total += weight
        if total <= 0:
            total = scraps = 0.0
            here = index + 1
        elif total > best:
            best, start, end = total, here, index + 1
    return runs
