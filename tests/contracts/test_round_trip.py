"""What is lawful can be written, read and written again without changing a byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.catalogue import read_text
from analysis.sources.contracts import Contract, ContractBroken, converted, typed
from analysis.sources.tables import CONTRACTS
from analysis.sources.write import write_table
from tests.contracts.strategies import lawful_rows

WITHOUT_RULES = [contract for contract in CONTRACTS.values() if not contract.rules]


@pytest.mark.parametrize("contract", WITHOUT_RULES, ids=lambda contract: contract.name)
@settings(max_examples=8)
@given(data=st.data())
def test_lawful_random_rows_survive_writing_and_reading(contract: Contract, data: st.DataObject) -> None:
    raw = pd.DataFrame(data.draw(lawful_rows(contract)), dtype="str")
    wanted = typed(raw, contract, "random.csv")
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.csv", Path(folder) / "second.csv"
        write_table(wanted, contract, first)
        read = typed(read_text(first), contract, "first.csv")
        write_table(read, contract, second)
        assert first.read_bytes() == second.read_bytes()
    ordered = wanted.sort_values(list(contract.key), kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(read, ordered)


def test_an_unlawful_frame_is_not_written(tmp_path: Path) -> None:
    frame = pd.DataFrame({"place": ["Bath"], "latitude": [99.0], "longitude": [-2.4], "prominence": [1]})
    with pytest.raises(
        ContractBroken, match=r"places.csv, row 2, column latitude: found '99'. Write a number of at least"
    ):
        write_table(frame, CONTRACTS["PLACE_LABELS"], tmp_path / "places.csv")
    assert not (tmp_path / "places.csv").exists()


def test_writing_sorts_by_the_key_and_keeps_numbers_short(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "place": ["Weston", "Bath"],
            "latitude": [51.4, np.float64(51.38172)],
            "longitude": [-2.0 - 0.35, -2.3],
            "prominence": [3, 1],
        }
    )
    write_table(frame, CONTRACTS["PLACE_LABELS"], tmp_path / "places.csv")
    assert (tmp_path / "places.csv").read_text() == (
        "place,latitude,longitude,prominence\nBath,51.38172,-2.3,1\nWeston,51.4,-2.35,3\n"
    )


def test_quoted_commas_quotes_and_line_breaks_are_kept(tmp_path: Path) -> None:
    words = 'Bath, "the city"\nof Bath'
    frame = pd.DataFrame({"place": [words], "latitude": [51.4], "longitude": [-2.3], "prominence": [1]})
    write_table(frame, CONTRACTS["PLACE_LABELS"], tmp_path / "places.csv")
    assert converted(read_text(tmp_path / "places.csv"), CONTRACTS["PLACE_LABELS"])["place"].tolist() == [words]
