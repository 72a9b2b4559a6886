"""What a meeting looks at, gathered from the choices of the reader and from the decision log."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st

from analysis.decisions_compared import TODAY, ThenNow
from analysis.gap import Gap, lenses
from analysis.localities import NONE, to_text
from analysis.present import meeting, what_if_tables
from analysis.provision import MADE_UP
from analysis.refusal import Refusal
from analysis.scenario.outcome import Outcome
from analysis.store.decisions import IN_FORCE, Decision, decisions
from analysis.store.publishing import publications
from analysis.store.reading import StoreLibrary
from pages.components import cached, scope, what_if_state
from pages.components.cached import localities as cached_localities
from pages.components.cached import meeting as cached_meeting
from pages.components.cached import what_if as cached_what_if
from pages.components.what_if_state import Look

WEIGHTS = tuple(str(weight) for weight in range(0, 101, 10))
OTHERS = "Does the answer hold with another measure of provision? Each row sets the same need against another one."
PROJECTED = " A projected number of children is not part of a link, so it is left out here."


def gathered(chosen: scope.Scope) -> meeting.Meeting:
    """The meeting of a scope. Raises Refusal, with the reason, when need and provision may not be compared."""
    result = cached.gap_of(chosen.edition_id, chosen.need_id, chosen.provision_id)
    changed, since = _changed(chosen)
    return meeting.Meeting(
        result,
        grouped(chosen),
        (chosen.locality.code,) if chosen.locality else chosen.marked,
        _options(chosen, result),
        changed,
        since,
        _decided(chosen),
        scenario=bool(scenarios(chosen)),
    )


def grouped(chosen: scope.Scope) -> Gap | None:
    """The comparison with the localities of the edition, or None where there are none."""
    if not chosen.localities:
        return None
    return cached_localities.gap_of(chosen.edition_id, chosen.need_id, chosen.provision_id, to_text(chosen.localities))


def link_of(chosen: scope.Scope, screen: str, origin: str) -> dict[str, str]:
    """Every value that reopens this screen, none of them left to what is usual."""
    steps = str(scope.said(what_if_state.CHANGES) or "")
    tried = {name: str(scope.said(name)) for name in ("service", "weight")} | {what_if_state.CHANGES: steps}
    groups = to_text(scope.every_locality())
    return {
        "edition": chosen.edition_id,
        "need": chosen.need_id,
        "provision": chosen.provision_id,
        **({"ward": chosen.locality.name if chosen.locality else str(chosen.ward)} if chosen.marked else {}),
        **({"groups": groups} if groups != NONE else {}),
        **(tried if steps else {}),
        "from": origin,
        "screen": screen,
    }


def _changed(chosen: scope.Scope) -> tuple[ThenNow | None, date | None]:
    """What the publication before this one said differently, and when that was made; nothing where there is none."""
    held = cached.library()
    if not isinstance(held, StoreLibrary):
        return None, None
    try:
        earlier = [one for one in publications(cached.readers().store, chosen.edition_id) if one.id < held.publication]
        if not earlier:
            return None, None
        before = earlier[0]
        found = cached_meeting.changed_since(chosen.edition_id, chosen.need_id, chosen.provision_id, before.version)
    except Refusal:
        return None, None
    return found, before.day


def _decided(chosen: scope.Scope) -> tuple[tuple[Decision, ThenNow | None], ...]:
    """The decisions in force on the same comparison, newest first, each with what became of its figures."""
    try:
        held = decisions(cached.readers().store, chosen.edition_id)
    except Refusal:
        return ()
    lenses_shown = (chosen.need_id, chosen.provision_id)
    own = [one for one in held if one.standing == IN_FORCE and _lenses_of(one) == lenses_shown]
    return tuple((one, then_now(one)) for one in own)


def _lenses_of(one: Decision) -> tuple[str | None, str | None]:
    return one.frozen.link.get("need"), one.frozen.link.get("provision")


def then_now(one: Decision) -> ThenNow | None:
    """A decision's figures beside those of now, or None where they can no longer be worked out."""
    try:
        return cached_meeting.then_now(one)
    except Refusal:
        return None


def _options(chosen: scope.Scope, shown: Gap) -> tuple[str, pd.DataFrame, str]:
    """The scenario of the link beside today and fair shares; without one, the other measures of provision."""
    look, steps = tried(chosen)
    if look is None or not steps:
        return _other_measures(chosen, shown)
    results = scenarios(chosen)
    service = cached_what_if.services_of(look.edition)[look.service]
    more = PROJECTED if what_if_state.children() else ""
    sentence = f"Places of {service}, judged by {look.weight}% need.{more}"
    return sentence, what_if_tables.side_by_side(results), what_if_tables.basis_of(results[TODAY])


def scenarios(chosen: scope.Scope) -> dict[str, Outcome]:
    """The scenario of the link beside today and fair shares; nothing where there is none."""
    steps = str(scope.said(what_if_state.CHANGES) or "")
    service, weight = str(scope.said("service")), int(scope.said("weight"))
    return cached_meeting.options_of(chosen.edition_id, service, chosen.need_id, weight, steps) if steps else {}


def tried(chosen: scope.Scope) -> tuple[Look | None, str]:
    """The scenario in the link: what it is judged by, and its steps as text; a blank where nothing is changed."""
    services = cached_what_if.services_of(chosen.edition_id)
    service = scope.held("service", services, next(iter(services)))
    weight = scope.held("weight", WEIGHTS, "100")
    look = Look(chosen.edition_id, service, chosen.need_id, int(weight))
    try:
        return look, what_if_state.text(look)
    except Refusal:
        return None, ""


def _other_measures(chosen: scope.Scope, shown: Gap) -> tuple[str, pd.DataFrame, str]:
    results: dict[str, Gap | str] = {}
    _, provisions = lenses(chosen.edition_id)
    order = sorted(provisions, key=lambda lens: lens.id != chosen.provision_id)
    for lens in order[: meeting.MOST_OPTIONS]:
        try:
            found = cached.gap_of(chosen.edition_id, chosen.need_id, lens.id)
            results[found.provision.title.removesuffix(MADE_UP)] = found
        except Refusal as refused:
            results[lens.title] = str(refused)
    return OTHERS, *meeting.lens_options(results, shown)


def today() -> date:
    """The day it is for the reader, or for the server where the browser does not say."""
    try:
        return datetime.now(ZoneInfo(st.context.timezone or "UTC")).date()
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(ZoneInfo("UTC")).date()
