"""Everything known of one ward, as facts in one table: what the Ward page shows and what it lets people download."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analysis import councils, ward_change, ward_deprivation, ward_indicators, ward_places, ward_services
from analysis.editions import editions_of
from analysis.gap import Gap, lenses
from analysis.need import NeedLens, as_held, need_table
from analysis.provision import ProvisionLens
from analysis.refusal import Refusal
from analysis.sources.catalogue import NotHeld
from analysis.sources.library import Library
from analysis.statistics.expectation import power_to_detect
from analysis.toxic_trio import GROUPS, ward_estimates
from analysis.ward_facts import Facts, fact, frame, source, under
from analysis.ward_together import Together


def profile(together: Together, ward: str, need_id: str) -> pd.DataFrame:
    """All facts of a ward, one row a fact (columns of `ward_facts.COLUMNS`).

    `need_id` is the need that provision is set against. Raises ValueError when the
    ward is not one of the edition's: codes of 2011-2019 and since 2019 are never mixed.
    """
    edition = editions_of(together.library.council)[together.edition]
    if ward not in together.library.codes(edition.ward_type):
        raise ValueError(f"{ward} is not one of {edition.wards}, which the {edition.id} edition uses.")
    return frame([item for make in parts(together, ward, need_id).values() for item in make()])


def parts(together: Together, ward: str, need_id: str, *, brief: bool = False) -> dict[str, Callable[[], Facts]]:
    """What makes each section of the facts, by its name, in the order they are read.

    With `brief`, domains of deprivation are those of the newest indices alone, and of the places within reach there are
    the minutes to the nearest alone.
    """
    library, edition = together.library, together.edition
    made: dict[str, Callable[[], Facts]] = {
        "need": partial(needs, together, ward),
        "provision": partial(provisions, together, ward, need_id),
        "toxic_trio": partial(toxic_trio, together, ward),
        "low_income": partial(ward_places.low_income, library, ward),
        "domains": partial(ward_deprivation.domains, together, ward, newest=brief),
        "deprivation": partial(ward_deprivation.deprivation, together, ward),
        "children": partial(ward_places.children, library, edition, ward),
        "indicators": partial(ward_indicators.indicators, together, ward),
        "caseload": partial(ward_services.caseload, together, ward, need_id),
        "commissioned": partial(ward_services.commissioned_near, together, ward),
        "listed": partial(ward_services.listed, together),
        "located": partial(ward_places.located, library, edition, ward),
        "reach": partial(ward_places.nearest if brief else ward_places.within_reach, together, ward),
        "changes": partial(ward_change.changes, together, ward),
        "same_ground": partial(ward_places.same_ground, library, edition, ward),
    }
    of_the_other = "low_income" if edition == "2020" else "toxic_trio"
    kept = _national(library) if library.council.national else made.keys()
    return {name: make for name, make in made.items() if name in kept and name != of_the_other}


def _national(library: Library) -> set[str]:
    """The sections whose tables a council built from national files has."""
    families = {"low_income"} if library.holds("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA") else set()
    return {"need", "domains", "deprivation", "children"} | families


def held(
    together: Together, ward: str, need_id: str, wanted: Collection[str] = ()
) -> tuple[pd.DataFrame, dict[str, str]]:
    """As `profile`, of the `wanted` sections (all, where none is named) as far as the tables behind them are held.

    They are brief, as in `parts`. Besides the facts, each section that cannot be made, with the reason: a table
    that is not held, or what a method refuses.
    """
    facts: Facts = []
    left_out: dict[str, str] = {}
    for name, make in parts(together, ward, need_id, brief=True).items():
        if wanted and name not in wanted:
            continue
        try:
            facts += make()
        except NotHeld as missing:
            left_out[name] = missing.reason
        except ValueError as refused:
            left_out[name] = str(refused)
    return frame(facts), left_out


def needs(together: Together, ward: str) -> Facts:
    """Every need lens that may be compared: count, per cent of children and share of the council's total."""
    library, edition = together.library, together.edition
    asked = councils.needs(library, edition) if library.council.national else lenses(edition)[0]
    offered = [lens for lens in asked if lens.table and lens.records_of is None]
    return [item for lens in offered for item in _need_or_why_not(together, lens, ward)]


def _need_or_why_not(together: Together, lens: NeedLens, ward: str) -> Facts:
    try:
        return _need(together, lens, ward)
    except NotHeld as missing:
        unknown = fact("Count", np.nan, lens.unit, note=f"not known: {missing.reason}")
        return under("need", lens.title, [unknown], period=lens.period, basis=lens.basis, source="")


def _need(together: Together, lens: NeedLens, ward: str) -> Facts:
    library = together.library
    lens = as_held(library, lens)
    table = together.once(("need", lens.id), lambda: need_table(library, lens).set_index("area_code"))
    row: Any = table.loc[ward]
    total, children = table["need"].sum(), table["denominator"].sum()
    told = {"note": str(row["reason"]), "locator": _printed_at(library, lens, ward)}
    count = fact(
        "Count", row["need"], lens.unit, lower=row["need_lower"], upper=row["need_upper"], council=total, **told
    )
    share = fact("Share of the council's total", 100 * row["need_share"], "%", council=100.0, **told)
    limits = {"lower": row["percent_lower"], "upper": row["percent_upper"]}
    percent = fact("Per cent of its children", row["percent"], "%", council=100 * total / children, **limits, **told)
    everybody = np.isclose(total, children)
    return under(
        "need",
        lens.title,
        [count, share] if everybody else [count, percent, share],
        period=lens.period,
        basis=lens.basis,
        source=source(library, lens.sources),
    )


def _printed_at(library: Library, lens: NeedLens, ward: str) -> str:
    if "IDACI2015_PRINTED" not in lens.sources:
        return ""
    return str(library.table("IDACI2015_PRINTED").set_index("area_code").loc[ward, "locator"])


def provisions(together: Together, ward: str, need_id: str) -> Facts:
    """Every provision lens against one need: observed, expected, their ratio, the places short and the verdict."""
    return [item for lens in lenses(together.edition)[1] for item in _compared(together, need_id, lens, ward)]


def _compared(together: Together, need_id: str, lens: ProvisionLens, ward: str) -> Facts:
    found = together.gap(need_id, lens.id)
    if isinstance(found, Refusal):
        empty = fact("Provision", np.nan, lens.unit, note=str(found))
        return under("provision", lens.title, [empty], period=lens.period, basis=lens.basis, source="")
    return provision_facts(together.library, found, found.wards.set_index("area_code").loc[ward])


def provision_facts(library: Library, result: Gap, row: Any) -> Facts:
    """What a comparison says of the area of one of its rows."""
    lens = result.provision
    verdict = {"note": str(row["verdict"])}
    ratio = (row["oe_lowest"], row["oe_highest"]) if lens.kind == "access" else (row["oe_lower"], row["oe_upper"])
    facts = [
        fact("Provision", row["observed"], lens.unit, upper=row.get("bound", np.nan), council=result.total, **verdict),
        fact("Expected at its share of need", row["expected"], lens.unit, **verdict),
        fact("Provision over its share", row["oe"], "ratio", lower=ratio[0], upper=ratio[1], **verdict),
        fact("Short of its share", row["gap"], lens.unit, lower=row["gap_lower"], upper=row["gap_upper"], **verdict),
    ]
    return under(
        "provision",
        _marked(lens.title, result.basis),
        [*facts, *_worst_case(row), *_power(row, result)],
        period=lens.period,
        basis=result.basis,
        source=source(library, (*result.need.sources, *lens.sources_for(result.edition))),
    )


def _marked(title: str, basis: str) -> str:
    return f"{title} (illustrative)" if basis == "illustrative" and "illustrative" not in title else title


def _worst_case(row: pd.Series) -> Facts:
    if pd.isna(row.get("envelope_lower", np.nan)):
        return []
    return [
        fact(
            "Provision over its share, worst case of the rounding",
            row["oe"],
            "ratio",
            lower=row["envelope_lower"],
            upper=row["envelope_upper"],
            note=str(row["verdict"]),
        )
    ]


def _power(row: pd.Series, result: Gap) -> Facts:
    if result.provision.kind != "caseload" or pd.isna(row["expected"]):
        return []
    largest, chance = power_to_detect(float(row["expected"]))
    return [
        fact(
            "Largest count that would be called under-provided",
            largest if largest >= 0 else np.nan,
            result.provision.unit,
        ),
        fact("Chance of noticing a true shortfall of 30%", 100 * chance, "%"),
    ]


def toxic_trio(together: Together, ward: str) -> Facts:
    """Parents known to services in 2016/17: published, or modelled within bounds; never rated or ranked."""
    return [item for group in GROUPS for item in _known_to_services(together, group, ward)]


def _known_to_services(together: Together, group: str, ward: str) -> Facts:
    library = together.library
    estimates = together.once(("toxic_trio", group), lambda: ward_estimates(library, group).set_index("area_code"))
    row: Any = estimates.loc[ward]
    lists = library.table("TOXIC_TRIO_LISTS")
    listed = lists[lists["needs_group"] == group]
    here = listed.set_index("ward11_code")["locator"].get(ward, "")
    told = {
        "locator": here,
        "council": float(listed["base"].iloc[0]),
        "note": "listed" if here else "not listed: estimated from its children, within the bound",
    }
    sources = ("TOXIC_TRIO_LISTS",) if here else ("TOXIC_TRIO_LISTS", "IDACI2015_PRINTED")
    return under(
        "toxic_trio",
        GROUPS[group],
        [
            fact(
                "Parents known to services", row["parents"], "parents", lower=row["lower"], upper=row["upper"], **told
            ),
            fact("At least", row["least"], "parents", **told),
            fact("At most", row["most"], "parents", **told),
        ],
        period="2016/17",
        basis=str(row["basis"]),
        source=source(library, sources),
    )
