"""The two editions of the needs assessment the atlas ships."""

from __future__ import annotations

from dataclasses import dataclass


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
            "the 37 wards of 2011 to 2019",
            "Figures of the Early Help Needs Assessment of May 2020, on the wards it used.",
        ),
        Edition(
            "2026",
            "2026: what is published now",
            "ward19_code",
            "ward19",
            "wards_2019",
            "the 33 wards since 2019",
            "The newest open data for today's wards.",
        ),
    )
}

COUNCIL = "E06000022"
COUNCIL_NAME = "Bath and North East Somerset"
SHORT_COUNCIL = "B&NES"
ENGLAND = "E92000001"
