"""Chapters on the people: population, deprivation, and the groups who would benefit."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis import deprivation, deprivation_change
from analysis.deprivation import DOMAINS, vintage_of
from analysis.editions import COUNCIL
from analysis.idaci_check import council_totals, printed_and_rebuilt
from analysis.low_income import compared, series
from analysis.need import NEEDS, need_table
from analysis.outcomes import in_printed_order
from analysis.present import (
    deprivation_figures,
    deprivation_tables,
    deprivation_view,
    indicators_tables,
    indicators_view,
    low_income_view,
    outcomes_view,
)
from analysis.present.bands import equal_count
from analysis.present.gap_view import MapView
from analysis.present.words import number
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.blocks import Block, Cited, Table, Words
from analysis.reports.needs_assessment.case import Case, answer, markdown

LAYERS = {"lsoa11_code": "lsoa_2011", "lsoa21_code": "lsoa_2021"}
CHILDREN = {"2020": "children2019", "2026": "children2020"}
INDEX = "imd"


def newest_indices(case: Case) -> int:
    """The indices an edition shows first: those of its time."""
    return 2015 if case.edition.id == "2020" else 2025


def ward_indices(case: Case) -> int:
    """The newest indices that are summed to the wards of the edition."""
    return 2015 if case.edition.id == "2020" else 2019


def children(case: Case) -> Iterator[Block]:
    """Children by ward, with a map."""
    lens = NEEDS[CHILDREN[case.edition.id]]
    rows = need_table(case.library, lens)
    total, where = rows["need"].sum(), f"{case.edition.wards} of {case.council}"
    yield Words(f"About {number(total)} {lens.short} lived in {case.council} ({lens.period}).", answer=True)
    yield Words(lens.method)
    bands = equal_count(100 * rows.set_index("area_code")["need_share"], lambda value: f"{value:.1f}%")
    alt = f"Map of the share of all {lens.short} in each ward. The same figures are in the table by ward."
    view = MapView(bands.counts(), bands.paints({}, False), alt)
    title = f"Share of all {lens.short}, {where}"
    yield case.map(view, case.edition.ward_layer, "children_map", title, lens.basis, lens.sources)
    shown = pd.DataFrame(
        {
            "Ward": rows["area_code"].map(case.names),
            f"{lens.short.capitalize()}": [number(value) for value in rows["need"]],
            "Share of all": [f"{100 * share:.1f}%" for share in rows["need_share"]],
        }
    )
    yield Table("children_table", f"{lens.title}, {lens.period}, {where}", shown, lens.basis, lens.sources)


def population_indicators(case: Case) -> Iterator[Block]:
    """The indicators of population against England."""
    yield from topic(case, "population")


def topic(case: Case, name: str) -> Iterator[Block]:
    """The answer and the table of one topic of indicators."""
    found = indicators_tables.of_topic(case.overview, name)
    yield from answer(indicators_view.topic_answer(case.held, found, name))
    yield Cited(tuple(indicators_view.contracts(case.held, name)))


def neighbourhoods(case: Case) -> Iterator[Block]:
    """Deprivation by neighbourhood: the answer, the map, and how the wards spread."""
    year, column = newest_indices(case), case.edition.ward_column
    rows = _placed(case, year)
    wards = None if deprivation.why_not_by_ward(year, column) else _wards(case, year)
    yield from answer(deprivation_view.answer(rows, year, INDEX, wards))
    yield from markdown(deprivation_view.shown_in_words(rows, year, INDEX, False, case.edition.wards))
    sources, basis = (f"IOD{year}",), _basis(rows)
    banded = deprivation_view.by_decile(rows)
    view = MapView(banded.counts(), banded.paints({}, False), deprivation_view.spoken(banded, "neighbourhoods"))
    title = f"{DOMAINS[INDEX]}, Indices of Deprivation {year}, neighbourhoods of {case.council}"
    layer = LAYERS[vintage_of(year)]
    yield case.map(view, layer, "deprivation_map", title, basis, sources, noun="neighbourhoods")
    alt = f"Chart of how many neighbourhoods of each ward stand in each tenth of England. {_first(rows, year, wards)}"
    figure = deprivation_figures.standing(rows, False)
    named = f"Where the neighbourhoods of each ward stand, Indices of Deprivation {year}"
    yield case.chart(figure, "deprivation_chart", named, alt, basis, sources)


def _placed(case: Case, year: int) -> pd.DataFrame:
    rows = deprivation.placed(case.library, year, INDEX, case.edition.ward_column)
    if rows.empty:
        raise Refusal(f"The edition holds no figures of {DOMAINS[INDEX]}, {year}.")
    return rows


def _first(rows: pd.DataFrame, year: int, wards: pd.DataFrame | None) -> str:
    return deprivation_view.answer(rows, year, INDEX, wards)[0]


def _wards(case: Case, year: int) -> pd.DataFrame:
    wards = deprivation.by_ward(case.library, year, INDEX, case.edition.ward_column)
    return wards.assign(area_name=wards["area_code"].map(case.names))


def _basis(rows: pd.DataFrame) -> str:
    return "modelled" if "modelled" in set(rows["basis"]) else "published"


def deprived_wards(case: Case) -> Iterator[Block]:
    """Deprivation summed to wards."""
    year = ward_indices(case)
    rows = _placed(case, year)
    wards = _wards(case, year)
    yield from markdown(deprivation_view.shown_in_words(rows, year, INDEX, True, case.edition.wards))
    shown = deprivation_tables.ward_table(wards, INDEX)
    title = f"{DOMAINS[INDEX]}, Indices of Deprivation {year}, {case.edition.wards}"
    sources = (f"IOD{year}", "IOD_POPULATION", "LOOKUP_LSOA11")
    yield Table("deprivation_wards", title, shown, "modelled", sources)


def moved(case: Case) -> Iterator[Block]:
    """What changed between editions of the indices."""
    later = 2019 if case.edition.id == "2020" else 2025
    earlier = 2015 if later == 2019 else 2019
    for year in (earlier, later):
        _placed(case, year)
    moves = deprivation_change.moves(case.library, earlier, later, INDEX, case.edition.ward_column)
    said = deprivation_view.moved_sentence(deprivation_change.counted(moves), earlier, later)
    yield from markdown(said)
    yield from markdown(deprivation_change.caution(later, INDEX) + deprivation_view.left_out(later))
    sources = (f"IOD{earlier}", f"IOD{later}")
    title = f"Neighbourhoods that changed tenth, {DOMAINS[INDEX]}, {earlier} to {later}"
    figure = deprivation_figures.shifts(moves, False)
    yield case.chart(figure, "deprivation_moves", title, f"Chart. {said}", "published", sources)


def printed_deprivation(case: Case) -> Iterator[Block]:
    """IDACI 2015 as the assessment prints it beside what neighbourhoods give."""
    both = printed_and_rebuilt(case.library)
    yield from markdown(deprivation_view.printed_sentence(both, council_totals(case.library)))
    sources = ("IDACI2015_PRINTED", "IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11")
    note = "Per cent of children aged 0-15, with 95% limits. Rebuilt: Wilson limits."
    title = "IDACI 2015 by ward: printed in 2020, and rebuilt from neighbourhoods"
    yield Table(
        "idaci_printed", title, deprivation_tables.printed_table(both).drop(columns="Where printed"), "", sources, note
    )


def low_income(case: Case) -> Iterator[Block]:
    """Children in low-income families by ward, before housing costs."""
    kind = "AHC" if case.need.id == "low_income_ahc2025" else "BHC"
    rows, names = series(case.library, kind), dict(case.names)
    table = compared(rows)
    said = low_income_view.sentence(rows, table, kind, names)
    yield Words(said, answer=True, marked=True)
    yield from markdown(f"{low_income_view.change_sentence(table, names)} {low_income_view.no_arrow(rows)}")
    yield from markdown(low_income_view.CAUTION)
    sources = ("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA")
    figure = deprivation_figures.low_income(rows, names, False)
    title = "Children in low-income families by ward"
    yield case.chart(figure, "low_income_chart", title, f"Chart. {said}", "published", sources)
    shown = low_income_view.table(rows, table, names)
    yield Table("low_income_table", title, shown, "published", sources)


def groups(case: Case) -> Iterator[Block]:
    """What the assessment prints of the groups who would benefit, outside the toxic trio."""
    rows = case.held.observations
    mine = rows[rows["area_code"].eq(COUNCIL) & rows["locator"].str.match(r"Section 4\.[1-3]\b", na=False)]
    mine = mine[mine["indicator_id"].isin(case.library.table("ASSESSMENT_INDICATORS")["indicator_id"])]
    yield Words(
        "Section 4 of the 2020 assessment names groups of children who would benefit from Early Help. The figures it "
        "prints of them are of different years, ages and methods, so they are not to be added."
    )
    shown = pd.DataFrame([_group(case, row) for row in mine.to_dict("records")])
    title = f"Groups who would benefit, {case.council}: figures of the 2020 assessment"
    yield Table("groups", title, shown, "", ("ASSESSMENT_OBSERVATIONS",))


def _group(case: Case, row: dict) -> dict[str, str]:
    about = case.held.about(row["indicator_id"])
    decimals = indicators_view.decimals_of(case.held.of(row["indicator_id"]), about["unit"])
    told = indicators_view.told(row, about["unit"], decimals)
    unit = indicators_view.spoken_unit(about["unit"])
    return {
        "What is counted": about["title"],
        "Period": str(row["period"]),
        "Figure": f"{told} {unit}".strip(),
        "Count behind it": indicators_view.counted(row) or "not given",
        "Basis": str(row["basis"]),
        "Where": str(row["locator"]),
    }


def priority_groups(case: Case) -> Iterator[Block]:
    """The groups the strategy gives priority to."""
    rows = in_printed_order(case.library.table("PRIORITY_GROUPS"))
    shown = outcomes_view.listing(rows, "Group")
    yield Words("The strategy of 2021 names groups it gives priority to. Statements are in our words.")
    yield Table("priority_groups", "Groups the strategy gives priority to", shown, "published", ("PRIORITY_GROUPS",))
