"""Where a page of a list ends, as an opaque word; the next page begins behind it, whatever came in meanwhile."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import xxhash

from shida.serve.api.problems import Refused


class Place(NamedTuple):
    """Where a record stands: lists go from the greatest key down, and among the same key by id."""

    key: str
    id: str


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """What a cursor holds."""

    asked: str
    """Hash of what the list was asked: a cursor of another list means nothing here."""
    as_of: str
    """The day of the first page. All pages answer as of it."""
    key: str
    id: str


def fingerprint(path: str, asked: msgspec.Struct) -> str:
    """A short hash of a list and its filters; not of the page, its length, or the day."""
    given = {k: v for k, v in msgspec.structs.asdict(asked).items() if k not in ("cursor", "limit", "as_of")}
    return xxhash.xxh3_64_hexdigest(msgspec.json.encode([path, given]))


def write(mark: Mark) -> str:
    """The cursor of a mark.

    >>> read(write(Mark("f", "2026-11-22", "2026-11-01", "a-1")), "f").id
    'a-1'
    """
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(mark)).rstrip(b"=").decode()


def read(cursor: str, asked: str) -> Mark:
    """The mark in a cursor; Refused where it is none, or one of another list."""
    try:
        data = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), b"-_", validate=True)
        mark = msgspec.msgpack.decode(data, type=Mark)
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise Refused("bad-cursor", "the cursor was not given by this server", parameter="cursor") from error
    if mark.asked != asked:
        why = "the cursor belongs to another list, or to other filters; keep all parameters but limit as they were"
        raise Refused("bad-cursor", why, parameter="cursor")
    return mark


def behind(places: Sequence[Place], mark: Mark | None) -> int:
    """Index of the first place behind the mark.

    >>> places = [Place("2026", "b"), Place("2025", "a"), Place("2025", "c")]
    >>> behind(places, Mark("", "", "2025", "a")), behind(places, Mark("", "", "2025", "b")), behind(places, None)
    (2, 2, 0)
    """
    if mark is None:
        return 0
    return sum(place.key > mark.key or (place.key == mark.key and place.id <= mark.id) for place in places)


def ordered(rows: Sequence[tuple[Place, Any]]) -> list[tuple[Place, Any]]:
    """Rows in the order of their places."""
    by_id = sorted(rows, key=lambda row: row[0].id)
    return sorted(by_id, key=lambda row: row[0].key, reverse=True)
