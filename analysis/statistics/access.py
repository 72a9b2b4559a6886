"""Places within reach: floating catchments over trips, which are held only where they are short enough to matter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.statistics.intervals import Floats

Decay = Callable[[Floats], Floats]
Positions = NDArray[np.int32]

EARTH_KM = 6371.0088
POINTS_AT_ONCE = 4000
EDGE_TOLERANCE = 1 + 1e-9


@dataclass(frozen=True)
class Trips:
    """Trips from demand points to places, one entry a pair that can be travelled; pairs left out cannot.

    `origin` and `place` are positions counted from 0 among `origins` demand points and `places` places. Raises
    ValueError for a position outside them or minutes that are missing, infinite or negative.
    """

    origin: Positions
    place: Positions
    minutes: Floats
    origins: int
    places: int

    def __post_init__(self) -> None:
        if not len(self.origin) == len(self.place) == len(self.minutes):
            raise ValueError("Trips need as many origins as places and minutes, one of each a trip.")
        _refuse_beyond(self.origin, self.origins, "demand point")
        _refuse_beyond(self.place, self.places, "place")
        wrong = self.minutes[~((self.minutes >= 0) & np.isfinite(self.minutes))]
        if wrong.size:
            raise ValueError(f"A trip takes {wrong[0]:g} minutes; it must take a known time of 0 or more.")

    @classmethod
    def from_matrix(cls, minutes: ArrayLike) -> Trips:
        """Trips of a matrix of minutes, demand points by places, where NaN or infinity cannot be travelled."""
        table = np.asarray(minutes, float)
        if table.ndim != 2:
            raise ValueError(f"Minutes have {table.ndim} dimensions; they need 2, demand points by places.")
        origin, place = np.nonzero(~np.isnan(table) & (table != np.inf))
        return cls(origin.astype(np.int32), place.astype(np.int32), table[origin, place], *table.shape)

    @classmethod
    def from_table(
        cls, origin: Sequence, place: Sequence, minutes: ArrayLike, origins: Sequence, places: Sequence
    ) -> Trips:
        """Trips of a list of pairs named by code, such as a router gives; missing minutes cannot be travelled.

        `origins` and `places` are all codes in the order of demand and supply. Raises ValueError for a code that
        is not among them and for a pair listed twice.
        """
        time = np.asarray(minutes, float)
        origins, places = list(origins), list(places)
        start, end = _positions(origin, origins, "demand points"), _positions(place, places, "places")
        pairs = pd.DataFrame({"origin": start, "place": end})
        if pairs.duplicated().any():
            twice = pairs[pairs.duplicated()].iloc[0]
            named = f"from {origins[twice['origin']]} to {places[twice['place']]}"
            raise ValueError(f"The trip {named} is listed twice; list each pair once.")
        known = ~np.isnan(time) & (time != np.inf)
        return cls(start[known], end[known], time[known], len(origins), len(places))


def trips_within(points: ArrayLike, places: ArrayLike, limit: float, minutes_per_km: float) -> Trips:
    """Every trip of at most `limit` minutes from demand points to places, as straight lines at one speed.

    `points` and `places` are kilometres: two columns for a grid (eastings and northings over 1000) or the three of
    `on_globe`. Memory grows with the trips found, not with points times places. `minutes_per_km` of straight line
    holds the detour: 1.3 * 60 / 40 by car at 40 km an hour. Raises ValueError for a coordinate that is not known.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415

    starts, ends = _coordinates(points, "demand point"), _coordinates(places, "place")
    if not (limit > 0 and minutes_per_km > 0):
        raise ValueError(f"A limit of {limit} minutes at {minutes_per_km} minutes a km; both must be above 0.")
    radius, there = limit / minutes_per_km * EDGE_TOLERANCE, cKDTree(ends)
    origin, place, km = [np.empty(0, np.int32)], [np.empty(0, np.int32)], [np.empty(0)]
    for first in range(0, len(starts), POINTS_AT_ONCE):
        here = cKDTree(starts[first : first + POINTS_AT_ONCE])
        near = here.sparse_distance_matrix(there, radius, output_type="ndarray")
        origin.append((near["i"] + first).astype(np.int32))
        place.append(near["j"].astype(np.int32))
        km.append(near["v"].copy())
    minutes = minutes_per_km * np.concatenate(km)
    return Trips(np.concatenate(origin), np.concatenate(place), minutes, len(starts), len(ends))


def on_globe(latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Degrees as kilometres from the middle of the earth, shaped (points, 3), for `trips_within`.

    Straight lines between them are shorter than those over the ground by less than a millionth within 30 km.
    """
    lat, lon = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    return EARTH_KM * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def straight_line_km(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> Floats:
    """Great-circle kilometres from every first point (rows) to every second point (columns)."""
    lat, lon = (np.radians(np.asarray(values, float))[:, None] for values in (latitude, longitude))
    to_lat, to_lon = (np.radians(np.asarray(values, float))[None, :] for values in (to_latitude, to_longitude))
    chord = np.sin((to_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(chord))


def stepped(limits: Sequence[float], weights: Sequence[float]) -> Decay:
    """Weight of a trip by its minutes: `weights[k]` up to `limits[k]` inclusive, 0 beyond the last or if not known.

    One step makes two-step catchments the original 2SFCA. Raises ValueError unless there is a weight from 0 to 1
    for each limit and the limits rise.
    """
    ends, counted = np.asarray(limits, float), np.append(np.asarray(weights, float), 0.0)
    if not (len(counted) == len(ends) + 1 > 1 and (np.diff(ends, prepend=0) > 0).all()):
        raise ValueError(f"Steps to {limits} minutes with weights {weights}; each needs one weight and limits rise.")
    if not ((counted >= 0) & (counted <= 1)).all():
        raise ValueError(f"The weights of the steps are {weights}; each must lie from 0 to 1.")

    def weight(minutes: Floats) -> Floats:
        return counted[np.searchsorted(ends, minutes, side="left")]

    return weight


def gaussian(limit: float) -> Decay:
    """Weight of a trip by its minutes, falling like a bell from 1 at the door to 0 at `limit` minutes and beyond.

    Raises ValueError for a limit that is not above 0. Source: Dai 2010.
    """
    if not limit > 0:
        raise ValueError(f"The limit of the decay is {limit} minutes; it must be above 0.")

    def weight(minutes: Floats) -> Floats:
        bell = (np.exp(-0.5 * (np.asarray(minutes) / limit) ** 2) - np.exp(-0.5)) / (1 - np.exp(-0.5))
        return np.where(np.asarray(minutes) <= limit, bell, 0.0)

    return weight


def two_step(demand: ArrayLike, supply: ArrayLike, trips: Trips, decay: Decay) -> Floats:
    """Places within reach per head of demand, one value a demand point; 0 where nothing is in reach.

    Fewer is worse. Demand times the answer sums to the supply of the places that anybody can reach; a place nobody
    can reach adds nothing (`unreached` tells which). Raises ValueError when a demand or a supply is missing or
    negative. Source: Luo and Wang 2003 (one step), Luo and Qi 2009 (steps), Dai 2010 (Gaussian).
    """
    people, capacity = _known(demand, trips.origins, "demand"), _known(supply, trips.places, "supply")
    return _floated(people, capacity, trips, decay(trips.minutes))


def three_step(demand: ArrayLike, supply: ArrayLike, trips: Trips, decay: Decay) -> Floats:
    """`two_step` when people share themselves out over the places in reach, more to the nearer ones.

    Source: Wan, Zou and Sternberg 2012.
    """
    people, capacity = _known(demand, trips.origins, "demand"), _known(supply, trips.places, "supply")
    weight = decay(trips.minutes)
    in_reach = _summed(trips.origin, weight, trips.origins)
    share = _divided(weight, in_reach[trips.origin])
    return _floated(people, capacity, trips, weight * share)


def unreached(demand: ArrayLike, trips: Trips, decay: Decay) -> NDArray[np.bool_]:
    """True for each place that nobody can reach, whose supply is therefore in nobody's access."""
    people = _known(demand, trips.origins, "demand")
    return _summed(trips.place, people[trips.origin] * decay(trips.minutes), trips.places) == 0


def _floated(people: Floats, capacity: Floats, trips: Trips, weight: Floats) -> Floats:
    reached = _summed(trips.place, people[trips.origin] * weight, trips.places)
    each = _divided(capacity, reached)
    return _summed(trips.origin, each[trips.place] * weight, trips.origins)


def _summed(position: Positions, values: Floats, count: int) -> Floats:
    return np.bincount(position, values, count).astype(float)


def _divided(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _known(values: ArrayLike, length: int, name: str) -> Floats:
    known = np.asarray(values, float)
    if known.shape != (length,):
        raise ValueError(f"The {name} has the shape {known.shape} and the trips want {length} values, one a row.")
    wrong = np.flatnonzero(~((known >= 0) & np.isfinite(known)))
    if wrong.size:
        row = wrong[0]
        said = "missing" if np.isnan(known[row]) else f"{known[row]:g}"
        raise ValueError(f"The {name} in row {row + 1} is {said}; {name} must be a known number of 0 or more.")
    return known


def _coordinates(values: ArrayLike, name: str) -> Floats:
    table = np.asarray(values, float)
    if table.ndim != 2:
        raise ValueError(f"The coordinates of each {name} must be one row of kilometres.")
    wrong = np.flatnonzero(~np.isfinite(table).all(axis=1))
    if wrong.size:
        raise ValueError(f"The {name} in row {wrong[0] + 1} has no known coordinates; leave it out or place it.")
    return table


def _positions(codes: Sequence, known: Sequence, name: str) -> Positions:
    named = pd.Index(codes)
    found = pd.Index(known).get_indexer(named).astype(np.int32)
    if (found < 0).any():
        raise ValueError(f"A trip names {named[found < 0][0]}, which is not among the {name}.")
    return found


def _refuse_beyond(positions: Positions, count: int, name: str) -> None:
    beyond = positions[(positions < 0) | (positions >= count)]
    if beyond.size:
        raise ValueError(f"A trip names {name} {beyond[0]}; there are {count}, counted from 0.")
