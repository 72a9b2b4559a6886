"""Tables of deprivation for reading, and the method behind them in plain words."""

from __future__ import annotations

from html import escape

import pandas as pd

from analysis.present.deprivation_view import show_score, standing, with_width
from analysis.present.html_tables import framed
from analysis.present.palette import ink_on, sequence, theme
from analysis.present.words import limits, number

PAPER = {"light": "#fcfbf8", "dark": "#12191e"}
SHORT = {
    "imd": "All domains (IMD)",
    "idaci": "Children's income (IDACI)",
    "idaopi": "Older people's income (IDAOPI)",
    "income": "Income",
    "employment": "Employment",
    "education": "Education and skills",
    "health": "Health and disability",
    "crime": "Crime",
    "barriers": "Housing and services",
    "living_env": "Living environment",
}


def table(rows: pd.DataFrame, domain: str) -> pd.DataFrame:
    """Neighbourhoods to read: the most deprived tenth first, then by ward and name."""
    ordered = rows.sort_values(["decile", "ward_name", "name", "area_code"])
    return pd.DataFrame(
        {
            "Neighbourhood": ordered["name"],
            "Ward (best fit)": ordered["ward_name"],
            "National tenth": ordered["decile"],
            "In England's most deprived fifth": ordered["pocket"].map({True: "yes", False: ""}),
            "Score": [
                with_width(score, width, domain) if pd.notna(score) else reason
                for score, width, reason in ordered[["score", "score_half_width", "blank_reason"]].itertuples(
                    index=False
                )
            ],
            "Basis of the score": ordered["basis"].where(ordered["score"].notna(), "no score"),
            "Code": ordered["area_code"],
        }
    )


def ward_table(wards: pd.DataFrame, domain: str) -> pd.DataFrame:
    """Wards to read: those with most of their neighbourhoods in the most deprived fifth first."""
    ordered = wards.sort_values(["pockets", "worst_decile", "score"], ascending=[False, True, False])
    return pd.DataFrame(
        {
            "Ward": ordered["area_name"],
            "Average score": [
                with_width(row["score"], row["give_or_take"], domain) if row["status"] == "ok" else "none"
                for _, row in ordered.iterrows()
            ],
            "Its neighbourhoods range": [
                f"{show_score(low, domain)} to {show_score(high, domain)}" if pd.notna(low) else "no scores"
                for low, high in ordered[["lowest", "highest"]].itertuples(index=False)
            ],
            "Average would stand in tenth": [standing(row) for _, row in ordered.iterrows()],
            "Most deprived neighbourhood, tenth": ordered["worst_decile"],
            "Neighbourhoods": ordered["neighbourhoods"],
            "In England's most deprived fifth": ordered["pockets"],
            "Why blank": ordered["blank_reason"],
        }
    ).loc[:, lambda frame: [name for name in frame if name != "Why blank" or frame[name].ne("").any()]]


def download(areas: pd.DataFrame, year: int, domain: str) -> pd.DataFrame:
    """What is shown, for a spreadsheet: figures unrounded, ranks left out as on screen."""
    return areas.drop(columns=["rank"], errors="ignore").assign(iod_year=year, domain=domain)


def heat(counts: pd.DataFrame, chosen: str, year: int, dark: bool, council: str) -> str:
    """Neighbourhoods of a council in each national tenth, domain by domain, as HTML with a number in every cell."""
    total, paper = int(counts.iloc[0].sum()), PAPER[theme(dark)]
    caption = f"Neighbourhoods of {council} in each tenth of England, {year}. Every row adds up to {total}."
    heads = "".join(f'<th scope="col">{place}</th>' for place in range(1, 11))
    body = "".join(_heat_row(domain, row, chosen, counts.to_numpy().max(), dark) for domain, row in counts.iterrows())
    return framed(
        caption,
        f'<table class="atlas-table atlas-heat" style="--heat-paper:{paper}">'
        f"<caption>{escape(caption)} 1 is the most deprived tenth.</caption>"
        f'<thead><tr><th scope="col">Domain or index</th>{heads}<th scope="col">1 and 2 together</th></tr></thead>'
        f"<tbody>{body}</tbody></table>",
    )


def _heat_row(domain: object, row: pd.Series, chosen: str, most: int, dark: bool) -> str:
    cells = "".join(_heat_cell(int(count), most, dark) for count in row)
    here = "<small>shown above</small>" if domain == chosen else ""
    return (
        f"<tr><th scope=row>{escape(SHORT[str(domain)])}{here}</th>{cells}"
        f'<td class="total">{int(row[[1, 2]].sum())}</td></tr>'
    )


def _heat_cell(count: int, most: int, dark: bool) -> str:
    fills = sequence(dark)
    fill = fills[min(len(fills) - 1, (len(fills) * count) // (most + 1))]
    return f'<td style="background:{fill};color:{ink_on(fill)}">{count}</td>'


def moved_table(moves: pd.DataFrame, earlier: int, later: int) -> pd.DataFrame:
    """Neighbourhoods by how far they moved, those towards more deprived first."""
    ordered = moves.sort_values(["moved", "after", "ward_name", "name"])
    way = ordered["moved"].map(
        lambda step: "stayed" if step == 0 else f"{_tenths(step)} {'▼ more' if step < 0 else '▲ less'} deprived"
    )
    return pd.DataFrame(
        {
            "Neighbourhood": ordered["name"] + ", " + ordered["ward_name"],
            "Moved": way.where(~(ordered["slight"] & ordered["moved"].ne(0)), way + ", slight"),
            f"Tenth {earlier}": ordered["before"],
            f"Tenth {later}": ordered["after"],
            "Code": ordered["area_code"],
        }
    )


def _tenths(step: int) -> str:
    return f"{abs(step)} tenth{'s' if abs(step) > 1 else ''}"


def printed_table(both: pd.DataFrame) -> pd.DataFrame:
    """Printed beside rebuilt, the largest difference first."""
    triple = ["percent", "percent_lower", "percent_upper"]
    return pd.DataFrame(
        {
            "Ward": both["area_name"],
            "Children, printed": both["count"],
            "Children, rebuilt": [number(value, 1) for value in both["count_rebuilt"]],
            "Per cent, printed": _triples(both, triple, 1),
            "Per cent, rebuilt": _triples(both, [f"{name}_rebuilt" for name in triple], 2),
            "Difference (points)": [f"{value:+.3f}".replace("-", "−") for value in both["percent_difference"]],
            "Where printed": both["locator"],
        }
    )


def _triples(rows: pd.DataFrame, columns: list[str], decimals: int) -> list[str]:
    return [limits(value, low, high, decimals) for value, low, high in rows[columns].to_numpy(float)]


METHOD = (
    "**Neighbourhoods** are lower-layer super output areas (LSOAs): about 1,700 people each, drawn for statistics. "
    "The English Indices of Deprivation rank all of them from 1, the most deprived in England. A *tenth* (decile) is a "
    "tenth of that ranking; tenths 1 and 2 are the most deprived fifth. Ranks themselves are not shown, because the "
    "publisher gives no limits for them and neighbours in the ranking can seldom be told apart.\n\n"
    "**Ward averages** are means of the scores of the neighbourhoods that best fit the ward, weighted by the people "
    "each domain counts (for 2025 by Census 2021 residents of about the same ages, because the denominators were not "
    "in the copies we could read). *Average would stand in tenth* finds the local neighbourhoods with scores just "
    "above and below it. Wards since 2019 were not built from neighbourhoods, so best fit is rough at their edges.\n\n"
    "**Scores of 2019** for crime, health, IDACI and IDAOPI are our estimates: a score follows from its published "
    "rank, so it lies between two published scores, and *give or take* is half that bracket. Where no score could be "
    "had the cell says so; its tenth is published all the same.\n\n"
    "**Pocket** means a neighbourhood in the most deprived fifth of England. A ward *holds a pocket* when it has one "
    "although at least half of its neighbourhoods stand elsewhere."
)
