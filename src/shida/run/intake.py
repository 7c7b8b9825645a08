"""Targets a user names → pages in the newsroom, with what was refused and passed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

from shida.collect import collect
from shida.collect.files import check_path
from shida.errors import InputError
from shida.net.client import Client
from shida.net.limits import Limits
from shida.net.refusals import Refused
from shida.net.urls import looks_like_url
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
    """Collect every target into the newsroom. InputError where one cannot be opened at all, before any is taken;
    NewsroomBusy where an address is among them and a collecting is going on.
    """
    limits = Limits.of(settings)
    check_targets(targets)
    # one client for all addresses: it is what remembers when a host was last asked
    client = Client.of(settings, allow=settings.allow) if any(map(looks_like_url, targets)) else None
    refusals: list[Dropped] = []
    ignored: Counter[str] = Counter()

    def arrivals() -> Iterator[Page | Dropped]:
        count = 0
        for target in targets:
            collection = collect(target, limits=limits, client=client)
            for item in _with_refusal(collection, target):
                if isinstance(item, Dropped) and len(refusals) < SHOWN:
                    refusals.append(item)
                yield item
                count += 1
                if progress is not None and count % 100 == 0:
                    progress("collect", count, 0)
            ignored.update(collection.counts.ignored_keys)

    # Addresses are fetched by one process at a time, so that no host sees two at once.
    with newsroom.hold("collect") if client is not None else nullcontext():
        added = newsroom.add_pages(arrivals())
    return Intake(
        new=added.new,
        known=added.known,
        dropped=added.dropped,
        refusals=tuple(refusals),
        ignored_keys=tuple(sorted(ignored.items(), key=lambda item: (-item[1], item[0]))[:SHOWN]),
    )


def check_targets(targets: Sequence[str]) -> None:
    """InputError, with a suggestion, where one of the files or folders is not there or cannot be opened."""
    for target in targets:
        if not target.strip():
            raise InputError("an empty name is no file, folder or address. Name what to add.")
        if not looks_like_url(target):
            check_path(Path(target))


def _with_refusal(collection: Iterator[Page | Dropped], target: str) -> Iterator[Page | Dropped]:
    """What the target gives; an address that cannot be fetched is one refusal more, and the other targets go on."""
    try:
        yield from collection
    except Refused as refused:
        yield Dropped(stage="collect", record=target, reason=refused.reason, detail=str(refused))
