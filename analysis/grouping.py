"""Wards of a locality added into one area before need and provision are compared, or a reason why they cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.comparison import SMALL, Verdict
from analysis.localities import Locality, Set
from analysis.need import NeedLens
from analysis.provision import REST, Provision
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.statistics.intervals import Floats, wilson

Inputs = tuple[NeedLens, pd.DataFrame, Provision]


def refuse_unfit(localities: Sequence[Locality], edition: str) -> None:
    """Raises Refusal for localities of another edition, or that share a ward, whose sums would mislead."""
    strange = [one.name for one in localities if one.edition_id != edition]
    if strange:
        raise Refusal(f"{strange[0]!r} is not a locality of the {edition} edition: its wards have other codes.")
    wards = [ward for one in localities for ward in one.wards]
    if len(set(wards)) < len(wards):
        raise Refusal("Two of these localities share a ward, so their counts would not add up. Take it out of one.")


def addable(localities: Set, needs: pd.DataFrame, provided: Provision) -> tuple[Set, Set]:
    """Localities whose wards can be added, and those with a ward whose need or count is not known.

    A ward that a list of shares leaves out is bounded, which is enough to bound its locality.
    """
    need = needs.set_index("area_code")["need"].notna()
    counted = provided.table.set_index("area_code")["observed"].notna() | (provided.lens.kind == "shares")
    known = (need & counted.reindex(need.index)).to_dict()
    whole = tuple(one for one in localities if all(known[ward] for ward in one.wards))
    return whole, tuple(one for one in localities if one not in whole)


def added(localities: Set, need_lens: NeedLens, needs: pd.DataFrame, provided: Provision) -> Inputs:
    """The two sides of a comparison with the wards of each locality as one area, named by `Locality.code`.

    Counts, simulated counts and what a catchment holds are added; limits of need are worked out anew from the added
    counts (Wilson); an area with any count that may not be shown is hidden itself. Totals are kept.
    """
    if not localities:
        return need_lens, needs, provided
    area = area_of(localities, needs["area_code"])
    return _lens(need_lens, area), needs_added(needs, area), _provided(provided, area)


def area_of(localities: Set, wards: pd.Series) -> pd.Series:
    """The area each ward is part of: the code of its locality, or its own; REST and other codes stay."""
    within = {ward: one.code for one in localities for ward in one.wards}
    return wards.map(lambda ward: within.get(ward, ward)).astype(object)


def _lens(need_lens: NeedLens, area: pd.Series) -> NeedLens:
    draws = need_lens.draws
    if draws is None:
        return need_lens

    def together(library: Library) -> Floats:
        return columns_added(draws(library), area)

    return replace(need_lens, draws=together)


def columns_added(values: Floats, area: pd.Series) -> Floats:
    """Columns of wards as columns of areas, in the order in which the areas first appear."""
    numbers, areas = pd.factorize(area)
    return values @ (numbers[:, None] == np.arange(len(areas))).astype(float)


def _summed(values: pd.DataFrame, area: pd.Series) -> pd.DataFrame:
    """Sums by area in the order in which areas first appear; missing where any part is."""
    by = area.to_numpy()
    return values.groupby(by, sort=False).sum().where(values.notna().groupby(by, sort=False).all())


def needs_added(needs: pd.DataFrame, area: pd.Series) -> pd.DataFrame:
    """The rows of `need_table` by area: counts added, missing where any part is, shares and limits worked out anew."""
    sums = _summed(needs[["need", "denominator", "need_lower", "need_upper"]].astype(float), area)
    several = area.value_counts().reindex(sums.index).gt(1)
    limited = several & sums["need_lower"].notna()
    lower, upper = wilson(sums.loc[limited, "need"], sums.loc[limited, "denominator"])
    sums.loc[limited, "need_lower"] = lower * sums.loc[limited, "denominator"]
    sums.loc[limited, "need_upper"] = upper * sums.loc[limited, "denominator"]
    return (
        sums.rename_axis("area_code")
        .reset_index()
        .assign(
            reason=needs["reason"].groupby(area.to_numpy(), sort=False).first().to_numpy(),
            need_share=(sums["need"] / sums["need"].sum()).to_numpy(),
            **{
                f"percent{end}": (100 * sums[f"need{end}"] / sums["denominator"]).to_numpy()
                for end in ("", "_lower", "_upper")
            },
        )
    )


def _provided(provided: Provision, area: pd.Series) -> Provision:
    if provided.lens.kind == "shares":
        return _shares(provided, area)
    table = _summed(provided.table[["observed"]], area).rename_axis("area_code").reset_index()
    if "hidden" in provided.table:
        table["hidden"] = provided.table["hidden"].groupby(area.to_numpy(), sort=False).any().to_numpy()
    variants = None if provided.variants is None else _summed(provided.variants, area).reset_index(drop=True)
    return replace(provided, table=table, variants=variants)


def _shares(provided: Provision, area: pd.Series) -> Provision:
    """Rounded shares: areas listed in full are counted, the others bounded from both sides and part of the rest."""
    if provided.draws is None:
        raise ValueError("Rounded shares need simulated counts.")
    rows, base = provided.table[provided.table["area_code"] != REST], float(provided.table["observed"].sum())
    area = area.set_axis(rows.index)
    table = _summed(rows[["observed", "lowest", "highest"]], area)
    bounds = _bounds(rows, area, base)[table["observed"].isna()]
    listed = rows["observed"].notna()
    full = table["observed"].notna()
    draws = columns_added(provided.draws, area[listed])[:, full[area[listed].unique()].to_numpy()]
    rest = pd.DataFrame({"observed": [base - table["observed"].sum()]}, index=[REST])
    joined = pd.concat([table.join(bounds), rest]).rename_axis("area_code").reset_index()
    return replace(provided, table=joined, draws=draws)


def _bounds(rows: pd.DataFrame, area: pd.Series, base: float) -> pd.DataFrame:
    """The least and the most each area can have, from its own wards and from what the others leave of the base."""
    ends = pd.DataFrame({"least": rows["lowest"].fillna(0.0), "most": rows["highest"].fillna(rows["bound"])})
    summed = _summed(ends, area)
    least, most = summed["least"], summed["most"]
    single = area.value_counts().reindex(least.index).eq(1)
    left_for_it, left_by_others = base - (least.sum() - least), base - (most.sum() - most)
    return pd.DataFrame(
        {
            "bound": most.mask(~single & (left_for_it < most), left_for_it),
            "least": least.mask(~single & (left_by_others > least), left_by_others),
        }
    )


def collapsed(table: pd.DataFrame, localities: Set, names: dict[str, str]) -> pd.DataFrame:
    """The rows of a comparison with the wards of each locality that could not be added as one row that says why."""
    for one in localities:
        parts = table["area_code"].isin(one.wards)
        table = pd.concat([table[~parts], _together(table[parts], one, names)], ignore_index=True)
    return table


def _together(parts: pd.DataFrame, locality: Locality, names: dict[str, str]) -> pd.DataFrame:
    hidden = parts["verdict"].eq(Verdict.NOT_SHOWN).any()
    lost = parts[parts["reason"].ne("") & parts["verdict"].ne(Verdict.NOT_SHOWN)]
    why = "; ".join(f"{names[code]}: {reason}" for code, reason in lost[["area_code", "reason"]].to_numpy())
    known = ["need", "denominator", *(() if hidden else ("observed",))]
    row = {name: parts[name].sum(skipna=False) for name in known if name in parts}
    verdict = Verdict.NOT_SHOWN if hidden else Verdict.NOT_KNOWN
    reason = f"{SMALL}; {why}" if hidden else why
    blank = pd.DataFrame([{"area_code": locality.code, "verdict": verdict, "reason": reason, **row}])
    return blank.reindex(columns=parts.columns).astype(parts.dtypes.to_dict())
