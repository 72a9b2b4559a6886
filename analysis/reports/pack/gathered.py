"""Everything a pack tells of, worked out from one set of tables: as on the pages, small counts always withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.decisions_compared import TODAY, ThenNow, again, compared, options_again
from analysis.editions import EDITIONS
from analysis.equity import Equity, equity
from analysis.gap import Gap, gap, lenses
from analysis.localities import NONE, Set, from_text, of_edition
from analysis.present import meeting, what_if_tables
from analysis.present.frozen_figures import figures, option_figures
from analysis.present.words import headline
from analysis.provision import MADE_UP
from analysis.refusal import Refusal
from analysis.scenario.outcome import Outcome
from analysis.scenario.today import services, title_of
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.decisions import IN_FORCE, Decision, decisions
from analysis.store.publishing import publications
from analysis.store.reading import StoreLibrary, of_version

NOT_PUBLISHED = "These tables are not a publication of the store, so there is no earlier publication to compare with."
THE_FIRST = "This is the first publication of the edition, so nothing was published before it to compare with."
STEADY = "Every figure of this comparison is what it was at the publication before."
WEIGHTS = range(101)


@dataclass(frozen=True)
class Gathered:
    """What a pack tells of.

    `asked` and `screens` are those of the meeting view; `equity` is a reason where it cannot be told; `tried` are
    today, a scenario and fair shares by name, or nothing; `others` are the comparisons of the same need with each other
    provision, or why there is none; `unchanged` says why there is nothing to tell of changes, and is blank where there
    is.
    """

    library: Library
    asked: meeting.Meeting
    screens: tuple[meeting.Screen, ...]
    equity: Equity | str
    tried: Mapping[str, Outcome]
    others: Mapping[str, Gap | str]
    unchanged: str

    @property
    def result(self) -> Gap:
        """The comparison shown."""
        return self.asked.result

    def screens_of(self, kind: meeting.Kind) -> list[meeting.Screen]:
        """The screens of the meeting view of one kind."""
        return [one for one in self.screens if one.kind == kind]


def gathered(library: Library, params: Mapping[str, str], store: Store | None = None) -> Gathered:
    """Work out what is asked for.

    `params` are edition, need, provision, and perhaps ward, groups, service, weight and changes, as they stand in the
    address of a page; `store` is where the library was published, if it was.

    Raises Refusal when need and provision may not be compared, or a name, a locality or a change cannot be read.
    """
    edition, need, provision = (params[name] for name in ("edition", "need", "provision"))
    result = gap(library, edition, need, provision)
    localities = of_edition(from_text(library, params.get("groups") or NONE), edition)
    grouped = gap(library, edition, need, provision, localities) if localities else None
    tried = _tried(library, params) if params.get("changes") else {}
    others = {} if tried else _others(library, result)
    changed, since, unchanged = _changed(library, result, store)
    asked = meeting.Meeting(
        result,
        grouped,
        _chosen(library, params.get("ward", ""), result, localities),
        _options(tried, others, result),
        changed,
        since,
        _decided(library, result, store),
        scenario=bool(tried),
    )
    return Gathered(library, asked, meeting.screens(asked), _equity(library, result), tried, others, unchanged)


def _chosen(library: Library, name: str, result: Gap, localities: Set) -> tuple[str, ...]:
    """The code of the ward or locality that is named, if any."""
    if not name:
        return ()
    known = {code: code for code in result.wards["area_code"]}
    known |= {library.names[code].casefold(): code for code in result.wards["area_code"]}
    known |= {one.name.casefold(): one.code for one in localities}
    found = known.get(name) or known.get(name.strip().casefold())
    if found is None:
        raise Refusal(f"{name!r} is neither one of {EDITIONS[result.edition].wards} nor one of the localities given.")
    return (found,)


def _equity(library: Library, result: Gap) -> Equity | str:
    try:
        return equity(library, result)
    except Refusal as refused:
        return str(refused)
    except NotHeld as missing:
        return f"It cannot be worked out: {missing.reason}."


def _others(library: Library, result: Gap) -> dict[str, Gap | str]:
    """The need against each other provision, the one shown left out; at most as many as a meeting is shown."""
    found: dict[str, Gap | str] = {}
    others = [lens for lens in lenses(result.edition)[1] if lens.id != result.provision.id]
    for lens in others[: meeting.MOST_OPTIONS - 1]:
        try:
            other = gap(library, result.edition, result.need.id, lens.id)
            found[other.provision.title.removesuffix(MADE_UP)] = other
        except Refusal as refused:
            found[lens.title] = str(refused)
        except NotHeld as missing:
            found[lens.title] = missing.reason
    return found


def _options(
    tried: Mapping[str, Outcome], others: Mapping[str, Gap | str], result: Gap
) -> tuple[str, pd.DataFrame, str]:
    if tried:
        now = tried[TODAY]
        said = f"Places of {title_of(now.today.service)}, judged by {round(100 * now.fair.weight)}% need."
        return said, what_if_tables.side_by_side(tried), what_if_tables.basis_of(now)
    shown = {result.provision.title.removesuffix(MADE_UP): result}
    return "", *meeting.lens_options({**shown, **others}, result)


def _tried(library: Library, params: Mapping[str, str]) -> dict[str, Outcome]:
    edition, weight = params["edition"], params.get("weight", "100")
    if not weight.isdecimal() or int(weight) not in WEIGHTS:
        raise Refusal(f"The weight on need is {weight!r}. Give a whole number of per cent from 0 to 100.")
    service = params.get("service") or next(iter(services(library, edition)), "")
    return options_again(library, edition, {**params, "service": service, "weight": weight})


def _changed(library: Library, result: Gap, store: Store | None) -> tuple[ThenNow | None, date | None, str]:
    """What the publication before said differently, when that was made, and why there is nothing to say if so."""
    if store is None or not isinstance(library, StoreLibrary) or not library.publication:
        return None, None, NOT_PUBLISHED
    earlier = [one for one in publications(store, result.edition) if one.id < library.publication]
    if not earlier:
        return None, None, THE_FIRST
    last = earlier[0]
    try:
        before = gap(of_version(store, last.version), result.edition, result.need.id, result.provision.id)
    except Refusal as refused:
        return None, last.day, f"The publication before cannot be compared. {refused}"
    found = compared(headline(before)[0], figures(before), headline(result)[0], figures(result))
    return found, last.day, "" if found.moved else STEADY


def _decided(library: Library, result: Gap, store: Store | None) -> tuple[tuple[Decision, ThenNow | None], ...]:
    """The decisions in force on the same comparison, newest first, each with what became of its figures."""
    if store is None or not isinstance(library, StoreLibrary):
        return ()
    shown = (result.need.id, result.provision.id)
    held = [one for one in decisions(store, result.edition) if one.standing == IN_FORCE]
    own = [one for one in held if (one.frozen.link.get("need"), one.frozen.link.get("provision")) == shown]
    return tuple((one, _since(library, one)) for one in own)


def _since(library: Library, one: Decision) -> ThenNow | None:
    """What became of the figures of a decision, or None where they can no longer be worked out."""
    try:
        now, grouped = again(library, one.frozen.base, one.frozen.link)
        options = option_figures(options_again(library, one.frozen.base, one.frozen.link))
    except Refusal:
        return None
    shown = (*figures(now, grouped), *options)
    return compared(one.frozen.headline, one.frozen.figures, headline(now)[0], shown)
