"""What the page stages made of pages → rows, in the caller's transaction, a statement a table and not a page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from shida.records import Article, Dropped
from shida.store import schema
from shida.store.rows import PageOutcome
from shida.text.addresses import bare

SUPERSEDED = "superseded"
"""Why an older revision of an article does not count."""

ID_TAKEN = "id_taken"
"""Why an article of another source does not count, whose id a later one has."""


def keep_outcomes(db: Connection, outcomes: Sequence[PageOutcome]) -> None:
    """Replace what is kept of each page by its outcome, and mark the ledger."""
    encode = msgspec.json.encode
    pages = [outcome.page for outcome in outcomes]
    read = [outcome for outcome in outcomes if outcome.articles is not None]
    if read:
        _keep_articles(db, read)
    db.execute(delete(schema.fact).where(schema.fact.c.page.in_(pages)))
    facts = [
        {
            "id": fact.id,
            "article": article_id,
            "page": outcome.page,
            "kind": fact.__struct_config__.tag,
            "record": encode(fact),
        }
        for outcome in outcomes
        for article_id, stated in outcome.facts
        for fact in stated
    ]
    if facts:
        db.execute(insert_or(schema.fact).on_conflict_do_nothing(), facts)
    for outcome in outcomes:
        keep_dropped(db, outcome.dropped, page=outcome.page)
    marks = [{"record": o.page, "stage": stage, "key": key} for o in outcomes for stage, key in o.keys.items()]
    if marks:
        upsert = insert_or(schema.ledger)
        db.execute(upsert.on_conflict_do_update(set_={"key": upsert.excluded.key}), marks)


def _keep_articles(db: Connection, outcomes: Sequence[PageOutcome]) -> None:
    pages = [outcome.page for outcome in outcomes]
    table = schema.article
    touched = set(db.execute(select(table.c.id).where(table.c.page.in_(pages))).scalars())
    db.execute(delete(table).where(table.c.page.in_(pages)))
    db.execute(delete(schema.known_at).where(schema.known_at.c.page.in_(pages)))
    db.execute(delete(schema.dropped).where(schema.dropped.c.page.in_(pages)))
    rows = []
    for outcome in outcomes:
        for article in outcome.articles or ():
            record = msgspec.json.encode(article)
            rows.append(
                {
                    "id": article.id,
                    "page": outcome.page,
                    "current": True,
                    "kind": article.kind,
                    "published": article.published,
                    "rank": rank_of(article, record),
                    "record": record,
                    "paged": bool(article.next_pages) and article.kind != "list",
                    "cut": any(item.truncated for item in article.items),
                }
            )
    if rows:
        db.execute(insert_or(table), rows)
        _keep_addresses(db, outcomes)
    _choose_current(db, touched | {str(row["id"]) for row in rows})


def _keep_addresses(db: Connection, outcomes: Sequence[PageOutcome]) -> None:
    """By which addresses the articles are known: what was asked for, what answered, what the page declares."""
    page = schema.page.c
    taken = select(page.id, page.url, page.name).where(page.id.in_([outcome.page for outcome in outcomes]))
    taken_from = {row.id: (row.url, row.name) for row in db.execute(taken)}
    rows = [
        {"address": address, "article": article.id, "page": outcome.page}
        for outcome in outcomes
        for article in outcome.articles or ()
        if article.title
        for address in sorted({bare(one) for one in (*taken_from.get(outcome.page, ()), article.url) if one})
    ]
    if rows:
        db.execute(insert_or(schema.known_at).on_conflict_do_nothing(), rows)


def rank_of(article: Article, record: bytes) -> str:
    """What tells an article from itself before: `record` is its JSON."""
    return f"{article.published or ''} {hashlib.sha256(record).hexdigest()}"


def _choose_current(db: Connection, article_ids: set[str]) -> None:
    """Make the newest revision of each article the current one, and keep the others as revisions."""
    table = schema.article
    ids = sorted(article_ids)
    # one left over from several may be marked as an older revision
    db.execute(update(table).where(table.c.id.in_(ids), ~table.c.current).values(current=True))
    several = select(table.c.id).where(table.c.id.in_(ids)).group_by(table.c.id).having(func.count() > 1)
    ranks = db.execute(revisions_newest_first(table.c.id, table.c.record).where(table.c.id.in_(several))).all()
    kept_before = (schema.dropped.c.reason.in_((SUPERSEDED, ID_TAKEN)), schema.dropped.c.record.in_(ids))
    db.execute(delete(schema.dropped).where(*kept_before))
    for article_id, revisions in groupby(ranks, key=lambda row: row.id):
        newest, *older = [msgspec.json.decode(row.record, type=Article) for row in revisions]
        db.execute(update(table).where(table.c.id == article_id).values(current=table.c.page == newest.page))
        for one in older:
            same = one.source == newest.source or (one.url is not None and one.url == newest.url)
            words = (
                f"article {article_id}: {newest.page} is its newest revision; {one.page} is kept as an older one"
                if same
                else f"id {article_id} stands for {newest.page} of {newest.source} and for {one.page} of {one.source}; "
                f"the later one counts. Give each article an id of its own."
            )
            reason = SUPERSEDED if same else ID_TAKEN
            keep_dropped(db, [Dropped(stage="read", record=article_id, reason=reason, detail=words)], page=None)


def revisions_newest_first(*columns: ColumnElement[Any]) -> Select[Any]:
    """`columns` of all articles, by id, the newest revision of each first: what was fetched last, else published last.

    What comes from files was fetched at no time; there the date of publication decides, then the content.
    """
    article, page = schema.article, schema.page
    fetched = func.coalesce(page.c.fetched, "")
    joined = select(*columns).select_from(article.outerjoin(page, page.c.id == article.c.page))
    return joined.order_by(article.c.id, fetched.desc(), article.c.rank.desc(), article.c.page)


def keep_dropped(db: Connection, dropped: Sequence[Dropped], *, page: str | None) -> None:
    """Keep refusals; `page` where a page's stage refused, so that doing the page anew takes them back."""
    rows = [
        {"stage": d.stage, "record": d.record, "reason": d.reason, "detail": d.detail, "page": page} for d in dropped
    ]
    if rows:
        upsert = insert_or(schema.dropped)
        db.execute(upsert.on_conflict_do_update(set_={"detail": upsert.excluded.detail}), rows)
