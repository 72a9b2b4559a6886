"""What the quarterly return says of the whole council: places, cases, who is reached, how they came, what came of it.

Counts are of people, so every table passes disclosure control here, before anything reaches a page. With
`small_counts`, which is for analysts alone, every count is given as it was returned.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.refusal import Refusal
from analysis.small_counts import held_back, hidden, hidden_in_grid, hidden_of_services
from analysis.sources.library import Library
from analysis.sources.tables.activity_detail import CATEGORIES
from analysis.statistics.intervals import wilson

COUNTS = ("supported", "open_at_end", "new", "closed", "waiting")
PUBLISHED = {
    "assessment_type": ("na2020_own_agency_assessments", "na2020_early_help_assessments"),
    "social_care": (
        "na2020_safeguarding_referrals",
        "na2020_safeguarding_not_accepted",
        "na2020_safeguarding_not_accepted_percent",
    ),
    "capacity": ("na2020_over_capacity_quarters_family_support",),
    "panel": (
        "na2020_ehap_applications",
        "na2020_ehap_back_to_referrer",
        "na2020_ehap_assessment_requested",
        "na2020_ehap_through_duty",
        "na2020_ehap_through_connecting_families",
    ),
    "panel_sources": "na2020_ehap_connecting_families_from_",
}
SEND_AMONG_PUPILS = {
    "SEN support": "lait_sen_totsensup",
    "Education, health and care plan": "lait_sen_totstat",
}
SHOWN = ["service_group", "category", "count", "total", "share", "lower", "upper"]
AGES = ("0-4", "5-11", "12-15", "16-18", "19-25")
LEAST_SHOWN = 5
MID_YEAR = {"2020": 2019, "2026": 2020}
WHOLE = {
    **dict.fromkeys(("age_band", "sex", "ethnic_group", "send"), "supported"),
    **dict.fromkeys(("referral_source", "assessment_type"), "new"),
    **dict.fromkeys(("length_of_support", "closure_outcome"), "closed"),
}
PRINTED_FOR_ALL = ("assessment_type", "safeguarding_outcome")
SAME_CASES = {
    "step_up": ("closure_outcome", "Stepped up to social care"),
    "step_down": ("referral_source", "Children's social care"),
}


@dataclass(frozen=True)
class Breakdown:
    """Counts of one dimension by service in one quarter; one unit of case, because families and children never add.

    `table` has a row a service group and category: count (missing where held back), share of the service's own total
    with Wilson limits (0 to 1, missing with the count), and total (missing where categories are no parts of one).
    """

    dimension: str
    quarter: str
    case_unit: str
    basis: str
    table: pd.DataFrame


def quarters(library: Library, edition: str) -> list[str]:
    """The quarters of the return, newest first. Raises Refusal where an edition has none."""
    rows = library.table("ACTIVITY").query("edition == @edition")
    if rows.empty:
        raise Refusal(f"The Early Help return holds nothing for the {edition} edition.")
    return sorted(rows["quarter"].unique(), reverse=True)


def by_service(library: Library, edition: str, *, small_counts: bool = False) -> pd.DataFrame:
    """One row a quarter and service group: what was commissioned, supported, open, new, closed and waiting.

    Columns quarter, service_group, case_unit, basis, capacity (places; missing where one ward has none given), the
    counts of COUNTS (cases; missing where held back), weeks_shortest and weeks_longest (of the median weeks waited,
    over wards in which as many wait as may be shown), and full (cases open on the last day for every 100 places; above
    100 is over capacity). Counts of one quarter and unit are held back together, as their total is told elsewhere; none
    is with `small_counts`.
    """
    quarters(library, edition)
    rows = library.table("ACTIVITY").query("edition == @edition")
    keys = ["quarter", "case_unit", "service_group"]
    summed = rows.groupby(keys)[[*COUNTS, "capacity"]].sum(skipna=False).astype(float).reset_index()
    summed["basis"] = rows["basis"].max()
    shown = summed if small_counts else summed.mask(_hidden(summed)).astype(summed.dtypes.to_dict())
    fewest = 1 if small_counts else LEAST_SHOWN
    return shown.merge(_weeks(rows, keys, fewest), on=keys, how="left").assign(
        full=100 * shown["open_at_end"] / shown["capacity"].where(shown["capacity"] > 0)
    )


def _hidden(summed: pd.DataFrame) -> pd.DataFrame:
    """Every cell of the sums by quarter and service: True where it is held back."""
    marks = pd.DataFrame(False, index=summed.index, columns=summed.columns)
    for name in COUNTS:
        marks[name] = hidden_of_services(summed, name)
    ends = marks["open_at_end"] | marks["closed"] | _few_less(summed, "open_at_end") | _few_less(summed, "closed")
    starts = marks["new"] | _few_less(summed, "new")
    by_quarter = summed.sort_values("quarter").groupby("service_group").groups.values()
    before, after = ends.copy(), starts.copy()
    for places in by_quarter:
        before[places] = ends[places].shift(1, fill_value=False)
        after[places] = starts[places].shift(-1, fill_value=False)
    marks["open_at_end"] = marks["closed"] = ends | after | marks["supported"]
    marks["new"] = starts | before | marks["supported"]
    return marks


def _few_less(summed: pd.DataFrame, name: str) -> pd.Series:
    """Whether cases supported less those of `name` are too few to show."""
    return (summed["supported"] - summed[name]).between(1, 4)


def _weeks(rows: pd.DataFrame, keys: list[str], fewest: int) -> pd.DataFrame:
    told = rows[rows["weeks_waited"].notna() & rows["waiting"].ge(fewest)]
    spread = told.groupby(keys)["weeks_waited"].agg(weeks_shortest="min", weeks_longest="max")
    return spread.astype(float).reset_index()


def breakdowns(
    library: Library, edition: str, quarter: str, dimension: str, *, small_counts: bool = False
) -> list[Breakdown]:
    """One dimension of the return in one quarter, families and children apart; empty where it is not recorded.

    No count of it is held back with `small_counts`, which is for analysts alone.
    """
    rows = library.table("ACTIVITY_DETAIL")
    of_quarter = rows[rows["edition"].eq(edition) & rows["quarter"].eq(quarter)]
    mine = _in_order(of_quarter, dimension)
    if mine.empty:
        return []
    if small_counts:
        shown = _as_returned(mine, dimension)
    else:
        services = by_service(library, edition).query("quarter == @quarter")
        shown = _without_what_tells(_held(mine, dimension), dimension, services, of_quarter)
    shown = shown.assign(**_shares(shown))
    return [
        Breakdown(dimension, quarter, str(unit), str(part["basis"].max()), part[SHOWN].reset_index(drop=True))
        for unit, part in shown.groupby("case_unit", sort=True)
    ]


def _as_returned(long: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """Every count, and the total of each service where its categories are parts of one."""
    return long.assign(total=_whole(long, dimension))


def _whole(long: pd.DataFrame, dimension: str) -> pd.Series:
    """The total of each service, missing where categories are no parts of one."""
    total = long.groupby("service_group")["count"].transform("sum")
    return total if len(CATEGORIES[dimension]) > 1 else pd.Series(np.nan, index=long.index)


def _without_what_tells(held: pd.DataFrame, dimension: str, services: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Nothing of a breakdown that its whole, or another breakdown of the same cases, holds back."""
    if dimension in WHOLE:
        held = _without_wholes(held, services, WHOLE[dimension])
    if dimension in SAME_CASES:
        held = _without_the_same(held, rows, *SAME_CASES[dimension])
    return held


def _in_order(rows: pd.DataFrame, dimension: str) -> pd.DataFrame:
    order = {name: place for place, name in enumerate(CATEGORIES[dimension])}
    mine = rows[rows["dimension"].eq(dimension)]
    given = mine.assign(place=mine["category"].map(order), count=mine["count"].astype(float))
    return given.sort_values(["service_group", "place"]).reset_index(drop=True)


def _held(long: pd.DataFrame, dimension: str) -> pd.DataFrame:
    """The counts without those that may not be shown, and the total of each service where that may be.

    A service's counts are held back together, as their total is the cases it supported, began or closed. What is
    printed for all services together is held back over all of them, as one could be had from the others.
    """
    services = long.groupby("service_group")["count"]
    if dimension in PRINTED_FOR_ALL:
        marks = _hidden_over_all(long)
        whole = ~services.transform(lambda _: bool(marks.all())).astype(bool)
    else:
        marks = services.transform(hidden).astype(bool)
        whole = services.transform(lambda own: held_back(own) is not None).astype(bool)
    return long.assign(total=_whole(long, dimension).where(whole), count=long["count"].mask(marks))


def _hidden_over_all(long: pd.DataFrame) -> pd.Series:
    grid = long.pivot_table(index="service_group", columns="category", values="count", fill_value=0)
    marks = hidden_in_grid(grid).stack()
    return pd.Series(marks.loc[list(zip(long["service_group"], long["category"], strict=True))].to_numpy(), long.index)


def _without_wholes(held: pd.DataFrame, services: pd.DataFrame, name: str) -> pd.DataFrame:
    """Nothing of a service whose parts add to a count that is held back."""
    lost = held["service_group"].isin(services.loc[services[name].isna(), "service_group"])
    return held.assign(count=held["count"].mask(lost), total=held["total"].mask(lost))


def _without_the_same(held: pd.DataFrame, rows: pd.DataFrame, dimension: str, category: str) -> pd.DataFrame:
    """Nothing that would fill in a count which another breakdown of the same cases holds back."""
    long = _in_order(rows, dimension)
    if long.empty:
        return held
    true = long.assign(shown=_held(long, dimension)["count"])
    twin = true[true["category"].eq(category) & true["shown"].isna()].set_index("service_group")["count"]
    return held.assign(count=held["count"].mask(held["count"].eq(held["service_group"].map(twin))))


def _shares(long: pd.DataFrame) -> dict[str, np.ndarray]:
    known = (long["count"].notna() & long["total"].gt(0)).to_numpy()
    lower, upper = np.full(len(long), np.nan), np.full(len(long), np.nan)
    x, n = long["count"].to_numpy(float)[known], long["total"].to_numpy(float)[known]
    lower[known], upper[known] = wilson(x, n)
    share = np.full(len(long), np.nan)
    share[known] = x / n
    return {"share": share, "lower": lower, "upper": upper}


def who_lives_here(library: Library, edition: str, dimension: str) -> pd.DataFrame:
    """The share of the council's children (or pupils) in each category, where it is held; else an empty frame.

    Columns category, share (0 to 1), what (of whom and when) and locator. Ages are of residents aged 0 to 25; special
    needs are of pupils in all schools. Nothing is held by sex or ethnic group.
    """
    if dimension == "age_band":
        return _ages(library, edition)
    return _special_needs(library) if dimension == "send" else pd.DataFrame(columns=["category", "share", "what"])


def _ages(library: Library, edition: str) -> pd.DataFrame:
    year = MID_YEAR[edition]
    rows = library.table("POPULATION_LSOA11").query("mid_year == @year")
    people = rows.groupby("age_band")["population"].sum().reindex(list(AGES)).astype(float)
    return pd.DataFrame(
        {"category": people.index, "share": (people / people.sum()).to_numpy(), "what": f"residents 0-25, mid-{year}"}
    )


def _special_needs(library: Library) -> pd.DataFrame:
    rows = library.table("LAIT_OBSERVATIONS")
    mine = rows[rows["area_code"].eq("E06000022") & rows["value"].notna()].sort_values("period_end")
    newest = mine.drop_duplicates("indicator_id", keep="last").set_index("indicator_id")
    found = [
        {"category": category, "share": row["value"] / 100, "what": f"pupils, {row['period']}"}
        for category, name in SEND_AMONG_PUPILS.items()
        if name in newest.index
        for row in [newest.loc[name]]
    ]
    return pd.DataFrame(found, columns=["category", "share", "what"])


def reached(part: Breakdown, here: pd.DataFrame) -> pd.DataFrame:
    """Each category's share of those reached, over all services of one unit, beside who lives here.

    Columns category, count, total, share, lower, upper (0 to 1), here and what; missing where a service's count is held
    back, because a partial sum would pass for a whole one.
    """
    table = part.table
    summed = table.groupby("category", sort=False)[["count", "total"]].sum(skipna=False).reset_index()
    summed = summed.assign(**_shares(summed))
    beside = here.set_index("category")
    return summed.assign(
        here=summed["category"].map(beside["share"]) if len(beside) else np.nan,
        what=summed["category"].map(beside["what"]) if len(beside) else "",
    )


def published(library: Library, subject: str) -> pd.DataFrame:
    """What the 2020 assessment prints of one subject of PUBLISHED: title, period, value, unit, note and locator."""
    rows = library.table("ASSESSMENT_OBSERVATIONS").merge(library.table("ASSESSMENT_INDICATORS"), on="indicator_id")
    wanted = PUBLISHED[subject]
    mine = rows["indicator_id"].str.startswith(wanted) if isinstance(wanted, str) else rows["indicator_id"].isin(wanted)
    columns = ["indicator_id", "title", "period", "value", "unit", "denominator", "note", "caveat", "locator"]
    found = rows.loc[mine, columns]
    order = found["indicator_id"].map({name: place for place, name in enumerate(wanted)})
    return found.assign(order=order).sort_values(["order", "indicator_id", "period"]).drop(columns="order")


def statements(library: Library, subject: str) -> pd.DataFrame:
    """What the 2020 assessment says of services without a figure: service_group, statement and locator."""
    rows = library.table("SERVICE_STATEMENTS")
    return rows.loc[rows["subject"].eq(subject), ["service_group", "statement", "locator"]].reset_index(drop=True)
