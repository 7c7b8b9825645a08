"""Source → Page: files, folders, JSONL, feeds, addresses. What cannot be taken comes out as a Dropped with the reason.

>>> from shida.net.limits import Limits
>>> import tempfile, pathlib
>>> with tempfile.TemporaryDirectory() as folder:
...     _ = (pathlib.Path(folder) / "a.txt").write_text("质量月启动")
...     taken = collect(folder, limits=Limits())
...     [page.media_type for page in taken], taken.counts.pages
(['text/plain'], 1)
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from shida.collect.counts import CollectCounts, Tally
from shida.net.limits import Limits
from shida.net.urls import looks_like_url
from shida.records import Dropped, Page

if TYPE_CHECKING:
    from shida.net.client import Client

__all__ = ["CollectCounts", "Collection", "collect"]


class Collection(Iterator[Page | Dropped]):
    """The pages and refusals of one target, one after the other; `counts` sums them up so far."""

    def __init__(self, items: Generator[Page | Dropped, None, None], tally: Tally) -> None:
        self._items = items
        self._tally = tally

    def __next__(self) -> Page | Dropped:
        item = next(self._items)
        self._tally.item(item)
        return item

    def close(self) -> None:
        """Stop here: files and connections are closed."""
        self._items.close()

    @property
    def counts(self) -> CollectCounts:
        """What came so far; complete once the collection is read to its end."""
        return self._tally.counts()


def collect(target: str | Path, *, limits: Limits, client: Client | None = None) -> Collection:
    """Everything `target` gives: a file, a folder, a `.jsonl[.gz]`, the address of a page or of a feed.

    Pages stream: a folder of thousands or a file of a million lines is never held in memory. Raises InputError, with a
    suggestion, where the target is not there or cannot be opened at all (for an address: while it is being read).
    """
    tally = Tally()
    if isinstance(target, str) and looks_like_url(target):
        from shida.collect.addresses import take_address
        from shida.net.client import Client

        return Collection(take_address(target, limits, client or Client(limits), tally), tally)

    from shida.collect.files import check_path, take_path

    path = Path(target)
    check_path(path)
    return Collection(take_path(path, limits, tally), tally)
