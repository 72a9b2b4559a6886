"""The whole document: every section made, what is missing said, numbered, and set."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.editions import EDITIONS
from analysis.gap import lenses
from analysis.need import NeedLens
from analysis.refusal import Refusal
from analysis.reports.needs_assessment.blocks import Block, Exhibit, Front, Local, Notice, Part, Section
from analysis.reports.needs_assessment.case import Case
from analysis.reports.needs_assessment.chapters import closing
from analysis.reports.needs_assessment.chapters.listing import part, topics
from analysis.reports.needs_assessment.outline import AFTER, BEFORE, OUTLINE, Outlined
from analysis.reports.needs_assessment.package import empty, saved
from analysis.reports.needs_assessment.plan import cited, planned
from analysis.reports.needs_assessment.writer import Writer
from analysis.sources.library import Library

Progress = Callable[[int, int, str], None]
TITLE = "Early Help needs assessment"
MEANING = (
    "Published figures are as their publishers print them. Modelled figures are worked out by us from published ones "
    "and published by nobody. Illustrative figures were made up by a script to show the tool and say nothing about any "
    "place. Each table and figure says which it holds."
)
MADE_UP = (
    "ILLUSTRATIVE FIGURES: {many} of the tables and figures of this document hold figures made up by a script. They "
    "are boxed and named. Do not quote them; load the council's own return in their place."
)
OWN = (
    "Paragraphs with a line at their left were written by the council. The atlas has not checked the figures in them. "
    "All else was generated."
)


@dataclass(frozen=True)
class Settings:
    """What a registrar settles: the need, the sections left out, and own paragraphs by section and place."""

    need: str | None = None
    left_out: Collection[str] = ()
    paragraphs: Mapping[tuple[str, str], str] = field(default_factory=dict)


def needs_assessment(
    library: Library,
    edition: str,
    made_on: date,
    settings: Settings | None = None,
    *,
    before: Library | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The document of an edition (.docx); the same bytes for the same tables, settings and day.

    `before` are the tables published before these, where there are any. Raises Refusal when the edition, the need or
    a section is not one that is offered.
    """
    chosen, tell = settings or Settings(), progress or _untold
    _refuse_unknown(edition, chosen)
    case = Case(library, EDITIONS[edition], _need(edition, chosen.need), before)
    wanted = [outlined for key, outlined in OUTLINE.items() if key not in chosen.left_out]
    missing: list[tuple[str, str]] = []
    made: dict[str, list[Part]] = {}
    for done, outlined in enumerate(wanted):
        tell(done, len(wanted) + 1, outlined.title.lower())
        found = [part(case, topic, outlined.title, missing) for topic in topics(case, outlined.key)]
        made[outlined.key] = [one for one in found if one is not None]
    sections = _completed(case, wanted, made, missing, chosen)
    tell(len(wanted), len(wanted) + 1, "setting the document")
    return _set(case, made_on, sections, missing, chosen)


def _untold(_done: int, _of: int, _what: str) -> None:
    """Tell nobody how far it is."""


def _refuse_unknown(edition: str, chosen: Settings) -> None:
    if edition not in EDITIONS:
        raise Refusal(f"There is no edition {edition!r}. Choose one of: {', '.join(EDITIONS)}.")
    unknown = sorted({*chosen.left_out, *(key for key, _ in chosen.paragraphs)} - set(OUTLINE))
    if unknown:
        raise Refusal(f"There is no section {unknown[0]!r}. Choose one of: {', '.join(OUTLINE)}.")


def _need(edition: str, wanted: str | None) -> NeedLens:
    offered = {lens.id: lens for lens in lenses(edition)[0] if lens.table and lens.records_of is None}
    if wanted is not None and wanted not in offered:
        raise Refusal(f"There is no need {wanted!r} in the {edition} edition. Choose one of: {', '.join(offered)}.")
    return offered[wanted] if wanted else next(iter(offered.values()))


def _completed(
    case: Case,
    wanted: Sequence[Outlined],
    made: dict[str, list[Part]],
    missing: Sequence[tuple[str, str]],
    chosen: Settings,
) -> list[Section]:
    """All sections, those last that say what the others rest on; with the council's own paragraphs in place."""
    names = cited([block for parts in made.values() for one in parts for block in one.blocks])
    ends: dict[str, list[Part]] = {
        "limitations": [
            Part("What is not in this document", tuple(closing.left_out(missing))),
            Part("What to know of the tables", tuple(closing.caveats(case, names))),
        ],
        "sources": [Part("", tuple(closing.sources(case.library, names)))],
        "dictionary": [Part("", tuple(closing.dictionary(case.library, names)))],
    }
    return [
        Section(
            one.key,
            one.title,
            tuple(_with_own([*made[one.key], *ends.get(one.key, [])], one.key, chosen)),
            one.appendix,
            one.wide,
        )
        for one in wanted
    ]


def _with_own(parts: list[Part], key: str, chosen: Settings) -> list[Part]:
    own = {place: _own(chosen.paragraphs.get((key, place), "")) for place in (BEFORE, AFTER)}
    first = [Part("", own[BEFORE])] if own[BEFORE] else []
    last = [Part("", own[AFTER])] if own[AFTER] else []
    return [*first, *parts, *last]


def _own(text: str) -> tuple[Block, ...]:
    return tuple(Local(line.strip()) for line in text.split("\n") if line.strip())


def _set(
    case: Case, made_on: date, sections: list[Section], missing: Sequence[tuple[str, str]], chosen: Settings
) -> bytes:
    named = f"{TITLE}: {case.council}"
    document = empty(f"{named}, {case.edition.title}", case.council, made_on)
    titles = {
        entry.contract: f"{entry.title} ({entry.publisher}, {entry.period})" for entry in case.library.entries.values()
    }
    writer = Writer(document, planned(sections), titles, f"{named}. {case.edition.title}")
    writer.write(_front(case, made_on, sections, missing, chosen), sections)
    return saved(document)


def _front(
    case: Case, made_on: date, sections: list[Section], missing: Sequence[tuple[str, str]], chosen: Settings
) -> Front:
    blocks = [block for section in sections for block in section.blocks]
    made_up = sum(isinstance(block, Exhibit) and block.basis == "illustrative" for block in blocks)
    own = any(isinstance(block, Local) for block in blocks)
    out = [outlined.title for key, outlined in OUTLINE.items() if key in chosen.left_out]
    notices = [
        *([Notice(MADE_UP.format(many=made_up), "illustrative")] if made_up else []),
        Notice(MEANING, "basis"),
        *([Notice(OWN, "basis")] if own else []),
        *([Notice(f"Left out on purpose: {'; '.join(out)}.", "left_out")] if out else []),
        *([Notice(_not_held(missing), "left_out")] if missing else []),
    ]
    lines = (
        case.edition.about,
        f"Provision is set against: {case.need.title} ({case.need.period}).",
        f"Made on {made_on.day} {made_on:%B %Y} by the Early Help Atlas from the tables {case.library.told}.",
    )
    return Front(TITLE, f"{case.council}\n{case.edition.title}", lines, tuple(notices))


def _not_held(missing: Sequence[tuple[str, str]]) -> str:
    told = "; ".join(f"{what} ({why})" for what, why in missing)
    return f"Not in this document: {told}."
