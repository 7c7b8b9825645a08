"""The first schema: pages, articles, facts, stories, editions, refusals, ledger, runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "page",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("media_type", sa.String),
        sa.Column("charset", sa.String),
        sa.Column("fetched", sa.String),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("run", sa.Integer),
    )
    op.create_index("page_run", "page", ["run"])
    op.create_table(
        "article",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("page", sa.String, primary_key=True),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("published", sa.String),
        sa.Column("rank", sa.String, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("article_page", "article", ["page"])
    op.create_table(
        "fact",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("article", sa.String, primary_key=True),
        sa.Column("page", sa.String, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("fact_page", "fact", ["page"])
    op.create_table(
        "story",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("first", sa.String),
        sa.Column("last", sa.String),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "member",
        sa.Column("article", sa.String, primary_key=True),
        sa.Column("story", sa.String, nullable=False),
    )
    op.create_index("member_story", "member", ["story"])
    op.create_table(
        "edition",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "dropped",
        sa.Column("stage", sa.String, primary_key=True),
        sa.Column("record", sa.String, primary_key=True),
        sa.Column("reason", sa.String, primary_key=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("page", sa.String),
    )
    op.create_index("dropped_page", "dropped", ["page"])
    op.create_table(
        "ledger",
        sa.Column("record", sa.String, primary_key=True),
        sa.Column("stage", sa.String, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
    )
    op.create_table(
        "run",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("day", sa.String, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Drop all tables."""
    for table in ("run", "ledger", "dropped", "edition", "member", "story", "fact", "article", "page"):
        op.drop_table(table)
