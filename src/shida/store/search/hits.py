"""The hits of an index in a file beside it: one after the other, each found by its place.

The index's own store keeps documents in compressed blocks of a hundred; ten hits of a rare query lie in ten blocks, and
unpacking those took longer than the search. A file is only ever added to; what a commit says of places stays true.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

import msgspec

from shida.store.search.answers import Hit

LENGTH = 4
"""Bytes before each hit that say how long it is."""

_ENCODE = msgspec.json.Encoder().encode
_DECODER = msgspec.json.Decoder(Hit)


class HitWriter:
    """Adds hits to the end of a file; in memory where there is none."""

    def __init__(self, path: Path | None, before: bytes = b"") -> None:
        self._file = path.open("ab") if path is not None else None
        self.memory = bytearray(before)
        self.end = self._file.tell() if self._file is not None else len(self.memory)

    def add(self, hit: Hit) -> int:
        """Keep one; its place."""
        content = _ENCODE(hit)
        piece = len(content).to_bytes(LENGTH, "little") + content
        place, self.end = self.end, self.end + len(piece)
        if self._file is not None:
            self._file.write(piece)
        else:
            self.memory += piece
        return place

    def close(self) -> None:
        """Everything on the disk, before the index says where it is."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()


class HitReader:
    """Reads hits by their places."""

    def __init__(self, source: Path | bytes) -> None:
        self._bytes: bytes | mmap.mmap = b""
        if isinstance(source, bytes):
            self._bytes = source
        elif source.stat().st_size:
            with source.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __len__(self) -> int:
        return len(self._bytes)

    def at(self, place: int) -> Hit:
        """The hit at a place. DecodeError where the file is not the one the index was written with."""
        start = place + LENGTH
        return _DECODER.decode(self._bytes[start : start + int.from_bytes(self._bytes[place:start], "little")])
