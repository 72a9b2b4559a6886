"""Contract of the contradiction ledger."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field

KINDS_OF_CONTRADICTION = ("misquoted", "rounding", "arithmetic", "definition", "labelling", "lost in text")

CONTRADICTIONS = Contract(
    name="CONTRADICTIONS",
    title="Where documents and tables contradict themselves or one another, and which reading the atlas uses",
    fields=(
        Field("entry_id", "code", pattern=r"[a-z0-9_]+"),
        Field("topic", "text"),
        Field("where_first", "text"),
        Field("reading_first", "text"),
        Field("where_second", "text"),
        Field("reading_second", "text"),
        Field("used", "text"),
        Field("why", "text"),
        Field("kind", "text", allowed=KINDS_OF_CONTRADICTION),
    ),
    key=("entry_id",),
)
