"""Chapters on circumstances: the toxic trio, and indicators against England."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import toxic_trio
from analysis.indicators import Indicators
from analysis.present import (
    factor_series_view,
    indicators_tables,
    indicators_view,
    toxic_trio_figures,
    toxic_trio_view,
)
from analysis.present.gap_view import MapView
from analysis.reports.needs_assessment.blocks import Block, Pointer, Table, Words
from analysis.reports.needs_assessment.case import Case, answer, markdown

GROUP, COVARIATE, FACTOR = "one_or_more", toxic_trio.DEFAULT_COVARIATE, "domestic_abuse_parent"
LISTS = ("TOXIC_TRIO_LISTS", "IDACI2015_PRINTED", "IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11")
OLD_WARDS = "These figures exist only for the 37 wards of 2011 to 2019, so they are shown on those."
WHOLE = ("Published wards first, as the source lists them; the others by the alphabet, as an estimate has no rank.",)


def parents_by_ward(case: Case) -> Iterator[Block]:
    """Where parents known to services lived: published for four wards, modelled for the rest."""
    rows = toxic_trio.ward_estimates(case.library, GROUP, COVARIATE)
    base, names = toxic_trio.published(case.library, GROUP)[0], case.names
    said = toxic_trio_view.headline(rows, names, GROUP, base)
    yield from answer(said)
    yield from markdown(toxic_trio_view.TERM)
    if case.edition.id != "2020":
        yield Words(OLD_WARDS)
    view = MapView(
        toxic_trio_view.banded(rows).counts(),
        toxic_trio_view.paints(rows, base, False),
        toxic_trio_view.spoken(rows, names, base),
    )
    title = f"Parents and carers known to services, 2016/17, by ward (base {base})"
    yield case.map(view, "wards_2011", "trio_map", title, "", LISTS)
    figure = toxic_trio_figures.by_ward(rows, names, base, dark=False)
    yield case.chart(figure, "trio_chart", title, f"Chart. {said[0]}", "", LISTS, WHOLE[0])
    yield Table("trio_table", title, toxic_trio_view.table(rows, names, base), "", LISTS, WHOLE[0])


def shares_of_parents(case: Case) -> Iterator[Block]:
    """What the published shares mean beside shares of children."""
    yield from markdown(
        "A share of clients is not a rate. **It counts people already in services**, so a high figure may mean more "
        "need, better contact, or both."
    )
    shown = toxic_trio_view.quotients(toxic_trio.location_quotients(case.library, GROUP), case.names)
    title = "Published shares of parents against shares of children, with 95% limits"
    yield Table("trio_quotients", title, shown, "published", LISTS, "1 is the same share.")


def factors(case: Case) -> Iterator[Block]:
    """One factor at the end of assessment over the years."""
    rows = toxic_trio.factor_series(case.library, FACTOR)
    trends = toxic_trio.factor_trends(rows)
    said = factor_series_view.sentence(rows, trends, FACTOR)
    yield Words(said, answer=True, marked=True)
    title = f"{toxic_trio.FACTORS[FACTOR]}, per cent of assessments, year by year"
    figure = toxic_trio_figures.over_years(rows, case.names, False, factor_series_view.arrows(trends))
    sources = ("ASSESSMENT_FACTORS",)
    yield case.chart(figure, "factor_chart", title, f"Chart. {said}", "published", sources)
    shown = factor_series_view.summary_table(rows, trends, case.names)
    named = f"{toxic_trio.FACTORS[FACTOR]}: the newest year beside England, and the recent trend"
    yield Table("factor_table", named, shown, "published", sources)


def single_figures(case: Case) -> Iterator[Block]:
    """The council's single figures."""
    yield from markdown(
        "Sections 4.4.1 to 4.4.4 of the 2020 assessment. Different years, bases and methods, so they are not to be "
        "added. A *modelled estimate* applies a national rate to local people; it is not local evidence."
    )
    shown = toxic_trio_view.council_table(toxic_trio.council_figures(case.library, None))
    title = "Parental circumstances: single figures of the 2020 assessment"
    yield Table("trio_council", title, shown, "published", ("TOXIC_TRIO_COUNCIL",))


def against_england(case: Case) -> Iterator[Block]:
    """How much is held, topic by topic."""
    yield Words(indicators_view.start(case.held, case.overview)[0], answer=True)
    shown = indicators_tables.topics(case.held, case.overview)
    yield Table("topics", "Indicators held, by topic", shown, "", tuple(_contracts(case.held)))
    yield Pointer(("indicator_tables",), "Every indicator of every topic stands in")


def topics(case: Case) -> Iterator[Block]:
    """Where the council stands against England in each topic, in words."""
    for name in case.held.table["topic"].drop_duplicates().sort_values():
        found = indicators_tables.of_topic(case.overview, str(name))
        yield Words(" ".join(indicators_view.topic_answer(case.held, found, str(name))))


def _contracts(held: Indicators) -> list[str]:
    named = held.table["topic"].drop_duplicates()
    return list(dict.fromkeys(name for topic in named for name in indicators_view.contracts(held, str(topic))))


def every_indicator(case: Case) -> Iterator[Block]:
    """A table for each topic."""
    yield from markdown(indicators_view.TOPIC_READING)
    for name in sorted(case.held.table["topic"].unique()):
        found = indicators_tables.of_topic(case.overview, name)
        if len(found):
            shown = indicators_tables.topic_table(found, case.held, case.names)
            sources = tuple(indicators_view.contracts(case.held, name))
            title = f"Indicators of {name} against England"
            basis = found["basis"].iloc[0] if found["basis"].nunique() == 1 else ""
            yield Table(f"indicators_{name}", title, shown, str(basis), sources)
