"""Access to sites as sentences, map classes and dots."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import pandas as pd

from analysis.gap import Gap
from analysis.need import NEEDS
from analysis.present.bands import Banded, equal_count
from analysis.present.gap_view import MapView
from analysis.present.maps import SitePaint
from analysis.present.palette import INK, NEED_COLOUR, NO_VALUE, SEQUENCE_LIGHT, Class, theme
from analysis.present.reach_view import NONE_REACHED, OWN_COLOUR, TEAL_DARK, TEAL_LIGHT
from analysis.present.words import listed, number
from analysis.site_access import ALL_CHILDREN, LIMIT_MINUTES, Access, always_lowest, deserts

MOST_NAMED = 6
SMALLEST, LARGEST = 4, 10
TRIED_SYMBOL, EDGE_SYMBOL = "★", "+"
VIEWS = {"reach": "Within reach", "located": "Located in the ward", "served": "Served"}


def answer(found: Access, names: Mapping[str, str], added: int) -> tuple[str, str]:
    """Where nothing is within reach, where least is, how many children that is, and how sure it can be."""
    empty, how = _named(deserts(found), names), found.mode.words
    one = found.sought.one
    beyond, children = found.wards["beyond_30"].sum(), found.wards["children"].sum()
    counted = (
        f"about {_rounded(beyond)} of {_rounded(children)} children "
        f"({100 * beyond / children:.0f}%) live where no {one} is within {LIMIT_MINUTES} minutes {how}"
        if beyond
        else f"every child lives within {LIMIT_MINUTES} minutes {how} of a {one}"
    )
    if empty:
        wards = "one ward" if len(empty) == 1 else f"{len(empty)} wards"
        first = f"From {wards} no {one} is within {LIMIT_MINUTES} minutes {how}: {listed(empty, MOST_NAMED)}."
        return first, f"{_capital(counted)}. {_sureness(found, added)}"
    least = _named(always_lowest(found), names)
    first = f"Least within reach {how}, whichever setting is used: {listed(least, MOST_NAMED)}; {counted}."
    unranked = f"No ward is among the five with least within reach under every setting; {counted}."
    return first if least else unranked, _sureness(found, added)


def _sureness(found: Access, added: int) -> str:
    made_up = "The sites are made up, so this shows how the atlas answers, not what these wards have. "
    tried = f"{_sites(added)} that you added {'is' if added == 1 else 'are'} counted in. " if added else ""
    return (
        f"{tried}{made_up if found.basis == 'illustrative' else ''}{_journeys(found)} "
        "There are no sampling limits here, so nothing is called certain."
    )


def _journeys(found: Access) -> str:
    if found.from_table == 1:
        return "Journey times come from the table that was given."
    if found.from_table > 0:
        share = "Under 1%" if found.from_table < 0.01 else f"{100 * found.from_table:.0f}%"
        return (
            f"{share} of the journeys come from the table that was given; for the rest a straight line at a stated "
            "speed stands in."
        )
    return "A straight line at a stated speed stands in for every journey."


def demand_words(found: Access) -> str:
    """Who the places are shared among."""
    return "children aged 0 to 15" if found.demand_id == ALL_CHILDREN else NEEDS[found.demand_id].short


def rate_words(found: Access) -> str:
    """What a rate counts."""
    return f"{_capital(found.sought.unit)} for each {found.sought.per:,} {demand_words(found)}"


def caption(found: Access, edge: Collection[str]) -> str:
    """What the map of access shows (Markdown)."""
    return (
        f"{rate_words(found)}, within {LIMIT_MINUTES} minutes {found.mode.words}, nearer ones counting more. "
        f"**{EDGE_SYMBOL}** marks the {len(edge)} wards on the council's edge: sites outside the council are not in "
        "the lists, so there access is at least this; nor are the people outside who use the sites here."
    )


def reach_map(found: Access, edge: Collection[str], dark: bool) -> MapView:
    """The map of what is within reach; a ward with nothing is hatched and says so."""
    rates = found.wards.set_index("area_code")["rate"]
    nothing = Class(f"None within {LIMIT_MINUTES} minutes {found.mode.words}", "0", "#ffffff", "#1b242b", hatched=True)
    bands = _teal(equal_count(rates[rates > 0], lambda rate: f"{rate:.2f}"))
    nobody = replace(NO_VALUE, label=f"No {demand_words(found)}", symbol="–")
    banded = bands.with_class(nothing, rates.index[rates == 0]).with_class(nobody, rates.index[rates.isna()])
    return _view(banded, reach_lines(found, edge), edge, dark, f"{rate_words(found)} within reach {found.mode.words}")


def located_map(found: Access, edge: Collection[str], dark: bool) -> MapView:
    """The map of what stands inside each ward, which is not who can reach it."""
    counts = found.wards.set_index("area_code")["located"]
    none = replace(NONE_REACHED, label="None in the ward")
    banded = _teal(equal_count(counts[counts > 0], number)).with_class(none, counts.index[counts == 0])
    return _view(banded, reach_lines(found, edge), (), dark, f"{_capital(found.sought.unit)} located in the ward")


def located_caption(found: Access) -> str:
    """What the map of sites by ward shows, and how it differs from what is within reach (Markdown)."""
    rows = found.wards
    served = int(((rows["located"] == 0) & (rows["rate"] > 0)).sum())
    one = found.sought.one
    wards, own = ("One ward has", "its own") if served == 1 else (f"{served} wards have", "their own")
    differs = (
        f"{wards} no {one} of {own} and yet some within reach."
        if served
        else f"Here every ward with a {one} within reach has one standing in it."
    )
    return (
        f"{_capital(found.sought.unit)} by the ward they stand in. **Located in is not within reach**: a site serves "
        f"whoever can get to it, whichever ward they live in. {differs}"
    )


def served_caption(served: Gap) -> str:
    """What the map of those supported shows, and how it differs from the other two (Markdown)."""
    together = "; family hubs and family support together" if served.provision.unit == "families" else ""
    return (
        f"{served.provision.title}, {served.provision.period}{together}: each ward's share of all, by the ward they "
        "live in. **Served is neither located in nor within reach**: it needs a referral as well as a site, so few "
        "served can mean little need, little within reach or few referrals. Counts too small to show are held back."
    )


def reach_lines(found: Access, edge: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What a ward says when pointed at, by code."""
    return {str(row["area_code"]): _lines(found, row, row["area_code"] in edge) for _, row in found.wards.iterrows()}


def _lines(found: Access, row: pd.Series, edge: bool) -> tuple[str, ...]:
    sought, how = found.sought, found.mode.words
    if pd.isna(row["rate"]):
        return (f"No {demand_words(found)} live here, so there is nobody to share places among",)
    reach = (
        f"No {sought.one} within {LIMIT_MINUTES} minutes {how} of any neighbourhood"
        if row["rate"] == 0
        else f"Within reach: {row['rate']:.2f} {sought.unit} for each {sought.per:,} {demand_words(found)}"
    )
    located = f"Located in the ward: {number(row['located'])} {sought.unit}"
    at_least = ("On the council's edge: sites outside are missing, so at least this",) if edge else ()
    return (
        reach,
        f"By other settings {row['rate_lowest']:.2f} to {row['rate_highest']:.2f}",
        f"Half the children are within {number(row['minutes'])} minutes of the nearest",
        located,
        *at_least,
    )


def dots(found: Access, dark: bool) -> list[SitePaint]:
    """The sites, larger for more places; those the reader added carry a star."""
    most = float(found.sites["capacity"].max())
    return [_dot(found, row, most, dark) for _, row in found.sites.iterrows()]


def dots_are(found: Access) -> str:
    """What the dots on the map are (Markdown)."""
    made_up = found.sites.loc[~found.sites["added"], "basis"].eq("illustrative").any()
    what = f"**The dots are made up**: {found.sought.many}" if made_up else f"The dots are {found.sought.many}"
    sized = ", larger for more places" if found.sought.served else ""
    tried = f"; {TRIED_SYMBOL} is a site you added" if found.sites["added"].any() else ""
    return f"{what}{sized}{tried}."


def _dot(found: Access, row: pd.Series, most: float, dark: bool) -> SitePaint:
    counted = found.sought.served is not None
    places = (f"{number(row['capacity'])} {found.sought.unit}",) if counted else ()
    made_up = ("Made up to show the tool",) if row["basis"] == "illustrative" and not row["added"] else ()
    alone = () if row["reached"] else (f"Nobody lives within {LIMIT_MINUTES} minutes {found.mode.words}",)
    if row["added"]:
        colour, lines = INK[theme(dark)], ("Added by you, to try it out", *places, *alone)
    else:
        colour = (OWN_COLOUR if counted else NEED_COLOUR)[theme(dark)]
        lines = (_capital(found.sought.one), *places, *made_up, *alone)
    size = SMALLEST + (LARGEST - SMALLEST) * (float(row["capacity"]) / most) ** 0.5 if counted else SMALLEST + 1
    radius = max(round(size), 8) if row["added"] else round(size)
    symbol = TRIED_SYMBOL if row["added"] else ""
    return SitePaint(row["latitude"], row["longitude"], colour, (row["name"], *lines), radius, symbol)


def changed_sentence(gains: pd.DataFrame, found: Access, names: Mapping[str, str]) -> str:
    """Who gains from the sites added, how much, and that it adds up (Markdown)."""
    won = gains[gains["gained"] > 0].sort_values("gained", ascending=False)
    tried = found.sites[found.sites["added"]]
    unit, total = found.sought.unit, gains["places_gained"].sum()
    lost = tried.loc[~tried["reached"], "name"]
    unreached = f" Nobody is near enough to {listed(list(lost))}, so it adds nothing." if len(lost) else ""
    if won.empty:
        return f"No ward gains.{unreached}"
    most = won.iloc[0]
    return (
        f"**{'One ward gains' if len(won) == 1 else f'{len(won)} wards gain'}, none loses.** Most: "
        f"{names[str(most['area_code'])]}, from {_rate(most['before'])} to {_rate(most['after'])} for each "
        f"{found.sought.per:,}. The {number(total)} {unit} gained add up to the places of the sites added that "
        f"somebody can reach; a new site shares its own places and takes none from another.{unreached}"
    )


def _rate(value: float) -> str:
    return number(value, 2)


def _view(
    banded: Banded, lines: Mapping[str, tuple[str, ...]], edge: Collection[str], dark: bool, what: str
) -> MapView:
    counts = banded.counts()
    counted = ", ".join(f"{item.label}: {count}" for item, count in counts.items())
    paints = [
        replace(paint, symbol=f"{paint.symbol}{EDGE_SYMBOL}") if paint.code in edge else paint
        for paint in banded.paints(lines, dark)
    ]
    return MapView(counts, paints, f"Map of wards: {what}. {counted}. The same figures are in the table below.")


def _teal(banded: Banded) -> Banded:
    """The same classes in blue-green, which in the atlas stands for provision; the class of blanks left out."""
    tones = {item: _toned(item) for item in banded.classes if item.light in SEQUENCE_LIGHT}
    return Banded(tuple(tones.values()), {code: tones[item] for code, item in banded.members.items()})


def _toned(item: Class) -> Class:
    place = SEQUENCE_LIGHT.index(item.light)
    return replace(item, light=TEAL_LIGHT[place], dark=TEAL_DARK[place])


def _rounded(people: float) -> str:
    """People to the nearest hundred, or below that to the nearest ten."""
    return number(round(people, -2 if people >= 100 else -1))


def _named(codes: Collection[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names[code] for code in codes)


def _sites(count: int) -> str:
    return "One site" if count == 1 else f"{count} sites"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
