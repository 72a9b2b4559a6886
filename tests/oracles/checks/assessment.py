"""What the 2020 needs assessment claims and prints, recomputed: every number of every entry's words and fields.

A number in the words passes when it is, as printed, one that we compute or that our own transcription of the
assessment holds (its contradictions, its child poverty table, its toxic trio lists); and every number that we compute
has to stand in the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.sources.library import Library
from analysis.statistics.estimates import count_range_of_rounded_share
from analysis.statistics.intervals import rate, wilson
from analysis.statistics.synthetic import synthetic_estimate
from tests.oracles.agreement import Answer, Cell, Check, compared
from tests.oracles.folder import Folder, Tolerance

NUMBER = re.compile(r"(?<![A-Za-z\d.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
WORDS = ("claim", "finding")
DISABILITY = ((9426, 3.7, 3.2, 4.3), (14745, 8.2, 7.6, 8.9), (7852, 9.5, 8.6, 10.5), (6505, 8.5, 7.2, 10.0))
FLAT = (7.3, 6.9, 7.7)
IMD_RANKS_OF_MHCLG_FILE_10 = {"local concentration": 217, "extent": 208}
TRIED = 400
PRINTED_AS = {"count": "count", "value": "percent", "lo_pub": "percent_lower", "hi_pub": "percent_upper"}
ROUNDING = Tolerance(rtol=1e-9, atol=1e-12)
SELF_HARM_RATE_OF_ENGLAND = 421.2


@dataclass(frozen=True)
class Known:
    """What we know of an entry: numbers it has to print, rows of our contradictions that tell of it, its own fields.

    `besides` are further numbers that it may print.
    """

    numbers: Iterable[float] = ()
    rows: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    besides: Iterable[float] = ()


def claims(folder: Folder, name: str) -> list[Cell]:
    """An entry that nothing is known of fails, and so does one whose numbers cannot be told."""
    return [cell for entry in folder.facts(name) for cell in _entry(entry)]


def _entry(entry: dict[str, Any]) -> list[Cell]:
    if entry["id"] not in ENTRIES:
        return [Cell(entry["id"], "claim", "nothing is known of it", entry["claim"])]
    known = ENTRIES[entry["id"]]()
    numbers = [*known.numbers, *known.besides, *_transcribed(known.rows)]
    printed = [number for word in WORDS for number in printed_numbers(entry[word])]
    cells = [
        _agree(entry["id"], min(numbers, key=lambda number: abs(number - value)), value, half)
        for value, half in printed
    ]
    cells += [
        _agree(entry["id"], number, *min(printed, key=lambda found: abs(found[0] - number))) for number in known.numbers
    ]
    given = {name: value for name, value in entry.items() if name not in {"id", *WORDS}}
    cells += [
        cell for name, value in given.items() for cell in _field(entry["id"], name, known.fields.get(name), value)
    ]
    return cells + [Cell(entry["id"], name, value, None) for name, value in known.fields.items() if name not in given]


def printed_numbers(words: str) -> Iterator[tuple[float, float]]:
    """Each number in the words and half a unit of its last figure."""
    for found in NUMBER.finditer(words):
        digits = found.group().replace(",", "")
        yield float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2])


def _agree(entry: str, ours: float, printed: float, half: float) -> Cell:
    return Cell(entry, f"{printed:g} in its words", ours, printed, half * (1 + 1e-9))


def _field(entry: str, name: str, got: Any, want: Any) -> list[Cell]:
    """A field and all it holds, to the last figure it is written with (or a part in 10^9)."""
    if isinstance(want, dict):
        parts = [(key, (got or {}).get(key), value) for key, value in want.items()]
        return [cell for key, ours, value in parts for cell in _field(entry, f"{name} {key}", ours, value)]
    if isinstance(want, list):
        ours = list(got or [])
        cells = [Cell(entry, f"{name}, how many", len(ours), len(want))]
        return cells + [cell for pair in zip(ours, want, strict=False) for cell in _field(entry, name, *pair)]
    return [Cell(entry, name, got, want, _written(want))]


def _written(value: Answer) -> float:
    if isinstance(value, float):
        return max(0.5 * 10.0 ** -len(repr(value).partition(".")[2]), 1e-9 * abs(value))
    return 0.0


@cache
def _library() -> Library:
    return Library()


def _transcribed(rows: tuple[str, ...]) -> list[float]:
    """All numbers in some rows of our contradictions."""
    table = _library().table("CONTRADICTIONS").set_index("entry_id")
    words = " ".join(str(part) for row in rows for part in table.loc[row])
    return [value for value, _ in printed_numbers(words)]


def _poverty() -> pd.DataFrame:
    """The printed child poverty table by area name, as we copied it."""
    table = _library().table("IDACI2015_PRINTED")
    return table.assign(area=table["area_code"].map(_library().names)).set_index("area")


def _percent(x: float, n: float) -> tuple[float, float]:
    lower, upper = wilson(x, n)
    return 100 * float(lower), 100 * float(upper)


def _disability(bands: Iterable[tuple[float, ...]] = DISABILITY) -> pd.Series:
    people, *shares = np.array(list(bands)).T
    return synthetic_estimate(people, *(share / 100 for share in shares)).iloc[0]


def _idaci_method() -> Known:
    printed = _poverty()
    people = 100 * printed["count"] / printed["percent"]
    lower, upper = wilson(printed["count"], people)
    off = max(*abs(100 * lower - printed["percent_lower"]), *abs(100 * upper - printed["percent_upper"]))
    given = printed[["count", "percent", "percent_lower", "percent_upper"]].itertuples(index=False)
    whole = sum(not np.isnan(denominators(*row)[2]) for row in given)
    return Known((len(printed), whole, 95, 1), fields={"max_abs_dev_pp": round(off, 3)})


def _idaci_sum() -> Known:
    wards = _poverty()[lambda rows: rows["area_code"].isin(_library().codes("ward11"))]
    total = int(wards["count"].sum())
    council = _poverty().loc["Bath and North East Somerset", "count"]
    return Known((len(wards), total, council), fields={"sum": total})


def _twerton() -> Known:
    row = _poverty().loc["Twerton"]
    return Known((row["percent"], row["count"], round(100 * row["count"] / row["percent"])), ("twerton_child_poverty",))


def _child_poverty() -> Known:
    return Known((_poverty().loc["England", "percent"],), ("england_child_poverty",))


def _disability_total() -> Known:
    """The children missing from ages 0-4 are those that explain all three printed totals at once."""
    whole, young = _disability(), np.array(DISABILITY[0][1:]) / 100
    found = whole[["estimate", "sum_lower", "sum_upper"]].to_numpy(float)
    short = found - [2782, 2501, 3106]
    fewest = np.ceil(round(max((short - 0.5) / young), 6))
    most = np.floor(round(min((short + 0.5) / young), 6))
    recomputed = np.round(found - round(short[0] / young[0]) * young, 1).tolist()
    ages, years, age_four = (0, 3, 4, 5), (2017, 2018, 2019), (1961, 2046)
    numbers = (*found, *DISABILITY[0][1:], fewest, most, *ages, *years, *age_four, round(sum(age_four) / 2 + 0.01))
    fields = {"implied_missing_population": [int(fewest), int(most)], "recomputed_text": recomputed}
    return Known(numbers, ("disability_total",), fields)


def _disability_interval() -> Known:
    whole = _disability()
    same = _disability([(sum(band[0] for band in DISABILITY), *FLAT)])
    limits = whole.filter(regex="^(sum|mover)_")
    return Known((*limits, FLAT[0], same["estimate"], same["sum_lower"], same["sum_upper"]))


def _youth_justice() -> Known:
    value, lower, upper = (float(part) for part in rate(30, 15_760, 100_000))
    rows = ("youth_justice_upper", "youth_justice_year")
    return Known((value, lower, upper, 100_000), rows, {"byar": [round(lower, 3), round(upper, 3)]})


def _self_harm() -> Known:
    return Known((100_000, SELF_HARM_RATE_OF_ENGLAND), ("self_harm", "self_harm_comparator"))


def _plans() -> Known:
    found = float(rate(1277, 43_679, 1000)[0])
    return Known((found, 0, 19, round(1277 / 27 * 1000, -2)), ("ehcp_rate",), {"rate": found})


def _five_areas() -> Known:
    deciles = _library().table("IOD2019").query("domain == 'imd'")["decile"]
    return Known(((deciles <= 2).sum(),), ("iod_five_areas",))


def _imd_rank() -> Known:
    table = _library().table("IOD_COUNCIL").query("iod_year == 2019 and area_code == 'E06000022' and domain == 'imd'")
    ranks = table.filter(like="rank_").iloc[0].to_list()
    return Known((*ranks, *IMD_RANKS_OF_MHCLG_FILE_10.values()), ("imd_rank",))


def _app() -> Known:
    yes, no = 31, 35
    return Known((yes, no, yes + no, 100 * yes / (yes + no), 100 * no / (yes + no), 65), ("app_use",))


def _question_19() -> Known:
    """24% is the slip that the finding corrects."""
    yes, no, unsure = 33, 16, 16
    base = yes + no + unsure
    return Known((yes, no, base, 100 * yes / base, 100 * no / base, 24))


def _panel() -> Known:
    duty, other = 256, 25
    total = duty + other
    limits = _percent(duty, total)
    shares = (100 * duty / total, 100 * other / total)
    return Known((duty, other, total, *shares, *limits, 95), ("ehap_share",), {"wilson": list(limits)})


def _reoffending() -> Known:
    """Similar to England's 38.2% because the limits hold it."""
    limits = _percent(31, 75)
    england = 38.2 if limits[0] <= 38.2 <= limits[1] else np.nan
    return Known((31, 75, 3100 / 75, *limits, england), fields={"wilson": list(limits)})


def _toxic_trio() -> Known:
    lists = _library().table("TOXIC_TRIO_LISTS")
    fields = {
        f"counts_{base}": dict(
            zip(
                rows["ward11_code"].map(_library().names),
                (_range(share, base) for share in rows["share_percent"]),
                strict=True,
            )
        )
        for base, rows in lists.groupby("base")
    }
    return Known((1, 3, *lists["base"].unique()), fields=fields)


def _range(percent: float, base: int) -> list[int]:
    lowest, highest = count_range_of_rounded_share(percent / 100, base)
    return sorted({int(lowest), int(highest)})


def _vintage() -> Known:
    parts = _library().table("LOOKUP_LSOA21")["ward19_code"].value_counts()
    wards = [len(_library().codes(kind)) for kind in ("ward11", "ward19")]
    return Known((*wards, len(_library().codes("lsoa21")), parts.min(), parts.max(), 2019))


ENTRIES: dict[str, Callable[[], Known]] = {
    "idaci_ci_method": _idaci_method,
    "idaci_ward_sum": _idaci_sum,
    "idaci_text_vs_table": _twerton,
    "child_poverty_column": _child_poverty,
    "disability_total": _disability_total,
    "disability_interval": _disability_interval,
    "fte_youth_justice": _youth_justice,
    "self_harm": _self_harm,
    "ehcp": _plans,
    "deprivation_counts": _five_areas,
    "imd_rank": _imd_rank,
    "early_help_app": _app,
    "q19": _question_19,
    "ehap": _panel,
    "reoffending": _reoffending,
    "toxic_trio_shares": _toxic_trio,
    "ward_vintage": _vintage,
}


def printed_limits(folder: Folder, name: str) -> list[Cell]:
    """Wilson limits of a printed count over its percentage, and which whole denominators give the printed ones.

    The printed figures themselves are held to our own copy, where it has the area.
    """
    want = folder.rows(name)
    people = want["count"] / (want["value"] / 100)
    lower, upper = wilson(want["count"], people)
    got = pd.DataFrame({"n_from_count_over_value": people, "wilson_lo": 100 * lower, "wilson_hi": 100 * upper})
    ranges = [denominators(*row) for row in want[["count", "value", "lo_pub", "hi_pub"]].itertuples(index=False)]
    columns = ["n_min_consistent", "n_max_consistent", "n_min_reproducing_CI", "n_max_reproducing_CI"]
    got[columns] = pd.DataFrame(ranges, index=want.index)
    ours = want[["area"]].join(_poverty(), on="area").fillna(want.rename(columns=PRINTED_AS))
    got["count"], got["value"], got["lo_pub"], got["hi_pub"] = (ours[column] for column in PRINTED_AS.values())
    return compared(got, want, list(got), ROUNDING, label=["area"])


def denominators(count: float, value: float, low: float, high: float) -> tuple[float, float, float, float]:
    """Least and greatest whole denominator that rounds to the percentage, and of those that give the limits too.

    Of a range of more than 400, as England's, the reference tried 400 at even steps, and so does this.
    """
    first, last = (count / ((value + half) / 100) for half in (0.05, -0.05))
    whole = np.arange(np.ceil(round(first, 9)), np.floor(round(last, 9)) + 1)
    tried = whole if whole.size <= TRIED else np.floor(np.linspace(whole[0], whole[-1], TRIED))
    lower, upper = wilson(count, tried)
    same = tried[_prints(100 * lower, low) & _prints(100 * upper, high)]
    reproducing = (float(same.min()), float(same.max())) if same.size else (np.nan, np.nan)
    return float(whole.min()), float(whole.max()), *reproducing


def _prints(percent: np.ndarray, printed: float) -> np.ndarray:
    return np.abs(np.round(percent, 1) - printed) < 1e-9


CHECKS = [
    Check("seed_checks", frozenset({"id", "claim", "finding"}), claims),
    Check("seed_idaci_wilson", frozenset({"area", "count", "value", "lo_pub", "hi_pub", "wilson_lo"}), printed_limits),
]
