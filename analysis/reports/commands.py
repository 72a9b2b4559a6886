"""Reports from the command line: `python -m analysis report ward-profile ...`; the same as from the screen."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.reports.child import library_of
from analysis.reports.needs_assessment.outline import OUTLINE
from analysis.reports.registry import PACK_CHOICES, YES, Report, report_of

PACKS = {".pptx": "meeting-pack", ".pdf": "meeting-pack-pdf"}
VERSION_TOO = (
    "a version of the store, with the paragraphs and the sections left out that it keeps; else the tables shipped"
)


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `report` and what it can make to the commands of `python -m analysis`."""
    report = commands.add_parser("report", help="make a report as a file")
    kinds = report.add_subparsers(required=True, metavar="report")
    profile = kinds.add_parser("ward-profile", help="one page of A4 on a ward, or a zip of all of them")
    profile.add_argument("--edition", choices=tuple(EDITIONS), required=True)
    which = profile.add_mutually_exclusive_group(required=True)
    which.add_argument("--ward", help="the name or the code of a ward")
    which.add_argument("--all", action="store_true", help="every ward, as a zip")
    profile.add_argument("--need", help="the need to set provision against, by its id")
    profile.add_argument("--to", type=Path, required=True, help="the file to write, or the folder to write it in")
    profile.add_argument("--made-on", default=None, help="the day to write on it, as 2026-11-28; else today")
    profile.add_argument("--version", type=int, default=None, help="a version of the store; else the tables shipped")
    profile.add_argument("--small-counts", action="store_true", help="an analyst's: not for publication")
    profile.set_defaults(run=_ward_profile)
    _add_pack(kinds)
    _add_needs_assessment(kinds)


def _add_pack(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    pack = kinds.add_parser("meeting-pack", help="slides for a meeting, as PowerPoint (.pptx) or PDF (.pdf)")
    pack.add_argument("--edition", choices=tuple(EDITIONS), required=True)
    pack.add_argument("--need", required=True, help="the need, by its id")
    pack.add_argument("--provision", required=True, help="the provision to set against it, by its id")
    pack.add_argument("--ward", help="a ward or locality to give a slide of its own, by name or code")
    pack.add_argument("--groups", help="localities, as they stand in the link of a page")
    pack.add_argument("--service", help="the service of the scenario, by its id")
    pack.add_argument("--weight", help="what makes a share fair: per cent by need, 0 to 100")
    pack.add_argument("--changes", help="the changes tried, as they stand in the link of What if")
    pack.add_argument("--to", type=Path, required=True, help="the file to write; its ending says which kind")
    pack.add_argument("--made-on", default=None, help="the day to write on it, as 2026-11-28; else today")
    pack.add_argument("--version", type=int, default=None, help="a version of the store; else the tables shipped")
    pack.set_defaults(run=_meeting_pack)


def _meeting_pack(options: argparse.Namespace) -> int:
    kind = PACKS.get(options.to.suffix.lower())
    if kind is None:
        raise Refusal(f"{options.to} is neither a PowerPoint nor a PDF. Name a file that ends in {' or '.join(PACKS)}.")
    params = {"edition": options.edition, "made_on": options.made_on or date.today().isoformat()}
    given = {name: getattr(options, name) for name in ("need", "provision", *PACK_CHOICES)}
    params |= {name: value for name, value in given.items() if value}
    return _written(options.to, report_of(kind, params), params, options.version)


def _add_needs_assessment(kinds: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    whole = kinds.add_parser("needs-assessment", help="the needs assessment of an edition as a Word document")
    whole.add_argument("--edition", choices=tuple(EDITIONS), required=True)
    whole.add_argument("--need", help="the need to set provision against, by its id")
    whole.add_argument("--to", type=Path, required=True, help="the file to write (.docx), or the folder to write it in")
    whole.add_argument("--made-on", default=None, help="the day to write on it, as 2026-11-28; else today")
    whole.add_argument("--version", type=int, default=None, help=VERSION_TOO)
    whole.add_argument("--leave-out", nargs="+", default=[], metavar="SECTION", help=f"any of: {', '.join(OUTLINE)}")
    whole.set_defaults(run=_needs_assessment)


def _needs_assessment(options: argparse.Namespace) -> int:
    params = {"edition": options.edition, "made_on": options.made_on or date.today().isoformat()}
    params |= {"need": options.need} if options.need else {}
    params |= _settled(options.edition, options.version) if options.version is not None else {}
    if options.leave_out:
        params["leave_out"] = ",".join(options.leave_out)
    return _written(options.to, report_of("needs-assessment", params), params, options.version)


def _settled(edition: str, version: int) -> dict[str, str]:
    from analysis.reports.settled import settled
    from analysis.store.opening import opened

    return settled(opened(filled=False), edition, version)


def _ward_profile(options: argparse.Namespace) -> int:
    params = {"edition": options.edition, "made_on": options.made_on or date.today().isoformat()}
    params |= {} if options.all else {"ward": options.ward}
    params |= {"need": options.need} if options.need else {}
    params |= {"small_counts": YES} if options.small_counts else {}
    report = report_of("all-ward-profiles" if options.all else "ward-profile", params)
    return _written(options.to, report, params, options.version)


def _written(to: Path, report: Report, params: dict[str, str], version: int | None) -> int:
    made = report.make(library_of(version), params, _step)
    to = to / made.file_name if to.is_dir() else to
    try:
        to.write_bytes(made.content)
    except OSError as error:
        raise Refusal(f"{to} cannot be written: {error.strerror}. Name another file.") from error
    sys.stdout.write(f"{len(made.content):,} bytes written to {to}.\n")
    return 0


def _step(done: int, of: int, what: str) -> None:
    sys.stderr.write(f"{done} of {of}: {what}\n")
