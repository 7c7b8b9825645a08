"""What the newsroom keeps of sending: hooks and letterboxes, what waits for them, and every attempt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Engine, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.records import Attempt, Delivery, Hook, Letterbox
from shida.store.watch_tables import attempt, delivery, hook, letterbox

T = TypeVar("T", Hook, Letterbox)


class Deliveries:
    """The part of a newsroom that sending keeps."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def hooks(self) -> list[Hook]:
        """All hooks, by owner and address."""
        return sorted(self._all(hook, Hook), key=lambda one: (one.owner, one.url))

    def letterboxes(self) -> list[Letterbox]:
        """All letterboxes, by owner and address."""
        return sorted(self._all(letterbox, Letterbox), key=lambda one: (one.owner, one.address))

    def save_target(self, one: Hook | Letterbox) -> None:
        """Keep a hook or a letterbox. One that is off leaves nothing waiting: that is dead, with the reason."""
        with self._engine.begin() as db:
            _save(db, one)
            if isinstance(one, Hook) and one.off:
                self._end(db, one.id, one.off)

    def remove_target(self, target: str) -> None:
        """Forget a hook or a letterbox; what waits for it is dead."""
        with self._engine.begin() as db:
            for table in (hook, letterbox):
                db.execute(delete(table).where(table.c.id == target))
            self._end(db, target, "removed")

    def post(self, box: Letterbox, letters: Sequence[Delivery]) -> None:
        """Put letters into the queue and remember what they hold, in one transaction."""
        with self._engine.begin() as db:
            _save(db, box)
            queue(db, letters)

    def waiting(self, *, due: str | None = None) -> list[Delivery]:
        """What waits to be sent, the oldest first; only what is due at a time where one is given."""
        query = select(delivery.c.record).where(delivery.c.state == "waiting")
        if due is not None:
            query = query.where(delivery.c.due <= due)
        return self._deliveries(query.order_by(delivery.c.number))

    def dead(self) -> list[Delivery]:
        """What was given up, the oldest first."""
        return self._deliveries(select(delivery.c.record).where(delivery.c.state == "dead").order_by(delivery.c.number))

    def with_id(self, delivery_id: str) -> Delivery | None:
        """One delivery, or None."""
        return next(iter(self._deliveries(select(delivery.c.record).where(delivery.c.id == delivery_id))), None)

    def last_of(self, target: str) -> Delivery | None:
        """The delivery to a target that was put into the queue last, or None."""
        query = select(delivery.c.record).where(delivery.c.target == target).order_by(delivery.c.number.desc()).limit(1)
        return next(iter(self._deliveries(query)), None)

    def keep_attempt(self, one: Delivery, made: Attempt | None, *, also: Sequence[Delivery | Hook] = ()) -> None:
        """Keep what came of an attempt, and whatever else it changes, in one transaction.

        Its number is that of all attempts there were: one that was given up and is sent again goes on counting.
        """
        with self._engine.begin() as db:
            if made is not None:
                of_it = attempt.c.delivery == made.delivery
                last = db.execute(select(func.max(attempt.c.number)).where(of_it)).scalar() or 0
                db.execute(insert(attempt).values({**msgspec.structs.asdict(made), "number": last + 1}))
            for changed in (one, *also):
                if isinstance(changed, Hook):
                    _save(db, changed)
                    if changed.off:
                        self._end(db, changed.id, changed.off)
                else:
                    _change(db, changed)

    def attempts(self, *, newest: int | None = None, of: str | None = None) -> list[Attempt]:
        """Attempts, the oldest first; so many of the end; of one delivery."""
        query = select(attempt).order_by(attempt.c.at.desc(), attempt.c.delivery.desc(), attempt.c.number.desc())
        if of is not None:
            query = query.where(attempt.c.delivery == of)
        with self._engine.connect() as db:
            return [Attempt(**row._mapping) for row in db.execute(query.limit(newest))][::-1]

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Target → how many of its deliveries are waiting, done and dead."""
        query = select(delivery.c.target, delivery.c.state, func.count()).group_by(delivery.c.target, delivery.c.state)
        found: dict[str, dict[str, int]] = {}
        with self._engine.connect() as db:
            for target, state, number in db.execute(query):
                found.setdefault(str(target), {})[str(state)] = int(number)
        return found

    def _all(self, table: Table, kind: type[T]) -> list[T]:
        with self._engine.connect() as db:
            return [msgspec.json.decode(record, type=kind) for record in db.execute(select(table.c.record)).scalars()]

    def _deliveries(self, query: Any) -> list[Delivery]:
        with self._engine.connect() as db:
            return [msgspec.json.decode(record, type=Delivery) for record in db.execute(query).scalars()]

    @staticmethod
    def _end(db: Connection, target: str, why: str) -> None:
        """What waits for a target is dead."""
        query = select(delivery.c.record).where(delivery.c.target == target, delivery.c.state == "waiting")
        for record in list(db.execute(query).scalars()):
            _change(db, replace(msgspec.json.decode(record, type=Delivery), state="dead", said=why))


def queue(db: Connection, deliveries: Sequence[Delivery]) -> None:
    """Put deliveries into the queue; one that is there already stays as it is."""
    for one in deliveries:
        db.execute(insert_or(delivery).values(_row(one)).on_conflict_do_nothing())


def _change(db: Connection, one: Delivery) -> None:
    upsert = insert_or(delivery).values(_row(one))
    changed = {name: upsert.excluded[name] for name in ("state", "due", "record")}
    db.execute(upsert.on_conflict_do_update(index_elements=["id"], set_=changed))


def _row(one: Delivery) -> dict[str, Any]:
    own = {name: getattr(one, name) for name in ("id", "target", "state", "due")}
    return {**own, "record": msgspec.json.encode(one)}


def _save(db: Connection, one: Hook | Letterbox) -> None:
    table = hook if isinstance(one, Hook) else letterbox
    upsert = insert_or(table).values(id=one.id, owner=one.owner, record=msgspec.json.encode(one))
    db.execute(upsert.on_conflict_do_update(set_={name: upsert.excluded[name] for name in ("owner", "record")}))
