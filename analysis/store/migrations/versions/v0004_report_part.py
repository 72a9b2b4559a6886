"""What a registrar settled of the report on a base: paragraphs of the council's own, and sections left out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "report_part",
        sa.Column("base", sa.String(20), primary_key=True),
        sa.Column("section", sa.String(40), primary_key=True),
        sa.Column("place", sa.String(10), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("report_part")
