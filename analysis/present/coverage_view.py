"""The service-coverage page in words, map classes, charts and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.present.bands import Banded, equal_count
from analysis.present.coverage_matrix import SIGNS
from analysis.present.figures import ROW, bare
from analysis.present.maps import SitePaint
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, SEQUENCE_DARK, SEQUENCE_LIGHT, Class, theme
from analysis.present.words import listed, number
from analysis.reach import CATCHMENTS
from analysis.services import CELLS, DIFFERENCES, LIFE_STAGES

NONE_REACHED = Class("None within reach", "0", "#ecdcc6", "#4a3a2b")

STATES = {
    "covered": Class(CELLS["covered"], SIGNS["covered"], "#dcebec", "#1f3d44"),
    "uncovered": Class(CELLS["uncovered"], SIGNS["uncovered"], "#a33b0b", "#ff8a4c"),
    "unclear": Class(CELLS["unclear"], SIGNS["unclear"], "#ffffff", "#1b242b", hatched=True),
    "not_applicable": Class(CELLS["not_applicable"], SIGNS["not_applicable"], "#fcfbf8", "#12191e"),
}

KINDS = {
    "library": ("libraries", "library"),
    "gp": ("GP surgeries", "GP surgery"),
    "play": ("play spaces", "play space"),
    "school": ("schools", "school"),
}

ABBREVIATIONS = {
    "AWP": "Avon and Wiltshire Mental Health Partnership NHS Trust",
    "PCSOs": "police community support officers",
    "SEND": "special educational needs and disabilities",
}

GROUPS = {"children_centres": "Family hub", "family_support": "Family support", "youth": "Youth service"}

OWN_COLOUR = {"light": "#5b2a86", "dark": "#e2c6ff"}


def headline(cells: pd.DataFrame) -> tuple[str, str]:
    """How many of the cells hold a service, and which needs have none."""
    counts = cells["cell"].value_counts()
    first = (
        f"Of {len(cells)} pairings of a need with a life stage, {counts['covered']} have a service listed and "
        f"{counts['uncovered']} are a need with none: {listed(uncovered(cells))}."
    )
    more = (
        f"{counts['unclear']} more cannot be read, because the text lost the table's merged cells; they may or may not be "
        f"covered. {counts['not_applicable']} are not named as a need. A listed service is not a measure of how much of it "
        "there is, where, or whether it is enough."
    )
    return first, more


def uncovered(cells: pd.DataFrame) -> list[str]:
    """The cells with a need and no service, as words."""
    found = cells[cells["cell"] == "uncovered"]
    return [f"{row.need.lower()} ({LIFE_STAGES[row.life_stage].lower()})" for row in found.itertuples()]


def counts(cells: pd.DataFrame) -> dict[Class, int]:
    """The key of the matrix: every state with how many cells are in it."""
    found = cells["cell"].value_counts()
    return {item: int(found.get(state, 0)) for state, item in STATES.items()}


def services(rows: pd.DataFrame) -> pd.DataFrame:
    """The services of one cell as words, every blank with its reason."""
    return pd.DataFrame(
        {
            "Service": rows["service"],
            "Provider": rows["provider"].fillna("not named"),
            "Commissioned": rows["commissioned"].map({"yes": "marked", "not marked": "not marked"}),
            "How it was read": rows["reading"].fillna("as printed"),
            "Where in the assessment": rows["locator"],
        }
    )


def abbreviations(rows: pd.DataFrame) -> str:
    """The abbreviations that a table of services uses, written out."""
    words = " ".join(rows[["service", "provider"]].fillna("").to_numpy().ravel())
    return " ".join(f"{short}: {full}." for short, full in ABBREVIATIONS.items() if short in words)


def why_empty(cell: pd.Series) -> str:
    """Why a cell lists no service."""
    return {
        "uncovered": f"Named as a need at this life stage, and no service is listed. {cell['reading']}",
        "unclear": f"This cell cannot be read. {cell['reading']}",
        "not_applicable": "Neither the service map nor section 7 names this as a need at this life stage.",
    }[str(cell["cell"])]


def download(cells: pd.DataFrame) -> pd.DataFrame:
    """The matrix for a spreadsheet, one row a cell."""
    return cells.assign(
        life_stage=cells["life_stage"].map(LIFE_STAGES),
        cell=cells["cell"].map(CELLS),
        names=cells["names"].map("; ".join),
        marks=cells["marks"].map("; ".join),
        reading=cells["reading"].fillna(""),
    ).rename(columns={"marked": "marked_in_section_7"})


def section7(marked: pd.DataFrame) -> pd.DataFrame:
    """Needs by life stage as section 7 marks them: a sign and a word."""
    words = marked.map(lambda mark: "✓ marked" if mark else "– not marked")
    return words.rename(columns=LIFE_STAGES).rename_axis(columns=None).rename_axis("Need (section 7)").reset_index()


def differences(rows: pd.DataFrame) -> pd.DataFrame:
    """Where the two tables differ: one row a kind of difference and need, with its life stages."""
    joined = rows.groupby(["difference", "need"], sort=False)["life_stage"].agg(
        lambda stages: listed([LIFE_STAGES[stage].lower() for stage in LIFE_STAGES if stage in set(stages)])
    )
    table = joined.reset_index()
    return pd.DataFrame(
        {"Need": table["need"], "Life stages": table["life_stage"].str.capitalize(), "Difference": table["difference"].map(DIFFERENCES)}
    )


def reach_sentence(rows: pd.DataFrame, names: Mapping[str, str], kind: str) -> tuple[str, str]:
    """Where no place is within reach, and how many there are for each 1,000 children elsewhere."""
    many = KINDS[kind][0]
    overall = 1000 * rows["places"].sum() / rows["children"].sum()
    empty = sorted(names[code] for code in rows.loc[rows["places"] == 0, "area_code"])
    most = rows.loc[rows["per_1000"].idxmax()]
    none = (
        f"No {many} are within reach in {len(empty)} wards ({listed(empty, 6)})."
        if len(empty) > 1
        else f"No {many} are within reach in {empty[0]}."
        if empty
        else f"Every ward has some {many} within reach."
    )
    return none, (
        f"For the whole council there are {overall:.2f} for each 1,000 children aged 0 to 15; the ward with most within "
        f"reach has {most['per_1000']:.2f} ({names[most['area_code']]}). The answer moves with the catchment."
    )


def banded(rows: pd.DataFrame) -> Banded:
    """Five bands of places for each 1,000 children; wards with none within reach are a class of their own."""
    values = rows.set_index("area_code")["per_1000"]
    some = values[values > 0]
    bands = equal_count(some, lambda value: f"{value:.2f}")
    members = {code: bands.members[code] if code in some.index else NONE_REACHED for code in values.index}
    return Banded((*(_toned(item) for item in bands.classes), NONE_REACHED), {k: _toned(v) for k, v in members.items()})


def _toned(item: Class) -> Class:
    """The same class in blue-green, which in the atlas stands for provision."""
    if item.light not in SEQUENCE_LIGHT:
        return item
    place = SEQUENCE_LIGHT.index(item.light)
    return Class(f"{item.label} for each 1,000 children", item.symbol, TEAL_LIGHT[place], TEAL_DARK[place])


TEAL_LIGHT = ("#dfeeef", "#b4d9dd", "#7fbdc4", "#3b8c98", "#14596a")
TEAL_DARK = ("#22343a", "#2b565f", "#3a8490", "#5cb6c2", "#a6ecf4")
assert len(TEAL_LIGHT) == len(SEQUENCE_LIGHT) and len(TEAL_DARK) == len(SEQUENCE_DARK)


def tooltips(rows: pd.DataFrame, kind: str) -> dict[str, tuple[str, ...]]:
    """What a ward says when pointed at."""
    return {row["area_code"]: _lines(row, kind) for _, row in rows.iterrows()}


def _lines(row: pd.Series, kind: str) -> tuple[str, ...]:
    many, one = KINDS[kind]
    reached = (
        f"No {one} within reach"
        if row["places"] == 0
        else f"{row['per_1000']:.2f} {many} for each 1,000 children within reach"
    )
    return (
        reached,
        f"By other catchments {row['per_1000_lowest']:.2f} to {row['per_1000_highest']:.2f}",
        f"Nearest: {number(row['minutes_to_nearest'])} minutes on average; {row['located']} in the ward itself",
        *(["Edge of the council: places across the boundary are missing"] if row["edge"] else []),
    )


def spoken(rows: pd.DataFrame, kind: str) -> str:
    """What a screen reader hears of the whole map."""
    classes = ", ".join(f"{item.label}: {count}" for item, count in banded(rows).counts().items())
    return f"Map of wards by {KINDS[kind][0]} within reach. {classes}. The same figures are in the table below."


def dots(places: pd.DataFrame, kind: str, dark: bool) -> list[SitePaint]:
    """The listed places as dots."""
    return [
        SitePaint(
            row.latitude, row.longitude, NEED_COLOUR[theme(dark)], (row.name, f"{KINDS[kind][1]}, list of {row.list_year}")
        )
        for row in places[["latitude", "longitude", "name", "list_year"]].itertuples(index=False)
    ]


def own_dots(places: pd.DataFrame, dark: bool) -> list[SitePaint]:
    """The illustrative commissioned sites as dots that say they are made up."""
    return [
        SitePaint(
            row.latitude, row.longitude, OWN_COLOUR[theme(dark)],
            (row.name, f"{GROUPS[row.service_group]}; made up to show the tool"),
        )
        for row in places[["latitude", "longitude", "name", "service_group"]].itertuples(index=False)
    ]


def by_ward(rows: pd.DataFrame, names: Mapping[str, str], kind: str, dark: bool) -> go.Figure:
    """Places for each 1,000 children by ward, fewest first, with the range over other catchments."""
    shown = rows.sort_values(["per_1000", "minutes_to_nearest"], ascending=[True, False], ignore_index=True)
    muted, strong = MUTED[theme(dark)], PROVISION_COLOUR[theme(dark)]
    codes = list(shown["area_code"])
    figure = go.Figure([_ranges(shown, muted), _places(shown, names, kind, strong)])
    overall = 1000 * rows["places"].sum() / rows["children"].sum()
    figure.add_vline(x=overall, line={"color": muted, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=overall, y=1, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, text=f"council {overall:.2f}",
        font={"color": muted, "size": 12},
    )
    figure.update_yaxes(
        tickmode="array", tickvals=codes, ticktext=[names[code] for code in codes], categoryorder="array",
        categoryarray=codes, range=[len(codes) - 0.4, -0.6],
    )
    figure.update_xaxes(rangemode="tozero", title="For each 1,000 children")
    bare(figure, dark, 110 + ROW * len(codes))
    figure.update_layout(margin_t=66, legend_y=1.03)
    return figure


def _ranges(rows: pd.DataFrame, colour: str) -> go.Scatter:
    ends = rows[["per_1000_lowest", "per_1000_highest"]].to_numpy(float)
    return go.Scatter(
        x=[value for low, high in ends for value in (low, high, None)],
        y=[value for code in rows["area_code"] for value in (code, code, None)],
        mode="lines",
        name="Over four catchments",
        line={"color": colour, "width": 5},
        opacity=0.45,
        hoverinfo="skip",
    )


def _places(rows: pd.DataFrame, names: Mapping[str, str], kind: str, colour: str) -> go.Scatter:
    said = [f"{names[row.area_code]}<br>{row.per_1000:.2f} {KINDS[kind][0]} for each 1,000" for row in rows.itertuples()]
    return go.Scatter(
        x=rows["per_1000"],
        y=rows["area_code"],
        mode="markers",
        name="This catchment",
        marker={"color": colour, "size": 9, "symbol": "diamond"},
        cliponaxis=False,
        customdata=said,
        hovertemplate="%{customdata}<extra></extra>",
    )


def table(rows: pd.DataFrame, names: Mapping[str, str], kind: str) -> pd.DataFrame:
    """The table people read, fewest within reach first."""
    shown = rows.sort_values(["per_1000", "minutes_to_nearest"], ascending=[True, False])
    return pd.DataFrame(
        {
            "Ward": shown["area_code"].map(names),
            "For each 1,000 children": [f"{value:.2f}" for value in shown["per_1000"]],
            "Over four catchments": [
                f"{row.per_1000_lowest:.2f} to {row.per_1000_highest:.2f}" for row in shown.itertuples()
            ],
            f"Its share of the {KINDS[kind][0]}": [number(value, 1) for value in shown["places"]],
            "In the ward": [str(count) for count in shown["located"]],
            "Minutes to nearest": [number(value) for value in shown["minutes_to_nearest"]],
            "Children 0-15": [number(value) for value in shown["children"]],
            "On the edge": ["yes" if edge else "no" for edge in shown["edge"]],
        }
    )


def reach_download(
    rows: pd.DataFrame, names: Mapping[str, str], kind: str, edition: str, catchment: str, years: str
) -> pd.DataFrame:
    """The table for a spreadsheet, with what was chosen on every row."""
    return rows.assign(
        area_name=rows["area_code"].map(names), kind=kind, edition=edition, catchment=CATCHMENTS[catchment].title,
        list_year=years, basis="modelled",
    )


def list_years(places: pd.DataFrame) -> str:
    """The years of the lists the places come from."""
    return listed([str(year) for year in sorted(places["list_year"].unique())])


def reach_method(catchment: str, reached: float, placed: int) -> str:
    """How access was worked out (Markdown)."""
    chosen = CATCHMENTS[catchment]
    steps = "; ".join(
        f"within {minutes:.0f} minutes counts {weight:g}"
        for minutes, weight in zip(chosen.minutes, chosen.weights, strict=True)
    )
    lost = placed - round(reached)
    unreached = (
        f" {lost} of the {placed} listed places {'is' if lost == 1 else 'are'} beyond the reach of every neighbourhood's "
        "point and count for nobody."
        if lost
        else ""
    )
    return (
        f"**Catchment.** {chosen.title}, at {chosen.km_per_hour:g} km an hour; {steps}. Straight line times 1.3 stands in "
        "for the journey, since no route planner is used.\n\n"
        "**Places within reach.** Each place is shared among all the children who can reach it, nearer ones counting "
        "more; a ward's share is divided by its children aged 0 to 15. Children stand at the mean of their "
        f"neighbourhood's postcodes.{unreached}\n\n"
        "**How sure.** Lists and distances have no sampling limits, so nothing here is certain to a stated degree. What "
        "is shown instead is how far the answer moves over four ways of drawing the catchment. One place counts as one "
        "whatever its size, and different types of place are never added together."
    )
