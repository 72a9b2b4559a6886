"""What another version would say differently: verdicts, bands and trends that flip."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.comparison import Verdict
from analysis.deprivation import DOMAINS, YEARS, local_names, neighbourhoods, vintage_of
from analysis.editions import COUNCIL
from analysis.gap import gap, lenses, why_not_compared
from analysis.indicators import SOURCES, Indicators, collected, overview, recent_trend
from analysis.refusal import Refusal
from analysis.sources.contracts import BASES
from analysis.sources.library import Library
from analysis.statistics.trend import Trend
from analysis.store.differences import changed_contracts

COLUMNS = ["finding", "subject", "of", "area_code", "area", "before", "after", "certain", "basis"]
ENTERS, LEAVES = "enters", "leaves"
NOTHING = "not held"
FIFTH = {decile: f"fifth {(decile + 1) // 2} of 5 (1 is the most deprived)" for decile in range(1, 11)}


def flips(before: Library, after: Library, base: str) -> pd.DataFrame:
    """One row a finding that would be another: the columns COLUMNS.

    `finding` names it so that a reason can be given for it; `certain` is enters or leaves for a ward that begins or
    ceases to be under-provided for certain, and blank otherwise; `basis` is that of the figures behind it in `after`,
    or in `before` where they are gone.
    """
    changed = changed_contracts(before, after)
    rows: list[dict[str, str]] = []
    if changed:
        rows += verdict_flips(before, after, base)
        rows += fifth_flips(before, after, changed)
    if any(f"{name}_{kind}" in changed for name in SOURCES.values() for kind in ("OBSERVATIONS", "INDICATORS")):
        rows += indicator_flips(collected(before), collected(after))
    return pd.DataFrame(rows, columns=COLUMNS).fillna("")


def verdict_flips(before: Library, after: Library, base: str) -> Iterator[dict[str, str]]:
    """Wards whose verdict differs, for every need and provision of a base that may be compared."""
    needs, provisions = lenses(base)
    for need in needs:
        for provided in provisions:
            if need.table is None or why_not_compared(base, need, provided):
                continue
            subject, of = f"{need.short} against {provided.short}", f"{need.id}+{provided.id}"
            old, new = (_by_ward(library, base, need.id, provided.id) for library in (before, after))
            for code in dict.fromkeys([*new, *old]):
                first, name, basis = old.get(code, (NOTHING, "", ""))
                then, named, basis = new.get(code, (NOTHING, name, basis))
                if first != then:
                    sure = _certain(first, then)
                    yield _row(f"gap:{of}:{code}", subject, of, code, named, first, then, sure, basis)


def _by_ward(library: Library, base: str, need: str, provided: str) -> dict[str, tuple[str, str, str]]:
    """Verdict, name and basis by ward; one entry without a code where the comparison is refused."""
    try:
        wards = gap(library, base, need, provided).wards
    except Refusal as refused:
        return {"": (str(refused), "every ward", "")}
    columns = (wards[name] for name in ("area_code", "verdict", "area_name", "basis"))
    return {
        str(code): (str(verdict), str(name), str(basis)) for code, verdict, name, basis in zip(*columns, strict=True)
    }


def _certain(before: str, after: str) -> str:
    if after == Verdict.UNDER_CERTAIN:
        return ENTERS
    return LEAVES if before == Verdict.UNDER_CERTAIN else ""


def fifth_flips(before: Library, after: Library, changed: set[str]) -> Iterator[dict[str, str]]:
    """Neighbourhoods that stand in another fifth of England, for the indices among the changed tables."""
    for year in (year for year in YEARS if f"IOD{year}" in changed):
        names, basis = local_names(after, vintage_of(year)), after.entry(f"IOD{year}").basis
        for domain, title in DOMAINS.items():
            old, new = (_fifth(library, year, domain) for library in (before, after))
            for code in dict.fromkeys([*new, *old]):
                first, then = old.get(code, NOTHING), new.get(code, NOTHING)
                if first != then:
                    named = f"deprivation:{year}:{domain}:{code}"
                    about = f"Deprivation {year}: {title}"
                    yield _row(named, about, domain, code, names.get(code, ""), first, then, basis=basis)


def _fifth(library: Library, year: int, domain: str) -> dict[str, str]:
    rows = neighbourhoods(library, year, domain)
    return {str(code): FIFTH[int(decile)] for code, decile in zip(rows["area_code"], rows["decile"], strict=True)}


def indicator_flips(before: Indicators, after: Indicators) -> Iterator[dict[str, str]]:
    """Indicators of the council whose outcome against England, or recent trend, differs."""
    moved = _moved(before, after)
    outcomes = [overview(held).set_index("indicator_id")["outcome"].astype(str) for held in (before, after)]
    for name in moved:
        title = str((after if name in after.table.index else before).about(name)["title"])
        basis = _basis(before, after, name)
        first, then = (held.get(name, NOTHING) for held in outcomes)
        if first != then:
            yield _row(f"england:{name}", f"{title}, against England", name, COUNCIL, "", first, then, basis=basis)
        first, then = (_trend(held, name) for held in (before, after))
        if first != then:
            yield _row(f"trend:{name}", f"{title}, recent trend", name, COUNCIL, "", first, then, basis=basis)


def _basis(before: Indicators, after: Indicators, name: str) -> str:
    """The least certain basis among the figures of an indicator."""
    bases = {str(basis) for held in (after, before) for basis in held.of(name)["basis"]}
    return max(bases, key=BASES.index, default="")


def _moved(before: Indicators, after: Indicators) -> list[str]:
    """The indicators a figure of which, or what is said of which, differs."""
    names = sorted({*before.table.index, *after.table.index})
    return [name for name in names if not _same(before, after, name)]


def _same(before: Indicators, after: Indicators, name: str) -> bool:
    if name not in before.table.index or name not in after.table.index:
        return False
    return str(before.about(name)) == str(after.about(name)) and before.of(name).equals(after.of(name))


def _trend(held: Indicators, name: str) -> str:
    if name not in held.table.index:
        return NOTHING
    found = recent_trend(held.of(name), COUNCIL, share=bool(held.about(name)["per"] == 100))
    return str(found.direction) if isinstance(found, Trend) else str(found)


def _row(
    finding: str,
    subject: str,
    of: str,
    code: str,
    area: str,
    before: str,
    after: str,
    certain: str = "",
    basis: str = "",
) -> dict[str, str]:
    return dict(zip(COLUMNS, (finding, subject, of, code, area, before, after, certain, basis), strict=True))
