"""Bytes of a ZIP (docx, xlsx, a bundle) → the same with pinned times, so that the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a ZIP can hold, for a day before it."""


def moment_of(day: str) -> tuple[int, int, int, int, int, int]:
    """An ISO day as the time stamp of a ZIP entry: its midnight, 1980 where a ZIP has no word for it.

    >>> moment_of("2026-11-22"), moment_of("1949-10-01"), moment_of("")
    ((2026, 11, 22, 0, 0, 0), (1980, 1, 1, 0, 0, 0), (1980, 1, 1, 0, 0, 0))
    """
    parts = day[:10].split("-")
    if len(parts) != 3 or not all(part.isdecimal() and part.isascii() for part in parts):
        return EPOCH
    year, month, number = (int(part) for part in parts)
    return (year, month, number, 0, 0, 0) if 1980 <= year <= 2107 else EPOCH


def packed(files: Iterable[tuple[str, bytes]], day: str) -> bytes:
    """A ZIP of these files in this order, every one dated `day` (ISO)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            entry = zipfile.ZipInfo(name, moment_of(day))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            made.writestr(entry, content)
    return out.getvalue()


def repacked(content: bytes, day: str, change: Callable[[str, bytes], bytes] = lambda name, part: part) -> bytes:
    """A ZIP another library wrote, with `change` done to its parts and every part dated `day`."""
    with zipfile.ZipFile(io.BytesIO(content)) as given:
        return packed(((name, change(name, given.read(name))) for name in given.namelist()), day)
