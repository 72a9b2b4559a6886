"""Whether deprived neighbourhoods cluster: on a chequered field and a halved one, and on what is shipped."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from analysis.clusters import LAYERS, SEED, clustered, clusters, touching
from analysis.sources.catalogue import read_layer
from analysis.sources.library import ROOT, Library

SIDE = 6


def field(side: int = SIDE) -> dict:
    """A layer of squares, `side` by `side`, each named by its row and column."""
    return {
        "features": [
            {
                "properties": {"code": f"{row}-{column}", "name": "Square"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [
                        [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1], [column, row]]
                    ],
                },
            }
            for row in range(side)
            for column in range(side)
        ]
    }


def rows(values: np.ndarray, *, scored: bool = True) -> pd.DataFrame:
    """The squares with a score each, or only a rank (1 the highest value)."""
    codes = [feature["properties"]["code"] for feature in field()["features"]]
    score = pd.Series(values.ravel().astype(float))
    return pd.DataFrame(
        {
            "area_code": codes,
            "name": codes,
            "ward_code": "W",
            "ward_name": "Ward",
            "score": score if scored else np.nan,
            "rank": score.rank(ascending=False, method="first").astype(int),
            "decile": 1,
        }
    )


def halved() -> np.ndarray:
    """The left half deprived, the right half not, no two squares quite alike."""
    return np.where(np.arange(SIDE) < SIDE // 2, 10, 0) + np.arange(SIDE * SIDE).reshape(SIDE, SIDE) / 1000


def test_squares_touch_by_border_and_by_corner() -> None:
    pairs = touching(field(2))
    assert sorted(map(sorted, pairs)) == sorted(
        [["0-0", "0-1"], ["0-0", "1-0"], ["0-0", "1-1"], ["0-1", "1-0"], ["0-1", "1-1"], ["1-0", "1-1"]]
    )
    assert len(touching(field(3))) == 12 + 8


def test_a_halved_field_clusters_and_the_heart_of_each_half_stands_out() -> None:
    found = clustered(rows(halved()), field())
    assert found.shown
    assert found.found.value > 0.5
    standing = found.local[found.local["stands_out"]].set_index("area_code")["quadrant"]
    assert standing["2-1"] == "High-High"
    assert standing["2-4"] == "Low-Low"
    assert set(standing) == {"High-High", "Low-Low"}
    assert found.stand_out == len(standing)


def test_a_chequered_field_has_unlike_beside_unlike() -> None:
    chequered = np.indices((SIDE, SIDE)).sum(axis=0) % 2
    stripes = clustered(rows(chequered * 10 + halved() / 100), field())
    assert stripes.found.value < stripes.found.expected


def test_where_the_global_test_finds_nothing_no_local_cluster_is_worked_out() -> None:
    scattered = np.random.default_rng(4).normal(size=(SIDE, SIDE))
    found = clustered(rows(scattered), field())
    assert not found.shown
    assert found.local.empty
    assert found.stand_out == 0


def test_without_scores_the_ranks_are_tested_the_other_way_round() -> None:
    found = clustered(rows(halved(), scored=False), field())
    assert found.measure == "rank"
    assert found.local.set_index("area_code").loc["2-1", "quadrant"] == "High-High"


def test_values_all_alike_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="needs values that differ"):
        clustered(rows(np.ones((SIDE, SIDE))), field())


def test_the_same_seed_gives_the_same_answer(shipped: Library) -> None:
    first, again = (clusters(shipped, 2025, "health", "ward19_code") for _ in range(2))
    assert first.found == again.found
    assert first.found.seed == SEED
    assert first.found.permutations == 9_999
    pd.testing.assert_frame_equal(first.local, again.local)


def test_the_wards_of_the_2020_assessment_have_186_links() -> None:
    assert 2 * len(touching(read_layer(ROOT / "geo" / "wards_2011.geojson"))) == 186


@pytest.mark.parametrize(("layer", "areas"), [("lsoa_2011", 115), ("lsoa_2021", 118)])
def test_no_neighbourhood_is_an_island(layer: str, areas: int) -> None:
    assert layer in LAYERS.values()
    pairs = touching(read_layer(ROOT / "geo" / f"{layer}.geojson"))
    assert len({code for pair in pairs for code in pair}) == areas


def test_imd_2025_clusters_at_whiteway_west(shipped: Library) -> None:
    found = clusters(shipped, 2025, "imd", "ward19_code")
    assert found.found.value == pytest.approx(0.189, abs=0.001)
    standing = found.local[found.local["stands_out"]]
    assert standing[["name", "quadrant"]].to_numpy().tolist() == [["Whiteway West", "High-High"]]
    assert (found.local["p_adjusted"] >= 0.0002).all()


def test_blank_scores_of_2025_are_tested_by_rank(shipped: Library) -> None:
    found = clusters(shipped, 2025, "idaci", "ward11_code")
    assert found.measure == "rank"
    assert found.shown


def test_nothing_of_pysal_is_imported_before_a_test_is_asked_for() -> None:
    asked = (
        "import sys, analysis.clusters; print(sorted({'esda', 'libpysal', 'shapely', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
