"""Access to sites as tables for reading and for a spreadsheet, and how it was worked out."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.added_sites import AddedSite
from analysis.present.access_view import demand_words, rate_words
from analysis.present.words import listed, number
from analysis.site_access import (
    ALL_CHILDREN,
    LIMIT_MINUTES,
    LOWEST,
    NEAR_MINUTES,
    SETTINGS,
    USUAL,
    Access,
    always_lowest,
    capacity_reached,
)
from analysis.travel import stand_in

MOST_LISTED = 20
IN_WORDS = {4: "four"}


def ordered(found: Access) -> pd.DataFrame:
    """Wards with least within reach first, the furthest first among equals."""
    return found.wards.sort_values(["rate", "minutes"], ascending=[True, False], ignore_index=True)


def table(found: Access, names: Mapping[str, str], edge: Collection[str]) -> pd.DataFrame:
    """The table people read."""
    rows = ordered(found)
    return pd.DataFrame(
        {
            "Ward": rows["area_code"].map(names),
            f"For each {found.sought.per:,}": [_rate(rate) for rate in rows["rate"]],
            "Over four settings": [
                f"{low:.2f} to {high:.2f}" if pd.notna(low) else "no demand"
                for low, high in rows[["rate_lowest", "rate_highest"]].to_numpy(float)
            ],
            "Minutes to nearest": _minutes(rows["minutes"]),
            f"Children within {NEAR_MINUTES} min": _percent(rows["within_15"]),
            f"Children within {LIMIT_MINUTES} min": _percent(rows["within_30"]),
            "Located in it": [number(value) for value in rows["located"]],
            "Its part of all": [number(value, 1) for value in rows["places"]],
            "Children 0-15": [number(value) for value in rows["children"]],
            "On the edge": ["yes" if code in edge else "no" for code in rows["area_code"]],
        }
    )


def download(
    found: Access, names: Mapping[str, str], edge: Collection[str], added: Collection[AddedSite]
) -> pd.DataFrame:
    """The table for a spreadsheet: figures unrounded, with all that was chosen on every row."""
    return found.wards.assign(
        area_name=found.wards["area_code"].map(names),
        edge=found.wards["area_code"].isin(edge),
        counted=found.sought.unit,
        rate_for_each=found.sought.per,
        shared_among=demand_words(found),
        mode=found.mode.title,
        edition=found.edition,
        setting=SETTINGS[USUAL].title,
        percent_of_journeys_from_table=round(100 * found.from_table, 1),
        added_by_reader="; ".join(f"{site.name} ({site.capacity})" for site in added),
        basis=found.basis,
    )


def settings_table(found: Access, names: Mapping[str, str]) -> pd.DataFrame:
    """What changes with the setting: wards with nothing, wards with least."""
    rates = found.settings.set_index("area_code")
    return pd.DataFrame(
        {
            "How journeys count": [SETTINGS[name].title for name in rates.columns],
            "Wards with nothing within reach": [str(int((rates[name] == 0).sum())) for name in rates.columns],
            "The five with least": [_least(rates[name], names) for name in rates.columns],
            "Most within reach": [f"{names[str(rates[name].idxmax())]} ({rates[name].max():.2f})" for name in rates],
        }
    )


def settings_sentence(found: Access, names: Mapping[str, str]) -> str:
    """How far the answer hangs on the setting (Markdown)."""
    rates = found.settings.set_index("area_code")
    none = sorted(names[str(code)] for code in rates.index[(rates == 0).all(axis=1)])
    least = sorted(names[code] for code in always_lowest(found))
    every = f"under all {IN_WORDS[len(SETTINGS)]} settings"
    if len(none) >= LOWEST:
        wards = f"**From {len(none)} wards nothing is within reach {every}**: {listed(none, MOST_LISTED)}."
    elif least:
        count = "One ward is" if len(least) == 1 else f"{len(least)} wards are"
        wards = f"**{count} among the five with least within reach {every}**: {listed(least, MOST_LISTED)}."
    else:
        wards = f"**No ward is among the five with least within reach {every}.**"
    return f"{wards} The order of the other wards depends on how journeys are counted, so no ward is ranked."


def changes(gains: pd.DataFrame, found: Access, names: Mapping[str, str]) -> pd.DataFrame:
    """Before and after the sites added, the wards that gain most first; wards that gain nothing left out."""
    won = gains[gains["gained"] > 0].sort_values("gained", ascending=False)
    return pd.DataFrame(
        {
            "Ward": won["area_code"].map(names),
            f"Before, for each {found.sought.per:,}": [_rate(value) for value in won["before"]],
            "After": [_rate(value) for value in won["after"]],
            "Gained": [f"+{value:.2f}" for value in won["gained"]],
            "Over four settings": [
                f"+{low:.2f} to +{high:.2f}" for low, high in won[["gained_lowest", "gained_highest"]].to_numpy(float)
            ],
            f"Its part ({found.sought.unit})": [number(value, 1) for value in won["places_gained"]],
        }
    )


def changes_download(gains: pd.DataFrame, found: Access, names: Mapping[str, str]) -> pd.DataFrame:
    """Every ward before and after, unrounded."""
    return gains.assign(
        area_name=gains["area_code"].map(names),
        counted=found.sought.unit,
        rate_for_each=found.sought.per,
        shared_among=demand_words(found),
        mode=found.mode.title,
        edition=found.edition,
        basis=found.basis,
    )


def unreached(found: Access) -> str:
    """Which sites nobody can reach, or nothing."""
    lost = found.sites[~found.sites["reached"]]
    if lost.empty:
        return ""
    names = sorted(set(lost["name"]))
    some = f"{len(lost)} of the {len(found.sites)} sites have"
    where, count = (some, "count") if len(lost) > 1 else ("One site has", "counts")
    return (
        f"{where} nobody within {LIMIT_MINUTES} minutes {found.mode.words} and {count} for no ward: "
        f"{listed(names, MOST_LISTED)}."
    )


def method(found: Access) -> str:
    """How access was worked out (Markdown)."""
    return (
        f"**What is counted.** {rate_words(found)}. {_counted(found)}\n\n"
        f"**Journeys.** {found.mode.title}: {stand_in(found.mode)}. It is a stand-in until a route planner's table is "
        f"given; {100 * found.from_table:.0f}% of the journeys here come from such a table. On foot, by bus and by car "
        "are separate measures and never mixed.\n\n"
        f"**Within reach.** Enhanced two-step floating catchments (Luo and Qi 2009). Each site's places are shared "
        "among all who can reach it: a journey of up to 10 minutes counts in full, up to 20 minutes 0.68, up to 30 "
        "minutes 0.22, longer not at all. What a neighbourhood is given is added up by ward. So the parts of all "
        f"wards sum to the {number(capacity_reached(found))} {found.sought.unit} that somebody can reach. Nothing "
        "within reach is 0, not a blank.\n\n"
        f"**Where people are.** {_demand(found)} They stand at the mean of their neighbourhood's postcodes; the wards' "
        "own middles are never used, since in the country they can be fields.\n\n"
        "**Minutes beside it.** Sharing can make a far ward look well served, so minutes to the nearest site stand in "
        "the table: half the ward's children are nearer, half further.\n\n"
        "**How sure.** Lists and distances have no sampling limits. What is shown instead is how far each figure moves "
        f"over {len(SETTINGS)} settings: {'; '.join(setting.title.lower() for setting in SETTINGS.values())}. "
        "Sites outside the council are missing, and so are the people outside who use those inside: on the edge, "
        "access is at least this where more sites stand outside, and is shared among too few where more people do."
    )


def _counted(found: Access) -> str:
    if found.sought.served is None:
        return "One place counts as one whatever its size, and kinds of place are never added together."
    return "A site's capacity is the cases it can support at one time; family places and children's are never added."


def _demand(found: Access) -> str:
    if found.demand_id == ALL_CHILDREN:
        return "Children aged 0 to 15 by neighbourhood (LSOA)."
    return (
        f"{demand_words(found).capitalize()} are known by ward and are spread over its neighbourhoods (LSOA) as its "
        "children aged 0 to 15 are, so a pocket of need inside a ward is not seen."
    )


def _least(rates: pd.Series, names: Mapping[str, str]) -> str:
    none = int((rates == 0).sum())
    if none > LOWEST:
        return f"{none} wards tie with none"
    least = rates[rates.rank(method="min") <= LOWEST]
    return listed(sorted(names[str(code)] for code in least.index), MOST_LISTED)


def _rate(value: float) -> str:
    return "no demand" if pd.isna(value) else f"{value:.2f}"


def _minutes(values: pd.Series) -> list[str]:
    return ["no children" if pd.isna(value) else number(value) for value in values]


def _percent(values: pd.Series) -> list[str]:
    return ["no children" if pd.isna(value) else f"{value:.0f}%" for value in values]
