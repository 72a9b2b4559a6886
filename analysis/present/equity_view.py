"""Equity along deprivation as one sentence a measure, tables and words on method."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.editions import EDITIONS
from analysis.equity import DEPRIVATION_YEAR, DRAWS, Equity
from analysis.gap import BASIS_ORDER, Gap
from analysis.present.gap_view import rows_of
from analysis.present.words import number
from analysis.reach import CATCHMENTS

FIFTH = 0.2


class Measure(NamedTuple):
    """One measure as people read it; lower and upper are missing where nothing was varied."""

    value: float
    lower: float
    upper: float


def answer(found: Equity, result: Gap) -> str:
    """Whether the gap is patterned by deprivation, in one sentence without figures."""
    inequity = _of(found, "horizontal_inequity")
    if found.by == "chance":
        if inequity.lower <= 0 <= inequity.upper:
            return "Whether more deprived wards get less than their need would give cannot be told from these counts."
        return f"More deprived wards get {'less' if inequity.lower > 0 else 'more'} than their need would give."
    places = f"{result.provision.unit} within reach than their need would give"
    if inequity.lower <= 0 <= inequity.upper:
        return f"Whether more deprived wards have fewer {places} depends on the catchment."
    fewer = "fewer" if inequity.lower > 0 else "more"
    return f"However the catchment is drawn, more deprived wards have {fewer} {places}."


def sentences(found: Equity, result: Gap) -> list[str]:
    """One sentence each: how provision leans, how that stands to need, what would have to move, and who is left out."""
    said = [_leaning(found), _against_need(found), _to_move(found, result), _left_out(found)]
    return [words for words in said if words]


def _leaning(found: Equity) -> str:
    given, need = _of(found, "concentration_of_provision"), _of(found, "concentration_of_need")
    first = f"{_capital(_noun(found))} {_lean(given)} (concentration index {_ranged(found, given)})"
    return f"{first}; {_need_leans(found, need)}."


def _lean(index: Measure) -> str:
    if index.upper < 0:
        return "leans towards more deprived wards"
    return "leans towards less deprived wards" if index.lower > 0 else "has no clear lean along deprivation"


def _need_leans(found: Equity, need: Measure) -> str:
    shown = _ranged(found, need)
    if round(need.value, 2) == 0:
        return f"need is spread as children are ({shown})"
    return f"need leans towards {'more' if need.value < 0 else 'less'} deprived wards ({shown})"


def _against_need(found: Equity) -> str:
    inequity = _of(found, "horizontal_inequity")
    shown = f"horizontal inequity {_ranged(found, inequity)}"
    if inequity.lower > 0:
        return f"So more deprived wards get less than their need would give: {shown}."
    if inequity.upper < 0:
        return f"So more deprived wards get more than their need would give: {shown}."
    if found.by == "chance":
        return f"Set against need, a lean towards or away from deprived wards cannot be told apart from none: {shown}."
    return f"Set against need, which way that leans depends on the catchment: {shown}."


def _to_move(found: Equity, result: Gap) -> str:
    share, places = _of(found, "hoover"), _of(found, "places_to_move")
    what = f"{number(places.value)} of {number(found.total)} {result.provision.unit}"
    if found.by == "catchment":
        return (
            f"About {_percent(share.value)} of what is within reach ({what}) would have to serve other wards for every "
            f"ward to have its share of need ({_percents(share)} over the {len(CATCHMENTS)} catchments)."
        )
    first = (
        f"About {_percent(share.value)} of support ({what}) would have to move to other wards for every ward to have "
        "its share of need"
    )
    if found.by_luck is None:
        raise ValueError("Counts need what chance alone would give.")
    by_luck = Measure(*found.by_luck)
    luck = f"chance alone would make it {_percents(by_luck)} if every ward had its share"
    if share.value <= by_luck.upper:
        return f"{first}; but {luck}, so this cannot be told apart from none."
    return f"{first}{_if_held(share)}; {luck}, so this is more than chance."


def _if_held(share: Measure) -> str:
    """The limits, unless redrawing has pushed them past the value itself."""
    return f" (95% limits {_percents(share)})" if share.lower <= share.value <= share.upper else ""


def _left_out(found: Equity) -> str:
    hidden = f"{_wards(found.hidden)} whose count is not shown" if found.hidden else ""
    unknown = f"{_wards(found.unknown)} whose need or provision is not known" if found.unknown else ""
    parts = " and ".join(part for part in (hidden, unknown) if part)
    return f"Left out: {parts}; these figures are of the other {_wards(len(found.wards))}." if parts else ""


def measures(found: Equity, result: Gap) -> pd.DataFrame:
    """The measures with their limits and how to read them, rounded as in the sentences."""
    share, places = _of(found, "hoover"), _of(found, "places_to_move")
    rows = [
        ("Concentration of provision", *_cells(found, "concentration_of_provision"), _READ_CONCENTRATION),
        ("Concentration of need", *_cells(found, "concentration_of_need"), _READ_CONCENTRATION),
        ("Horizontal inequity", *_cells(found, "horizontal_inequity"), _READ_INEQUITY),
        ("Share to move", _percent(share.value), _percents(share), "0% would be parity: each ward its share of need."),
        (
            f"{_capital(result.provision.unit)} to move",
            f"{number(places.value)} of {number(found.total)}",
            f"{number(places.lower)} to {number(places.upper)}",
            "The same as a number.",
        ),
    ]
    if found.by_luck is not None:
        luck = Measure(*found.by_luck)
        name = "Share to move by chance alone"
        rows.append((name, _percent(luck.value), _percents(luck), _READ_LUCK))
    heading = "95% limits" if found.by == "chance" else f"Range over {len(CATCHMENTS)} catchments"
    return pd.DataFrame(rows, columns=["Measure", "Value", heading, "How to read it"])


def along(found: Equity) -> pd.DataFrame:
    """The wards of the picture, the most deprived first, with what they hold together so far."""
    wards = found.wards
    return pd.DataFrame(
        {
            "Ward, most deprived first": wards["area_name"],
            "Average score": [number(score, 1) for score in wards["deprivation"]],
            "Children so far": [_percent(share) for share in wards["children_so_far"]],
            "Need so far": [_percent(share) for share in wards["need_so_far"]],
            "Provision so far": [_percent(share) for share in wards["provision_so_far"]],
        }
    )


def along_download(found: Equity, result: Gap) -> pd.DataFrame:
    """The same for a spreadsheet, with the codes of the wards and what was compared."""
    return along(found).assign(
        area_code=found.wards["area_code"],
        edition=result.edition,
        need=result.need.title,
        provision=result.provision.title,
        basis=basis(result),
    )


def reading(found: Equity) -> str:
    """What the picture shows, at the wards that hold the most deprived fifth of children."""
    first = int((found.wards["children_so_far"] < FIFTH).sum())
    held = rows_of(found.wards)[first]
    wards = f"The {first + 1} most deprived wards hold" if first else "The most deprived ward holds"
    shares = [_percent(held[f"{name}_so_far"]) for name in ("children", "need", "provision")]
    return f"{wards} {shares[0]} of children, {shares[1]} of need and {shares[2]} of provision."


def basis(result: Gap) -> str:
    """The basis of the measures: modelled at least, since deprivation is summed to wards by us."""
    return max(result.basis, "modelled", key=BASIS_ORDER.index)


def measures_download(found: Equity, result: Gap) -> pd.DataFrame:
    """The measures as shown, with what was compared."""
    return measures(found, result).assign(
        wards=len(found.wards),
        wards_left_out=found.hidden + found.unknown,
        edition=result.edition,
        need=result.need.title,
        provision=result.provision.title,
        basis=basis(result),
    )


def method(found: Equity, result: Gap) -> str:
    """How it was worked out, in plain words."""
    year = DEPRIVATION_YEAR[result.edition]
    ordered = (
        f"**Order.** {_capital(EDITIONS[result.edition].wards)} are put in order of their average score on the Index "
        f"of Multiple Deprivation {year}, the most deprived first. That index counts income among other things, so "
        "need counted by income leans towards deprived wards partly by definition; what matters is whether provision "
        "leans as far.\n\n"
    )
    return ordered + _MEASURES + METHODS[found.by]


def _cells(found: Equity, name: str) -> tuple[str, str]:
    measure = _of(found, name)
    span = _signed(measure.lower), _signed(measure.upper)
    return _signed(measure.value), "taken as it stands" if pd.isna(measure.lower) else f"{span[0]} to {span[1]}"


def _ranged(found: Equity, measure: Measure) -> str:
    if pd.isna(measure.lower):
        return _signed(measure.value)
    span = f"{_signed(measure.lower)} to {_signed(measure.upper)}"
    limits = f"95% limits {span}" if found.by == "chance" else f"{span} over the {len(CATCHMENTS)} catchments"
    return f"{_signed(measure.value)}, {limits}"


def _of(found: Equity, name: str) -> Measure:
    return Measure(*found.measures.loc[name, ["value", "lower", "upper"]].astype(float))


def _wards(count: int) -> str:
    return "1 ward" if count == 1 else f"{count} wards"


def _noun(found: Equity) -> str:
    return "support" if found.by == "chance" else "what is within reach"


def _signed(value: float) -> str:
    shown = number(value, 2)
    return f"+{shown}" if round(value, 2) > 0 else shown


def _percent(share: float) -> str:
    return f"{number(100 * share)}%"


def _percents(share: Measure) -> str:
    return f"{_percent(share.lower)} to {_percent(share.upper)}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


_READ_CONCENTRATION = "Below 0: more deprived wards have more of it than their share of children. Above 0: less."
_READ_INEQUITY = "Provision less need. Above 0: more deprived wards get less than their need would give."
_READ_LUCK = "What the share to move would be if every ward had its share and only chance moved the counts."

_MEASURES = (
    "**Concentration index.** From −1 (all of it in the most deprived ward) through 0 (spread as children aged 0-15 "
    "are) to +1 (all of it in the least deprived). **Horizontal inequity** is the index of provision less the index of "
    "need: 0 when both lean alike, above 0 when deprived wards get less than their need would give. **Share to move** "
    "(the Hoover index) is half the sum of the differences between each ward's share of provision and its share of "
    "need; it counts every mismatch, patterned by deprivation or not. All three are about how provision is shared, not "
    "whether there is enough.\n\n"
)

METHODS = {
    "chance": (
        f"**How sure.** Each count is redrawn {number(DRAWS)} times as chance would (Poisson; a half where it is "
        "none), and need too where it is our own estimate; the limits hold the middle 95%. The share to move is not 0 "
        "even at parity, since chance alone moves every count off its share; redrawing adds chance once more, so its "
        "limits lie high. That is why what chance alone would give stands beside it: only above that is there anything "
        "to explain. Wards whose count is not shown take no part; they have few cases, so without them provision may "
        "look more evenly shared than it is. Figures are rounded, so that no count can be worked out from them."
    ),
    "catchment": (
        "**How sure.** Places within reach are not a sample and have no sampling limits. The range is over "
        f"{len(CATCHMENTS)} ways of drawing the catchment, with need taken as it stands. Places outside the council "
        "are missing from the lists, so wards on its edge may have more than is shown."
    ),
}
