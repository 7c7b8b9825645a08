"""Sketches of a block → for each text the originals it shares hashes with: those before the block, and in it."""

from __future__ import annotations

import numpy as np

from shida.group.sketches import CROWDED, Hashes, Places, Sketches


class Sharing:
    """What a block of texts shares with the sketches so far, worked out at once; only hashes that stand twice in the
    block are followed one by one, since it is not known before whether a text of the block is an original.

    >>> kept = Sketches()
    >>> sharing = Sharing(kept, np.array([7, 8, 8, 9], dtype=np.uint32), [0, 2, 4])
    >>> sharing.keep(0), sharing.of(1)
    (0, [(0, 1)])
    """

    def __init__(self, sketches: Sketches, hashes: Hashes, starts: list[int]) -> None:
        self._sketches = sketches
        self._hashes = hashes
        self._starts = starts
        which, owners = sketches.walk(hashes)
        self._free = np.bincount(which, minlength=len(hashes)) < CROWDED
        repeated = _repeated(hashes)
        self._repeated = np.flatnonzero(repeated).tolist()
        """Places of hashes that stand twice in the block or oftener."""
        self._inside: dict[int, list[int]] = {}
        """Such a hash → originals that have it, of before the block and of the block."""
        self._before: dict[int, list[tuple[int, int]]] = {}
        """Text → originals before the block, and how many of its other hashes lead to each."""
        self._kept: list[int] = []
        if self._repeated:
            once = ~repeated[which]
            for hashed, owner in zip(hashes[which[~once]].tolist(), owners[~once].tolist(), strict=True):
                led = self._inside.setdefault(hashed, [])
                if owner not in led:
                    led.append(owner)
            which, owners = which[once], owners[once]
        self._count(which, owners)
        self._of_text: dict[int, list[int]] = {}
        """Text → places of its hashes that stand twice in the block."""
        text = 0
        for place in self._repeated:
            while starts[text + 1] <= place:
                text += 1
            self._of_text.setdefault(text, []).append(place)

    def _count(self, which: Places, owners: Places) -> None:
        free = self._free[which]
        which, owners = which[free], owners[free]
        texts = np.searchsorted(np.array(self._starts), which, side="right") - 1
        pairs, counts = np.unique(texts << 32 | owners, return_counts=True)
        # One hash alone tells of nothing, unless another that stands twice in the block leads there too.
        told = counts > 1
        if self._repeated:
            told |= np.isin(pairs >> 32, np.searchsorted(self._starts, self._repeated, side="right") - 1)
        pairs, counts = pairs[told], counts[told]
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self._before.setdefault(pair >> 32, []).append((pair & 0xFFFFFFFF, count))

    def size(self, text: int) -> int:
        """Hashes in the sketch of a text."""
        return self._starts[text + 1] - self._starts[text]

    def of(self, text: int) -> list[tuple[int, int]]:
        """Originals, and how many hashes of the text lead to each; those with a single one may be left out."""
        before = self._before.get(text, [])
        repeated = self._of_text.get(text)
        if not repeated:
            return before
        counts = dict(before)
        for place in repeated:
            led = self._inside.get(int(self._hashes[place]), ())
            if len(led) < CROWDED:
                for owner in led:
                    counts[owner] = counts.get(owner, 0) + 1
        return list(counts.items())

    def keep(self, text: int) -> int:
        """A text of the block is an original; its hashes that are not crowded lead to it. Gives its number back."""
        owner = self._sketches.owners + len(self._kept)
        self._kept.append(text)
        for place in self._of_text.get(text, ()):
            led = self._inside.setdefault(int(self._hashes[place]), [])
            self._free[place] = len(led) < CROWDED
            if self._free[place]:
                led.append(owner)
        return owner

    def close(self) -> None:
        """The block is at its end: what was kept is in the sketches."""
        if self._kept:
            places = np.concatenate([np.arange(self._starts[text], self._starts[text + 1]) for text in self._kept])
            owners = np.repeat(np.arange(len(self._kept)), [self.size(text) for text in self._kept])
            free = self._free[places]
            lengths = np.bincount(owners[free], minlength=len(self._kept))
            self._sketches.keep(self._hashes[places[free]], lengths)


def _repeated(hashes: Hashes) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    order = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    same = ordered[1:] == ordered[:-1]
    found = np.zeros(len(hashes), dtype=bool)
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return found
