"""Library: the newsroom behind the API. It follows the newsroom as it changes and keeps what was asked lately."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from pathlib import Path

from shida.pack import Pack
from shida.serve.api.parameters import FIRST_YEAR, LAST_YEAR
from shida.serve.api.problems import Refused
from shida.serve.api.shelf import Shelf, Stock
from shida.settings import Settings
from shida.store import Newsroom
from shida.store.search import SearchIndex, open_index
from shida.store.search.inventory import store_mark

SHELVES = 6
"""Days kept at a time."""


class Library:
    """The open newsroom. Safe to ask from several threads."""

    def __init__(self, home: Path, *, settings: Settings, pack: Pack, today: Callable[[], str]) -> None:
        """`today` gives the ISO day an answer is known as of where the request names none."""
        self.newsroom = Newsroom.open(home)
        self.settings = settings
        self.pack = pack
        self._today = today
        self._stock: Stock | None = None
        self._shelves: OrderedDict[tuple[int, str], Shelf] = OrderedDict()
        self._index: SearchIndex | None = None
        self._making = threading.Lock()
        self._following = threading.Lock()
        self._shelving = threading.Lock()
        self.heavy = threading.Lock()
        """Held while something is worked out that takes a processor for long: one at a time."""

    def close(self) -> None:
        """Close the newsroom."""
        with self._following:
            self.newsroom.close()

    def today(self) -> str:
        """The day answers are known as of (ISO)."""
        return self._today()

    def stock(self) -> Stock:
        """What the newsroom holds. Where it moved since, it is read anew beside the answering; until then the answers
        are those of before."""
        if self._stock is None:
            with self._making:
                if self._stock is None:
                    self._stock = self._read(1)
        elif self._stock.mark != store_mark(self.newsroom) and self._following.acquire(blocking=False):
            threading.Thread(target=self._follow, daemon=True).start()
        return self._stock

    def _follow(self) -> None:
        try:
            known = self._stock
            if known is not None:
                self._stock = self._read(known.number + 1)
        finally:
            self._following.release()

    def _read(self, number: int) -> Stock:
        mark = store_mark(self.newsroom)  # before anything is read: what is written meanwhile makes it differ
        return Stock(self.newsroom, self.pack, mark=mark, number=number)

    def shelf(self, as_of: str | None = None) -> Shelf:
        """What was known on a day (ISO); on today where none is given."""
        stock = self.stock()
        key = (stock.number, as_of or self.today())
        with self._shelving:
            found = self._shelves.get(key)
            if found is None:
                found = self._shelves[key] = Shelf(stock, key[1])
                while len(self._shelves) > SHELVES:
                    self._shelves.popitem(last=False)
            self._shelves.move_to_end(key)
        return found

    def index(self) -> SearchIndex:
        """The search index, brought up to the newsroom."""
        with self._making:
            if self._index is None:
                self._index = open_index(self.newsroom, self.pack)
            elif self._index.stale():
                self._index.refresh()
            return self._index

    def changed_since(self, since: str) -> frozenset[str] | None:
        """The records (`kind:id`) that came or changed on that day (ISO) or later; None where it is not known so far
        back."""
        known = self.index().changes()
        if known is None or since < known.since:
            return None
        return frozenset(uid for uid, on in known.changed.items() if on >= since)


def day(text: str) -> str:
    """An ISO day out of a cursor, checked; Refused where it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Refused("bad-cursor", "the cursor was not given by this server", parameter="cursor")
    return found.isoformat()
