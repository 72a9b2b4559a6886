"""Places within reach: floating catchments over travel minutes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from analysis.statistics.intervals import Floats

Decay = Callable[[Floats], Floats]

EARTH_KM = 6371.0088


def straight_line_km(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> Floats:
    """Great-circle kilometres from every first point (rows) to every second point (columns)."""
    lat, lon = (np.radians(np.asarray(values, float))[:, None] for values in (latitude, longitude))
    to_lat, to_lon = (np.radians(np.asarray(values, float))[None, :] for values in (to_latitude, to_longitude))
    chord = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(chord))


def stepped(limits: tuple[float, ...], weights: tuple[float, ...]) -> Decay:
    """Weight of a trip by its minutes: `weights[k]` up to `limits[k]` inclusive, 0 beyond the last or if not known."""

    def weight(minutes: Floats) -> Floats:
        step = np.searchsorted(np.asarray(limits), minutes, side="left")
        return np.append(np.asarray(weights, float), 0.0)[step]

    return weight


def e2sfca(demand: ArrayLike, supply: ArrayLike, minutes: ArrayLike, decay: Decay) -> Floats:
    """Places within reach per head of demand, one value a demand point; 0 where nothing is in reach.

    `minutes` is shaped (demand points, places). Demand times the answer sums to the supply of all places
    that anybody can reach; a place nobody can reach adds nothing. Raises ValueError when a demand or a
    supply is missing or negative. Source: Luo and Qi 2009.
    """
    people, places = np.asarray(demand, float), np.asarray(supply, float)
    if not ((people >= 0).all() and (places >= 0).all()):
        raise ValueError("Demand and supply must be known and not negative.")
    weight = decay(np.asarray(minutes, float))
    reached = people @ weight
    ratio = np.divide(places, reached, out=np.zeros_like(places), where=reached > 0)
    return weight @ ratio
