"""The sections of the document in order, by key: what a registrar may leave out or add paragraphs to.

Nothing heavy is read here, so that a page can list them.
"""

from __future__ import annotations

from dataclasses import dataclass

BEFORE, AFTER = "before", "after"
PLACES = {BEFORE: "before the generated text", AFTER: "after the generated text"}


@dataclass(frozen=True)
class Outlined:
    """A section by its key; `wide` turns its pages."""

    key: str
    title: str
    appendix: bool = False
    wide: bool = False


OUTLINE = {
    section.key: section
    for section in (
        Outlined("population", "Population"),
        Outlined("deprivation", "Deprivation"),
        Outlined("groups", "Groups who would benefit"),
        Outlined("toxic_trio", "Toxic trio"),
        Outlined("indicators", "Indicators"),
        Outlined("services", "Needs and services"),
        Outlined("activity", "Activity"),
        Outlined("gaps", "Gaps between need and provision"),
        Outlined("equity", "Equity"),
        Outlined("changes", "What changed since the last edition"),
        Outlined("limitations", "Limitations"),
        Outlined("recommendations", "Recommendations"),
        Outlined("ward_tables", "Every ward against its share", appendix=True, wide=True),
        Outlined("indicator_tables", "Indicators, topic by topic", appendix=True, wide=True),
        Outlined("service_list", "List of services", appendix=True, wide=True),
        Outlined("contradictions", "Where sources contradict one another", appendix=True, wide=True),
        Outlined("methods", "Methods in short", appendix=True),
        Outlined("sources", "Sources", appendix=True),
        Outlined("dictionary", "Tables behind the document", appendix=True, wide=True),
    )
}
