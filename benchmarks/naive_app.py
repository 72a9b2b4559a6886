"""The page most tutorials would write: a choropleth rebuilt on every rerun and handed to plain `st_folium`.

Its network is the only thing changed. streamlit-folium takes Leaflet and D3 from public hosts, so the benchmark lays
the real Leaflet beside this file and empty stand-ins for the rest, and the links are turned to them. That spares the
naive page the loading of jQuery, Bootstrap and D3: the comparison is kinder to it than life.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import pandas as pd
import streamlit as st
import streamlit_folium

GEO = Path(__file__).parent / "static" / "wards.geojson"


def local(link: str) -> str:
    name = link.rsplit("/", 1)[-1]
    kept = name if name in ("leaflet.js", "leaflet.css") else f"stub.{name.rsplit('.', 1)[-1]}"
    return f"/app/static/{kept}"


def without_network(component: Callable[..., Any]) -> Callable[..., Any]:
    def call(**arguments: Any) -> Any:
        links = {kind: [local(link) for link in arguments[kind]] for kind in ("js_links", "css_links")}
        return component(**arguments | links)

    return call


if not hasattr(streamlit_folium, "kept_component"):
    streamlit_folium.kept_component = streamlit_folium._component_func
    streamlit_folium._component_func = without_network(streamlit_folium.kept_component)


@st.cache_data
def wards() -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(GEO.read_text(encoding="utf-8"))
    return collection


def count() -> None:
    st.session_state.choices = st.session_state.get("choices", 0) + 1


st.title("Naive map")
st.segmented_control("Show on the map", ["Gap", "Need", "Provision"], default="Gap", on_change=count)
draw = random.Random(st.session_state.get("choices", 0))
codes = [feature["properties"]["code"] for feature in wards()["features"]]
values = pd.DataFrame({"code": codes, "value": [draw.random() for _ in codes]})
chart = folium.Map(location=[51.35, -2.5], zoom_start=11)
folium.Choropleth(
    geo_data=wards(), data=values, columns=["code", "value"], key_on="feature.properties.code", fill_color="YlOrRd"
).add_to(chart)
streamlit_folium.st_folium(chart)
