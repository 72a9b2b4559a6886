"""The steps of a scenario made, one after the other, on today's places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch

import numpy as np
import pandas as pd

from analysis.refusal import Refusal
from analysis.scenario.fair import Fair
from analysis.scenario.steps import (
    GROWTH,
    MOST_PLACES,
    MOST_STEPS,
    MOST_YEARS,
    NEW_SITE,
    CloseSite,
    GrowNeed,
    MoveBetweenSites,
    MovePlaces,
    OpenSite,
    ResizeSite,
    Scenario,
    SetTotal,
    Step,
)
from analysis.scenario.today import Today
from analysis.statistics.apportionment import apportion


@dataclass(frozen=True)
class Changed:
    """Places after the steps: `places` by ward code, `sites` as in `Today`, and need over today's need."""

    places: pd.Series
    sites: pd.DataFrame
    growth: float
    today: Today
    fair: Fair

    def name(self, code: str) -> str:
        """The name of a ward or a site. Raises Refusal for one that is not there."""
        wards = self.today.wards.set_index("area_code")["area_name"]
        sites = self.sites.set_index("site_id")["name"]
        if code not in wards.index and code not in sites.index:
            raise Refusal(
                f"There is no ward or site {code!r} among those of this service in the {self.today.edition} edition."
            )
        return str(wards[code] if code in wards.index else sites[code])


def applied(today: Today, scenario: Scenario, fair: Fair) -> Changed:
    """Today's places with every step of the scenario made in its order.

    Raises Refusal, naming the step by its number, when one cannot be made: an unknown ward or site, more places taken
    than there are, a number that is not possible, or too many steps.
    """
    if (scenario.edition, scenario.service) != (today.edition, today.service):
        raise Refusal(
            f"This scenario is for {scenario.service} in the {scenario.edition} edition, but {today.service} in the "
            f"{today.edition} edition is shown. Choose the one it was made for."
        )
    if len(scenario.steps) > MOST_STEPS:
        raise Refusal(f"A scenario may hold {MOST_STEPS} changes, but this one has {len(scenario.steps)}.")
    state = Changed(today.wards.set_index("area_code")["places"], today.sites, 1.0, today, fair)
    for number, step in enumerate(scenario.steps, start=1):
        try:
            state = _made(step, state)
        except Refusal as refused:
            raise Refusal(f"Change {number} cannot be made. {refused}") from None
    return state


@singledispatch
def _made(step: Step, _state: Changed) -> Changed:
    raise TypeError(f"{step!r} is not a step of a scenario.")


@_made.register
def _move(step: MovePlaces, state: Changed) -> Changed:
    _refuse_unless_ward(step.source, state)
    _refuse_unless_ward(step.target, state)
    places = _carried(state.places, step, state)
    return replace(state, places=places)


@_made.register
def _move_between_sites(step: MoveBetweenSites, state: Changed) -> Changed:
    _refuse_unless_site(step.source, state)
    _refuse_unless_site(step.target, state)
    places = _carried(state.sites.set_index("site_id")["places"], step, state)
    return replace(state, sites=state.sites.assign(places=places.to_numpy()))


@_made.register
def _open(step: OpenSite, state: Changed) -> Changed:
    _refuse_unless_ward(step.ward, state)
    _refuse_amount(step.places, least=1)
    points = state.today.points[state.today.points["ward"] == step.ward]
    if points.empty or not points["children"].sum():
        raise Refusal(f"No child is known to live in {state.name(step.ward)}, so a site there has no place to stand.")
    number = 1 + int(state.sites["site_id"].str.startswith(NEW_SITE).sum())
    row = {
        "site_id": f"{NEW_SITE}{number}",
        "name": f"New site {number} in {state.name(step.ward)}",
        "latitude": np.average(points["latitude"], weights=points["children"]),
        "longitude": np.average(points["longitude"], weights=points["children"]),
        "area_code": step.ward,
        "places": step.places,
    }
    return replace(state, sites=pd.concat([state.sites, pd.DataFrame([row])], ignore_index=True))


@_made.register
def _close(step: CloseSite, state: Changed) -> Changed:
    return _resized(step.site, 0, state)


@_made.register
def _resize(step: ResizeSite, state: Changed) -> Changed:
    _refuse_amount(step.places)
    return _resized(step.site, step.places, state)


@_made.register
def _set_total(step: SetTotal, state: Changed) -> Changed:
    _refuse_amount(step.places, least=1)
    change = step.places - int(state.places.sum())
    if change < 0:
        cut = apportion(state.places.to_numpy(float), -change).allocation
        return replace(state, places=state.places - cut)
    added = pd.Series(apportion(state.fair.share, change).allocation, index=list(state.fair.codes))
    return replace(state, places=state.places.add(added.reindex(state.places.index, fill_value=0)))


@_made.register
def _grow(step: GrowNeed, state: Changed) -> Changed:
    least, most = GROWTH
    if not least <= step.percent <= most:
        raise Refusal(f"Need may change by {least:g}% to {most:g}% a year, not by {step.percent:g}%.")
    if not 1 <= step.years <= MOST_YEARS:
        raise Refusal(f"Need may grow for 1 to {MOST_YEARS} years, not for {step.years}.")
    return replace(state, growth=(1 + step.percent / 100) ** step.years)


def _carried(places: pd.Series, step: MovePlaces | MoveBetweenSites, state: Changed) -> pd.Series:
    _refuse_amount(step.places, least=1)
    if step.source == step.target:
        raise Refusal(f"{state.name(step.source)} is named both as giver and as taker; choose two that differ.")
    there = int(places[step.source])
    if step.places > there:
        raise Refusal(
            f"{step.places} places are taken from {state.name(step.source)}, which has {there} then; take {there} or "
            "fewer."
        )
    return places.mask(places.index == step.source, there - step.places).mask(
        places.index == step.target, int(places[step.target]) + step.places
    )


def _resized(site: str, places: int, state: Changed) -> Changed:
    _refuse_unless_site(site, state)
    kept = state.sites["places"].mask(state.sites["site_id"] == site, places)
    return replace(state, sites=state.sites.assign(places=kept))


def _refuse_unless_ward(code: str, state: Changed) -> None:
    if code not in state.places.index:
        raise Refusal(f"{code!r} is not one of the wards of the {state.today.edition} edition.")


def _refuse_unless_site(site: str, state: Changed) -> None:
    if site not in set(state.sites["site_id"]):
        raise Refusal(f"{site!r} is not one of the sites of this service in the {state.today.edition} edition.")


def _refuse_amount(places: int, least: int = 0) -> None:
    if not least <= places <= MOST_PLACES:
        raise Refusal(f"A number of places must be a whole number from {least} to {MOST_PLACES:,}, not {places}.")
