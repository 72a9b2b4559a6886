"""Laws of putting new rows into a table: nothing is lost, nothing is twice, and every row is counted once."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.build.refresh.drafted import compared, merged
from analysis.sources.contracts import Contract, Field

TABLE = Contract(
    name="T",
    title="T",
    fields=(Field("area_code", "code"), Field("period", "text"), Field("count", "integer", blank=True)),
    key=("area_code", "period"),
)
CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["2024", "2025"])), st.one_of(st.none(), st.integers(0, 3))
)


def table(cells: dict[tuple[str, str], int | None]) -> pd.DataFrame:
    rows = [(area, period, count) for (area, period), count in cells.items()]
    frame = pd.DataFrame(rows, columns=TABLE.columns)
    return frame.astype({"area_code": "str", "period": "str", "count": "Int64"})


def cells(frame: pd.DataFrame) -> dict[tuple[str, str], int | None]:
    return {
        (row["area_code"], row["period"]): None if pd.isna(row["count"]) else int(row["count"])
        for row in frame.to_dict("records")
    }


@given(CELLS, CELLS)
def test_new_rows_win_and_the_rest_stay(before: dict, new: dict) -> None:
    after = merged(table(before), table(new), TABLE)
    assert cells(after) == {**before, **new}
    assert len(after) == len({**before, **new})


@given(CELLS, CELLS)
def test_every_row_is_counted_once(before: dict, after: dict) -> None:
    told = compared(table(before), table(after), TABLE)
    assert told["added"] + told["changed"] + told["unchanged"] == len(after)
    assert told["gone"] + told["changed"] + told["unchanged"] == len(before)
    assert told["unchanged"] == sum(before[key] == after[key] for key in before.keys() & after.keys())
    back = compared(table(after), table(before), TABLE)
    assert (back["added"], back["gone"], back["changed"]) == (told["gone"], told["added"], told["changed"])


@given(CELLS)
def test_the_same_table_is_unchanged(one: dict) -> None:
    assert compared(table(one), table(one), TABLE) == {"added": 0, "changed": 0, "gone": 0, "unchanged": len(one)}
