"""The tables an editor can replace, in groups that say what they are about."""

from __future__ import annotations

from collections.abc import Mapping

from analysis.sources.tables import CONTRACTS

ALL = "All tables"
GROUPS: dict[str, tuple[str, ...]] = {
    "The council's own return": ("ACTIVITY", "ACTIVITY_DETAIL"),
    "Children and families in need": (
        "CHILD_POVERTY_WARD",
        "CHILD_POVERTY_AREA",
        "IDACI2015_PRINTED",
        "IDACI2025_NUMERATOR",
        "POPULATION_LSOA11",
        "POPULATION_LSOA21",
        "TOXIC_TRIO_LISTS",
        "TOXIC_TRIO_COUNCIL",
        "ASSESSMENT_FACTORS",
    ),
    "Deprivation": ("IOD2015", "IOD2019", "IOD2025", "IOD_COUNCIL", "IOD_POPULATION"),
    "Indicators": (
        "LAIT_OBSERVATIONS",
        "LAIT_INDICATORS",
        "OPEN_OBSERVATIONS",
        "OPEN_INDICATORS",
        "PROFILES_OBSERVATIONS",
        "PROFILES_INDICATORS",
        "PROFILES_RANGES",
        "ASSESSMENT_OBSERVATIONS",
        "ASSESSMENT_INDICATORS",
        "STRATEGIES_OBSERVATIONS",
        "STRATEGIES_INDICATORS",
        "STATISTICAL_NEIGHBOURS",
    ),
    "Services, sites and travel": (
        "SERVICES",
        "NEEDS_BY_LIFE_STAGE",
        "SERVICE_STATEMENTS",
        "COMMISSIONED_SITES",
        "SITES",
        "TRAVEL_TIMES",
    ),
    "Survey, assessment and strategies": (
        "SURVEY",
        "THEMATIC_ANALYSIS",
        "THRESHOLDS",
        "DATA_CAPTURE",
        "RECOMMENDATIONS",
        "RECOMMENDATIONS_IN_STRATEGY",
        "OUTCOMES_FRAMEWORK",
        "PERFORMANCE_MEASURES",
        "POPULATION_INDICATORS",
        "COMMITMENTS",
        "PRIORITY_GROUPS",
        "MATURITY",
        "OTHER_STRATEGIES",
        "WILTSHIRE_SPENDING",
        "WILTSHIRE_SAFEGUARDING",
        "HALTON_COST_BENEFIT",
        "CONTRADICTIONS",
    ),
    "Places and how they fit together": (
        "AREAS",
        "PLACE_LABELS",
        "LOCALITIES",
        "POSTCODES",
        "DEMAND_POINTS_LSOA11",
        "DEMAND_POINTS_LSOA21",
        "LOOKUP_LSOA11",
        "LOOKUP_LSOA11_LSOA21",
        "LOOKUP_LSOA11_WARD19_SHARES",
        "LOOKUP_LSOA21",
        "LOOKUP_WARD11_WARD19",
    ),
}


def titles(group: str) -> Mapping[str, str]:
    """The tables of a group, or all, by contract, in the order of their titles."""
    names = [name for held in GROUPS.values() for name in held] if group == ALL else GROUPS[group]
    found = {name: CONTRACTS[name].title for name in names}
    return dict(sorted(found.items(), key=lambda item: item[1].casefold()))
