"""Which articles have further pages, what their first page said by itself, and which are a page of another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what was read before has none of it until it is read anew."""
    op.add_column("article", sa.Column("paged", sa.Boolean))
    op.add_column("article", sa.Column("part_of", sa.String))
    op.add_column("article", sa.Column("alone", sa.LargeBinary))
    op.create_index("article_paged", "article", ["paged"])


def downgrade() -> None:
    """Take them back."""
    op.drop_index("article_paged", "article")
    for name in ("alone", "part_of", "paged"):
        op.drop_column("article", name)
