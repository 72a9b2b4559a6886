"""The toxic-trio page in words, map classes and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.editions import ENGLAND, SHORT_COUNCIL
from analysis.present.bands import Banded
from analysis.present.maps import AreaPaint
from analysis.present.palette import Class
from analysis.present.words import limits, listed, number
from analysis.toxic_trio import COVARIATES, GROUPS

FEW = 10

STATES = {
    "published": Class("Published: share of the parents and carers", "%", "#14697a", "#7fd6e2"),
    "held": Class("Not published; our estimate stopped at the bound", "≤", "#ffffff", "#1b242b", hatched=True),
    "modelled": Class("Not published; our estimate, below the bound", "~", "#ffffff", "#1b242b", hatched=True),
}

KNOWN = {
    "published": "Published",
    "held": "≤ Modelled, stopped at the bound",
    "modelled": "~ Modelled",
}

TERM = (
    "“Toxic trio” is the source's term for domestic abuse, parental mental ill-health and substance misuse in one "
    "family. The term is contested. It describes circumstances, not people."
)

PLACES = {"E06000022": SHORT_COUNCIL, "K04000001": "England and Wales", ENGLAND: "England"}


def ordered(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Published wards as the source lists them, then the others by the alphabet, since an estimate has no rank."""
    named = rows.assign(area_name=rows["area_code"].map(names))
    listed_first = named["share"].fillna(-1.0)
    return named.assign(listed_first=listed_first).sort_values(
        ["listed_first", "area_name"], ascending=[False, True], ignore_index=True
    )


def headline(rows: pd.DataFrame, names: Mapping[str, str], group: str, base: int) -> tuple[str, str]:
    """Where the parents known to services lived, and what that is not."""
    shown = ordered(rows, names)
    known = shown[shown["state"] == "published"]
    shares = [f"{100 * row['share']:.0f}% in {row['area_name']}" for row in known.to_dict("records")]
    lived = [shares[0].replace("% in", "% lived in"), *shares[1:]]
    which = "at least one of the three needs" if group == "one_or_more" else "all three needs"
    first = f"Of {base} parents and carers known to services in 2016/17 with {which}, about {listed(lived)}."
    more = (
        f"For the other {len(shown) - len(known)} wards nothing was published, except that none had more than the "
        "last ward listed. These are people already in services, so the figures mix need with provision: they show "
        "where contact is, not where need is."
    )
    return first, more


def banded(rows: pd.DataFrame) -> Banded:
    """The classes of the map: published, held at the bound, modelled."""
    return Banded(tuple(STATES.values()), {row["area_code"]: STATES[row["state"]] for row in rows.to_dict("records")})


def paints(rows: pd.DataFrame, base: int, dark: bool) -> list[AreaPaint]:
    """Published wards solid, with their share written on them; the others hatched, with the sign of their kind."""
    return [_paint(row, base, dark) for _, row in rows.iterrows()]


def _paint(row: pd.Series, base: int, dark: bool) -> AreaPaint:
    item = STATES[row["state"]]
    symbol = f"{100 * row['share']:.0f}%" if row["state"] == "published" else item.symbol
    return AreaPaint(row["area_code"], item.colour(dark), symbol, _lines(row, base), item.hatched)


def _lines(row: pd.Series, base: int) -> tuple[str, ...]:
    if row["state"] == "published":
        return (
            f"Published: {100 * row['share']:.0f}% of {base} parents, {_counted(row)}",
            f"95% limits {_range(row['lower'], row['upper'])}; rounding allows {_range(row['least'], row['most'])}",
        )
    estimate = f"Our estimate: {about(row['parents'])} parents ({_range(row['lower'], row['upper'])})"
    held = "; stopped at the last listed ward's count" if row["state"] == "held" else ""
    return (f"Not published: at most {number(row['most'])} of {base} parents", estimate + held)


def _counted(row: pd.Series) -> str:
    exact = row["least"] == row["most"]
    count = f"{'' if exact else 'about '}{number(row['parents'])}"
    return f"{count} (few: read with caution)" if row["parents"] < FEW else count


def about(parents: float) -> str:
    """A modelled count as people say it."""
    return "under 1" if parents < 1 else f"about {number(parents)}"


def _range(lower: float, upper: float) -> str:
    if round(lower) == round(upper):
        return f"only {number(lower)}"
    return f"{number(lower)} to {number(upper)}"


def spoken(rows: pd.DataFrame, names: Mapping[str, str], base: int) -> str:
    """What a screen reader hears of the whole map."""
    known = ordered(rows, names).query("state == 'published'")
    shares = ", ".join(f"{row['area_name']} {100 * row['share']:.0f}%" for row in known.to_dict("records"))
    return (
        f"Map of the 37 wards of 2011 to 2019. Published shares of {base} parents: {shares}. The other "
        f"{len(rows) - len(known)} wards are hatched, because nothing was published for them. "
        "The same figures are in the table below."
    )


def table(rows: pd.DataFrame, names: Mapping[str, str], base: int) -> pd.DataFrame:
    """The table people read: published wards first, the rest by the alphabet, every blank with its reason."""
    shown = ordered(rows, names)
    known = shown["state"].eq("published")
    return pd.DataFrame(
        {
            "Ward": shown["area_name"],
            "What is known": shown["state"].map(KNOWN),
            f"Share of {base} parents": [_share(share) for share in shown["share"]],
            "Parents": [number(n) if k else about(n) for n, k in zip(shown["parents"], known, strict=True)],
            "95% limits": [_range(low, high) for low, high in zip(shown["lower"], shown["upper"], strict=True)],
            "Could be": [
                _range(row["least"], row["most"]) if row["state"] == "published" else f"at most {number(row['most'])}"
                for row in shown.to_dict("records")
            ],
            "Basis": shown["basis"],
        }
    )


def _share(share: float) -> str:
    return "not published" if pd.isna(share) else f"{100 * share:.0f}%"


def download(rows: pd.DataFrame, names: Mapping[str, str], group: str, covariate: str, base: int) -> pd.DataFrame:
    """The table for a spreadsheet, with what was chosen on every row."""
    return (
        ordered(rows, names)
        .drop(columns="listed_first")
        .assign(base=base, period="2016/17", needs=GROUPS[group], spread_by=COVARIATES[covariate])
    )


def quotients(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Location quotients of the listed wards, with limits and in words."""
    shown = rows.assign(area_name=rows["area_code"].map(names)).sort_values("share", ascending=False)
    return pd.DataFrame(
        {
            "Ward": shown["area_name"],
            "Share of the parents": [f"{100 * share:.0f}%" for share in shown["share"]],
            "Times its share of all children": _times(shown, "of_children"),
            "Times its share of children in income-deprived families": _times(shown, "of_income_deprived"),
        }
    )


def _times(rows: pd.DataFrame, name: str) -> list[str]:
    cells = rows[[name, f"{name}_lower", f"{name}_upper"]].to_numpy(float)
    return [f"{value:.1f} ({lower:.1f} to {upper:.1f}): {_side(lower, upper)}" for value, lower, upper in cells]


def _side(lower: float, upper: float) -> str:
    if lower > 1:
        return "more"
    return "less" if upper < 1 else "about the same"


def council_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The council-level figures as rows of words: what, how many, of where, when, what kind, and where printed."""
    return pd.DataFrame(
        {
            "Figure": rows["statement"],
            "Value": [_value(row) for _, row in rows.iterrows()],
            "Area and period": [
                f"{PLACES[row['area_code']]}, {_period(row['period'])}" for row in rows.to_dict("records")
            ],
            "Kind": rows["kind"],
            "Where in the assessment": rows["locator"],
        }
    )


def _period(words: str) -> str:
    return "year not stated" if words == "not stated" else words


def _value(row: pd.Series) -> str:
    unit = "%" if row["unit"] == "%" else f" {row['unit']}"
    decimals = 0 if pd.isna(row["value"]) or float(row["value"]).is_integer() else 1
    if pd.isna(row["value"]):
        return f"{number(row['lower'])} to {number(row['upper'])}{unit}"
    return f"{limits(row['value'], row['lower'], row['upper'], decimals)}{unit}"


def method(group: str, covariate: str, base: int) -> str:
    """How the ward figures were worked out (Markdown)."""
    small = (
        "\n\n**Small numbers.** Shares of 97 people, printed in whole per cents, give each count away exactly "
        "(15, 7, 6 and 6). They were published by the council and are shown as such; counts under 10 are marked "
        "to be read with caution."
        if group == "three"
        else ""
    )
    return (
        f"**Published wards.** The source prints whole per cents of {base} parents and carers with a known local "
        "postcode. The count is the nearest whole number; *could be* gives every count that would print as that per "
        "cent. The 95% limits are Wilson's.\n\n"
        "**Other wards.** The remaining parents are shared out in proportion to "
        f"{COVARIATES[covariate]}, and no ward may have more than the last one listed; what the bound turns away goes "
        f"to the rest, so the total stays {base}. The limits hold the middle 95% of 4,000 seeded draws over the "
        "rounding, the choice among three ways of sharing out, and chance.\n\n"
        "**What it must not be used for.** An estimate follows what it was shared out by, so it may not be compared "
        "with it, rated red, amber or green, ranked, or used as need. No ward estimate is evidence about that ward."
        + small
    )
