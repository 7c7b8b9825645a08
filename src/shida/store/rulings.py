"""What editors decided about stories: kept in order, never changed, taken back by a further row."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import Engine, func, insert, select
from sqlalchemy.exc import IntegrityError

from shida.errors import StoreError
from shida.records import Ruling
from shida.store import schema


class Rulings:
    """The part of a newsroom that editors decide."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, ruling: Ruling) -> Ruling:
        """Keep a ruling as the newest one; it comes back with its number.

        StoreError where it withdraws one that is not there, is a withdrawal itself, or is withdrawn already.
        """
        try:
            with self._engine.begin() as db:
                number = (db.execute(select(func.max(schema.ruling.c.number))).scalar() or 0) + 1
                if ruling.withdraws is not None:
                    table = schema.ruling
                    kind = db.execute(select(table.c.kind).where(table.c.number == ruling.withdraws)).scalar()
                    if kind is None:
                        raise StoreError(f"ruling {ruling.withdraws}: there is none of this number.")
                    if kind == "withdraw":
                        raise StoreError(f"ruling {ruling.withdraws} is a withdrawal. Decide anew instead.")
                kept = msgspec.structs.replace(ruling, number=number)
                db.execute(
                    insert(schema.ruling).values(
                        number=number,
                        at=kept.at,
                        by=kept.by,
                        kind=kept.kind,
                        withdraws=kept.withdraws,
                        record=msgspec.json.encode(kept),
                    )
                )
        except IntegrityError as error:
            if ruling.withdraws is not None and "withdraws" in str(error.orig):
                raise StoreError(f"ruling {ruling.withdraws} is withdrawn already.") from error
            raise StoreError("another ruling was kept at the same moment. Run the same command again.") from error
        return kept

    def restate(self, rulings: Sequence[Ruling]) -> None:
        """Take over the rulings of another newsroom, numbers and all: what a replay begins each run with."""
        with self._engine.begin() as db:
            newest = db.execute(select(func.max(schema.ruling.c.number))).scalar() or 0
            rows = [
                {
                    **{name: getattr(one, name) for name in ("number", "at", "by", "kind", "withdraws")},
                    "record": msgspec.json.encode(one),
                }
                for one in rulings
                if one.number > newest
            ]
            if rows:
                db.execute(insert(schema.ruling), rows)

    def all(self, *, until: int | None = None, as_of: str | None = None) -> list[Ruling]:
        """All rulings in the order they were made; up to the number `until`; made by `as_of` (ISO day or time),
        that day included.
        """
        query = select(schema.ruling.c.record).order_by(schema.ruling.c.number)
        if until is not None:
            query = query.where(schema.ruling.c.number <= until)
        if as_of is not None:
            query = query.where(func.substr(schema.ruling.c.at, 1, len(as_of)) <= as_of)
        with self._engine.connect() as db:
            return [msgspec.json.decode(record, type=Ruling) for record in db.execute(query).scalars()]

    def newest(self) -> int:
        """Number of the newest ruling; 0 where there is none."""
        with self._engine.connect() as db:
            return db.execute(select(func.max(schema.ruling.c.number))).scalar() or 0
