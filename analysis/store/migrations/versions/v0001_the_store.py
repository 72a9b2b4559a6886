"""The store: blobs, versions, tables, publications and the audit log, with what may never change held by triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ALWAYS = ("publication", "audit")
PUBLISHED = "EXISTS (SELECT 1 FROM version WHERE id = {row}.version_id AND state = 'published')"


def upgrade() -> None:
    """Make every table and trigger."""
    _make_tables()
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgres()


def downgrade() -> None:
    """Take every table away."""
    for table in ("audit", "publication", "held_table", "version", "blob"):
        op.drop_table(table)


def _make_tables() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("packed", sa.LargeBinary),
        sa.Column("packed_sha256", sa.String(64), nullable=False),
        sa.Column("forgotten_at", sa.String(40)),
    )
    op.create_table(
        "version",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.String(20), nullable=False, index=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("started_from", sa.Integer, nullable=False),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("started_by", sa.String(200), nullable=False),
        sa.Column("shipped", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "held_table",
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("path", sa.String(300), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("contract", sa.String(60), nullable=False),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blob.sha256"), nullable=False, index=True),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("own", sa.Boolean, nullable=False),
        sa.Column("from_atlas", sa.Boolean, nullable=False),
    )
    _make_records()


def _make_records() -> None:
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.String(20), nullable=False),
        sa.Column("previous", sa.Integer, nullable=False),
        sa.Column("version_id", sa.Integer, sa.ForeignKey("version.id"), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.UniqueConstraint("base", "previous"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("base", sa.String(20), nullable=False),
        sa.Column("version_id", sa.Integer),
        sa.Column("version_name", sa.String(120), nullable=False),
        sa.Column("publication_id", sa.Integer),
        sa.Column("contract", sa.String(60), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("rows", sa.Integer),
        sa.Column("warnings", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_by_version", "audit", ["version_id"])


def _rules() -> list[tuple[str, str, str, str]]:
    """What is forbidden: table, act, when, and why."""
    published, append = "published and never changes", "append-only"
    old, new = PUBLISHED.format(row="OLD"), PUBLISHED.format(row="NEW")
    kept = "NEW.sha256 <> OLD.sha256 OR (OLD.packed IS NOT NULL AND NEW.packed IS NOT NULL)"
    return [
        *((table, act, "1 = 1", f"{table} is {append}") for table in ALWAYS for act in ("UPDATE", "DELETE")),
        ("version", "UPDATE", "OLD.state = 'published'", published),
        ("version", "DELETE", "OLD.state = 'published'", published),
        ("held_table", "INSERT", new, published),
        ("held_table", "UPDATE", f"{old} OR {new}", published),
        ("held_table", "DELETE", old, published),
        ("blob", "UPDATE", kept, published),
    ]


def _guard_sqlite() -> None:
    for table, act, when, why in _rules():
        op.execute(
            f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        )


def _guard_postgres() -> None:
    for table, act, when, why in _rules():
        answer = "OLD" if act == "DELETE" else "NEW"
        _postgres_trigger(table, act, f"IF {when} THEN RAISE EXCEPTION '{why}'; END IF; RETURN {answer};", "ROW")
    for table in ("blob", "version", "held_table", *ALWAYS):
        _postgres_trigger(table, "TRUNCATE", f"RAISE EXCEPTION '{table} is append-only';", "STATEMENT")


def _postgres_trigger(table: str, act: str, body: str, each: str) -> None:
    name = f"{table}_{act.lower()}"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
