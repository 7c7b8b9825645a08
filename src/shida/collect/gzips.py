"""Compressed pieces → plain pieces, with all that can be saved of a damaged or cut file, and an end to bombs."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Literal

STEP = 16 * 1024
"""Compressed bytes fed at a time; what is lost around a damage is found again a byte at a time within one step."""
PIECE = 256 * 1024
"""Largest plain piece handed on."""
BOMB_BYTES = 64 * 1024 * 1024
BOMB_RATIO = 200
"""Text compresses 3 to 20 times; a file past 64 MiB that has grown 200 times is a bomb (deflate can reach 1,030)."""

Problem = Literal["truncated_gzip", "damaged_gzip", "too_large"]


class Gunzip:
    """Iterate over the plain pieces; then `problem` says what was wrong with the file, if anything was."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self.problem: Problem | None = None
        self.taken = 0
        """Compressed bytes read."""
        self.given = 0
        """Plain bytes handed on."""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._inflate():
            self.given += len(piece)
            yield piece
            if self.given > BOMB_BYTES and self.given > BOMB_RATIO * self.taken:
                self.problem = "too_large"
                return

    def _inflate(self) -> Iterator[bytes]:
        member = zlib.decompressobj(wbits=31)
        members = 0
        fresh = True
        for step in _steps(self._pieces):
            self.taken += len(step)
            rest = step
            while rest:
                if fresh and members and not rest.strip(b"\0"):
                    break  # tapes and some tools pad with zeros
                before = member.copy()
                try:
                    plain = member.decompress(rest, PIECE)
                except zlib.error:
                    yield from _saved(before, rest)
                    self.problem = "damaged_gzip"
                    return
                fresh = False
                if plain:
                    yield plain
                if member.eof:
                    rest = member.unused_data
                    member = zlib.decompressobj(wbits=31)
                    members += 1
                    fresh = True
                else:
                    rest = member.unconsumed_tail
        # zlib may hold plain bytes back at the end of its input.
        while not fresh and (plain := member.decompress(member.unconsumed_tail, PIECE)):
            yield plain
        if not fresh and not member.eof:
            self.problem = "truncated_gzip"


def _steps(pieces: Iterable[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        for start in range(0, len(piece), STEP):
            yield piece[start : start + STEP]


def _saved(member: zlib._Decompress, rest: bytes) -> Iterator[bytes]:
    """The plain bytes that come before the damage in `rest`."""
    for position in range(len(rest)):
        try:
            plain = member.decompress(rest[position : position + 1])
        except zlib.error:
            return
        if plain:
            yield plain
