"""What the newsroom learned from its clean articles, by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let a run say what it restored with."""
    op.create_table(
        "learned",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.add_column("run", sa.Column("learned", sa.String))


def downgrade() -> None:
    """Take both back."""
    op.drop_column("run", "learned")
    op.drop_table("learned")
