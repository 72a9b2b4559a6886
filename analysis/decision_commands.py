"""The decision log from the command line: `python -m analysis decisions ...`.

Exit codes: 0 done, 1 refused (with the reason), 2 not understood.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from analysis.decisions_compared import again
from analysis.editions import EDITIONS
from analysis.present import decisions_view
from analysis.present.frozen_figures import frozen
from analysis.store.decision_words import Words
from analysis.store.decisions import correct, decisions, due, forget_decisions, record, withdraw
from analysis.store.opening import opened
from analysis.store.reading import published
from analysis.store.troubles import StoreRefusal

Options = argparse.Namespace
MEETING = "meeting"
ENDINGS = {".csv": decisions_view.csv, ".xlsx": decisions_view.xlsx}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `decisions` and what it can do to the commands of `python -m analysis`."""
    log = commands.add_parser("decisions", help="what meetings decided, with the figures they were shown")
    acts = log.add_subparsers(required=True, metavar="act")
    for name, (run, said, arguments) in ACTS.items():
        parser = acts.add_parser(name, help=said)
        for flag in arguments:
            parser.add_argument(flag, **ARGUMENTS[flag])
        parser.set_defaults(run=run)


def _list(options: Options) -> int:
    store = opened()
    held = decisions(store, options.edition)
    waiting = {one.id for one in due(store, options.due)} if options.due else None
    for one in held:
        if waiting is None or one.id in waiting:
            print(f"{one.id}  {one.words.met_on}  review {one.words.review_on}  {one.standing}  {one.words.meeting}")
            print(f"    {one.words.what}")
    return 0


def _export(options: Options) -> int:
    target = Path(options.to)
    if target.suffix.lower() not in ENDINGS:
        raise StoreRefusal(f"{target.name} has an ending that is not known. Use one of: {', '.join(ENDINGS)}.")
    held = decisions(opened(), options.edition)
    target.write_bytes(ENDINGS[target.suffix.lower()](held))
    print(f"{len(held)} entries written to {target}.")
    return 0


def _record(options: Options) -> int:
    store = opened()
    if options.edition is None:
        raise StoreRefusal("Say which edition was looked at, with --edition.")
    library = published(store, options.edition)
    link = {"edition": options.edition, "need": options.need, "provision": options.provision}
    result, grouped = again(library, options.edition, link)
    shown = frozen(result, grouped, library, MEETING, link)
    number = record(store, _words(options), shown, options.who, replaces=options.replaces)
    print(f"Decision {number}.")
    return 0


def _correct(options: Options) -> int:
    number = correct(opened(), options.decision, _words(options), options.who)
    print(f"Entry {number} takes the place of decision {options.decision}.")
    return 0


def _withdraw(options: Options) -> int:
    number = withdraw(opened(), options.decision, options.why, options.who)
    print(f"Decision {options.decision} is withdrawn by entry {number}.")
    return 0


def _forget(options: Options) -> int:
    gone = forget_decisions(opened(), options.before, options.who, why=options.why)
    print(f"{len(gone)} entries deleted.")
    return 0


def _words(options: Options) -> Words:
    return Words(options.what, options.why, options.meeting, options.held_on, options.review_on)


ARGUMENTS: dict[str, dict[str, Any]] = {
    "--edition": {"choices": tuple(EDITIONS), "default": None, "help": "the edition meant"},
    "--need": {"required": True, "help": "the need looked at, as `python -m analysis list` names it"},
    "--provision": {"required": True, "help": "the provision it was set against"},
    "--what": {"required": True, "help": "what was decided"},
    "--why": {"required": True, "help": "why"},
    "--meeting": {"required": True, "help": "which meeting"},
    "--held-on": {"required": True, "type": date.fromisoformat, "help": "the day of the meeting, as 2026-11-28"},
    "--review-on": {"required": True, "type": date.fromisoformat, "help": "the day on which it is looked at again"},
    "--who": {"required": True, "help": "who does it"},
    "--replaces": {"type": int, "default": None, "help": "number of the decision in whose place it stands"},
    "--decision": {"required": True, "type": int, "help": "number of the decision"},
    "--due": {"type": date.fromisoformat, "default": None, "help": "only those to be looked at again by this day"},
    "--to": {"required": True, "help": "the file to write, .csv or .xlsx"},
    "--before": {"required": True, "type": date.fromisoformat, "help": "delete those of meetings before this day"},
}
SAID = ("--what", "--why", "--meeting", "--held-on", "--review-on", "--who")
ACTS: dict[str, tuple[Callable[[Options], int], str, tuple[str, ...]]] = {
    "list": (_list, "every entry, newest first", ("--edition", "--due")),
    "export": (_export, "the log as CSV, or with its figures as XLSX", ("--edition", "--to")),
    "record": (
        _record,
        "a decision on what is published now",
        ("--edition", "--need", "--provision", *SAID, "--replaces"),
    ),
    "correct": (_correct, "put an entry right by a new one with the same figures", ("--decision", *SAID)),
    "withdraw": (_withdraw, "take a decision back by a new entry", ("--decision", "--why", "--who")),
    "forget": (_forget, "delete what was said and shown at old meetings", ("--before", "--who", "--why")),
}
