"""The two editions of the needs assessment the atlas ships."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.sources.council import HOME, Council


@dataclass(frozen=True)
class Edition:
    """A set of tables on one ward vintage. `ward_column` names the ward codes it uses."""

    id: str
    title: str
    ward_column: str
    ward_type: str
    ward_layer: str
    wards: str
    about: str


EDITIONS = {
    edition.id: edition
    for edition in (
        Edition(
            "2020",
            "2020: the assessment as published",
            "ward11_code",
            "ward11",
            "wards_2011",
            HOME.earlier_wards,
            "Figures of the Early Help Needs Assessment of May 2020, on the wards it used.",
        ),
        Edition(
            "2026",
            "2026: what is published now",
            "ward19_code",
            "ward19",
            "wards_2019",
            HOME.wards,
            "The newest open data for today's wards.",
        ),
    )
}

COUNCIL = HOME.code
COUNCIL_NAME = HOME.name
SHORT_COUNCIL = HOME.short_name
ENGLAND = "E92000001"


def editions_of(council: Council) -> dict[str, Edition]:
    """The editions of a council's folder: its earlier wards and its wards now. Those shipped, for the atlas's own."""
    if council == HOME:
        return EDITIONS
    earlier, now = EDITIONS.values()
    return {
        earlier.id: replace(
            earlier,
            title="Wards of 2019",
            wards=council.earlier_wards,
            about="National figures on the wards of 2019.",
        ),
        now.id: replace(
            now, title="Wards of 2024", wards=council.wards, about="National figures on the wards of 2024."
        ),
    }
