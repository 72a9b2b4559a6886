"""Provision by ward, in lenses that are never mixed: contact, places within reach, and caseload."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.editions import EDITIONS
from analysis.reach import CATCHMENTS, DEFAULT_CATCHMENT, DEMAND_FILES, places_within_reach
from analysis.refusal import Refusal
from analysis.small_counts import held_back
from analysis.sources.library import Library
from analysis.sources.tables.activity import SERVICE_GROUPS
from analysis.statistics.estimates import count_range_of_rounded_share, counts_behind_rounded_shares
from analysis.statistics.intervals import Floats

DRAWS = 10_000
SEED = 2020
REST = "REST"
MADE_UP = " (illustrative)"


@dataclass(frozen=True)
class ProvisionLens:
    """One way to count provision. `unit` is what is counted; `kind` decides how sure the count can be.

    Kinds: `shares` (published for some wards as rounded shares of a base), `access` (places within reach,
    no sampling limits) and `caseload` (a full count). Units that differ are never added.
    """

    id: str
    editions: tuple[str, ...]
    title: str
    short: str
    kind: str
    unit: str
    period: str
    basis: str
    method: str
    sources: tuple[str, ...]
    of: str

    def sources_for(self, edition: str) -> tuple[str, ...]:
        """The contracts of the files behind this lens in an edition."""
        return (*self.sources, *DEMAND_FILES[edition]) if self.kind == "access" else self.sources


@dataclass(frozen=True)
class Provision:
    """Provision of one edition.

    `table` holds area_code and observed, one row a ward and, for shares, one row REST for all wards that
    were not listed; observed is missing where it was not published, and then `bound` is what it cannot
    exceed. `lowest` and `highest` are the counts the rounding allows. `variants` holds observed counts
    under other catchments, one column each. A caseload has a column `hidden`: True where the count is worked with
    but may not be shown.
    """

    lens: ProvisionLens
    table: pd.DataFrame
    draws: Floats | None = None
    variants: pd.DataFrame | None = None


def provision(library: Library, lens: ProvisionLens, edition: str, *, small_counts: bool = False) -> Provision:
    """The provision of one lens for the wards of an edition. Raises ValueError when the edition has none.

    With `small_counts`, which is for analysts alone, no count of a caseload is hidden.
    """
    if edition not in lens.editions:
        raise ValueError(f"{lens.title} is not part of the {edition} edition.")
    if lens.kind == "caseload":
        return _caseload(library, lens, edition, small_counts=small_counts)
    return {"shares": _contact, "access": _access}[lens.kind](library, lens, edition)


def _contact(library: Library, lens: ProvisionLens, edition: str) -> Provision:
    lists = library.table("TOXIC_TRIO_LISTS")
    listed = lists[lists["needs_group"] == lens.of].sort_values("ward11_code", ignore_index=True)
    base, share = int(listed["base"].iloc[0]), listed["share_percent"].to_numpy(float) / 100
    lowest, highest = count_range_of_rounded_share(share, base)
    wards = pd.DataFrame({"area_code": library.codes(EDITIONS[edition].ward_type)})
    rows = pd.DataFrame(
        {
            "area_code": listed["ward11_code"],
            "observed": np.round(share * base),
            "lowest": lowest,
            "highest": highest,
        }
    )
    table = wards.merge(rows, on="area_code", how="left").assign(bound=np.nan)
    table.loc[table["observed"].isna(), "bound"] = (share.min() + 0.005) * base
    rest = {
        "area_code": REST,
        "observed": base - rows["observed"].sum(),
        "lowest": np.nan,
        "highest": np.nan,
        "bound": np.nan,
    }
    draws = counts_behind_rounded_shares(share, base, DRAWS, SEED)
    return Provision(lens, pd.concat([table, pd.DataFrame([rest])], ignore_index=True), draws=draws)


def _access(library: Library, lens: ProvisionLens, edition: str) -> Provision:
    variants = pd.DataFrame(
        {
            catchment.id: places_within_reach(library, lens.of, edition, catchment).set_index("area_code")["places"]
            for catchment in CATCHMENTS.values()
        }
    )
    table = pd.DataFrame({"area_code": variants.index, "observed": variants[DEFAULT_CATCHMENT].to_numpy()})
    return Provision(lens, table, variants=variants.reset_index(drop=True))


def _caseload(library: Library, lens: ProvisionLens, edition: str, *, small_counts: bool) -> Provision:
    latest = latest_rows(library, lens, edition)
    counts = latest.groupby("area_code")["supported"].sum().astype(float)
    counts = counts.reindex(library.codes(EDITIONS[edition].ward_type), fill_value=np.nan)
    table = counts.rename_axis("area_code").reset_index(name="observed")
    hidden = pd.Series(False, index=table.index) if small_counts else held_back(table["observed"])
    if hidden is None:
        raise Refusal(
            "The counts of this return are so few that somebody could be recognised from the wards and their total, "
            "whichever of them are held back. Ask for a longer period or larger areas."
        )
    return Provision(as_returned(lens, latest), table.assign(hidden=hidden))


def latest_rows(library: Library, lens: ProvisionLens, edition: str) -> pd.DataFrame:
    """The rows of the return behind a caseload, in the latest quarter for which every service group reported.

    They hold small counts: what is shown of them passes `held_back` first. Raises Refusal where there are none.
    """
    given = library.table("ACTIVITY")
    counted = given["case_unit"].eq(lens.of) & given["service_group"].isin(SERVICE_GROUPS)
    rows = given[given["edition"].eq(edition) & counted]
    if rows.empty:
        raise Refusal(f"The Early Help return holds no {lens.unit} for the wards of the {edition} edition.")
    return rows[rows["quarter"] == _latest_whole_quarter(rows)]


def as_returned(lens: ProvisionLens, rows: pd.DataFrame) -> ProvisionLens:
    """The lens with the basis of the return loaded, so that a council's own is not called illustrative."""
    if rows.empty or rows["basis"].eq("illustrative").any():
        return lens
    return replace(lens, basis=str(rows["basis"].max()), title=lens.title.removesuffix(MADE_UP))


def _latest_whole_quarter(rows: pd.DataFrame) -> str:
    """The latest quarter for which every service group reported, so that no sum is partial."""
    groups = rows.groupby("quarter")["service_group"].nunique()
    return str(groups[groups == groups.max()].index.max())


_BOTH = ("2020", "2026")
_ACCESS_METHOD = (
    "Places within 30 minutes on foot, nearer ones counting more, shared among the children who can reach them; "
    "straight line times 1.3 stands in for the journey. Places outside the council are not in the lists."
)


def _places(kind: str, many: str, lists: str) -> ProvisionLens:
    return ProvisionLens(
        f"access_{kind}",
        _BOTH,
        f"{many} within reach",
        f"{_inside(many)} within reach",
        "access",
        _inside(many),
        lists,
        "modelled",
        _ACCESS_METHOD,
        ("SITES",),
        kind,
    )


def _inside(words: str) -> str:
    """Words as they stand inside a sentence: GP keeps its capitals."""
    return words if words.startswith("GP") else words[0].lower() + words[1:]


def _cases(group: str, unit: str, title: str) -> ProvisionLens:
    return ProvisionLens(
        f"caseload_{group}",
        _BOTH,
        f"{title}{MADE_UP}",
        title.lower(),
        "caseload",
        unit,
        "latest quarter of the return",
        "illustrative",
        "Cases supported in the latest quarter of the Early Help return, by ward of residence. Where the return is "
        "marked illustrative it comes from a seeded script anchored to published totals, and shows the tool only.",
        ("ACTIVITY",),
        unit.removesuffix("ies") + "y" if unit == "families" else "child",
    )


PROVISIONS = {
    lens.id: lens
    for lens in (
        ProvisionLens(
            "contact2017",
            ("2020",),
            "Parents in contact with services, 2016/17",
            "parents in contact with services",
            "shares",
            "parents",
            "2016/17",
            "published",
            "Shares of 702 parents and carers known to 22 services with at least one toxic-trio need, printed in whole "
            "per cents for four wards; every other ward had no more than the last of these.",
            ("TOXIC_TRIO_LISTS",),
            "one_or_more",
        ),
        _places("gp", "GP surgeries", "lists of 2014 (2020 edition) and 2022 (2026 edition)"),
        _places("library", "Libraries", "list of 2016"),
        _places("play", "Play spaces", "list of 2015"),
        _places("school", "Schools", "lists of 2017 (2020 edition) and 2025 (2026 edition)"),
        _cases("families", "families", "Families supported by Early Help"),
        _cases("youth", "children", "Young people supported by Early Help"),
    )
}
