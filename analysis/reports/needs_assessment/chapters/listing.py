"""Which parts make up each section, and how a part that cannot be made says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from analysis.refusal import Refusal
from analysis.reports.needs_assessment.blocks import Block, Exhibit, Notice, Part, Pointer
from analysis.reports.needs_assessment.case import Case
from analysis.reports.needs_assessment.chapters import answers, circumstances, closing, people, provision
from analysis.reports.needs_assessment.writer import WARNING
from analysis.sources.catalogue import CatalogueError, NotHeld

Make = Callable[[Case], Iterable[Block]]
MADE_UP = " (illustrative)"


@dataclass(frozen=True)
class Topic:
    """A part of a section: its title and what makes its blocks; `edition` is the only one it belongs to, if any."""

    title: str
    make: Make
    edition: str = ""


FIXED: dict[str, tuple[Topic, ...]] = {
    "population": (
        Topic("Children by ward", people.children),
        Topic("Population beside England", people.population_indicators),
    ),
    "deprivation": (
        Topic("Neighbourhoods", people.neighbourhoods),
        Topic("Wards", people.deprived_wards),
        Topic("What changed between the indices", people.moved),
        Topic("Children in income-deprived families, as printed", people.printed_deprivation, "2020"),
        Topic("Children in low-income families", people.low_income, "2026"),
    ),
    "groups": (
        Topic("Figures of the 2020 assessment", people.groups),
        Topic("Groups given priority", people.priority_groups),
    ),
    "toxic_trio": (
        Topic("Parents known to services, by ward", circumstances.parents_by_ward),
        Topic("What the published shares mean", circumstances.shares_of_parents),
        Topic("The council over the years", circumstances.factors),
        Topic("Single figures", circumstances.single_figures),
    ),
    "indicators": (
        Topic("What is held", circumstances.against_england),
        Topic("Topic by topic", circumstances.topics),
    ),
    "services": (
        Topic("Needs by life stage", provision.service_map),
        Topic("Needs without a service", provision.gaps_in_services),
        Topic("Where the two tables of 2020 differ", provision.differences),
        Topic("Levels of need", provision.levels),
    ),
    "activity": (
        Topic("Places, cases, and how full", provision.places_and_cases),
        Topic("How people came, and what came of it", provision.recorded),
        Topic("What is published", provision.published_activity),
    ),
    "changes": (
        Topic("Figures and findings", answers.changed),
        Topic("Answers", answers.headline_of_differences),
    ),
    "limitations": (
        Topic("What the figures are not for", closing.uses),
        Topic("What a blank means", closing.blanks),
    ),
    "recommendations": (Topic("", closing.recommendations),),
    "indicator_tables": (Topic("", circumstances.every_indicator),),
    "service_list": (Topic("", provision.service_list),),
    "contradictions": (Topic("", closing.contradictions),),
    "methods": (
        Topic("Gaps", answers.method),
        Topic("Equity", answers.equity_method),
        Topic("Deprivation", closing.deprivation_method),
        Topic("Toxic trio", closing.toxic_trio_method),
        Topic("Activity", closing.activity_method),
    ),
}


def topics(case: Case, key: str) -> list[Topic]:
    """The parts of a section for an edition."""
    by_provision: dict[str, Callable[[Case, str], Iterator[Block]]] = {
        "gaps": answers.compared,
        "equity": answers.leaning,
        "ward_tables": answers.every_ward,
    }
    if key in by_provision:
        make = by_provision[key]
        return [Topic(lens.title, partial(_of, make, lens.id)) for lens in case.provisions]
    return [topic for topic in FIXED.get(key, ()) if topic.edition in ("", case.edition.id)]


def _of(make: Callable[[Case, str], Iterator[Block]], provision: str, case: Case) -> Iterator[Block]:
    return make(case, provision)


def part(case: Case, topic: Topic, section: str, missing: list[tuple[str, str]]) -> Part | None:
    """A part as made, or saying why it is not; what is missing is added to `missing`. None where it has no blocks."""
    try:
        blocks = list(topic.make(case))
    except (CatalogueError, Refusal, ValueError) as found:
        why = _reason(found)
        missing.append((f"{section}: {topic.title.lower()}" if topic.title else section, why))
        return Part(topic.title, (Notice(f"This part is left out: {why}.", "left_out"),))
    if not blocks:
        return None
    made_up = any(isinstance(block, Exhibit) and block.basis == "illustrative" for block in blocks)
    title = topic.title
    if made_up and title and "illustrative" not in title:
        title += MADE_UP
    return Part(title, tuple(_warned(_pointed(blocks), made_up=made_up)))


def _reason(found: Exception) -> str:
    """Why a part is not made. A method refuses in a sentence; any other ValueError is a fault of ours and raised."""
    if type(found) is ValueError and not str(found).endswith("."):
        raise found
    if isinstance(found, NotHeld):
        return found.reason
    return str(found).rstrip(".")


def _warned(blocks: list[Block], *, made_up: bool) -> list[Block]:
    return [Notice(WARNING, "illustrative"), *blocks] if made_up else blocks


def _pointed(blocks: list[Block]) -> list[Block]:
    """The blocks with a sentence that refers to the tables and figures, before the first of them."""
    keys = tuple(block.key for block in blocks if isinstance(block, Exhibit))
    first = next((place for place, block in enumerate(blocks) if isinstance(block, Exhibit)), 0)
    return [*blocks[:first], Pointer(keys), *blocks[first:]] if keys else blocks
