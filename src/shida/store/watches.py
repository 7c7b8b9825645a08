"""What the newsroom keeps of saved searches: the searches, what was told of each, and the alerts that told it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.records import Alert, Delivery, Fact, Record, Watch
from shida.store import schema
from shida.store.deliveries import queue
from shida.store.watch_tables import alert, told, watch

BATCH = 500
"""Ids asked for in one statement."""


class Told(Record, frozen=True, kw_only=True):
    """What is remembered of one thing that matched a saved search."""

    uid: str
    """`kind:id`."""
    title: str = ""
    seen: str = ""
    """Hash of what a reader sees of it."""
    origin: str = ""
    """`article@page` of all it rests on, sorted, a line each."""
    state: Literal["told", "before", "copy", "withdrawn", "past"] = "told"
    """`before`: it was there when the search was saved; `copy`: of something told; `past`: another took its place."""
    turn: int = 0
    """How often it was told."""


class Watches:
    """The part of a newsroom that saved searches keep."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def all(self) -> list[Watch]:
        """All saved searches, by owner and name."""
        with self._engine.connect() as db:
            records = list(db.execute(select(watch.c.record)).scalars())
        found = [msgspec.json.decode(record, type=Watch) for record in records]
        return sorted(found, key=lambda one: (one.owner, one.name, one.id))

    def named(self, given: str) -> list[Watch]:
        """The saved search with this id, else those of this name."""
        every = self.all()
        return [one for one in every if one.id == given] or [one for one in every if one.name == given]

    def save(self, one: Watch, told_rows: Sequence[Told] = ()) -> None:
        """Keep a saved search, and what counts as told of it, in one transaction."""
        with self._engine.begin() as db:
            upsert = insert_or(watch).values(id=one.id, owner=one.owner, record=msgspec.json.encode(one))
            db.execute(upsert.on_conflict_do_update(set_={n: upsert.excluded[n] for n in ("owner", "record")}))
            _keep_told(db, one.id, told_rows)

    def remove(self, watch_id: str) -> None:
        """Forget a saved search and what was told of it; its alerts stay, and what waits to be sent is sent."""
        with self._engine.begin() as db:
            db.execute(delete(watch).where(watch.c.id == watch_id))
            db.execute(delete(told).where(told.c.watch == watch_id))

    def told(self, watch_id: str) -> dict[str, Told]:
        """`kind:id` → what is remembered of it."""
        columns = [told.c[name] for name in Told.__struct_fields__]
        with self._engine.connect() as db:
            rows = db.execute(select(*columns).where(told.c.watch == watch_id).order_by(told.c.uid))
            return {row.uid: Told(**row._mapping) for row in rows}

    def keep_look(
        self, one: Watch, told_rows: Sequence[Told], alerts: Sequence[Alert], deliveries: Sequence[Delivery]
    ) -> None:
        """Keep what a look found: what is told now, the alerts that tell it, and where they go; in one transaction.

        An alert that is kept already is left as it is: nothing is told twice.
        """
        with self._engine.begin() as db:
            _keep_told(db, one.id, told_rows)
            for made in alerts:
                row = {
                    "id": made.id,
                    "watch": made.watch,
                    "owner": made.owner,
                    "made": made.made,
                    "muted": one.muted,
                    "record": msgspec.json.encode(made),
                }
                db.execute(insert_or(alert).values(row).on_conflict_do_nothing())
            queue(db, deliveries)

    def alerts(
        self,
        *,
        of: str | None = None,
        owner: str | None = None,
        after: int = 0,
        muted: bool = True,
        newest: int | None = None,
    ) -> list[tuple[int, Alert]]:
        """Alerts with their numbers, the oldest first: of a saved search, of an owner, after a number.

        `muted`: also those made while their search was muted; `newest`: so many of the end.
        """
        query = select(alert.c.number, alert.c.record).where(alert.c.number > after)
        if of is not None:
            query = query.where(alert.c.watch == of)
        if owner is not None:
            query = query.where(alert.c.owner == owner)
        if not muted:
            query = query.where(~alert.c.muted)
        with self._engine.connect() as db:
            rows = db.execute(query.order_by(alert.c.number.desc()).limit(newest)).all()
        return [(row.number, msgspec.json.decode(row.record, type=Alert)) for row in reversed(rows)]

    def with_ids(self, ids: Sequence[str]) -> list[Alert]:
        """These alerts, the oldest first."""
        with self._engine.connect() as db:
            query = select(alert.c.record).where(alert.c.id.in_(list(ids))).order_by(alert.c.number)
            return [msgspec.json.decode(record, type=Alert) for record in db.execute(query).scalars()]

    def newest_alert(self) -> int:
        """Number of the newest alert; 0 where there is none."""
        with self._engine.connect() as db:
            return int(db.execute(select(func.max(alert.c.number))).scalar() or 0)

    def last_made(self) -> Mapping[str, tuple[str, int]]:
        """Saved search → when its last alert was made, and how many there are."""
        query = select(alert.c.watch, func.max(alert.c.made), func.count()).group_by(alert.c.watch)
        with self._engine.connect() as db:
            return {str(row[0]): (str(row[1]), int(row[2])) for row in db.execute(query)}

    # ── what the records behind it are like now ─────────────────────────────────────────────────────────────────

    def pages_of(self, articles: Sequence[str]) -> dict[str, str]:
        """Article → page of its current revision, for those that are there."""
        table = schema.article
        return dict(self._pairs(select(table.c.id, table.c.page).where(table.c.current), table.c.id, articles))

    def grouped(self, articles: Sequence[str]) -> set[str]:
        """Those of the articles that a run has put into a story."""
        table = schema.member
        return {one for one, _ in self._pairs(select(table.c.article, table.c.story), table.c.article, articles)}

    def facts_of(self, kind: str, articles: Sequence[str]) -> list[Fact]:
        """Facts of a kind as these articles state them, by article and id."""
        table = schema.fact
        current = (schema.article.c.id == table.c.article) & (schema.article.c.page == table.c.page)
        query = (
            select(table.c.record)
            .join(schema.article, current)
            .where(schema.article.c.current, table.c.kind == kind, table.c.article.in_(list(articles)))
            .order_by(table.c.article, table.c.id)
        )
        with self._engine.connect() as db:
            return [msgspec.json.decode(record, type=Fact) for record in db.execute(query).scalars()]

    def _pairs(self, query: Any, column: Any, values: Sequence[str]) -> Iterator[tuple[str, str]]:
        for start in range(0, len(values), BATCH):
            with self._engine.connect() as db:
                for row in db.execute(query.where(column.in_(list(values[start : start + BATCH])))):
                    yield str(row[0]), str(row[1])


def _keep_told(db: Any, watch_id: str, rows: Sequence[Told]) -> None:
    if rows:
        upsert = insert_or(told)
        names = [name for name in Told.__struct_fields__ if name != "uid"]
        db.execute(
            upsert.on_conflict_do_update(set_={name: upsert.excluded[name] for name in names}),
            [{"watch": watch_id, **msgspec.structs.asdict(row)} for row in rows],
        )
