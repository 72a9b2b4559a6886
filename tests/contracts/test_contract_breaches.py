"""A table that breaks its contract is refused with every breach: file, row, column, value and remedy."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.sources.columns import COLUMNS
from analysis.sources.contracts import STATUSES, Contract, ContractBroken, Field, Rule, converted, schema, typed
from analysis.sources.tables import CONTRACTS

CHILDREN = Contract(
    name="CHILDREN",
    title="Children by ward",
    fields=(
        Field("area_code", "code", pattern="W[0-9]"),
        Field("count", "integer", blank=True, minimum=0),
        Field("percent", "number", blank=True, minimum=0, maximum=100),
        Field("marked", "flag"),
        Field("basis", "text", allowed=("published", "modelled")),
        Field("status", "text", allowed=STATUSES),
        Field("topic", "text"),
    ),
    key=("area_code",),
    reasons=(("count", "status"),),
    rules=(Rule("percent", lambda table: table["percent"] != 13, "Thirteen is never a percentage here."),),
)
LAWFUL = {
    "area_code": "W1",
    "count": "5",
    "percent": "12.5",
    "marked": "true",
    "basis": "published",
    "status": "ok",
    "topic": "Play",
}


def table(*changes: dict[str, str]) -> pd.DataFrame:
    rows = [{**LAWFUL, "area_code": f"W{number}", **change} for number, change in enumerate(changes, start=1)]
    return pd.DataFrame(rows, dtype="str")


def breaches(raw: pd.DataFrame) -> list[str]:
    with pytest.raises(ContractBroken) as broken:
        typed(raw, CHILDREN, "children.csv")
    assert str(broken.value) == "\n".join(str(breach) for breach in broken.value.breaches)
    return str(broken.value).splitlines()


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("area_code", "Ash", "found 'Ash'. Write it as W[0-9]."),
        ("area_code", "W12", "found 'W12'. Write it as W[0-9]."),
        ("area_code", "", "found 'blank'. Fill in this cell: it may not be blank."),
        ("count", "5.5", "found '5.5'. Write a whole number of at least 0, digits only."),
        ("count", "-1", "found '-1'. Write a whole number of at least 0, digits only."),
        ("count", "1,200", "found '1,200'. Write a whole number of at least 0, digits only."),
        ("count", "1_200", "found '1_200'. Write a whole number of at least 0, digits only."),
        ("count", "five", "found 'five'. Write a whole number of at least 0, digits only."),
        ("count", "99999999999999999999", "Write a whole number of at least 0, digits only."),
        ("count", "\u0665", "found '\u0665'. Write a whole number of at least 0, digits only."),
        ("percent", "101", "found '101'. Write a number of at least 0 and at most 100, digits only."),
        ("percent", "12%", "found '12%'. Write a number of at least 0 and at most 100, digits only."),
        ("percent", "nan", "found 'nan'. Write a number of at least 0 and at most 100, digits only."),
        ("percent", "inf", "found 'inf'. Write a number of at least 0 and at most 100, digits only."),
        ("percent", "1e999", "found '1e999'. Write a number of at least 0 and at most 100, digits only."),
        ("marked", "TRUE", "found 'TRUE'. Write true or false."),
        ("basis", "guess", "found 'guess'. Use one of: published, modelled."),
        ("topic", "", "found 'blank'. Fill in this cell: it may not be blank."),
        ("percent", "13", "found '13.0'. Thirteen is never a percentage here."),
    ],
)
def test_a_single_breach_names_its_place_and_remedy(column: str, cell: str, message: str) -> None:
    found = breaches(table({}, {column: cell}))
    assert len(found) == 1
    assert found[0].startswith(f"children.csv, row 3, column {column}: ")
    assert message in found[0]


def test_every_breach_comes_in_one_error_in_the_order_of_the_rows() -> None:
    found = breaches(
        table({"count": "x", "basis": "guess"}, {"percent": "13"}, {"marked": "maybe"}, {"area_code": "W1"})
    )
    places = [line.partition(":")[0] for line in found]
    assert places == [
        "children.csv, row 2, column basis",
        "children.csv, row 2, column count",
        "children.csv, row 3, column percent",
        "children.csv, row 4, column marked",
        "children.csv, row 5, column area_code",
    ]


def test_a_repeated_key_is_named_at_its_second_row() -> None:
    assert breaches(table({}, {"area_code": "W1"})) == [
        "children.csv, row 3, column area_code: found 'W1'. Remove the repeated row."
    ]


def test_a_blank_needs_a_reason_and_a_value_needs_none() -> None:
    assert breaches(table({"count": ""}, {"status": "suppressed"})) == [
        "children.csv, row 2, column count: found 'blank'. Give the value, or say in 'status' why there is none.",
        "children.csv, row 3, column count: found '5'. Blank it, or set 'status' to ok.",
    ]


@pytest.mark.parametrize("status", [status for status in STATUSES if status != "ok"])
def test_a_blank_with_any_reason_is_lawful_and_stays_missing(status: str) -> None:
    frame = typed(table({"count": "", "status": status}), CHILDREN, "children.csv")
    assert frame["count"].isna().all()
    assert frame["status"].tolist() == [status]


def test_absent_and_unknown_columns_are_named() -> None:
    raw = table({}).drop(columns="basis").assign(colour="red")
    assert breaches(raw) == [
        "children.csv, row 1, column basis: found 'no such column'. Add the column 'basis' to the header.",
        "children.csv, row 1, column colour: found 'colour'. Remove this column: the contract does not know it.",
    ]


def test_a_header_without_rows_is_refused() -> None:
    assert breaches(table({}).iloc[:0]) == [
        "children.csv, column (whole file): found 'no rows'. Restore the rows under the header."
    ]


def test_lawful_rows_come_back_typed_in_the_order_of_the_contract() -> None:
    raw = table({}, {"count": "0", "percent": "", "marked": "false"})[list(reversed(CHILDREN.columns))]
    frame = typed(raw, CHILDREN, "children.csv")
    assert list(frame) == CHILDREN.columns
    assert frame["count"].tolist() == [5, 0]
    assert frame["percent"].isna().tolist() == [False, True]
    assert frame["marked"].tolist() == [True, False]
    assert frame.dtypes.astype(str).to_dict() == {
        "area_code": "str",
        "count": "Int64",
        "percent": "float64",
        "marked": "boolean",
        "basis": "str",
        "status": "str",
        "topic": "str",
    }
    pd.testing.assert_frame_equal(frame, converted(raw, CHILDREN))


def test_the_pandera_schema_is_strict_about_columns() -> None:
    assert list(schema(CHILDREN).columns) == CHILDREN.columns
    assert schema(CHILDREN).strict is True


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.name)
def test_a_contract_is_whole(contract: Contract) -> None:
    assert set(contract.key) <= set(contract.columns)
    assert len(set(contract.columns)) == len(contract.columns)
    assert set(contract.columns) <= set(COLUMNS), "a column is missing from the register"
    blank = {field.column for field in contract.fields if field.blank}
    assert {value for value, _ in contract.reasons} <= blank
    assert {status for _, status in contract.reasons} <= set(contract.columns)
    assert all(rule.remedy.endswith(".") and rule.column in contract.columns for rule in contract.rules)


def test_contracts_are_found_by_their_own_names() -> None:
    assert all(name == contract.name for name, contract in CONTRACTS.items())
