"""Targets a user names → pages in the newsroom, with what was refused and passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from shida.collect import collect
from shida.net.limits import Limits
from shida.records import Dropped, Page, Record
from shida.settings import Settings
from shida.store import Newsroom

SHOWN = 20
"""Refusals that come back one by one; all of them are kept in the newsroom."""


class Intake(Record, frozen=True, kw_only=True):
    """What became of the targets."""

    new: int
    known: int
    """Already in the newsroom, byte for byte, from the same address."""
    dropped: int
    refusals: tuple[Dropped, ...] = ()
    """The first of them."""
    ignored_keys: tuple[tuple[str, int], ...] = ()
    """Keys of JSON lines that are no part of an article, with how many lines had them."""


def add_targets(
    newsroom: Newsroom,
    settings: Settings,
    targets: Sequence[str],
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> Intake:
    """Collect every target into the newsroom. InputError where one is not there or cannot be opened at all."""
    limits = Limits.of(settings)
    refusals: list[Dropped] = []
    ignored: Counter[str] = Counter()

    def arrivals() -> Iterator[Page | Dropped]:
        count = 0
        for target in targets:
            collection = collect(target, limits=limits)
            for item in collection:
                if isinstance(item, Dropped) and len(refusals) < SHOWN:
                    refusals.append(item)
                yield item
                count += 1
                if progress is not None and count % 100 == 0:
                    progress("collect", count, 0)
            ignored.update(collection.counts.ignored_keys)

    added = newsroom.add_pages(arrivals())
    return Intake(
        new=added.new,
        known=added.known,
        dropped=added.dropped,
        refusals=tuple(refusals),
        ignored_keys=tuple(sorted(ignored.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]),
    )
