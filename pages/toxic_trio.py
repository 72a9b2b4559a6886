"""Toxic trio: where parents known to services lived, and what is recorded at the end of assessment."""

from __future__ import annotations

import streamlit as st

from analysis import toxic_trio
from analysis.present import toxic_trio_figures, toxic_trio_view
from analysis.present.gap_view import MapView
from pages.components import area_map, cached, evidence, legend, plain, scope, style, toxic_trio_council
from pages.components.cached import toxic_trio as cached_toxic_trio

LAYER = "wards_2011"
LISTS = ("TOXIC_TRIO_LISTS", "IDACI2015_PRINTED", "IOD2015", "IOD_POPULATION", "LOOKUP_LSOA11")


def page() -> None:
    """Answer first, then the wards, what the shares mean, the council's series and its single figures."""
    chosen = scope.choose()
    st.title("Toxic trio: parents known to services")
    said = st.container()
    group, covariate = _controls()
    with said:
        _answer(group, covariate, chosen.edition_id)
    st.header("Ward by ward")
    left, right = st.columns([6, 5], gap="large")
    with left:
        _map(group, covariate, chosen.marked)
        _meaning(group)
    with right:
        _chart(group, covariate)
    _table(group, covariate)
    toxic_trio_council.series()
    toxic_trio_council.single_figures()


def _controls() -> tuple[str, str]:
    left, right = st.columns(2, gap="large", vertical_alignment="bottom")
    with left:
        group = scope.option(
            "group",
            "Parents and carers with",
            [*toxic_trio.GROUPS],
            "one_or_more",
            toxic_trio.GROUPS,
            draw=st.segmented_control,
        )
    with right:
        covariate = scope.option(
            "covariate",
            "Share the unpublished parents out by",
            [*toxic_trio.COVARIATES],
            toxic_trio.DEFAULT_COVARIATE,
            {key: words.capitalize() for key, words in toxic_trio.COVARIATES.items()},
            help="The source lists four wards. The remaining parents are shared out among the others by this.",
        )
    return group, covariate


def _answer(group: str, covariate: str, edition: str) -> None:
    rows, base = cached_toxic_trio.toxic_trio_wards(group, covariate), cached_toxic_trio.toxic_trio_base(group)
    evidence.answer(*toxic_trio_view.headline(rows, cached.library().names, group, base))
    with st.container(horizontal=True):
        evidence.badge("published")
        evidence.badge("modelled")
    st.caption(f"{toxic_trio_view.TERM} {_vintage(edition)}")


def _table(group: str, covariate: str) -> None:
    rows, base, names = (
        cached_toxic_trio.toxic_trio_wards(group, covariate),
        cached_toxic_trio.toxic_trio_base(group),
        cached.library().names,
    )
    st.subheader("Every ward of 2011 to 2019")
    shown = toxic_trio_view.table(rows, names, base)
    st.dataframe(shown, hide_index=True, width="stretch", height=390)
    evidence.download(
        toxic_trio_view.download(rows, names, group, covariate, base),
        f"toxic_trio_{group}_{covariate}",
        "modelled",
        key="trio_csv",
        shown=shown,
        title="Parents and carers known to services, by ward",
        chart=lambda: toxic_trio_figures.by_ward(rows, names, base, dark=False),
    )
    with st.expander("How this was worked out, and what it must not be used for"):
        st.markdown(toxic_trio_view.method(group, covariate, base))
    evidence.sources(LISTS)


def _vintage(edition: str) -> str:
    if edition == "2020":
        return "Period: 2016/17. Wards: the 37 of 2011 to 2019."
    return (
        "**Not today's wards.** These figures exist only for the 37 wards of 2011 to 2019, so they are shown on those, "
        "though you are looking at the 2026 edition. Opening a ward from here changes the edition to 2020."
    )


@st.fragment
def _map(group: str, covariate: str, marked: tuple[str, ...]) -> None:
    st.subheader("On the map")
    rows, base, names = (
        cached_toxic_trio.toxic_trio_wards(group, covariate),
        cached_toxic_trio.toxic_trio_base(group),
        cached.library().names,
    )
    dark = style.dark()
    legend.show(toxic_trio_view.banded(rows).counts(), dark)
    clicked = area_map.show(
        cached.map_layer(LAYER),
        toxic_trio_view.paints(rows, base, dark),
        key="toxic_trio",
        selected=marked,
        alt=toxic_trio_view.spoken(rows, names, base),
    )
    st.caption(
        f"Hatched wards were not published: none had more than {rows['most'].min():.0f} of the {base}. "
        "Click a ward, or move to it with the Tab key and press Enter, to open it."
    )
    evidence.download_map(
        lambda: MapView(toxic_trio_view.banded(rows).counts(), toxic_trio_view.paints(rows, base, False), ""),
        cached.map_layer(LAYER),
        f"toxic_trio_{group}",
        "published",
        key="trio_map",
        title="Parents and carers known to services, as published by ward",
        sources=["TOXIC_TRIO_LISTS"],
        marked=marked,
    )
    if clicked:
        area_map.open_ward(clicked)


def _chart(group: str, covariate: str) -> None:
    st.subheader("Parents by ward")
    rows, base = cached_toxic_trio.toxic_trio_wards(group, covariate), cached_toxic_trio.toxic_trio_base(group)
    area_map.chart(
        toxic_trio_figures.by_ward(rows, cached.library().names, base, style.dark()),
        f"trio_wards_{group}_{covariate}",
    )
    st.caption(
        "The four published wards first, as the source lists them; the others by the alphabet, as an estimate has "
        "no rank."
    )


def _meaning(group: str) -> None:
    st.subheader("What the published shares mean")
    st.markdown(
        "A share of clients is not a rate. Set beside the ward's share of children, it says whether more of these "
        "parents lived there than its size would suggest. **It counts people already in services**, so a high figure "
        "may mean more need, better contact, or both."
    )
    plain.table(
        toxic_trio_view.quotients(cached_toxic_trio.toxic_trio_quotients(group), cached.library().names),
        "Published shares of parents against shares of children, with 95% limits",
    )
    st.caption(
        "1 is the same share. In brackets the 95% limits, over rounding and chance together; more, less or about the "
        "same go by those. Children: Indices of Deprivation 2015. The other 33 wards have no published share "
        "to compare."
    )


page()
