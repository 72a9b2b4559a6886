"""What can be made: each report with its parameters, and the function that makes it.

Nothing heavy is read here, so that a page can list the reports; what makes one is read in the process it is made in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.sources.library import Library

if TYPE_CHECKING:
    from analysis.reports.ward_profile import Profiles

Params = Mapping[str, str]
Progress = Callable[[int, int, str], None]
PDF, ZIP = "application/pdf", "application/zip"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
YES = "yes"
PACK_CHOICES = ("ward", "groups", "service", "weight", "changes")


@dataclass(frozen=True)
class Made:
    """A finished report: the name of its file, its content and its type (MIME)."""

    file_name: str
    content: bytes
    mime: str


@dataclass(frozen=True)
class Report:
    """A report that can be asked for.

    `params` are the names it must be given, besides `made_on` (a day, as 2026-11-28) and `edition`; `optional` those
    it may be. `make` takes the library, the parameters and what is told of each true step (how many are done, of how
    many, and what is done now); it raises Refusal in a sentence.
    """

    id: str
    title: str
    about: str
    make: Callable[[Library, Params, Progress], Made]
    params: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


def report_of(name: str, params: Params) -> Report:
    """The report of a name, when these parameters are enough and not too many. Raises Refusal otherwise."""
    if name not in REPORTS:
        raise Refusal(f"There is no report {name!r}. Choose one of: {', '.join(REPORTS)}.")
    report = REPORTS[name]
    needed = {"made_on", "edition", *report.params}
    missing, unknown = needed - set(params), set(params) - needed - set(report.optional)
    if missing or unknown:
        raise Refusal(
            f"{report.title} asks for {', '.join(sorted(needed))}, and was given {', '.join(sorted(params))}."
        )
    if params["edition"] not in EDITIONS:
        raise Refusal(f"There is no edition {params['edition']!r}. Choose one of: {', '.join(EDITIONS)}.")
    day_of(params)
    return report


def day_of(params: Params) -> date:
    """The day a report says it was made on. Raises Refusal when it is not one."""
    try:
        return date.fromisoformat(params["made_on"])
    except ValueError as error:
        raise Refusal(f"{params['made_on']!r} is not a day. Write it as 2026-11-28.") from error


def _ward_profile(library: Library, params: Params, progress: Progress) -> Made:
    from analysis.reports.ward_profile import file_names

    progress(0, 3, "reading the tables")
    profiles = _profiles(library, params)
    code = profiles.code_of(params["ward"])
    progress(1, 3, "working out the figures")
    sheet = profiles.sheet(code)
    progress(2, 3, "setting the page")
    name = file_names([library.names[code]])[0].removesuffix(".pdf")
    return Made(f"ward_profile_{name}_{_marks(params)}.pdf", profiles.set(sheet, code), PDF)


def _all_profiles(library: Library, params: Params, progress: Progress) -> Made:
    from analysis.reports.ward_profile import archive

    progress(0, 1, "reading the tables")
    return Made(f"ward_profiles_{_marks(params)}.zip", archive(_profiles(library, params), progress), ZIP)


def _pack(library: Library, params: Params, progress: Progress) -> Made:
    from analysis.reports.pack.report import powerpoint_of

    return Made(_pack_name(params, "pptx"), powerpoint_of(library, params, day_of(params), progress), POWERPOINT)


def _pack_pdf(library: Library, params: Params, progress: Progress) -> Made:
    from analysis.reports.pack.report import pdf_of

    return Made(_pack_name(params, "pdf"), pdf_of(library, params, day_of(params), progress), PDF)


def _pack_name(params: Params, ending: str) -> str:
    """The name of a pack: of known names alone, for the need and the provision were looked up before it is used."""
    return f"meeting_pack_{params['edition']}_{params['need']}_{params['provision']}.{ending}"


def _needs_assessment(library: Library, params: Params, progress: Progress) -> Made:
    from analysis.reports.child import library_of
    from analysis.reports.needs_assessment.report import needs_assessment
    from analysis.reports.settled import settings_of, since

    settings, last = settings_of(params), since(params)
    before = None if last is None else library_of(last)
    content = needs_assessment(library, params["edition"], day_of(params), settings, before=before, progress=progress)
    return Made(f"needs_assessment_{_marks(params)}.docx", content, WORD)


def _profiles(library: Library, params: Params) -> Profiles:
    from analysis.reports.ward_profile import Profiles

    return Profiles(
        library,
        params["edition"],
        made_on=day_of(params),
        small_counts=params.get("small_counts") == YES,
        need_id=params.get("need"),
    )


def _marks(params: Params) -> str:
    """What every file name of a report ends in: the edition, and that it holds small counts where it does."""
    return f"{params['edition']}{'_small_counts' if params.get('small_counts') == YES else ''}"


REPORTS = {
    report.id: report
    for report in (
        Report(
            "ward-profile",
            "Ward profile (PDF)",
            "One page of A4 on one ward: where it is, its children, need, deprivation, what there is against its need, "
            "what is not known and why, with every source.",
            _ward_profile,
            ("ward",),
            ("need", "small_counts"),
        ),
        Report(
            "all-ward-profiles",
            "All wards (zip)",
            "The same page for every ward of the edition, in one archive with a list of the files.",
            _all_profiles,
            (),
            ("need", "small_counts"),
        ),
        Report(
            "needs-assessment",
            "Needs assessment (Word)",
            "The whole needs assessment as a document to edit: sections after those of 2020, with figures, maps, "
            "tables, limits, sources and the places in them, what changed since the last edition, and your own "
            "paragraphs.",
            _needs_assessment,
            (),
            ("need", "leave_out", "paragraphs", "since"),
        ),
        Report(
            "meeting-pack",
            "Meeting pack (PowerPoint)",
            "Slides for a meeting, to be edited: the answer, the map, what is certain and what is not, equity, what "
            "changed, options, the decisions asked for, every ward with its limits, and the sources.",
            _pack,
            ("need", "provision"),
            PACK_CHOICES,
        ),
        Report(
            "meeting-pack-pdf",
            "Meeting pack (PDF)",
            "The same slides as pages to read or print, with their notes at the end.",
            _pack_pdf,
            ("need", "provision"),
            PACK_CHOICES,
        ),
    )
}
