"""Access a second time, in plain loops over neighbourhoods and sites, as one would do it with pencil and paper."""

from __future__ import annotations

import math

EARTH_KM = 6371.0088
STEPS = {
    "slow": ((10, 1), (20, 0.68), (30, 0.22)),
    "fast": ((10, 1), (20, 0.42), (30, 0.03)),
    "within20": ((20, 1),),
}


def minutes_between(start: tuple[float, float], end: tuple[float, float], km_per_hour: float) -> float:
    """Straight line over the ground (haversine) times 1.3 at a speed."""
    (lat, lon), (to_lat, to_lon) = ([math.radians(degrees) for degrees in point] for point in (start, end))
    chord = math.sin((to_lat - lat) / 2) ** 2
    chord += math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 60 * 1.3 * 2 * EARTH_KM * math.asin(math.sqrt(chord)) / km_per_hour


def weight(minutes: float, setting: str) -> float:
    """How much a journey counts under a setting."""
    if setting == "gaussian":
        if minutes > 30:
            return 0.0
        foot = math.exp(-0.5)
        return (math.exp(-0.5 * (minutes / 30) ** 2) - foot) / (1 - foot)
    for limit, counted in STEPS[setting]:
        if minutes <= limit:
            return counted
    return 0.0


def rates(
    points: list[tuple[str, tuple[float, float], float]],
    sites: list[tuple[tuple[float, float], float]],
    km_per_hour: float,
    setting: str,
) -> dict[str, float]:
    """Places per head by ward, for points (ward, place, demand) and sites (place, capacity)."""
    each = []
    for there, capacity in sites:
        wanting = 0.0
        for _, here, demand in points:
            wanting += demand * weight(minutes_between(here, there, km_per_hour), setting)
        each.append(capacity / wanting if wanting else 0.0)
    places: dict[str, float] = {}
    people: dict[str, float] = {}
    for ward, here, demand in points:
        score = 0.0
        for (there, _), part in zip(sites, each, strict=True):
            score += part * weight(minutes_between(here, there, km_per_hour), setting)
        places[ward] = places.get(ward, 0.0) + demand * score
        people[ward] = people.get(ward, 0.0) + demand
    return {ward: places[ward] / people[ward] for ward in places}
