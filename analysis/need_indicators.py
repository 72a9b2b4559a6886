"""The indicators a need index may be made of, ward by ward: what each counts, and how sure it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from analysis.deprivation import DOMAINS, by_ward
from analysis.editions import EDITIONS
from analysis.need import NEEDS, as_held, need_table
from analysis.sources.library import Library

USUAL = ("children", "education", "health", "crime")
YEAR_OF = {"2020": 2015, "2026": 2025}


@dataclass(frozen=True)
class Indicator:
    """One indicator of an edition. Higher is more need in all of them.

    `kind` is `proportion` (an exact count of children, which chance could have made otherwise) or `fixed` (a score
    without published limits, taken as it stands). `within` names the indicators of the edition made from this one.
    `lens` names the need lens it takes, if any, whose tables say the period and the basis.
    """

    id: str
    edition: str
    title: str
    short: str
    unit: str
    period: str
    kind: str
    basis: str
    sources: tuple[str, ...]
    read: Callable[[Library], pd.DataFrame]
    within: tuple[str, ...] = ()
    lens: str = ""

    @property
    def varies(self) -> bool:
        """Whether chance could have made the figures otherwise, as far as is published."""
        return self.kind == "proportion"


def held(library: Library, item: Indicator) -> Indicator:
    """The indicator with the period and the basis of the tables it is read from."""
    if not item.lens:
        return item
    lens = as_held(library, NEEDS[item.lens])
    return replace(item, period=lens.period, basis=lens.basis)


def indicators(edition: str) -> dict[str, Indicator]:
    """The indicators an edition offers, by their id, in the order shown."""
    return {item.id: item for item in _INDICATORS if item.edition == edition}


def indicator_table(library: Library, edition: str) -> pd.DataFrame:
    """Every indicator of an edition, one row an area and indicator.

    Columns area_code, area_name, indicator, value (more is more need), numerator and denominator (of proportions
    only), basis and reason, which says why a value is missing and is blank otherwise.
    """
    offered = [held(library, item) for item in indicators(edition).values()]
    tables = [item.read(library).assign(indicator=item.id, basis=item.basis) for item in offered]
    table = pd.concat(tables, ignore_index=True)
    table["area_name"] = table["area_code"].map(library.names)
    return table[["area_code", "area_name", "indicator", "value", "numerator", "denominator", "basis", "reason"]]


def made_from(first: Indicator, second: Indicator) -> tuple[Indicator, Indicator] | None:
    """Of two indicators of which one is made from the other, the whole and the part; None when neither is."""
    if first.id in second.within:
        return first, second
    return (second, first) if second.id in first.within else None


def _children(library: Library, need: str) -> pd.DataFrame:
    table = need_table(library, NEEDS[need])
    return pd.DataFrame(
        {
            "area_code": table["area_code"],
            "value": table["percent"],
            "numerator": table["need"],
            "denominator": table["denominator"],
            "reason": table["reason"],
        }
    )


def _domain(library: Library, edition: str, domain: str) -> pd.DataFrame:
    wards = by_ward(library, YEAR_OF[edition], domain, EDITIONS[edition].ward_column)
    return pd.DataFrame(
        {
            "area_code": wards["area_code"],
            "value": wards["score"],
            "numerator": float("nan"),
            "denominator": float("nan"),
            "reason": wards["blank_reason"],
        }
    )


def _of_children(edition: str, name: str, need: str, short: str, within: tuple[str, ...] = ()) -> Indicator:
    lens = NEEDS[need]
    return Indicator(
        id=name,
        edition=edition,
        title=lens.title,
        short=short,
        unit="% of children",
        period=lens.period,
        kind="proportion",
        basis=lens.basis,
        sources=lens.sources,
        read=partial(_children, need=need),
        within=within,
        lens=need,
    )


def _of_domain(edition: str, domain: str) -> Indicator:
    year = YEAR_OF[edition]
    lookup = ("LOOKUP_LSOA21", "POPULATION_LSOA21") if year == 2025 else ("LOOKUP_LSOA11", "IOD_POPULATION")
    return Indicator(
        id=domain,
        edition=edition,
        title=f"{DOMAINS[domain]}, {year} indices",
        short=_SHORT.get(domain, DOMAINS[domain]),
        unit="average score",
        period=f"Indices of Deprivation {year}",
        kind="fixed",
        basis="modelled",
        sources=(f"IOD{year}", *lookup),
        read=partial(_domain, edition=edition, domain=domain),
        within=() if domain == "imd" else ("imd",),
    )


_SHORT = {"imd": "Index of Multiple Deprivation (IMD)"}
_SCORED = ("education", "health", "crime", "employment", "income", "barriers", "living_env", "imd")

_INDICATORS = (
    _of_children("2020", "children", "idaci2015", "Children in income-deprived families (IDACI)", ("income", "imd")),
    *(_of_domain("2020", domain) for domain in _SCORED),
    _of_children("2026", "children", "low_income_bhc2025", "Children in low-income families, before housing costs"),
    _of_children("2026", "children_ahc", "low_income_ahc2025", "Children in low-income families, after housing costs"),
    *(_of_domain("2026", domain) for domain in _SCORED),
)
