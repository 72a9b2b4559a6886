"""Which services answer which need at which life stage, as the 2020 assessment maps them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.sources.library import Library

LIFE_STAGES = {
    "pre_birth_to_4": "Before birth to age 4",
    "age_5_to_11": "Ages 5 to 11",
    "age_11_to_19": "Ages 11 to 19",
    "parents": "Parents and carers",
}

CELLS = {
    "covered": "A service is listed",
    "uncovered": "A need, and no service listed",
    "unclear": "Cannot be read: merged cells lost",
    "not_applicable": "Not named as a need at this life stage",
}

OTHERS = "others"
NOT_NAMED = "Provider not named"
JOINT = {
    "Bright Start and Action for Children": ("Bright Start", "Action for Children"),
    "Julian House and Children's Centre Services": ("Julian House", "Children's Centre Services"),
    "Southside and Bath Area Play Project (BAPP)": ("Southside", "Bath Area Play Project (BAPP)"),
}

DIFFERENCES = {
    "marked_uncovered": "Section 7 marks the need, and no service is listed",
    "served_unmarked": "A service is listed, though section 7 does not mark the need",
    "marked_unclear": "Section 7 marks the need; the service map cannot be read",
}


def cells(library: Library) -> pd.DataFrame:
    """One row a cell (72), with what is listed there.

    Columns need_id, need, life_stage, cell, services, commissioned, names, marks, providers, reading, marked.

    `services` counts the services listed and `commissioned` those of them with an asterisk (a missing asterisk may
    be an omission, so the rest are not known to be uncommissioned); `names` lists them, `marks` says of each
    `yes` or `not marked` and `providers` who runs it, blank where nobody is named; `marked` is whether section 7 names
    the need at that life stage. In an unclear cell the counts are missing, not zero.
    """
    rows = in_printed_order(library.table("SERVICES"))
    rows["provider"] = rows["provider"].fillna("").where(rows["service"].notna())
    grouped = rows.groupby(["need_id", "need", "life_stage"], sort=False)
    found = grouped.agg(
        cell=("cell", "first"),
        services=("service", "count"),
        commissioned=("commissioned", lambda marks: int(marks.eq("yes").sum())),
        names=("service", lambda names: tuple(names.dropna())),
        marks=("commissioned", lambda marks: tuple(marks.dropna())),
        providers=("provider", lambda providers: tuple(providers.dropna())),
        reading=("reading", "first"),
    ).reset_index()
    known = found["cell"].ne("unclear")
    counts = found[["services", "commissioned"]].astype("Int64").where(known)
    return found.assign(**counts).merge(_marked(library), on=["need_id", "life_stage"], how="left")


def providers(cells: pd.DataFrame) -> dict[str, str]:
    """Every provider named in `cells` by an identifier, in the order of the alphabet, and last those not named."""
    named = {one for row in cells["providers"] for provider in row for one in _each(provider)} - {NOT_NAMED}
    return {_slug(name): name for name in [*sorted(named, key=str.casefold), NOT_NAMED]}


def at(cells: pd.DataFrame, need: str | None = None, life_stage: str | None = None) -> pd.DataFrame:
    """The cells of one need (its identifier), of one life stage, or of both; all of them where neither is given."""
    keep = pd.Series(True, index=cells.index)
    keep &= cells["need_id"].eq(need) if need else True
    keep &= cells["life_stage"].eq(life_stage) if life_stage else True
    return cells[keep].reset_index(drop=True)


def run_by(cells: pd.DataFrame, provider: str) -> pd.DataFrame:
    """The needs that a provider answers anywhere in `cells`, each cell listing only that provider's services.

    `provider` is a name of `providers`; who runs a service with another counts too. A covered cell where only others
    are listed becomes `others`, which is not a gap; other states stay as they are. `alone` is True where every
    service listed is the provider's. Counts in an unclear cell stay missing.
    """
    rows = [_theirs(row, provider) for row in cells.to_dict("records")]
    found = pd.DataFrame(rows, columns=[*cells.columns, "alone"]).astype({"services": "Int64", "commissioned": "Int64"})
    answered = found.loc[found["names"].map(len).gt(0), "need_id"]
    return found[found["need_id"].isin(answered)].reset_index(drop=True)


def _theirs(row: Mapping[Hashable, Any], provider: str) -> dict[Hashable, Any]:
    listed = list(zip(row["names"], row["marks"], row["providers"], strict=True))
    own = [entry for entry in listed if provider in _each(entry[2])]
    names, marks, run = (tuple(part) for part in zip(*own, strict=True)) if own else ((), (), ())
    known = row["cell"] != "unclear"
    services, commissioned = (len(own), marks.count("yes")) if known else (row["services"], row["commissioned"])
    state = OTHERS if row["cell"] == "covered" and not own else row["cell"]
    alone = bool(own) and len(own) == len(listed)
    counted = {"services": services, "commissioned": commissioned, "cell": state, "alone": alone}
    return dict(row) | counted | {"names": names, "marks": marks, "providers": run}


def _each(provider: str) -> tuple[str, ...]:
    return JOINT.get(provider, (provider or NOT_NAMED,))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "")).strip("-")


def answered(library: Library, cells: pd.DataFrame) -> pd.DataFrame:
    """What `cells` list for each need of section 7 (19 when all are given), in the order of section 7.

    Columns need7_id, need, need_id (of the service map), marked (the life stages marked), services and providers
    (names, each once; providers only where named), unnamed (services whose provider is not named), uncovered and
    unclear (life stages). Two needs of section 7 that share one need of the service map share what is listed.
    """
    rows = in_printed_order(library.table("NEEDS_BY_LIFE_STAGE"))
    stages = [stage for stage in LIFE_STAGES if stage in set(cells["life_stage"])]
    found = []
    for need7, part in rows.groupby("need7_id", sort=False):
        need, need_id = part["need"].iloc[0], str(part["services_need_id"].iloc[0])
        here = cells[cells["need_id"].eq(need_id)]
        marked = set(part.loc[part["marked"], "life_stage"])
        if len(here):
            named = {"need7_id": need7, "need": need, "need_id": need_id}
            found.append({**named, "marked": tuple(stage for stage in stages if stage in marked), **_listed(here)})
    return pd.DataFrame(found)


def _listed(here: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    pairs = [pair for row in here.to_dict("records") for pair in zip(row["names"], row["providers"], strict=True)]
    ordered = here.set_index("life_stage")["cell"].reindex(list(LIFE_STAGES))
    return {
        "services": tuple(dict.fromkeys(name for name, _ in pairs)),
        "providers": tuple(dict.fromkeys(one for _, run in pairs for one in _each(run) if one != NOT_NAMED)),
        "unnamed": tuple(dict.fromkeys(name for name, run in pairs if not run)),
        "uncovered": tuple(ordered.index[ordered.eq("uncovered")]),
        "unclear": tuple(ordered.index[ordered.eq("unclear")]),
    }


def services_in(library: Library, need: str, life_stage: str) -> pd.DataFrame:
    """The services of one cell: service, provider, commissioned, locator, reading; empty when none is listed.

    `need` is the identifier or the name of a need of the service map.
    """
    rows = library.table("SERVICES")
    here = (rows["need_id"].eq(need) | rows["need"].eq(need)) & rows["life_stage"].eq(life_stage)
    chosen = rows[here & rows["service"].notna()]
    return chosen[["service", "provider", "commissioned", "locator", "reading"]].reset_index(drop=True)


def needs_by_life_stage(library: Library) -> pd.DataFrame:
    """Section 7 of the assessment: one row a need (19), one column a life stage, True where marked."""
    rows = in_printed_order(library.table("NEEDS_BY_LIFE_STAGE"))
    order = rows["need"].drop_duplicates()
    return rows.pivot(index="need", columns="life_stage", values="marked").loc[order, list(LIFE_STAGES)]


def differences(library: Library) -> pd.DataFrame:
    """Cells on which the service map and section 7 do not agree: need, life_stage, cell, marked, difference.

    `difference` is a key of DIFFERENCES. Cells that agree are left out.
    """
    found = cells(library)
    kind = pd.Series("", index=found.index)
    kind = kind.mask(found["cell"].eq("covered") & ~found["marked"], "served_unmarked")
    kind = kind.mask(found["cell"].eq("uncovered") & found["marked"], "marked_uncovered")
    kind = kind.mask(found["cell"].eq("unclear") & found["marked"], "marked_unclear")
    chosen = found.assign(difference=kind)[kind.ne("")]
    order = chosen["difference"].map({name: place for place, name in enumerate(DIFFERENCES)})
    return chosen.loc[
        order.sort_values(kind="stable").index, ["need", "life_stage", "cell", "marked", "difference"]
    ].reset_index(drop=True)


def in_printed_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the line of the source that their `locator` names first."""
    line = rows["locator"].str.extract(r"lines? (\d+)", expand=False).astype(int)
    return rows.loc[line.sort_values(kind="stable").index].reset_index(drop=True)


def _marked(library: Library) -> pd.DataFrame:
    """Section 7 by need of the service map; a need it splits in two is marked where either half is."""
    rows = library.table("NEEDS_BY_LIFE_STAGE").rename(columns={"services_need_id": "need_id"})
    return rows.groupby(["need_id", "life_stage"])["marked"].any().reset_index()
