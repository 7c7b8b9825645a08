"""What collecting remembers: how each source fared, and what is known of each address. Times are ISO with +08:00."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Engine, and_, delete, exists, func, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.records import Address, Source, SourceState
from shida.store import schema

if TYPE_CHECKING:
    from shida.collect.sources import Health  # it brings what reads addresses and feeds

BATCH = 500
"""Addresses asked for in one statement."""


class Visits:
    """The part of a newsroom that collecting keeps. Safe to ask from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def states(self) -> dict[str, SourceState]:
        """Source → how it fared, of all that were ever visited."""
        with self._engine.connect() as db:
            rows = db.execute(select(schema.source_state.c.record).order_by(schema.source_state.c.source)).scalars()
            found = [msgspec.json.decode(record, type=SourceState) for record in rows]
        return {state.source: state for state in found}

    def known(self, urls: Sequence[str], now: str) -> set[str]:
        """Those of `urls` that are not to be fetched at `now`: their page is here, or they were refused lately."""
        table = schema.address
        settled = or_(table.c.page.is_not(None), table.c.next_due.is_(None), table.c.next_due > now)
        found: set[str] = set()
        with self._engine.connect() as db:
            for start in range(0, len(urls), BATCH):
                some = urls[start : start + BATCH]
                found.update(db.execute(select(table.c.url).where(table.c.url.in_(some), settled)).scalars())
        return found

    def addresses(self, urls: Sequence[str]) -> dict[str, Address]:
        """What is known of these addresses; those never met are missing."""
        return {one.url: one for one in self._decoded(schema.address.c.url.in_(list(urls)))}

    def to_look_at_again(self, source: str, now: str, limit: int) -> list[Address]:
        """The addresses of a source whose page is due to be looked at again, the longest due first."""
        table = schema.address
        due = and_(table.c.source == source, table.c.page.is_not(None), table.c.next_due <= now)
        return self._decoded(due, order=(table.c.next_due, table.c.url), limit=limit)

    def withdrawn(self) -> list[Address]:
        """The addresses whose page was there and is gone (404 or 410), by the time it was found so."""
        return self._decoded(schema.address.c.gone.is_not(None), order=(schema.address.c.gone, schema.address.c.url))

    def withdrawn_articles(self) -> dict[str, str]:
        """Article id → when its page was found withdrawn, for articles that no page that is still there gives."""
        article, address = schema.article, schema.address
        other = address.alias()
        there = exists().where(other.c.page == article.c.page, other.c.gone.is_(None))
        query = (
            select(article.c.id, func.max(address.c.gone))
            .join(address, address.c.page == article.c.page)
            .where(article.c.current, address.c.gone.is_not(None), ~there)
            .group_by(article.c.id)
            .order_by(article.c.id)
        )
        with self._engine.connect() as db:
            return {str(row[0]): str(row[1]) for row in db.execute(query)}

    def bodies(self, source: str, newest: int) -> tuple[int, int]:
        """Of the newest pages of a source that were read: how many, and how many gave an article."""
        address = schema.address
        read = exists().where(schema.ledger.c.record == address.c.page, schema.ledger.c.stage == "read")
        gave = exists().where(schema.article.c.page == address.c.page)
        query = (
            select(gave)
            .where(address.c.source == source, address.c.page.is_not(None), read)
            .order_by(address.c.first.desc(), address.c.url)
            .limit(newest)
        )
        with self._engine.connect() as db:
            found = list(db.execute(query).scalars())
        return len(found), sum(map(bool, found))

    def healths(self, sources: Iterable[Source], now: datetime) -> Iterator[Health]:
        """How each of the sources is at `now`, those that were never visited left out."""
        states = self.states()
        from shida.collect.sources import NEWEST_READ, health

        for source in sources:
            state = states.get(source.name)
            if state is not None:
                read, bodies = self.bodies(source.name, NEWEST_READ)
                yield health(state, now, read=read, bodies=bodies)

    def save(self, addresses: Iterable[Address], states: Iterable[SourceState], mended: Sequence[str] = ()) -> None:
        """Keep these, and take back the refusals of the lists at the addresses in `mended`, in one transaction."""
        encode = msgspec.json.encode
        columns = ("url", "source", "page", "first", "next_due", "gone")
        rows: list[dict[str, Any]] = [
            {**{name: getattr(one, name) for name in columns}, "record": encode(one)} for one in addresses
        ]
        state_rows = [{"source": state.source, "record": encode(state)} for state in states]
        with self._engine.begin() as db:
            if rows:
                upsert = insert_or(schema.address)
                new = {name: upsert.excluded[name] for name in (*columns[1:], "record")}
                db.execute(upsert.on_conflict_do_update(set_=new), rows)
            if state_rows:
                upsert = insert_or(schema.source_state)
                db.execute(upsert.on_conflict_do_update(set_={"record": upsert.excluded.record}), state_rows)
            if mended:
                refused = schema.dropped.c.record.in_(list(mended))
                db.execute(delete(schema.dropped).where(schema.dropped.c.stage == "collect", refused))

    def _decoded(self, where: Any, *, order: Sequence[Any] = (), limit: int | None = None) -> list[Address]:
        query = select(schema.address.c.record).where(where).order_by(*order).limit(limit)
        with self._engine.connect() as db:
            return [msgspec.json.decode(record, type=Address) for record in db.execute(query).scalars()]
