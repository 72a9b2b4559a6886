"""Small official files in the shapes their publishers give, made from the shipped tables: nothing should change."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import pandas as pd
import shapely

from analysis.build.lait import AREA_CODES
from analysis.build.refresh.iod import EDITIONS, TITLES
from analysis.build.refresh.police import TYPES
from analysis.sources.catalogue import read_layer
from analysis.sources.library import Library
from analysis.sources.tables.deprivation import DOMAINS

FINGERTIPS = (
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,"
    "Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,"
    "Denominator,Value note,Recent Trend,Compared to England value or percentiles,"
    "Compared to Region value or percentiles,Time period Sortable,New data,Compared to goal,Time period range"
)
DICTIONARY = (
    '"Measure_code","Topic","Measure","Chart_title","Measure_short","Polarity","y_axis_name","state_funded_flag",'
    '"Table_status","Description","Last Update","Next Update","Data Owner (DO) /Supplier and Contact Details",'
    '"Methodology","Hyperlink(s)","dps","Year_Type","No_Quartile"'
)
RANK, DECILE = "Rank (where 1 is most deprived)", "Decile (where 1 is most deprived 10% of LSOAs)"
TITLE_OF = {domain: title for title, domain in reversed(TITLES.items())}
PEOPLE = {
    "population": "Total population: mid 2015 (excluding prisoners)",
    "children_0_15": "Dependent Children aged 0-15: mid 2015 (excluding prisoners)",
    "adults_16_59": "Population aged 16-59: mid 2015 (excluding prisoners)",
    "adults_60_plus": "Older population aged 60 and over: mid 2015 (excluding prisoners)",
    "working_age": "Working age population 18-59/64: for use with Employment Deprivation Domain (excluding prisoners)",
}


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def fingertips(library: Library, period: str, value: str, note: str = "") -> bytes:
    """One period for every area and sex, with the noise the service gives: other ages, deprivation bands, repeats."""
    areas = sorted({*areas_of_admissions(library), "E06000099"})
    rows = [
        ["90284", "Injuries", "E92000001", "England", area, "Name", "UA", sex, age, band, band]
        + [period, value, *(("", "", "", "") if not value else ("90", "120", "80", "130")), "30", "3000", note]
        + [""] * 7
        for area in areas
        for sex in ("Persons", "Male", "Female")
        for age, band in (("<15 yrs", ""), ("<15 yrs", "Tenths"), ("15-24 yrs", ""), ("<15 yrs", ""))
    ]
    return table(FINGERTIPS.split(","), rows)


def areas_of_admissions(library: Library) -> set[str]:
    rows = library.table("OPEN_OBSERVATIONS")
    return set(rows.loc[rows["indicator_id"].str.startswith("admissions_injury"), "area_code"])


def file7(library: Library, year: int) -> bytes:
    """Every neighbourhood of England: the council's own as shipped, the rest as filler in another council."""
    contract, vintage = f"IOD{year}", "lsoa11_code" if year == 2019 else "lsoa21_code"
    lsoa, district, areas = EDITIONS[year]
    rows = library.table(contract)
    wide = rows.pivot(index=vintage, columns="domain", values=["score", "rank", "decile"])
    people = library.table("IOD_POPULATION").query("iod_year == 2019").set_index("lsoa11_code")
    names = [name for name in PEOPLE if name != "adults_16_59"]
    kinds = (("score", "Score"), ("rank", RANK), ("decile", DECILE))
    header = [f"{what} ({lsoa})" for what in ("LSOA code", "LSOA name")]
    header += [f"Local Authority District {what} ({district})" for what in ("code", "name")]
    header += [f"{TITLE_OF[domain]} {words}" for domain in DOMAINS for _, words in kinds]
    header += list(PEOPLE.values()) if year == 2019 else ["Total population: mid 2022"]
    body = []
    for code, row in wide.iterrows():
        figures = [row[kind, domain] for domain in DOMAINS for kind, _ in kinds]
        figures = [0.5 if pd.isna(figure) else figure for figure in figures]
        counts = [people.loc[code, name] for name in names] if year == 2019 else [1500]
        body.append(
            [code, "B&NES 001A", "E06000022", "B&NES", *figures, *counts[:2], *([0] * (year == 2019)), *counts[2:]]
        )
    filler = [["E01000001", "City 001A", "E09000001", "City", *([1] * (len(header) - 4))]] * (areas - len(body))
    return table(header, [*body, *filler])


def ods(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of sheets of text and numbers."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", kind, zipfile.ZIP_STORED)
        book.writestr("content.xml", f'<?xml version="1.0"?>{content}</office:body></office:document-content>')
        book.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    return out.getvalue()


def _row(cells: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(cell: object) -> str:
    number = isinstance(cell, int | float)
    kind = f'office:value-type="float" office:value="{cell}"' if number else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(cell))}</text:p></table:table-cell>"


def low_income(library: Library, later: int = 0, heading: str = "Number of children\nFYE {year}") -> bytes:
    """The yearly workbook as shipped, its years moved on by `later`."""
    sheets: dict[str, list[list[object]]] = {"Contents": [["Contents"]]}
    for number, (contract, code, kind) in enumerate(
        (("CHILD_POVERTY_AREA", "area_code", "LA"), ("CHILD_POVERTY_WARD", "ward19_code", "Ward")), start=1
    ):
        for (costs, measure), rows in library.table(contract).groupby(["housing_costs", "measure"]):
            years = sorted(rows["year_ending"].unique())
            wide = rows.pivot(index=code, columns="year_ending", values=["count", "percent"])
            place = ["Local Authority [note 2]", "Area Code"]
            header = [*place, *(["Ward [note 2]", "Area Code"] if kind == "Ward" else [])]
            header += [heading.format(year=year + later) for year in years]
            header += [f"Percentage of children\nFYE {year + later}\n(%)\n[note 3]" for year in years]
            body = [
                [*(["Bath and North East Somerset", "E06000022"] if kind == "Ward" else []), "Name", area]
                + [int(row["count", year]) for year in years]
                + [round(row["percent", year] / 100, 6) for year in years]
                for area, row in wide.iterrows()
            ]
            name = f"{number}_{costs}_{str(measure).capitalize()}_{kind}"
            sheets[name] = [
                [f"Table {number}: Number and Percentage"],
                ["FYE = Financial Years Ending."],
                header,
                *body,
            ]
    return ods(sheets)


def lait_figures(extra: Sequence[dict[str, object]] = ()) -> bytes:
    """Two measures for every area we hold, and for one we do not."""
    rows = [
        {"LA Number": number, "LA and Regions": area, "Short Desc": code, "Years": years, "Values": value}
        for number, area in enumerate([*AREA_CODES, "Barking and Dagenham"])
        for code, years, value in (
            ("InfMort", "2024", "3.5"),
            ("InfMort", "2025 (prov)", "-"),
            ("Under18concep", "2020-22", "12.25"),
        )
    ]
    out = io.BytesIO()
    pd.DataFrame([*rows, *extra]).to_parquet(out)
    return out.getvalue()


def lait_dictionary(topic: str = "Health and Wellbeing") -> bytes:
    rows = [
        [number, topic, title, title, code, "Low", axis, "NA", "None standard", "Words", "45809", "46174", "ONS", "How",
         "https://www.example.org/", "NA", "Calendar Year", "NA"]
        for number, title, code, axis in (
            ("4", "Infant Mortality", "InfMort", "Rate per 1000 live births"),
            ("2", "Under 18 Conception rates", "Under18concep", "Rate per 1000 15 - 17 year olds"),
        )
    ]  # fmt: skip
    return table(DICTIONARY.replace('"', "").split(","), rows)


def ons_lookup(library: Library, change: dict[str, str] | None = None, **more: object) -> bytes:
    rows = library.table("LOOKUP_LSOA21").replace({"ward19_code": change or {}})
    features = [
        {"attributes": {"LSOA21CD": lsoa, "WD24CD": ward, "WD24NM": ward}}
        for lsoa, ward in rows.itertuples(index=False)
    ]
    return json.dumps({"fields": [], "features": features, **more}).encode()


def ons_wards(library: Library, change: dict[str, str] | None = None) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {
                "WD24CD": (change or {}).get(one["properties"]["code"], one["properties"]["code"]),
                "WD24NM": one["properties"]["name"],
            },
            "geometry": one["geometry"],
        }
        for one in read_layer(library.root / "geo" / "wards_2019.geojson")["features"]
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def offences(library: Library, month: str, kind: str = "Force", category: str = "") -> bytes:
    """One offence of each type in each ward, and one far out at sea."""
    features = read_layer(library.root / "geo" / "wards_2019.geojson")["features"]
    points = [shapely.geometry.shape(one["geometry"]).representative_point() for one in features]
    rows = [
        {
            "category": category or slug,
            "location_type": kind,
            "location": {"latitude": str(point.y), "longitude": str(point.x), "street": {"id": 1, "name": "Near"}},
            "context": "",
            "outcome_status": None,
            "persistent_id": "",
            "id": 1,
            "location_subtype": "",
            "month": month,
        }
        for point in [*points, shapely.Point(-4.0, 51.0)]
        for slug in TYPES
    ]
    return json.dumps(rows).encode()
