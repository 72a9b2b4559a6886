"""Areas, place labels and the lookups between vintages."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field

WARD11 = Field("ward11_code", "code", pattern="E0500[0-9]{4}")
WARD19 = Field("ward19_code", "code", pattern="E0501[0-9]{4}")
LSOA11 = Field("lsoa11_code", "code", pattern="E010[0-9]{5}")
LSOA21 = Field("lsoa21_code", "code", pattern="E010[0-9]{5}")
LATITUDE = Field("latitude", "number", minimum=51.2, maximum=51.5)
LONGITUDE = Field("longitude", "number", minimum=-2.8, maximum=-2.2)
POSTCODES = Field("postcodes", "integer", minimum=1)

AREA_TYPES = ("ward11", "ward19", "lsoa11", "lsoa21", "council", "neighbour", "region", "country")


def _share(column: str) -> Field:
    return Field(column, "number", minimum=0, maximum=1)


AREAS = Contract(
    name="AREAS",
    title="Names of areas",
    fields=(
        Field("area_code", "code", pattern="[EKW][0-9]{8}"),
        Field("area_name", "text"),
        Field("area_type", "text", allowed=AREA_TYPES),
        Field("local_name", "text", blank=True),
    ),
    key=("area_code", "area_type"),
)

PLACE_LABELS = Contract(
    name="PLACE_LABELS",
    title="Places named on the maps",
    fields=(Field("place", "text"), LATITUDE, LONGITUDE, Field("prominence", "integer", minimum=1, maximum=3)),
    key=("place",),
)

LOOKUP_LSOA11 = Contract(
    name="LOOKUP_LSOA11",
    title="Neighbourhoods (LSOA 2011) to wards of both vintages, best fit",
    fields=(LSOA11, WARD11, WARD19, _share("ward11_area_share"), _share("ward19_area_share")),
    key=("lsoa11_code",),
)

LOOKUP_LSOA21 = Contract(
    name="LOOKUP_LSOA21",
    title="Neighbourhoods (LSOA 2021) to wards since 2019, best fit",
    fields=(LSOA21, WARD19),
    key=("lsoa21_code",),
)

LOOKUP_LSOA11_LSOA21 = Contract(
    name="LOOKUP_LSOA11_LSOA21",
    title="Neighbourhoods of 2011 to neighbourhoods of 2021",
    fields=(LSOA11, LSOA21, Field("change", "text", allowed=("unchanged", "split"))),
    key=("lsoa11_code", "lsoa21_code"),
)

LOOKUP_WARD11_WARD19 = Contract(
    name="LOOKUP_WARD11_WARD19",
    title="Wards of 2011-2019 against wards since 2019",
    fields=(
        WARD11,
        WARD19,
        _share("area_share_of_ward11"),
        _share("area_share_of_ward19"),
        _share("postcode_share_of_ward11"),
        _share("postcode_share_of_ward19"),
    ),
    key=("ward11_code", "ward19_code"),
)

LOOKUP_LSOA11_WARD19_SHARES = Contract(
    name="LOOKUP_LSOA11_WARD19_SHARES",
    title="How each neighbourhood (LSOA 2011) divides between wards since 2019, by postcodes",
    fields=(LSOA11, WARD19, POSTCODES, _share("postcode_share")),
    key=("lsoa11_code", "ward19_code"),
)
