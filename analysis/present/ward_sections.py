"""The parts of the Ward page in the order they are read: heading, words above, and how the table is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from analysis.editions import SHORT_COUNCIL
from analysis.present import ward_profile_tables, ward_tables
from analysis.sources.council import Council


@dataclass(frozen=True)
class Section:
    """A part of the page: the facts it shows, its heading, the words above its table and how the table is made.

    `folded` is what to call the table where it opens only when asked; `says` makes a sentence to stand above it.
    """

    id: str
    title: str
    words: str
    table: Callable[[pd.DataFrame], pd.DataFrame]
    editions: tuple[str, ...] = ("2020", "2026")
    folded: str = ""
    says: Callable[[pd.DataFrame], str] | None = None


NEED = Section(
    "need",
    "Need",
    "Each line counts need in another way; they are never added. The range in brackets is 95% limits.",
    ward_tables.need_table,
)

SECTIONS = (
    Section(
        "provision",
        "Provision against need",
        "Set against the ward's share of the need chosen at the side. *Over its share* is what there is over what that "
        "share would give: below 1 is less. The range is 95% limits for contact and caseload, and the lowest and "
        "highest of the catchments for places within reach, which are never certain.",
        ward_tables.provision_table,
    ),
    Section(
        "toxic_trio",
        "Toxic trio",
        "The source's term for domestic abuse, parental mental ill-health and substance misuse in one family. It is "
        "contested, and describes circumstances, not people. These are parents already in services, so the ward is "
        "not rated or ranked on them.",
        ward_tables.toxic_trio_table,
        ("2020",),
    ),
    Section(
        "low_income",
        "Children in low-income families, 2022 to 2025",
        "Relative low income, children aged 0-15, provisional. Wilson 95% limits are ours.",
        ward_tables.low_income_table,
        ("2026",),
    ),
    Section(
        "domains",
        "Deprivation by domain, and its pockets",
        "The average score is the mean of its neighbourhoods weighted by people, our sum; higher is more deprived. It "
        "hides what lies inside, so the most and the least deprived neighbourhood stand beside it. Tenth 1 is the most "
        "deprived tenth of England; ● marks neighbourhoods in tenth 1 or 2, whatever the average. Nothing is ranked.",
        ward_profile_tables.domains_table,
        says=ward_profile_tables.blank_sentence,
    ),
    Section(
        "deprivation",
        "Its neighbourhoods one by one",
        "Neighbourhoods are lower-layer super output areas (LSOAs) that best fit the ward. Tenth 1 is the most "
        "deprived tenth of England; ● marks a pocket, in tenth 1 or 2. IMD: Index of Multiple Deprivation. IDACI: "
        "Income Deprivation Affecting Children Index; it was defined anew for 2025, so 2025 is not "
        "compared with earlier years.",
        ward_tables.deprivation_table,
    ),
    Section(
        "children",
        "Its children by age",
        "Mid-year estimates of the neighbourhoods that best fit the ward; some bands overlap, so they are not added.",
        ward_tables.children_table,
    ),
    Section(
        "caseload",
        "Early Help that reaches its residents",
        "People helped, by where they live; not by where the service stands. Children's centres and family support "
        "are counted together, as families: apart, small counts could be worked out. A count too small to show is "
        "withheld.",
        ward_profile_tables.caseload_table,
    ),
    Section(
        "commissioned",
        "Commissioned sites near its children",
        "Mean minutes of the ward's children aged 0-15 to each site at most 30 minutes off by bus, and to the nearest "
        "of each kind. Straight line times 1.3 stands in for the journey. Near is not the same as serving.",
        ward_profile_tables.commissioned_table,
    ),
    Section(
        "listed",
        "Commissioned services for the whole council",
        "Appendix 3 of the 2020 assessment lists them by need. It does not say which of them reach this ward, so the "
        "list is the same for every ward. No newer list is published.",
        ward_profile_tables.listed_table,
        folded="The list, by need",
        says=ward_profile_tables.listed_sentence,
    ),
    Section(
        "located",
        "Places in the ward",
        "Located in a ward is not the same as serving it: see what is within reach, below.",
        ward_tables.located_table,
    ),
    Section(
        "reach",
        "Places within reach of its children",
        f"Places per 1,000 children aged 0-15, and minutes to the nearest, with {SHORT_COUNCIL} in brackets. Straight "
        "line times 1.3 stands in for the journey; places outside the council are not on the lists, and the list of GP "
        "surgeries of 2022 holds main sites only.",
        ward_tables.reach_table,
    ),
    Section(
        "changes",
        "What changed between editions",
        "Two figures of the same ground: neighbourhoods that are the same in both, summed to this ward, or counts of "
        "the wards of the other vintage moved to it by shares of postcodes. A difference rose or fell only where "
        "its 95% limits leave out 0.",
        ward_profile_tables.changes_table,
    ),
    Section(
        "same_ground",
        "Wards of the other vintage on the same ground",
        "The wards of 2011 to 2019 and those since 2019 compared, by shares of postcodes (about where people live) and "
        "of land. Overlaps under 1% are left out.",
        ward_tables.same_ground_table,
    ),
)

INDICATORS = "indicators"
ABOUT_INDICATORS = (
    f"Every figure held of this ward. It is set against the rest of {SHORT_COUNCIL}, the ward itself taken out, by the "
    "95% limits of the difference (per cents) or of the ratio (rates), where the counts are held. Nothing is rated "
    "better or worse: these are figures of small areas, and about one in twenty would stand out by chance alone. "
    "Choose an indicator to open its page."
)
AFTER_CHILDREN = "children"


TITLES_OF_ANOTHER = {"low_income": "Children in low-income families, year to March 2025"}
BESIDE_THE_COUNCIL = {
    "need": ward_tables.need_table,
    "low_income": ward_tables.low_income_table,
    "domains": ward_profile_tables.domains_table,
    "children": ward_tables.children_table,
}


def of_another(facts: pd.DataFrame, council: Council) -> list[Section]:
    """The parts of a ward of another council for which facts are held, beside the figures of that council."""
    held = [part for part in (NEED, *SECTIONS) if (facts["section"] == part.id).any()]
    return [
        replace(
            part,
            title=TITLES_OF_ANOTHER.get(part.id, part.title),
            table=partial(BESIDE_THE_COUNCIL[part.id], council=council.short_name)
            if part.id in BESIDE_THE_COUNCIL
            else part.table,
        )
        for part in held
    ]


def not_held(facts: pd.DataFrame) -> list[str]:
    """The headings of the parts that no facts are held for."""
    titles = {part.title: part.id for part in SECTIONS if "2026" in part.editions}
    return [title for title, place in titles.items() if not (facts["section"] == place).any()]


def contents(edition: str) -> dict[str, str]:
    """The headings of the page of an edition, each with the name of its place on the page."""
    shown = [part for part in (NEED, *SECTIONS) if edition in part.editions]
    named = [(part.title, part.id) for part in shown]
    after = [ident for _, ident in named].index(AFTER_CHILDREN) + 1
    return dict([*named[:after], (INDICATORS.capitalize(), INDICATORS), *named[after:]])
