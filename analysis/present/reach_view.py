"""Places within reach as a sentence, map classes, dots, a chart and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.present.bands import Banded, equal_count
from analysis.present.figures import ROW, bare
from analysis.present.maps import SitePaint
from analysis.present.palette import MUTED, NEED_COLOUR, PROVISION_COLOUR, SEQUENCE_LIGHT, Class, theme
from analysis.present.words import listed, number
from analysis.reach import CATCHMENTS

NONE_REACHED = Class("None within reach", "0", "#ecdcc6", "#4a3a2b")

KINDS = {
    "library": ("libraries", "library"),
    "gp": ("GP surgeries", "GP surgery"),
    "play": ("play spaces", "play space"),
    "school": ("schools", "school"),
}

GROUPS = {"children_centres": "Family hub", "family_support": "Family support", "youth": "Youth service"}

OWN_COLOUR = {"light": "#5b2a86", "dark": "#e2c6ff"}

TEAL_LIGHT = ("#dfeeef", "#b4d9dd", "#7fbdc4", "#3b8c98", "#14596a")
TEAL_DARK = ("#22343a", "#2b565f", "#3a8490", "#5cb6c2", "#a6ecf4")


def sentence(rows: pd.DataFrame, names: Mapping[str, str], kind: str) -> tuple[str, str]:
    """Where no place is within reach, and how many there are for each 1,000 children elsewhere."""
    many = KINDS[kind][0]
    overall = 1000 * rows["places"].sum() / rows["children"].sum()
    empty = sorted(names[code] for code in rows.loc[rows["places"] == 0, "area_code"])
    most = rows.sort_values("per_1000").iloc[-1]
    none = (
        f"No {many} are within reach in {len(empty)} wards ({listed(empty, 6)})."
        if len(empty) > 1
        else f"No {many} are within reach in {empty[0]}."
        if empty
        else f"Every ward has some {many} within reach."
    )
    return none, (
        f"For the whole council there are {overall:.2f} for each 1,000 children aged 0 to 15; the ward with most "
        f"within reach has {most['per_1000']:.2f} ({names[most['area_code']]}). The answer moves with the catchment."
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
            row["latitude"],
            row["longitude"],
            NEED_COLOUR[theme(dark)],
            (row["name"], f"{KINDS[kind][1]}, list of {row['list_year']}"),
        )
        for row in places[["latitude", "longitude", "name", "list_year"]].to_dict("records")
    ]


def own_dots(places: pd.DataFrame, dark: bool) -> list[SitePaint]:
    """The illustrative commissioned sites as dots that say they are made up."""
    return [
        SitePaint(
            row["latitude"],
            row["longitude"],
            OWN_COLOUR[theme(dark)],
            (row["name"], f"{GROUPS[row['service_group']]}; made up to show the tool"),
        )
        for row in places[["latitude", "longitude", "name", "service_group"]].to_dict("records")
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
        x=overall,
        y=1,
        yref="paper",
        yanchor="bottom",
        xanchor="left",
        showarrow=False,
        text=f"council {overall:.2f}",
        font={"color": muted, "size": 12},
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=codes,
        ticktext=[names[code] for code in codes],
        categoryorder="array",
        categoryarray=codes,
        range=[len(codes) - 0.4, -0.6],
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
    places = KINDS[kind][0]
    said = [
        f"{names[row['area_code']]}<br>{row['per_1000']:.2f} {places} for each 1,000" for row in rows.to_dict("records")
    ]
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
                f"{row['per_1000_lowest']:.2f} to {row['per_1000_highest']:.2f}" for row in shown.to_dict("records")
            ],
            f"Its share of the {KINDS[kind][0]}": [number(value, 1) for value in shown["places"]],
            "In the ward": [str(count) for count in shown["located"]],
            "Minutes to nearest": [number(value) for value in shown["minutes_to_nearest"]],
            "Children 0-15": [number(value) for value in shown["children"]],
            "On the edge": ["yes" if edge else "no" for edge in shown["edge"]],
        }
    )


def download(
    rows: pd.DataFrame, names: Mapping[str, str], kind: str, edition: str, catchment: str, years: str
) -> pd.DataFrame:
    """The table for a spreadsheet, with what was chosen on every row."""
    return rows.assign(
        area_name=rows["area_code"].map(names),
        kind=kind,
        edition=edition,
        catchment=CATCHMENTS[catchment].title,
        list_year=years,
        basis="modelled",
    )


def list_years(places: pd.DataFrame) -> str:
    """The years of the lists the places come from."""
    return listed([str(year) for year in sorted(places["list_year"].unique())])


def method(catchment: str, reached: float, placed: int) -> str:
    """How access was worked out (Markdown)."""
    chosen = CATCHMENTS[catchment]
    steps = "; ".join(
        f"within {minutes:.0f} minutes counts {weight:g}"
        for minutes, weight in zip(chosen.minutes, chosen.weights, strict=True)
    )
    lost = placed - round(reached)
    unreached = (
        f" {lost} of the {placed} listed places {'is' if lost == 1 else 'are'} beyond the reach of every "
        "neighbourhood's point and count for nobody."
        if lost
        else ""
    )
    return (
        f"**Catchment.** {chosen.title}, at {chosen.km_per_hour:g} km an hour; {steps}. Straight line times 1.3 stands "
        "in for the journey, since no route planner is used.\n\n"
        "**Places within reach.** Each place is shared among all the children who can reach it, nearer ones counting "
        "more; a ward's share is divided by its children aged 0 to 15. Children stand at the mean of their "
        f"neighbourhood's postcodes.{unreached}\n\n"
        "**How sure.** Lists and distances have no sampling limits, so nothing here is certain to a stated degree. "
        "What is shown instead is how far the answer moves over four ways of drawing the catchment. One place counts "
        "as one whatever its size, and different types of place are never added together."
    )
