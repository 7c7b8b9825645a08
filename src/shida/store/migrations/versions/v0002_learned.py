"""What the newsroom learned, by day; which revision of an article its story was told with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the columns."""
    op.create_table(
        "learned",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.add_column("member", sa.Column("told", sa.String))
    op.add_column("run", sa.Column("learned", sa.String))
    op.add_column("run", sa.Column("key", sa.String))


def downgrade() -> None:
    """Take them back."""
    op.drop_column("run", "key")
    op.drop_column("run", "learned")
    op.drop_column("member", "told")
    op.drop_table("learned")
