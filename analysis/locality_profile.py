"""Everything known of one locality, as facts in the shape of a ward's: counts added, the rest worked out anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from analysis import low_income as low
from analysis import ward_deprivation, ward_places
from analysis.deprivation import (
    NEIGHBOURHOODS_IN_ENGLAND,
    POCKET_DECILE,
    council_score,
    local_names,
    measured,
    vintage_of,
    ward_of,
    why_not_by_ward,
)
from analysis.editions import COUNCIL, EDITIONS
from analysis.gap import gap, lenses
from analysis.grouping import area_of, needs_added
from analysis.indicators import SOURCES, with_limits
from analysis.localities import Locality
from analysis.need import NeedLens, as_held, need_table
from analysis.provision import ProvisionLens
from analysis.refusal import Refusal
from analysis.sources.contracts import STATUS_WORDS
from analysis.sources.library import Library
from analysis.statistics.deprivation_measures import summary_measures
from analysis.statistics.intervals import wilson
from analysis.toxic_trio import GROUPS, published
from analysis.ward import provision_facts
from analysis.ward_facts import Facts, fact, frame, source, under

OURS = "modelled"
INDICES = ("imd", "idaci")


def profile(library: Library, locality: Locality, need_id: str, *, small_counts: bool = False) -> pd.DataFrame:
    """All facts of a locality, one row a fact (columns of `ward_facts.COLUMNS`); `need_id` as in `ward.profile`.

    A figure with a part that is missing, suppressed or bounded has no value, and its note says which ward. No count is
    suppressed with `small_counts`, which is for analysts alone.
    """
    edition = locality.edition_id
    return frame(
        [
            *needs(library, locality),
            *provisions(library, locality, need_id, small_counts=small_counts),
            *(toxic_trio(library, locality) if edition == "2020" else low_income(library, locality)),
            *deprivation(library, locality),
            *ward_places.residents(library, edition, locality.wards),
            *indicators(library, locality),
        ]
    )


def needs(library: Library, locality: Locality) -> Facts:
    """Every need lens that may be compared: count, per cent of children with Wilson limits, and share."""
    offered = [lens for lens in lenses(locality.edition_id)[0] if lens.table is not None and lens.records_of is None]
    return [item for lens in offered for item in _need(library, lens, locality)]


def _need(library: Library, lens: NeedLens, locality: Locality) -> Facts:
    lens = as_held(library, lens)
    table = need_table(library, lens)
    row: Any = needs_added(table, area_of((locality,), table["area_code"])).set_index("area_code").loc[locality.code]
    reasons = table.set_index("area_code")["reason"]
    total, everybody = table["need"].sum(), table["denominator"].sum()
    told = {"note": _lost(library, locality, reasons)}
    limits = {"lower": row["need_lower"], "upper": row["need_upper"]}
    count = fact("Count", row["need"], lens.unit, council=total, **limits, **told)
    share = fact("Share of the council's total", 100 * row["need_share"], "%", council=100.0, **told)
    percent = fact(
        "Per cent of its children",
        row["percent"],
        "%",
        lower=row["percent_lower"],
        upper=row["percent_upper"],
        council=100 * total / everybody,
        **told,
    )
    facts = [count, share] if np.isclose(total, everybody) else [count, percent, share]
    return under("need", lens.title, facts, period=lens.period, basis=OURS, source=source(library, lens.sources))


def _lost(library: Library, locality: Locality, reasons: pd.Series) -> str:
    """Which wards have no figure, and why."""
    return "; ".join(f"{library.names[ward]}: {reasons[ward]}" for ward in locality.wards if reasons.get(ward, ""))


def provisions(library: Library, locality: Locality, need_id: str, *, small_counts: bool = False) -> Facts:
    """Every provision lens against one need, compared as for a ward; counts are withheld as `gap` withholds them."""
    offered = lenses(locality.edition_id)[1]
    return [item for lens in offered for item in _provision(library, lens, locality, need_id, small_counts)]


def _provision(library: Library, lens: ProvisionLens, locality: Locality, need_id: str, small_counts: bool) -> Facts:
    try:
        result = gap(library, locality.edition_id, need_id, lens.id, (locality,), small_counts=small_counts)
    except Refusal as refused:
        empty = fact("Provision", np.nan, lens.unit, note=str(refused))
        return under("provision", lens.title, [empty], period=lens.period, basis=lens.basis, source="")
    facts = provision_facts(library, result, result.grouped.iloc[0])
    return [{**item, "basis": result.grouped["basis"].iloc[0]} for item in facts]


def toxic_trio(library: Library, locality: Locality) -> Facts:
    """Parents known to services in 2016/17: counts of listed wards added, the others bounded; never rated or ranked."""
    return [item for group in GROUPS for item in _known_to_services(library, group, locality)]


def _known_to_services(library: Library, group: str, locality: Locality) -> Facts:
    base, listed = published(library, group)
    inside = listed.index.isin(locality.wards)
    here, elsewhere = listed[inside], listed[~inside]
    others = len(locality.wards) - len(here)
    beyond = len(library.codes("ward11")) - len(locality.wards) - len(elsewhere)
    cap = float(listed["most"].min())
    least = max(here["least"].sum(), base - elsewhere["most"].sum() - beyond * cap)
    most = min(here["most"].sum() + others * cap, base - elsewhere["least"].sum())
    parents = here["parents"].sum() if not others else np.nan
    lower, upper = wilson(parents, float(base))
    told = {"council": float(base), "note": _how_listed(len(here), others)}
    return under(
        "toxic_trio",
        GROUPS[group],
        [
            fact("Parents known to services", parents, "parents", lower=lower * base, upper=upper * base, **told),
            fact("At least", least, "parents", **told),
            fact("At most", most, "parents", **told),
        ],
        period="2016/17",
        basis=OURS,
        source=source(library, ("TOXIC_TRIO_LISTS",)),
    )


def _how_listed(listed: int, others: int) -> str:
    if not others:
        return "all its wards are listed, and their counts added"
    return f"{listed or 'none'} of its {listed + others} wards listed, so only bounds are known"


def deprivation(library: Library, locality: Locality) -> Facts:
    """Its neighbourhoods in England's most deprived fifth, and their average score by the official method."""
    column = EDITIONS[locality.edition_id].ward_column
    years = [year for year in ward_deprivation.YEARS[locality.edition_id] if why_not_by_ward(year, column) is None]
    return [
        item for index in INDICES for year in reversed(years) for item in _summed_up(library, locality, index, year)
    ]


def _summed_up(library: Library, locality: Locality, index: str, year: int) -> Facts:
    ward = ward_of(library, year, EDITIONS[locality.edition_id].ward_column)
    every = measured(library, year, index)
    rows = every[every.index.to_series().map(ward).isin(locality.wards)]
    measures = summary_measures(rows.assign(all="all"), "all", NEIGHBOURHOODS_IN_ENGLAND[year]).iloc[0]
    deprived = rows[rows["decile"] <= POCKET_DECILE]
    names = local_names(library, vintage_of(year))
    score = council_score(library, year, index)
    width = (rows["score_half_width"].fillna(0) * rows["population"]).sum() / rows["population"].sum()
    estimated = {"lower": measures["average_score"] - width, "upper": measures["average_score"] + width}
    return under(
        "deprivation",
        f"{ward_deprivation.INDICES[index]} {year}",
        [
            fact("Neighbourhoods", len(rows), "neighbourhoods", council=len(every)),
            fact(
                "In England's most deprived fifth",
                len(deprived),
                "neighbourhoods",
                council=int((every["decile"] <= POCKET_DECILE).sum()),
                note="; ".join(sorted(f"{names[code]} ({code})" for code in deprived.index)),
            ),
            fact(
                "Average score",
                measures["average_score"],
                f"{index} score",
                council=np.nan if score is None else score,
                note="" if pd.notna(measures["average_score"]) else "a neighbourhood has no score",
                **(estimated if width > 0 else {}),
            ),
        ],
        period=f"Indices of Deprivation {year}",
        basis=OURS,
        source=source(library, (f"IOD{year}",)),
    )


def low_income(library: Library, locality: Locality) -> Facts:
    """Children in relative low income in each year published, counts added and limits worked out anew."""
    return [
        item
        for costs, title in low.HOUSING_COSTS.items()
        for item in _low_income(library, locality, low.series(library, costs), title)
    ]


def _low_income(library: Library, locality: Locality, rows: pd.DataFrame, title: str) -> Facts:
    council = rows[rows["area_code"] == COUNCIL].set_index("year_ending")
    facts: Facts = []
    for year, parts in rows[rows["area_code"].isin(locality.wards)].groupby("year_ending"):
        reasons = parts.set_index("area_code")["status"].map(STATUS_WORDS)
        absent = {ward: "not published" for ward in locality.wards if ward not in reasons.index}
        counts = parts[["count", "children"]].astype(float)
        count, children = (np.nan, np.nan) if absent else counts.sum(skipna=False)
        lower, upper = wilson(count, children)
        told = {
            "note": _lost(library, locality, pd.concat([reasons, pd.Series(absent, dtype=object)])),
            "period": f"year to March {year} (provisional)",
        }
        limits = {"lower": 100 * lower, "upper": 100 * upper}
        whole = council.loc[year]
        facts += [
            fact(f"Per cent in {year}", 100 * count / children, "%", council=whole["percent"], **limits, **told),
            fact(f"Children in {year}", count, "children", council=whole["count"], **told),
        ]
    return under(
        "low_income",
        title,
        facts,
        basis=OURS,
        source=source(library, ("CHILD_POVERTY_WARD", "CHILD_POVERTY_AREA")),
    )


def indicators(library: Library, locality: Locality) -> Facts:
    """Indicators held by ward with numerator and denominator: both added, the figure and its limits worked out anew."""
    codes = library.codes(EDITIONS[locality.edition_id].ward_type)
    return [item for name in _held(library) for item in _recomputed(library, name, locality, codes)]


def _held(library: Library) -> Iterable[str]:
    held = {entry.contract for entry in library.entries.values()}
    return [name for name in SOURCES.values() if f"{name}_OBSERVATIONS" in held]


def _recomputed(library: Library, name: str, locality: Locality, codes: list[str]) -> Facts:
    rows = library.table(f"{name}_OBSERVATIONS")
    rows = rows[rows["area_code"].isin(codes) & rows["numerator"].notna() & rows["denominator"].notna()]
    if rows.empty:
        return []
    here, everywhere = (
        _pooled(library, name, rows[rows["area_code"].isin(wards)], len(wards)) for wards in (locality.wards, codes)
    )
    beside = everywhere["value"].reindex(here.index)
    found = source(library, (f"{name}_OBSERVATIONS",))
    return [
        item
        for (row, council) in zip(here.reset_index().to_dict("records"), beside, strict=True)
        for item in under(
            "indicators",
            str(row["topic"]),
            [
                fact(
                    str(row["title"]),
                    row["value"],
                    str(row["unit"]),
                    lower=row["lower"],
                    upper=row["upper"],
                    council=council,
                )
            ],
            period=str(row["period"]),
            basis=OURS,
            source=found,
        )
    ]


def _pooled(library: Library, name: str, rows: pd.DataFrame, wards: int) -> pd.DataFrame:
    """Indicators and periods for which every one of so many wards is there, with what their counts give."""
    about = library.table(f"{name}_INDICATORS").set_index("indicator_id")
    keys = rows.groupby(["indicator_id", "period"])
    pooled = keys[["numerator", "denominator"]].sum()[keys.size() == wards].reset_index()
    pooled = pooled.join(about[["title", "topic", "unit", "per"]], on="indicator_id")
    value = (pooled["per"] * pooled["numerator"] / pooled["denominator"]).astype(float)
    limited = with_limits(pooled.assign(value=value, lower=np.nan, upper=np.nan), about)
    return limited.set_index(["indicator_id", "period"])
