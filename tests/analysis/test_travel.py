"""Travel times given as a table: what takes the place of the stand-in, and what is refused with every fault named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.reach import demand
from analysis.refusal import Refusal
from analysis.sites import SOUGHT, sites_of
from analysis.sources.library import Library
from analysis.sources.tables.travel import MODES as CONTRACT_MODES
from analysis.travel import MODES, declared_times, given_times, journeys, stand_in
from tests.world import three_wards
from tests.world.three_wards import C1, A, B

HEADER = "from_code,site_id,mode,minutes"
ONE = f"{C1},library-near,foot,21.5"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def refused(library: Library, content: bytes) -> list[str]:
    """The lines of the report on a table that is not taken up."""
    with pytest.raises(Refusal) as why:
        given_times(content, "times.csv", library)
    return str(why.value).splitlines()


def test_the_modes_are_those_of_the_contract() -> None:
    assert tuple(MODES) == CONTRACT_MODES


def test_each_mode_has_a_speed_and_says_where_it_comes_from() -> None:
    assert {mode.id: mode.km_per_hour for mode in MODES.values()} == {"foot": 4.8, "bus": 12.0, "car": 25.0}
    assert "straight line times 1.3 at 25 km an hour (our assumption" in stand_in(MODES["car"])


def test_a_table_takes_the_place_of_its_pairs_and_no_other(world: Library) -> None:
    points, sites = demand(world, "2020"), sites_of(world, SOUGHT["school"], "2020")
    times = given_times(table(f"{C1},school-near,foot,21.5", f"{A},school-far,bus,99"), "times.csv", world)
    usual, found = (journeys(points, sites, MODES["foot"], given) for given in (None, times))
    assert found.from_table.sum() == 1
    assert found.share_from_table == pytest.approx(1 / 8)
    assert found.minutes[found.from_table] == [21.5]
    assert found.minutes[~found.from_table] == pytest.approx(usual.minutes[~found.from_table])
    assert usual.share_from_table == 0


def test_the_order_of_rows_does_not_matter(world: Library) -> None:
    points, sites = demand(world, "2020"), sites_of(world, SOUGHT["school"], "2020")
    rows = [f"{A},school-far,car,3", f"{B},school-far,car,7", f"{A},school-near,car,1"]
    one, other = (given_times(table(*order), "times.csv", world) for order in (rows, rows[::-1]))
    assert np.array_equal(*(journeys(points, sites, MODES["car"], times).minutes for times in (one, other)))


def test_a_byte_order_mark_and_windows_lines_are_lawful(world: Library) -> None:
    content = b"\xef\xbb\xbf" + table(ONE).replace(b"\n", b"\r\n")
    assert given_times(content, "times.csv", world)["minutes"].tolist() == [21.5]


def test_every_fault_is_named_at_once_by_row_and_column(world: Library) -> None:
    lines = refused(
        world,
        table(
            ONE,
            ONE,
            f"{A},library-near,foot,-4",
            "E01099999,library-near,foot,5",
            f"{A},library-lost,foot,5",
            f"{A},library-near,horse,5",
            f"{A},library-near,bus,",
        ),
    )
    assert lines[0] == "times.csv was not taken up: 6 faults."
    assert [line.split(":")[0] for line in lines[1:]] == [
        "times.csv, row 3, column from_code + site_id + mode",
        "times.csv, row 4, column minutes",
        "times.csv, row 5, column from_code",
        "times.csv, row 6, column site_id",
        "times.csv, row 7, column mode",
        "times.csv, row 8, column minutes",
    ]
    assert "found '-4'. Write a number of at least 0" in lines[2]
    assert "found 'E01099999'. Use the code of a neighbourhood" in lines[3]
    assert "found 'library-lost'. Use a site_id" in lines[4]


def test_a_long_list_of_faults_is_cut_and_says_so(world: Library) -> None:
    lines = refused(world, table(*(f"E0109{number:04d},library-near,foot,5" for number in range(50))))
    assert lines[0].endswith("50 faults.")
    assert len(lines) == 22
    assert lines[-1] == "… and 30 more."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "row 1, column (whole file): found 'no header'"),
        (table(), "column (whole file): found 'no rows'"),
        (table(ONE, header="from,site_id,mode,minutes"), "row 1, column from_code: found 'no such column'"),
        (table(f"{ONE},5", header=f"{HEADER},minutes"), "row 1, column minutes: found 'the column twice'. Keep one"),
        (table(f"{ONE},more"), "row 2, column (whole row): found '5 cells'. Give the row 4 cells"),
        (b"PK\x03\x04rest", "found 'a spreadsheet workbook'. Save the sheet as CSV UTF-8"),
        (b"\xff\xfe\x00", "found 'a character at byte 0 that is not UTF-8'"),
        (b'from_code\n"open', "column (whole file): found"),
        (b"x" * 20_000_001, "found '20 MB'. Give at most 20 MB"),
    ],
    ids=["empty", "no rows", "header", "twice", "ragged", "workbook", "not UTF-8", "open quote", "too large"],
)
def test_what_is_no_table_is_refused_in_one_sentence(world: Library, content: bytes, said: str) -> None:
    assert said in "\n".join(refused(world, content))


def test_a_declared_table_is_read_and_its_unknown_codes_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = {**three_wards.TABLES, "TRAVEL_TIMES": table(ONE).decode()}
    monkeypatch.setattr(three_wards, "TABLES", declared)
    rows = declared_times(Library(three_wards.build(tmp_path / "lawful")))
    assert rows is not None
    assert rows["minutes"].tolist() == [21.5]
    declared["TRAVEL_TIMES"] = table(ONE.replace("library-near", "library-lost")).decode()
    with pytest.raises(Refusal, match="row 2, column site_id: found 'library-lost'"):
        declared_times(Library(three_wards.build(tmp_path / "unknown")))


def test_without_a_declared_table_there_is_none(world: Library) -> None:
    assert declared_times(world) is None


def test_every_pair_of_the_shipped_sites_can_be_given(shipped: Library) -> None:
    points = demand(shipped, "2026")
    sites = sites_of(shipped, SOUGHT["youth"], "2026")
    rows = pd.MultiIndex.from_product([points["area_code"], sites["site_id"]]).to_frame(index=False)
    content = table(*(f"{start},{end},car,12" for start, end in rows.itertuples(index=False)))
    found = journeys(points, sites, MODES["car"], given_times(content, "times.csv", shipped))
    assert found.share_from_table == 1
    assert (found.minutes == 12).all()
