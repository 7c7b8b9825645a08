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

from collections.abc import Generator, Iterator, Sequence
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
    """Everything `target` gives: a file, a folder, a `.jsonl[.gz]`, a WARC file, a feed, the address of any of these or
    of a page. A sitemap or an OPML file, given by its path or address, has the pages and feeds it names fetched.

    Pages stream: a folder of thousands or a file of a million lines is never held in memory. Raises InputError, with a
    suggestion, where the target is not there or cannot be opened at all (for an address: while it is being read).
    """
    tally = Tally()
    if isinstance(target, str) and looks_like_url(target):
        return _over_the_network([target], limits, client, tally)

    from shida.collect.files import addresses_in, check_path, take_path

    path = Path(target)
    check_path(path)
    named = addresses_in(path, limits)
    if named:
        return _over_the_network(named, limits, client, tally)
    return Collection(take_path(path, limits, tally), tally)


def _over_the_network(urls: Sequence[str], limits: Limits, client: Client | None, tally: Tally) -> Collection:
    from shida.collect.addresses import take_addresses  # late: aiohttp takes a third of a second
    from shida.net.client import Client

    return Collection(take_addresses(urls, limits, client or Client(limits), tally), tally)
