"""The tables. A record is kept whole as JSON; columns beside it are only what questions ask by."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

metadata = MetaData()

page = Table(
    "page",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
    Column("source", Text),
    Column("media_type", String),
    Column("charset", String),
    Column("fetched", String),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zstd of the bytes as they came
    Column("run", Integer),  # the run that took it; null: waiting
    Index("page_run", "run"),
)

article = Table(
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("page", String, primary_key=True),  # several pages with one id are revisions of one article
    Column("current", Boolean, nullable=False),
    Column("kind", String, nullable=False),
    Column("published", String),
    Column("rank", String, nullable=False),  # decides which revision is current: the greatest
    Column("record", LargeBinary, nullable=False),
    Column("paged", Boolean),  # it names further pages of itself
    Column("part_of", String),  # id of the article this one is a further page of; then it is not current
    Column("alone", LargeBinary),  # what its own page said, where `record` says more; null: the same
    Column("cut", Boolean),  # it lists headlines that were cut off, whole by now or not
    Index("article_page", "page"),
    Index("article_paged", "paged"),
    Index("article_cut", "cut"),
)

known_at = Table(
    "known_at",
    metadata,
    Column("address", Text, primary_key=True),  # as addresses are compared: asked for, answered, declared
    Column("article", String, primary_key=True),
    Column("page", String, primary_key=True),
    Index("known_at_page", "page"),
)

fact = Table(
    "fact",
    metadata,
    Column("id", String, primary_key=True),
    Column("article", String, primary_key=True),
    Column("page", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("fact_page", "page"),
)

story = Table(
    "story",
    metadata,
    Column("id", String, primary_key=True),
    Column("first", String),
    Column("last", String),
    Column("record", LargeBinary, nullable=False),
)

member = Table(
    "member",
    metadata,
    Column("article", String, primary_key=True),  # an article is in exactly one story
    Column("story", String, nullable=False),
    Column("told", String),  # `article.rank` of the revision its story was told with
    Index("member_story", "story"),
)

edition = Table(
    "edition",
    metadata,
    Column("id", String, primary_key=True),
    Column("version", Integer, primary_key=True),  # every version stays
    Column("state", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

dropped = Table(
    "dropped",
    metadata,
    Column("stage", String, primary_key=True),
    Column("record", String, primary_key=True),
    Column("reason", String, primary_key=True),
    Column("detail", Text, nullable=False),
    Column("page", String),  # set where a page's stage refused it, so that reading it anew takes the refusal back
    Index("dropped_page", "page"),
)

ledger = Table(
    "ledger",
    metadata,
    Column("record", String, primary_key=True),
    Column("stage", String, primary_key=True),
    Column("key", String, nullable=False),  # stage version and pack digest it was done with
)

learned = Table(
    "learned",
    metadata,
    Column("id", String, primary_key=True),  # the day it was learned and a hash of it
    Column("record", LargeBinary, nullable=False),  # zstd of the counts
)

run = Table(
    "run",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("day", String, nullable=False),  # what "today" was for it
    Column("done", Boolean, nullable=False),
    Column("learned", String),  # id of what it restored with
    Column("key", String),  # hash of the stages, pack sections and rulings it ran with
    Column("ruled", Integer),  # number of the last ruling it kept; null: none
)

ruling = Table(
    "ruling",
    metadata,
    Column("number", Integer, primary_key=True),  # the order they were made in; rows are only ever added
    Column("at", String, nullable=False),
    Column("by", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("withdraws", Integer),  # the ruling that this one takes back
    Column("record", LargeBinary, nullable=False),
    Index("ruling_withdraws", "withdraws", unique=True),  # none is taken back twice, also not by two at once
)

source_state = Table(
    "source_state",
    metadata,
    Column("source", String, primary_key=True),
    Column("record", LargeBinary, nullable=False),
)

address = Table(
    "address",
    metadata,
    Column("url", Text, primary_key=True),  # as the source's list gives it
    Column("source", String, nullable=False),
    Column("page", String),  # the newest page it gave; null: none yet
    Column("first", String, nullable=False),
    Column("next_due", String),  # when to look again; null: never
    Column("gone", String),  # when its page was found withdrawn
    Column("record", LargeBinary, nullable=False),
    Index("address_source", "source", "next_due"),
    Index("address_page", "page"),
)
