"""Saved searches: what is watched, what was told, where it goes, and how sending fared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "watch",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "told",
        sa.Column("watch", sa.String, primary_key=True),
        sa.Column("uid", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("seen", sa.String, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("turn", sa.Integer, nullable=False),
    )
    op.create_table(
        "alert",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("watch", sa.String, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("made", sa.String, nullable=False),
        sa.Column("muted", sa.Boolean, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("alert_watch", "alert", ["watch", "number"])
    op.create_index("alert_owner", "alert", ["owner", "number"])
    for name in ("hook", "letterbox"):
        op.create_table(
            name,
            sa.Column("id", sa.String, primary_key=True),
            sa.Column("owner", sa.Text, nullable=False),
            sa.Column("record", sa.LargeBinary, nullable=False),
        )
    op.create_table(
        "delivery",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        sa.Column("target", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("due", sa.String, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("delivery_state", "delivery", ["state", "due"])
    op.create_index("delivery_target", "delivery", ["target", "number"])
    op.create_table(
        "attempt",
        sa.Column("delivery", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("attempt", "delivery", "letterbox", "hook", "alert", "told", "watch"):
        op.drop_table(table)
