"""What came in, what was refused, and what was passed over: the summary of one `collect`."""

from __future__ import annotations

from collections import Counter

import msgspec

from shida.records import Dropped, Page, Record

MAX_KEYS = 1_000
"""Different ignored keys that are counted by name; the rest are counted together as `…`."""


class CollectCounts(Record, frozen=True, kw_only=True):
    """Counts of one `collect`, complete once it has been read to the end."""

    pages: int = 0
    dropped: dict[str, int] = msgspec.field(default_factory=dict)
    """Reason → how many, in the order of the alphabet."""
    ignored_keys: dict[str, int] = msgspec.field(default_factory=dict)
    """Keys of JSON input that are not part of an article → lines that had them."""
    hidden: int = 0
    """Files and folders passed over because their name starts with a dot."""


class Tally:
    """Counts while they grow."""

    def __init__(self) -> None:
        self._pages = 0
        self._hidden = 0
        self._dropped: Counter[str] = Counter()
        self._keys: Counter[str] = Counter()

    def item(self, item: Page | Dropped) -> None:
        """Count what is handed on."""
        if isinstance(item, Dropped):
            self._dropped[item.reason] += 1
        else:
            self._pages += 1

    def hidden(self) -> None:
        """Count a file or folder that is passed over."""
        self._hidden += 1

    def ignored_key(self, key: str) -> None:
        """Count a key that is not part of an article."""
        self._keys[key[:100] if key in self._keys or len(self._keys) < MAX_KEYS else "…"] += 1

    def counts(self) -> CollectCounts:
        """The counts so far, as a record."""
        return CollectCounts(
            pages=self._pages,
            dropped=dict(sorted(self._dropped.items())),
            ignored_keys=dict(sorted(self._keys.items())),
            hidden=self._hidden,
        )
