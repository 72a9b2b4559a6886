"""One contract a table, found by the name the catalogue gives it."""

from analysis.sources.contracts import Contract
from analysis.sources.tables import (
    activity,
    activity_detail,
    assessment2020,
    deprivation,
    geography,
    ledger,
    localities,
    neighbours,
    observations,
    outcomes,
    population,
    postcodes,
    poverty,
    profiles,
    sections2020,
    services,
    sites,
    spending,
    strategies,
    survey,
    toxic_trio,
    travel,
)

_SUBJECTS = (
    geography,
    population,
    deprivation,
    poverty,
    assessment2020,
    toxic_trio,
    services,
    sites,
    activity,
    activity_detail,
    postcodes,
    travel,
    observations,
    profiles,
    sections2020,
    survey,
    outcomes,
    spending,
    strategies,
    neighbours,
    localities,
    ledger,
)

CONTRACTS: dict[str, Contract] = {
    name: value for subject in _SUBJECTS for name, value in vars(subject).items() if isinstance(value, Contract)
}
