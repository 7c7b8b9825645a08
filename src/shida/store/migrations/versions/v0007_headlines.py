"""Which articles list headlines that were cut off, and by which addresses every article is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table; what was read before has none of it until it is read anew."""
    op.add_column("article", sa.Column("cut", sa.Boolean))
    op.create_index("article_cut", "article", ["cut"])
    op.create_table(
        "known_at",
        sa.Column("address", sa.Text, primary_key=True),
        sa.Column("article", sa.String, primary_key=True),
        sa.Column("page", sa.String, primary_key=True),
    )
    op.create_index("known_at_page", "known_at", ["page"])


def downgrade() -> None:
    """Take them back."""
    op.drop_table("known_at")
    op.drop_index("article_cut", "article")
    op.drop_column("article", "cut")
