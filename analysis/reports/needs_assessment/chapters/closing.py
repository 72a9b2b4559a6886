"""The chapters at the end: limitations, recommendations and the appendices on what the document rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from analysis.present import activity_view, outcomes_view, recommendations_view, sources_view, toxic_trio_view
from analysis.present.deprivation_tables import METHOD as DEPRIVATION
from analysis.recommendations import Entry
from analysis.reports.needs_assessment.blocks import Block, Notice, Pointer, Points, Source, Table, Words
from analysis.reports.needs_assessment.case import Case, markdown
from analysis.reports.needs_assessment.chapters.circumstances import COVARIATE, GROUP
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library
from analysis.sources.tables import CONTRACTS
from analysis.toxic_trio import published

MOST_PLACES = 6
NOT_FOR = (
    "Not for decisions about any child or family. All figures are of areas.",
    "Not as a ranking of wards. Most neighbouring places in a list cannot be told apart; read the limits.",
    "Not as caseload. No council publishes Early Help caseload by ward. Caseload marked illustrative was made up by a "
    "script and says nothing about any ward.",
    "Not as coverage. Parents in contact and children in need are not the same people, so their comparison is one of "
    "shares. Nor does in line with its share mean that there is enough.",
    "Not to judge wards by modelled figures of the toxic trio. They have no verdict and no rank, and are never used as "
    "need.",
    "Not to compare old wards with new. Boundaries changed in May 2019, and the same name can mean another place.",
    "Not as travel time. Places within reach rest on straight lines times 1.3, and leave out places outside the "
    "council.",
)
BLANKS = (
    "0: none were counted. A nought is a figure, and is never put in place of one that is lacking.",
    "Not shown: the count is too small to print, or would give a small one away.",
    "Not published, or missing: the source gives no figure.",
    "Not applicable: the figure has no meaning there.",
    "Cannot be calculated: what it would be worked out from is lacking.",
)
Left = Sequence[tuple[str, str]]


def uses(case: Case) -> Iterator[Block]:
    """What the document must not be used for."""
    yield Words(f"What the figures of {case.council} must not be used for:")
    yield Points(NOT_FOR)


def blanks(_: Case) -> Iterator[Block]:
    """What a blank or a word in place of a figure means."""
    yield Words("A figure that is not there says why. Four things are never taken for one another:")
    yield Points(BLANKS)


def caveats(case: Case, names: Sequence[str]) -> list[Block]:
    """What to know of each table the document rests on."""
    entries = [case.library.entry(name) for name in names if case.library.holds(name)]
    rows = [(one.title, one.period, one.basis, one.caveat) for one in entries if one.caveat]
    shown = pd.DataFrame(rows, columns=["Table", "Period", "Basis", "What to know"])
    title = "What to know of the tables the document rests on"
    made: list[Block] = [Table("caveats", title, shown, "words", ())] if rows else []
    return [*made, Pointer(("sources", "methods"), "Publishers, licences and methods stand in")]


def left_out(missing: Left) -> list[Block]:
    """What could not be made, and why."""
    if not missing:
        return [Words("No table that the document asks for is missing from the edition.")]
    shown = pd.DataFrame(missing, columns=["Left out", "Why"])
    return [
        Words("Not everything the document asks for can be made of this edition. These parts are left out:"),
        Table("left_out", "Parts left out of this document, and why", shown, "words", ()),
    ]


def recommendations(case: Case) -> Iterator[Block]:
    """What was recommended, and what the strategy says of it."""
    rows, answers = case.library.table("RECOMMENDATIONS"), case.library.table("RECOMMENDATIONS_IN_STRATEGY")
    yield from markdown(f"{outcomes_view.recommended(rows)} The strategy of 2021 speaks to {len(answers)} of them.")
    entries = {str(name): Entry() for name in rows["recommendation_id"]}
    shown = recommendations_view.table(rows, answers, entries).drop(columns=["Your status", "Review by", "Note"])
    yield Table(
        "recommendations",
        "Recommendations of the 2020 assessment, and what the strategy of 2021 says",
        shown,
        "published",
        ("RECOMMENDATIONS", "RECOMMENDATIONS_IN_STRATEGY"),
        "What the strategy says is in our words, and which passage answers which recommendation is our reading.",
    )


def contradictions(case: Case) -> Iterator[Block]:
    """The ledger: both readings, the one used, and why."""
    ledger = case.library.table("CONTRADICTIONS")
    yield Words(f"{sources_view.ledger_sentence(ledger)} Each entry gives both readings, the one used here, and why.")
    rows = sources_view.ledger_rows(ledger)
    shown = pd.DataFrame(
        {
            "Topic": rows["topic"],
            "One place says": rows["reading_first"] + "\n" + rows["where_first"],
            "Another says": rows["reading_second"] + "\n" + rows["where_second"],
            "Used here": rows["used"],
            "Why": rows["why"],
        }
    )
    yield Table("ledger", "Contradictions in the sources", shown, "published", ("CONTRADICTIONS",))


def toxic_trio_method(case: Case) -> Iterator[Block]:
    """How parents by ward were worked out."""
    yield from markdown(toxic_trio_view.method(GROUP, COVARIATE, published(case.library, GROUP)[0]))


def deprivation_method(_: Case) -> Iterator[Block]:
    """How deprivation was summed."""
    yield from markdown(DEPRIVATION)


def activity_method(_: Case) -> Iterator[Block]:
    """What is counted in activity."""
    yield from markdown(activity_view.METHOD)


def sources(library: Library, names: Sequence[str]) -> list[Block]:
    """The list of sources with the places in them, numbered in the order they are first used."""
    held = [name for name in names if library.holds(name)]
    listed = [Source(name, number, _source(library, name)) for number, name in enumerate(held, start=1)]
    thanks = sources_view.acknowledgements(library.entry(name) for name in held)
    return [
        *listed,
        *([Table("thanks", "Acknowledgements owed to publishers", thanks, "words", ())] if len(thanks) else []),
    ]


def _source(library: Library, name: str) -> str:
    entry = library.entry(name)
    told = (
        f"{entry.title}. {entry.publisher}. Period: {entry.period}. Basis: {entry.basis}.",
        f"Where in it: {_places(library, name)}." if _places(library, name) else "",
        f"From: {entry.url}." if entry.url else "",
        f"Licence: {entry.licence}. File: {entry.path}.",
    )
    return " ".join(part for part in told if part)


def _places(library: Library, name: str) -> str:
    rows = library.table(name)
    if "locator" not in rows:
        return ""
    places = list(dict.fromkeys(str(place) for place in rows["locator"].dropna()))
    more = len(places) - MOST_PLACES
    return "; ".join(places[:MOST_PLACES]).rstrip(".") + (f"; and {more} more places" if more > 0 else "")


def dictionary(library: Library, names: Sequence[str]) -> list[Block]:
    """The tables behind the document: how big each is, and what its columns are called."""
    rows = []
    for name in names:
        try:
            entry, contract = library.entry(name), CONTRACTS[name]
        except NotHeld:
            continue
        called = sources_view.dictionary(contract)["Called"]
        about = sources_view.about(contract, len(library.table(name)))
        rows.append((contract.title, entry.path, about, ", ".join(called)))
    if not rows:
        return [Notice("The document rests on no table, so there is nothing to list.", "left_out")]
    shown = pd.DataFrame(rows, columns=["Table", "File", "How big", "Columns"])
    return [Table("dictionary", "Tables behind the document", shown, "words", ())]
