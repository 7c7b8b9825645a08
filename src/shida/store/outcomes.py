"""What the page stages made of a page → rows, in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.records import Dropped
from shida.store import schema
from shida.store.rows import PageOutcome


def keep_outcome(db: Connection, outcome: PageOutcome) -> None:
    """Replace what is kept of the page by `outcome`, and mark the ledger."""
    touched: set[str] = set()
    if outcome.articles is not None:
        of_page = schema.article.c.page == outcome.page
        touched.update(db.execute(select(schema.article.c.id).where(of_page)).scalars())
        db.execute(delete(schema.article).where(of_page))
        db.execute(delete(schema.dropped).where(schema.dropped.c.page == outcome.page))
        for one in outcome.articles:
            record = msgspec.json.encode(one)
            touched.add(one.id)
            db.execute(
                insert_or(schema.article).values(
                    id=one.id,
                    page=outcome.page,
                    current=True,
                    kind=one.kind,
                    published=one.published,
                    rank=f"{one.published or ''} {hashlib.sha256(record).hexdigest()}",
                    record=record,
                )
            )
        _choose_current(db, touched)
    db.execute(delete(schema.fact).where(schema.fact.c.page == outcome.page))
    rows = [
        {
            "id": fact.id,
            "article": article_id,
            "page": outcome.page,
            "kind": fact.__struct_config__.tag,
            "record": msgspec.json.encode(fact),
        }
        for article_id, facts in outcome.facts
        for fact in facts
    ]
    if rows:
        db.execute(insert_or(schema.fact).on_conflict_do_nothing(), rows)
    keep_dropped(db, outcome.dropped, page=outcome.page)
    marks = [{"record": outcome.page, "stage": s, "key": k} for s, k in outcome.keys.items()]
    if marks:
        upsert = insert_or(schema.ledger)
        db.execute(upsert.on_conflict_do_update(set_={"key": upsert.excluded.key}), marks)


def _choose_current(db: Connection, article_ids: set[str]) -> None:
    """Make the greatest revision of each article the current one, and keep the others as revisions."""
    table = schema.article
    for article_id in sorted(article_ids):
        ranks = db.execute(
            select(table.c.page, table.c.rank)
            .where(table.c.id == article_id)
            .order_by(table.c.rank.desc(), table.c.page)
        ).all()
        if len(ranks) > 1:
            newest = ranks[0].page
            db.execute(update(table).where(table.c.id == article_id).values(current=table.c.page == newest))
        elif ranks:
            db.execute(update(table).where(table.c.id == article_id, ~table.c.current).values(current=True))


def keep_dropped(db: Connection, dropped: Sequence[Dropped], *, page: str | None) -> None:
    """Keep refusals; `page` where a page's stage refused, so that doing the page anew takes them back."""
    rows = [
        {"stage": d.stage, "record": d.record, "reason": d.reason, "detail": d.detail, "page": page} for d in dropped
    ]
    if rows:
        upsert = insert_or(schema.dropped)
        db.execute(upsert.on_conflict_do_update(set_={"detail": upsert.excluded.detail}), rows)
