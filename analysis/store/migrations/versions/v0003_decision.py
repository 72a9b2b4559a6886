"""The decision log: entries are added and never changed, but for the blanking of one under the retention rules."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHY = "decision is append-only"
BLANK = ("by", "what", "why", "meeting", "page", "headline", "version_name")
KEPT = ("id", "at", "withdrawn", "met_on", "review_on", "base", "version_id", "publication_id", "contents", "basis")


def upgrade() -> None:
    """Make the table and its triggers."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("replaces", sa.Integer, unique=True),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("meeting", sa.String(120), nullable=False),
        sa.Column("met_on", sa.String(10), nullable=False),
        sa.Column("review_on", sa.String(10), nullable=False),
        sa.Column("base", sa.String(20), nullable=False, index=True),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id"), nullable=False),
        sa.Column("version_name", sa.String(120), nullable=False),
        sa.Column("publication_id", sa.Integer, sa.ForeignKey("publication.id"), nullable=False),
        sa.Column("contents", sa.String(64), nullable=False),
        sa.Column("page", sa.String(60), nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("basis", sa.String(20), nullable=False),
        sa.Column("figures", sa.Text, nullable=False),
        sa.Column("forgotten_at", sa.String(40)),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("decision")
    if op.get_bind().dialect.name != "sqlite":
        for act in ("update", "delete", "truncate"):
            op.execute(f"DROP FUNCTION IF EXISTS decision_{act}()")


def _changed() -> str:
    """When a row is changed in any way but blanked once, with what it was about kept."""
    lawful = [
        "OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL AND NEW.link = '{}' AND NEW.figures = '[]'",
        "coalesce(NEW.replaces, 0) = coalesce(OLD.replaces, 0)",
        *(f"""NEW."{name}" = ''""" for name in BLANK),
        *(f'NEW."{name}" = OLD."{name}"' for name in KEPT),
    ]
    return f"NOT ({' AND '.join(lawful)})"


def _guard_sqlite() -> None:
    for act, when in (("UPDATE", _changed()), ("DELETE", "1 = 1")):
        op.execute(
            f"CREATE TRIGGER decision_{act.lower()} BEFORE {act} ON decision WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{WHY}'); END"
        )


def _guard_postgres() -> None:
    _postgres_trigger("UPDATE", f"IF {_changed()} THEN RAISE EXCEPTION '{WHY}'; END IF; RETURN NEW;", "ROW")
    _postgres_trigger("DELETE", f"RAISE EXCEPTION '{WHY}';", "ROW")
    _postgres_trigger("TRUNCATE", f"RAISE EXCEPTION '{WHY}';", "STATEMENT")


def _postgres_trigger(act: str, body: str, each: str) -> None:
    name = f"decision_{act.lower()}"
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON decision FOR EACH {each} EXECUTE FUNCTION {name}()")
