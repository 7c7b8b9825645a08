"""How each source fared, and what is known of each address it named."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "source_state",
        sa.Column("source", sa.String, primary_key=True),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "address",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("page", sa.String),
        sa.Column("first", sa.String, nullable=False),
        sa.Column("next_due", sa.String),
        sa.Column("gone", sa.String),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("address_source", "address", ["source", "next_due"])
    op.create_index("address_page", "address", ["page"])


def downgrade() -> None:
    """Drop them."""
    for table in ("address", "source_state"):
        op.drop_table(table)
