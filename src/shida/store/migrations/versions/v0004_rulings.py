"""What editors decided about stories, in order; which of it each run kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the column."""
    op.create_table(
        "ruling",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("withdraws", sa.Integer),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("ruling_withdraws", "ruling", ["withdraws"], unique=True)
    op.add_column("run", sa.Column("ruled", sa.Integer))


def downgrade() -> None:
    """Take them back."""
    op.drop_column("run", "ruled")
    op.drop_table("ruling")
