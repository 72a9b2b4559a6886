"""The tables of the store."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

DRAFT, PUBLISHED = "draft", "published"


class Base(DeclarativeBase):
    """Everything the store keeps."""


class Blob(Base):
    """The bytes of one table, kept once however many versions hold it.

    `sha256` is the checksum of the table written as CSV (of a layer: of its file), `packed_sha256` that of the bytes
    held. `packed` is missing, and `forgotten_at` given, after the table was deleted under the retention rules.
    """

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)
    packed_sha256: Mapped[str] = mapped_column(String(64))
    forgotten_at: Mapped[str | None] = mapped_column(String(40))


class Version(Base):
    """A complete set of tables of a base: a draft, or published and from then on unchangeable.

    `revision` rises with every change of a draft; `started_from` is the publication whose tables it began with;
    `shipped` tells which files of the atlas it followed, and is blank in a version of an editor.
    """

    __tablename__ = "version"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int]
    started_from: Mapped[int]
    started_at: Mapped[str] = mapped_column(String(40))
    started_by: Mapped[str] = mapped_column(String(200))
    shipped: Mapped[str] = mapped_column(String(64))


class HeldTable(Base):
    """One table of a version, with what the catalogue says of it.

    `position` is its place in the catalogue. `own`: it was put in this version itself; `from_atlas`: it came with the
    atlas and follows its updates.
    """

    __tablename__ = "held_table"

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    position: Mapped[int]
    contract: Mapped[str] = mapped_column(String(60))
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    rows: Mapped[int]
    entry: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(String(200))
    own: Mapped[bool]
    from_atlas: Mapped[bool]


class Publication(Base):
    """A version becoming what is seen of its base. One only may follow each publication: `previous` is unique."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("base", "previous"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    base: Mapped[str] = mapped_column(String(20))
    previous: Mapped[int]
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    at: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)
    warnings: Mapped[str] = mapped_column(Text)


class DecisionEntry(Base):
    """One entry of the decision log, with the figures frozen as they were shown. Entries are added and never changed.

    `replaces` is the entry that this one corrects or, with `withdrawn`, takes back: one only may replace each. `link`
    and `figures` are kept as JSON. `forgotten_at` is given, and every text blank, after it was deleted under the
    retention rules.
    """

    __tablename__ = "decision"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))
    replaces: Mapped[int | None] = mapped_column(unique=True)
    withdrawn: Mapped[bool]
    what: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    meeting: Mapped[str] = mapped_column(String(120))
    met_on: Mapped[str] = mapped_column(String(10))
    review_on: Mapped[str] = mapped_column(String(10))
    base: Mapped[str] = mapped_column(String(20), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    version_name: Mapped[str] = mapped_column(String(120))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"))
    contents: Mapped[str] = mapped_column(String(64))
    page: Mapped[str] = mapped_column(String(60))
    link: Mapped[str] = mapped_column(Text)
    headline: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(20))
    figures: Mapped[str] = mapped_column(Text)
    forgotten_at: Mapped[str | None] = mapped_column(String(40))


class AuditLine(Base):
    """One thing that was done. Lines are added and never changed; lists are kept as JSON."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_by_version", "version_id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(String(40))
    base: Mapped[str] = mapped_column(String(20))
    version_id: Mapped[int | None]
    version_name: Mapped[str] = mapped_column(String(120))
    publication_id: Mapped[int | None]
    contract: Mapped[str] = mapped_column(String(60))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int | None]
    warnings: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)


class HeaderMapping(Base):
    """Which column of a contract a heading was last taken for; the heading without case, spaces and punctuation."""

    __tablename__ = "header_mapping"

    contract: Mapped[str] = mapped_column(String(60), primary_key=True)
    header: Mapped[str] = mapped_column(String(200), primary_key=True)
    column: Mapped[str] = mapped_column(String(60))
    at: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))


class ReportPart(Base):
    """What a registrar settled of one section of the report on a base: a paragraph, or that it is left out.

    `place` is before or after (the generated text), or left_out; `text` is blank for the last.
    """

    __tablename__ = "report_part"

    base: Mapped[str] = mapped_column(String(20), primary_key=True)
    section: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(10), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(200))
