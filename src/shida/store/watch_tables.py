"""The tables of saved searches: what is watched, what was told, where it goes, and how sending fared."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, Text

from shida.store.schema import metadata

watch = Table(
    "watch",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

told = Table(
    "told",
    metadata,
    Column("watch", String, primary_key=True),
    Column("uid", Text, primary_key=True),  # `kind:id` of what matched
    Column("title", Text, nullable=False),  # a fact that says something else now has another id and the same title
    Column("seen", String, nullable=False),  # hash of what a reader sees of it
    Column("origin", Text, nullable=False),  # `article@page`, sorted: whose bytes it was read from
    Column("state", String, nullable=False),  # Told.state
    Column("turn", Integer, nullable=False),  # how often it was told
)

alert = Table(
    "alert",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("watch", String, nullable=False),
    Column("owner", Text, nullable=False),
    Column("made", String, nullable=False),
    Column("muted", Boolean, nullable=False),  # made while its search was muted: kept, and sent to nobody
    Column("record", LargeBinary, nullable=False),
    Index("alert_watch", "watch", "number"),
    Index("alert_owner", "owner", "number"),
)

hook = Table(
    "hook",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

letterbox = Table(
    "letterbox",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

delivery = Table(
    "delivery",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("target", String, nullable=False),
    Column("state", String, nullable=False),
    Column("due", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("delivery_state", "state", "due"),
    Index("delivery_target", "target", "number"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("delivery", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("status", Integer),
    Column("milliseconds", Integer, nullable=False),
    Column("said", Text, nullable=False),
)
