"""The contradiction ledger, proved: quoted numbers stand where cited, recalculations come out again."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.build.recalculated import open_data
from analysis.build.source_text import TranscriptionError, by_hand, cells, numbers_in, passages_at, source_lines
from analysis.build.strategy_text import FILES, Documents, documents, figures_in, strategy_passages
from analysis.sources.tables.ledger import CONTRADICTIONS

_IOD_2019_NEIGHBOURHOODS = 32844
_Z = 1.959963984540054


def build(raw: Path, root: Path) -> None:
    """Prove contradictions.csv; raises TranscriptionError naming the entry that fails."""
    published = root / "data" / "published"
    ledger = by_hand(published / "contradictions.csv", CONTRADICTIONS)
    prove_quotations(ledger, source_lines(raw), documents(raw))
    prove_recalculations(ledger, recalculations(raw, published))
    prove_unclear_cells_explained(ledger, pd.read_csv(published / "services.csv", dtype=str, keep_default_na=False))


def prove_quotations(ledger: pd.DataFrame, lines: list[str], texts: Documents) -> None:
    """Every number of a reading stands on one of the lines it cites, of the assessment or of the strategy it names.

    Readings of other sources are passed over.
    """
    for entry in ledger.to_dict("records"):
        for side in ("first", "second"):
            where = entry[f"where_{side}"]
            passages = strategy_passages(where, texts) if where.startswith(tuple(FILES)) else passages_at(where, lines)
            printed = " ".join(passages)
            absent = numbers_in(entry[f"reading_{side}"]) - numbers_in(printed) - figures_in(printed)
            if passages and absent:
                raise TranscriptionError(f"{entry['entry_id']}: {sorted(absent)} is not at {where}")


def prove_recalculations(ledger: pd.DataFrame, expected: dict[str, set[float]]) -> None:
    """The second reading of each recalculated entry holds the numbers computed again here."""
    readings = ledger.set_index("entry_id")["reading_second"]
    for entry_id, numbers in expected.items():
        if not numbers <= numbers_in(readings[entry_id]):
            raise TranscriptionError(f"{entry_id}: recalculated {sorted(numbers)}, written {readings[entry_id]!r}")


def prove_unclear_cells_explained(ledger: pd.DataFrame, services: pd.DataFrame) -> None:
    """Each cell of Appendix 3 that cannot be read has its entry, and no other cell has one."""
    unclear = services[services["cell"].eq("unclear")]
    cells = set(unclear_entry_ids(unclear))
    entries = {entry for entry in ledger["entry_id"] if entry.startswith("appendix3_cell_")}
    if cells != entries:
        raise TranscriptionError(f"unclear cells and ledger entries differ: {sorted(cells ^ entries)}")


def unclear_entry_ids(unclear: pd.DataFrame) -> pd.Series:
    """The ledger entry each unclear cell of the service map must have."""
    return "appendix3_cell_" + unclear["need_id"] + "_" + unclear["life_stage"]


def recalculations(raw: Path, published: Path) -> dict[str, set[float]]:
    """Numbers computed again from the sources, by ledger entry."""
    iod2015 = pd.read_csv(raw / "data" / "deprivation" / "iod2015_lsoa11.csv")
    iod2019 = pd.read_csv(raw / "data" / "deprivation" / "iod2019_lsoa11.csv")
    wards = pd.read_csv(published / "idaci2015_ward11_printed.csv")
    return {
        "ehcp_rate": {round(1000 * 1277 / 43679, 1)},
        "iod_top_deciles": {_at_least(iod2019["imd_decile"], 9), _at_least(iod2015["imd_decile"], 9)},
        "iod_five_areas": {float(iod2019["imd_rank"].le(_IOD_2019_NEIGHBOURHOODS / 4).sum())},
        "imd_rank": _imd_ranks(raw),
        "ward_sum": {float(wards.loc[wards["area_code"].str.startswith("E05"), "count"].sum())},
        "disability_limits": _independent_limits(source_lines(raw)),
        **open_data(raw),
        "youth_justice_upper": {round(100_000 * _byar_upper(30) / _aged_10_to_17(raw, 2017), 1)},
    }


def _at_least(deciles: pd.Series, lowest: int) -> float:
    return float(deciles.ge(lowest).sum())


def _imd_ranks(raw: Path) -> set[float]:
    summaries = pd.read_csv(raw / "data" / "deprivation" / "iod_la_summaries.csv")
    imd = summaries.query(
        "iod_year == 2019 and lad_code == 'E06000022' and index_domain == 'Index of Multiple Deprivation'"
    )
    return set(imd[["rank_average_score", "rank_average_rank"]].astype(float).iloc[0])


def _independent_limits(lines: list[str]) -> set[float]:
    """Limits of the disability estimate when the four age bands err independently (MOVER), to one decimal."""
    bands = [cells(line)[1:3] for line in lines[352:356]]
    numbers = [[float(part) for part in re.findall(r"[\d.]+", " ".join(band).replace(",", ""))] for band in bands]
    table = np.array([[population, rate, low, high] for population, rate, low, high in numbers])
    count = table[:, :1] * table[:, 1:] / 100
    lower_arm, upper_arm = np.sqrt(((count[:, 1:] - count[:, :1]) ** 2).sum(axis=0))
    total = count[:, 0].sum()
    return {round(total - lower_arm, 1), round(total + upper_arm, 1)}


def _byar_upper(count: int) -> float:
    return float((count + 1) * (1 - 1 / (9 * (count + 1)) + _Z / (3 * (count + 1) ** 0.5)) ** 3)


def _aged_10_to_17(raw: Path, mid_year: int) -> float:
    population = pd.read_csv(raw / "data" / "population" / "pop_lsoa11_single_year_of_age.csv")
    ages = [f"age_{age}" for age in range(10, 18)]
    return float(population.loc[population["mid_year"].eq(mid_year), ages].sum().sum())
