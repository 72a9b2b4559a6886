"""Headings remembered: which column of a contract each was last taken for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "header_mapping",
        sa.Column("contract", sa.String(60), primary_key=True),
        sa.Column("header", sa.String(200), primary_key=True),
        sa.Column("column", sa.String(60), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("header_mapping")
