"""What no table of observations may hold, each refused at build with file, row, column and remedy."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.build.lawful import out_of, require_lawful
from analysis.sources.contracts import ContractBroken, typed
from analysis.sources.tables.observations import ASSESSMENT_INDICATORS, ASSESSMENT_OBSERVATIONS

FILE = "assessment_observations.csv"
ROW = {
    "indicator_id": "share",
    "area_code": "E06000022",
    "period": "2018/19",
    "period_end": "2019",
    "value": "40",
    "lower": "",
    "upper": "",
    "numerator": "",
    "denominator": "",
    "basis": "published",
    "status": "ok",
    "note": "",
    "locator": "line 1",
}
INDICATOR = {
    "indicator_id": "share",
    "title": "A share",
    "topic": "health",
    "unit": "%",
    "per": "100",
    "polarity": "high is worse",
    "ages": "",
    "limits": "none",
    "least": "0",
    "most": "100",
    "definition": "A share of children.",
    "caveat": "",
}


def observed(*changes: dict[str, str]) -> pd.DataFrame:
    return typed(pd.DataFrame([ROW | change for change in changes]), ASSESSMENT_OBSERVATIONS, FILE)


def declared(**change: str) -> pd.DataFrame:
    return typed(pd.DataFrame([INDICATOR | change]), ASSESSMENT_INDICATORS, "assessment_indicators.csv")


def refused(observations: pd.DataFrame, indicators: pd.DataFrame) -> str:
    with pytest.raises(ContractBroken) as broken:
        require_lawful(observations, indicators, FILE)
    return str(broken.value)


def test_a_lawful_observation_passes() -> None:
    require_lawful(observed({}), declared(), FILE)


def test_a_value_outside_its_lawful_range() -> None:
    assert refused(observed({}, {"period": "2019/20", "period_end": "2020", "value": "140"}), declared()) == (
        f"{FILE}, row 3, column value: found '140'. Its indicator allows at least 0 and at most 100: "
        "correct the figure or the range."
    )


@pytest.mark.parametrize(
    ("unit", "per", "said"),
    [
        ("%", "1000", "found '1000'. Its unit makes it a figure out of 100: correct the unit, or what it is out of."),
        ("per 1,000 girls", "100", "found '100'. Its unit makes it a figure out of 1000: correct the unit"),
    ],
)
def test_a_unit_that_disagrees_with_its_indicator(unit: str, per: str, said: str) -> None:
    told = refused(observed({}), declared(unit=unit, per=per))
    assert told.startswith("assessment_indicators.csv, row 2, column per: ")
    assert said in told


def test_a_unit_says_what_a_figure_is_out_of() -> None:
    assert out_of("admissions per 10,000 children") == 10_000
    assert out_of("children") is None
    assert out_of("pounds saved for each pound spent") is None


def test_a_duplicate_observation() -> None:
    with pytest.raises(ContractBroken) as broken:
        observed({}, {"value": "41"})
    assert str(broken.value) == (
        f"{FILE}, row 3, column indicator_id + area_code + period: found 'share + E06000022 + 2018/19'. "
        "Remove the repeated row."
    )


@pytest.mark.parametrize("period", ["last year", "2018-19", "18/19", "March 2018"])
def test_a_period_that_cannot_be_read(period: str) -> None:
    with pytest.raises(ContractBroken) as broken:
        observed({"period": period})
    assert f"{FILE}, row 2, column period: found {period!r}. Write it as" in str(broken.value)


def test_an_indicator_without_polarity() -> None:
    with pytest.raises(ContractBroken, match=r"column polarity: found .blank"):
        declared(polarity="")
