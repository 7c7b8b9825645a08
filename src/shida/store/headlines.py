"""Headlines that lists cut off: made whole where the articles they lead to are known."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Engine, delete, select, update

from shida.records import Article
from shida.store import schema

BATCH = 500
"""Addresses asked for in one statement."""

Titles = Mapping[str, Sequence[tuple[str, str]]]
"""Address as it is compared → id and title of each article known by it."""
Complete = Callable[[Article, str, Callable[[Sequence[str]], Titles]], Article]
"""A list, where it was taken from, what says which articles are known by some addresses → the list."""


class _Titled(msgspec.Struct):
    """What is asked of an article's record."""

    id: str
    title: str = ""


class Headlines:
    """The part of a newsroom where lists get whole headlines."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def complete(self, complete: Complete, anew: Sequence[str]) -> int:
        """Bring the headlines of all lists up to date, in one transaction; how many lists are others now than before.

        Every list is looked at, older revisions too, and from what it printed itself: so it does not matter which came
        first, the list or the article. The stages in `anew` are due again for what is another list now. Articles over
        several pages are left out: what they list is joined.
        """
        changed = 0
        with self._engine.begin() as db:
            article, page = schema.article, schema.page
            query = (
                select(article.c.id, article.c.page, article.c.rank, article.c.record, page.c.url, page.c.name)
                .select_from(article.join(page, page.c.id == article.c.page))
                .where(article.c.cut, article.c.paged.is_not(True))
                .order_by(article.c.id, article.c.page)
            )
            for row in db.execute(query).all():
                before = msgspec.json.decode(row.record, type=Article)
                after = complete(before, row.url or before.url or row.name, lambda keys: _titles(db, keys))
                if after == before:
                    continue
                record = msgspec.json.encode(after)
                here = (article.c.id == row.id, article.c.page == row.page)
                db.execute(update(article).where(*here).values(record=record, rank=_rank(row.rank, after, record)))
                done = (schema.ledger.c.record == row.page, schema.ledger.c.stage.in_(list(anew)))
                db.execute(delete(schema.ledger).where(*done))
                changed += 1
        return changed


def _rank(before: str, after: Article, record: bytes) -> str:
    """The rank of a list with other headlines: it tells it from before, and places it among its revisions as ever."""
    printed = " ".join(before.split(" ")[:2])  # what the list printed itself decides which revision is the newest
    whole = any(item.printed is not None for item in after.items)
    return f"{printed} {hashlib.sha256(record).hexdigest()[:16]}" if whole else printed


def _titles(db: Connection, addresses: Sequence[str]) -> Titles:
    """The current articles known by each of some addresses."""
    known_at, article = schema.known_at, schema.article
    decoder = msgspec.json.Decoder(_Titled)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for start in range(0, len(addresses), BATCH):
        query = (
            select(known_at.c.address, article.c.record)
            .join(article, (article.c.id == known_at.c.article) & (article.c.page == known_at.c.page))
            .where(article.c.current, known_at.c.address.in_(addresses[start : start + BATCH]))
            .order_by(known_at.c.address, known_at.c.article)
        )
        for address, record in db.execute(query):
            one = decoder.decode(record)
            found[address].append((one.id, one.title))
    return found
