"""Facts of one ward about the services that reach its people: cases, commissioned sites near them, and what is listed.

Whom a service serves and where it stands are different things, and stay apart.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd

from analysis.gap import lenses
from analysis.provision import ProvisionLens, latest_rows
from analysis.reach import CATCHMENTS, DEFAULT_CATCHMENT, commissioned_sites, demand, travel_minutes
from analysis.refusal import Refusal
from analysis.services import in_printed_order
from analysis.ward_facts import Facts, fact, source, under
from analysis.ward_together import Together

NEAR_MINUTES = 30
SPEEDS = {
    "Minutes on foot": CATCHMENTS[DEFAULT_CATCHMENT].km_per_hour,
    "Minutes by bus": CATCHMENTS["bus30"].km_per_hour,
}
ALL_NEEDS = "All needs together, each service once"
INSIDE, OUTSIDE = "stands in the ward", "stands outside the ward"
BEYOND = "none nearer: over 30 minutes by bus"


def caseload(together: Together, ward: str, need_id: str) -> Facts:
    """Cases of Early Help of the ward's residents, one fact a return; a small count is withheld, with its share.

    Read from the comparison, which has already held back what could give somebody away.
    """
    offered = [lens for lens in lenses(together.edition)[1] if lens.kind == "caseload"]
    return [item for lens in offered for item in _cases(together, lens, ward, need_id)]


def _cases(together: Together, lens: ProvisionLens, ward: str, need_id: str) -> Facts:
    found = together.gap(need_id, lens.id)
    if isinstance(found, Refusal):
        cases, basis, title = fact("Supported", np.nan, lens.unit, note=str(found)), lens.basis, lens.title
    else:
        row = found.wards.set_index("area_code").loc[ward]
        note = "" if pd.notna(row["observed"]) else str(row["verdict"])
        cases = fact("Supported", row["observed"], lens.unit, council=found.total, note=note)
        basis, title = found.provision.basis, found.provision.title
    quarter = together.once(("quarter", lens.id), partial(_quarter, together, lens))
    return under("caseload", title, [cases], period=quarter, basis=basis, source=source(together.library, lens.sources))


def _quarter(together: Together, lens: ProvisionLens) -> str:
    try:
        return str(latest_rows(together.library, lens, together.edition)["quarter"].iloc[0])
    except Refusal:
        return "latest whole quarter"


def commissioned_near(together: Together, ward: str) -> Facts:
    """Commissioned sites at most 30 minutes by bus from the ward's children on average, or the nearest of its group.

    Minutes are the mean over the ward's children aged 0-15, each group's nearest site first.
    """
    near = together.once("commissioned_minutes", partial(_commissioned_minutes, together))
    rows = near[near["ward"] == ward].sort_values(["service_group", "Minutes on foot"])
    nearest = ~rows.duplicated("service_group")
    chosen = rows[(rows["Minutes by bus"] <= NEAR_MINUTES) | nearest]
    facts: Facts = []
    for row in chosen.to_dict("records"):
        where = INSIDE if row["area_code"] == ward else OUTSIDE
        note = where if row["Minutes by bus"] <= NEAR_MINUTES else f"{where}; {BEYOND}"
        facts += under(
            "commissioned",
            str(row["name"]),
            [fact(speed, row[speed], "minutes", note=note) for speed in SPEEDS],
            period=f"{together.edition} edition",
            basis=str(row["basis"]),
            source=source(together.library, ("COMMISSIONED_SITES",)),
        )
    return facts


def _commissioned_minutes(together: Together) -> pd.DataFrame:
    """One row a ward and site, with the mean minutes of the ward's children on foot and by bus."""
    places = commissioned_sites(together.library, together.edition)
    points = demand(together.library, together.edition)
    wards = pd.get_dummies(points["ward"]).mul(points["children"], axis=0)
    weights = wards / wards.sum()
    minutes = {speed: weights.T.to_numpy() @ travel_minutes(points, places, km) for speed, km in SPEEDS.items()}
    count = len(weights.columns)
    return pd.DataFrame(
        {
            "ward": np.repeat(weights.columns.to_numpy(), len(places)),
            **{
                name: np.tile(places[name].to_numpy(), count)
                for name in ("name", "service_group", "area_code", "basis")
            },
            **{speed: found.ravel() for speed, found in minutes.items()},
        }
    )


def listed(together: Together) -> Facts:
    """Commissioned services that the 2020 assessment lists for the whole council, by need; the same for every ward.

    The assessment does not say which of them reach which ward.
    """
    return together.once("listed", partial(_listed, together))


def _listed(together: Together) -> Facts:
    rows = in_printed_order(together.library.table("SERVICES"))
    known = rows[rows["commissioned"].eq("yes") & rows["cell"].eq("covered")]
    shared = {
        "period": "May 2020",
        "basis": "published",
        "source": source(together.library, ("SERVICES",)),
    }
    count = fact("Commissioned services listed", known["service"].nunique(), "services")
    facts = under("listed", ALL_NEEDS, [count], **shared)
    for need, part in known.groupby("need", sort=False):
        names = sorted(part["service"].unique(), key=str.casefold)
        own = fact("Commissioned services listed", len(names), "services", note="; ".join(names))
        facts += under("listed", str(need), [own], locator=str(part["locator"].iloc[0]), **shared)
    return facts
