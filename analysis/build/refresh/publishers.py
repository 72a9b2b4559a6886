"""Where the official files are: one row a file, with what it may look like.

None of these addresses could be tried from the machine this was written on. `seen` says what the shape we expect was
read from; no row has been compared with the live file. Each address may be replaced for a test, or when a publisher
moves a file, by setting ATLAS_SOURCE_<ID> to another address. An address that is not the local machine must be https.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

MB = 1_000_000
CSV_TYPES = ("text/csv", "application/csv", "application/octet-stream", "text/plain", "binary/octet-stream")
JSON_TYPES = ("application/json", "application/geo+json", "text/plain")
ODS_TYPES = ("application/vnd.oasis.opendocument.spreadsheet", "application/octet-stream", "application/zip")
OGL = "OGL v3"
ONS = (
    "Source: Office for National Statistics licensed under the Open Government Licence v3.0. Contains OS data © Crown "
    "copyright and database right."
)
_MHCLG = "Ministry of Housing, Communities and Local Government"
_GOV = "https://assets.publishing.service.gov.uk"
_LAIT = (
    "https://raw.githubusercontent.com/dfe-analytical-services/local-authority-interactive-tool/main/01_data/02_prod"
)
_ONS_SERVICES = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"


@dataclass(frozen=True)
class Published:
    """One file of a publisher: where, of what type, how large at most, and what its expected shape was read from.

    A file without an address has a new one every year, to be found on its `page`.
    """

    id: str
    title: str
    publisher: str
    url: str
    types: tuple[str, ...]
    most_bytes: int
    begins: bytes = b""
    licence: str = OGL
    attribution: str = ""
    seen: str = ""
    page: str = ""

    @property
    def setting(self) -> str:
        """The environment variable that replaces the address."""
        return "ATLAS_SOURCE_" + self.id.upper().replace("-", "_")


PUBLISHED: Mapping[str, Published] = {
    file.id: file
    for file in (
        Published(
            "fingertips",
            "Fingertips: hospital admissions for injury, ages 0 to 14 (90284)",
            "Office for Health Improvement and Disparities",
            "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id"
            "?indicator_ids=90284&child_area_type_id=502&parent_area_type_id=6",
            CSV_TYPES,
            60 * MB,
            attribution="Source: Office for Health Improvement and Disparities, Fingertips, licensed under the Open "
            "Government Licence v3.0.",
            seen="the address and header of the maintained client fingertips_py 0.4.3 and of the publisher's own tests",
        ),
        Published(
            "cilif",
            "Children in low income families: local area statistics",
            "Department for Work and Pensions; HM Revenue and Customs",
            "",
            ODS_TYPES,
            60 * MB,
            begins=b"PK",
            attribution="Source: Department for Work and Pensions, licensed under the Open Government Licence v3.0.",
            seen="public copies of two of its sheets (tables 2 and 4) of the release of March 2026",
            page="https://www.gov.uk/government/collections/children-in-low-income-families-local-area-statistics",
        ),
        Published(
            "iod2019",
            "English Indices of Deprivation 2019, File 7",
            _MHCLG,
            f"{_GOV}/media/5dc407b440f0b6379a7acc8d/"
            "File_7_-_All_IoD2019_Scores__Ranks__Deciles_and_Population_Denominators_3.csv",
            CSV_TYPES,
            60 * MB,
            attribution="Source: Ministry of Housing, Communities and Local Government, English Indices of "
            "Deprivation, licensed under the Open Government Licence v3.0.",
            seen="the column names used by public programs that read the file",
        ),
        Published(
            "iod2025",
            "English Indices of Deprivation 2025, File 7",
            _MHCLG,
            f"{_GOV}/media/691ded56d140bbbaa59a2a7d/"
            "File_7_IoD2025_All_Ranks_Scores_Deciles_Population_Denominators.csv",
            CSV_TYPES,
            60 * MB,
            attribution="Source: Ministry of Housing, Communities and Local Government, English Indices of "
            "Deprivation, licensed under the Open Government Licence v3.0.",
            seen="the column names used by public programs that read the file",
        ),
        Published(
            "lait-figures",
            "Local Authority Interactive Tool: figures",
            "Department for Education",
            f"{_LAIT}/bds_long_0.parquet",
            ("application/octet-stream", "application/vnd.apache.parquet"),
            100 * MB,
            begins=b"PAR1",
            attribution="Source: Department for Education, licensed under the Open Government Licence v3.0.",
            seen="the department's own program that writes the file (02_dev/bds_wide_to_long.qmd)",
        ),
        Published(
            "lait-dictionary",
            "Local Authority Interactive Tool: data dictionary",
            "Department for Education",
            f"{_LAIT}/lait_data_dictionary.csv",
            CSV_TYPES,
            20 * MB,
            attribution="Source: Department for Education, licensed under the Open Government Licence v3.0.",
            seen="a public copy of the file",
        ),
        Published(
            "ons-lookup",
            "Neighbourhoods (LSOA 2021) to wards (2024), best fit",
            "Office for National Statistics",
            f"{_ONS_SERVICES}/LSOA21_WD24_LAD24_EW_LU/FeatureServer/0/query"
            "?where=LAD24CD%3D%27{council}%27&outFields=LSOA21CD,WD24CD,WD24NM&returnGeometry=false&f=json",
            JSON_TYPES,
            20 * MB,
            attribution=ONS,
            seen="the address and columns used by public programs that ask the service",
        ),
        Published(
            "ons-wards",
            "Boundaries of wards (December 2024, generalised)",
            "Office for National Statistics",
            f"{_ONS_SERVICES}/Wards_December_2024_Boundaries_UK_BGC/FeatureServer/0/query"
            "?where=LAD24CD%3D%27{council}%27&outFields=WD24CD,WD24NM&outSR=4326&f=geojson",
            JSON_TYPES,
            40 * MB,
            attribution=ONS,
            seen="the address and columns used by public programs that ask the service",
        ),
        Published(
            "police-updated",
            "data.police.uk: the newest month",
            "Home Office",
            "https://data.police.uk/api/crime-last-updated",
            JSON_TYPES,
            1 * MB,
            seen="the publisher's documentation as quoted by public programs",
        ),
        Published(
            "police",
            "data.police.uk: street-level crime",
            "Home Office",
            "https://data.police.uk/api/crimes-street/all-crime",
            JSON_TYPES,
            40 * MB,
            attribution="Source: data.police.uk, licensed under the Open Government Licence v3.0.",
            seen="the publisher's documentation as quoted by public programs",
        ),
    )
}


def published(name: str) -> Published:
    """The declared file of that id, at the address the environment gives where it gives one."""
    file = PUBLISHED[name]
    return replace(file, url=os.environ.get(file.setting, file.url))
