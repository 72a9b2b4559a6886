"""The one register of columns: what each is called on screen, its unit, and which way is worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Polarity = Literal["high is worse", "low is worse", "neither"]


@dataclass(frozen=True)
class Column:
    """How a column is named and read. `decimals` is for display only; figures are stored unrounded."""

    name: str
    label: str
    meaning: str
    unit: str = ""
    decimals: int | None = None
    polarity: Polarity = "neither"


_ALL = (
    Column("area_code", "Area code", "Nine-character code of the area given by the Office for National Statistics"),
    Column("area_name", "Area", "Name of the area"),
    Column(
        "area_type",
        "Kind of area",
        "Ward (2011 or 2019), neighbourhood (LSOA 2011 or 2021), council, region or country",
    ),
    Column("ward11_code", "Ward code (2011-2019)", "Ward in force from 2011 to May 2019"),
    Column("ward19_code", "Ward code (since 2019)", "Ward in force since May 2019"),
    Column("lsoa11_code", "Neighbourhood code (LSOA 2011)", "Lower-layer super output area of the 2011 Census"),
    Column("lsoa21_code", "Neighbourhood code (LSOA 2021)", "Lower-layer super output area of the 2021 Census"),
    Column("locator", "Where in the source", "Section, table and line of the source the figure was read from"),
    Column("basis", "Basis", "Published, modelled by us, or illustrative (made up to show the tool)"),
    Column("status", "Status", "Whether there is a value, and if not, why"),
    Column("count", "Count", "Number of people or families", "people", 0, "high is worse"),
    Column("percent", "Per cent", "Share of the denominator", "%", 1, "high is worse"),
    Column("percent_lower", "Lower limit", "Lower 95% limit of the percentage", "%", 1),
    Column("percent_upper", "Upper limit", "Upper 95% limit of the percentage", "%", 1),
    Column(
        "year_ending", "Year ending", "Last calendar year of the period, for example 2025 for April 2024 to March 2025"
    ),
    Column("mid_year", "Mid-year", "Year of the 30 June population estimate"),
    Column("iod_year", "Indices of Deprivation", "Edition of the English Indices of Deprivation"),
    Column("measure", "Measure", "Relative or absolute low income"),
    Column("housing_costs", "Housing costs", "Before (BHC) or after (AHC) housing costs"),
    Column("domain", "Domain or index", "Part of the English Indices of Deprivation"),
    Column("score", "Score", "Published or estimated score of the domain", "", 3, "high is worse"),
    Column(
        "score_half_width",
        "Score, give or take",
        "Half the bracket an estimated score must lie in; 0 or blank when published",
        "",
        4,
    ),
    Column("blank_reason", "Why there is no score", "Reason a cell is blank"),
    Column("rank", "National rank", "1 is the most deprived neighbourhood in England", "", 0, "low is worse"),
    Column(
        "decile", "National tenth", "1 is the most deprived tenth of neighbourhoods in England", "", 0, "low is worse"
    ),
    Column("population", "Population", "Residents", "people", 0),
    Column("age_band", "Ages", "Age band in completed years"),
    Column("children_0_15", "Children aged 0-15", "Residents aged 0 to 15", "children", 0),
    Column("latitude", "Latitude", "Degrees north, WGS 84"),
    Column("longitude", "Longitude", "Degrees east, WGS 84"),
    Column("service", "Service", "Name of the service as printed"),
    Column("provider", "Provider", "Organisation named as delivering the service"),
    Column("commissioned", "Commissioned", "Whether the source marks the service as commissioned (an asterisk)"),
    Column("need", "Need", "Need the service answers"),
    Column(
        "life_stage", "Life stage", "Pre-birth to age 4, ages 5-11, ages 11-19 (25 with SEND), or parents and carers"
    ),
    Column("local_name", "Local name", "The council's own name for the neighbourhood; blank where it has none"),
    Column("place", "Place", "City, town or village named on the maps"),
    Column("prominence", "Prominence", "1 city, 2 town, 3 village: which labels to show first"),
    Column(
        "ward11_area_share",
        "Share inside its 2011 ward",
        "Share of the neighbourhood's land inside its best-fit 2011 ward",
        "",
        3,
    ),
    Column(
        "ward19_area_share",
        "Share inside its 2019 ward",
        "Share of the neighbourhood's land inside its best-fit 2019 ward",
        "",
        3,
    ),
    Column("change", "Change", "unchanged, or split into several in 2021"),
    Column(
        "area_share_of_ward11",
        "Share of the old ward's land",
        "Share of the 2011 ward's land inside the 2019 ward",
        "",
        3,
    ),
    Column(
        "area_share_of_ward19",
        "Share of the new ward's land",
        "Share of the 2019 ward's land that comes from the 2011 ward",
        "",
        3,
    ),
    Column(
        "postcode_share_of_ward11",
        "Share of the old ward's postcodes",
        "Share of the 2011 ward's postcodes inside the 2019 ward",
        "",
        3,
    ),
    Column(
        "postcode_share_of_ward19",
        "Share of the new ward's postcodes",
        "Share of the 2019 ward's postcodes that come from the 2011 ward",
        "",
        3,
    ),
    Column("postcodes", "Postcodes", "Number of postcodes", "postcodes", 0),
    Column("postcode_share", "Share of postcodes", "Share of the neighbourhood's postcodes inside the ward", "", 3),
    Column("adults_60_plus", "Adults aged 60 and over", "Residents aged 60 and over", "people", 0),
    Column("working_age", "Working-age adults", "Residents of working age as the Indices count them", "people", 1),
    Column(
        "average_score",
        "Average score",
        "Population-weighted mean of the neighbourhoods' scores",
        "",
        3,
        "high is worse",
    ),
    Column(
        "rank_average_score",
        "Rank of average score",
        "1 is the most deprived council in England by average score",
        "",
        0,
        "low is worse",
    ),
    Column(
        "average_rank",
        "Average rank",
        "Population-weighted mean of ranks, turned so that high is deprived",
        "",
        0,
        "high is worse",
    ),
    Column(
        "rank_average_rank",
        "Rank of average rank",
        "1 is the most deprived council in England by average rank",
        "",
        0,
        "low is worse",
    ),
    Column(
        "proportion_bottom_decile",
        "Share in the worst tenth",
        "Share of neighbourhoods among the most deprived tenth in England",
        "",
        3,
        "high is worse",
    ),
    Column(
        "rank_proportion_bottom_decile",
        "Rank of share in the worst tenth",
        "1 is the council with the largest share",
        "",
        0,
        "low is worse",
    ),
    Column("site_id", "Site", "Our stable identifier of the place"),
    Column("kind", "Kind of place", "School, GP surgery, library or play space"),
    Column("subtype", "Type", "Phase of a school, or whom a play space is for"),
    Column("edition", "Edition", "Edition of the atlas whose list holds the place: 2020, 2026 or both"),
    Column("name", "Name", "Name of the place in its list"),
    Column("list_year", "Year of the list", "Year of the list the place was read from"),
    Column("size", "Size", "Size of the place in the unit given beside it; blank where the list gives none"),
    Column("size_unit", "Unit of size", "pupils, or m2 of play space; blank where there is no size"),
    Column("source_title", "List", "List the place was read from"),
    Column("needs_group", "Needs", "Parents and carers with one or more, or all three, toxic-trio needs"),
    Column("base", "Base", "Number of parents and carers the share is of", "people", 0),
    Column("share_percent", "Share", "Share of the base, printed as a whole per cent", "%", 0),
    Column("figure_id", "Figure", "Identifier of the figure"),
    Column("topic", "Topic", "What the figure or entry is about"),
    Column("statement", "What it says", "The figure in plain words"),
    Column("value", "Value", "Value as printed"),
    Column("lower", "Lower limit", "Lower 95% limit, or lower estimate where the source gives a range"),
    Column("upper", "Upper limit", "Upper 95% limit, or upper estimate where the source gives a range"),
    Column("unit", "Unit", "What is counted"),
    Column("period", "Period", "Year or years the figure belongs to"),
    Column(
        "as_printed", "As printed", "The words of the source, exactly; an ellipsis marks where a page break cut them"
    ),
    Column("factor", "Factor", "Circumstance recorded at the end of the assessment, and whom it concerns"),
    Column("assessments", "Assessments", "Assessments in the year with any factor recorded", "assessments", 0),
    Column("entry_id", "Entry", "Identifier of the entry"),
    Column("where_first", "First place", "Section, table and line of the first reading"),
    Column("reading_first", "First reading", "What the first place says"),
    Column("where_second", "Second place", "Section, table and line, or recalculation, of the second reading"),
    Column("reading_second", "Second reading", "What the second place says"),
    Column("used", "Used here", "The reading this atlas uses"),
    Column("why", "Why", "Reason for the reading used"),
    Column("need_id", "Need identifier", "Need of the service map (Appendix 3)"),
    Column("need7_id", "Need identifier (section 7)", "Need of the table of needs by life stage (section 7)"),
    Column("services_need_id", "Need in the service map", "The need of Appendix 3 that this need belongs to"),
    Column("cell", "Cell", "Covered, unclear, uncovered, or not a need at this life stage"),
    Column("reading", "How it was read", "How a damaged cell of the source was read; blank where it is plain"),
    Column("marked", "A need at this stage", "Whether section 7 marks the need for the life stage"),
    Column("quarter", "Quarter", "Financial year and quarter"),
    Column("service_group", "Service group", "Children's centres, family support or youth services"),
    Column("case_unit", "Case unit", "Whether a case is a family or a child; the two are never added"),
    Column("supported", "Supported", "Cases supported at any time in the quarter", "cases", 0),
    Column("new", "New", "Cases opened in the quarter", "cases", 0),
    Column("closed", "Closed", "Cases closed in the quarter", "cases", 0),
    Column("waiting", "Waiting", "Cases waiting on the last day of the quarter", "cases", 0, "high is worse"),
    Column("capacity", "Capacity", "Cases that can be supported at one time", "cases", 0),
)

COLUMNS = {column.name: column for column in _ALL}


def label(name: str) -> str:
    """The words a person reads for a column, with its unit."""
    column = COLUMNS[name]
    return f"{column.label} ({column.unit})" if column.unit and column.unit != "people" else column.label
