"""A calculator for one programme with the reader's own figures, which are kept nowhere."""

from __future__ import annotations

import streamlit as st

from analysis.costs import EXAMPLE_YEARS, INPUTS, LONGEST, Blank, Input, Worth, worth
from analysis.present import own_programme_view
from analysis.refusal import Refusal
from pages.components import evidence, plain

STARTS = {"example": "A made-up example", "blank": "A blank form"}
ENDS = ("low", "central", "high")
ACROSS = 2


@st.fragment
def show() -> None:
    """The reader's figures, and what a year of the programme may be worth with its range; never stored or linked."""
    st.header("Your own figures: one programme (illustrative)")
    st.caption("Give each figure as a low, a central and a high one. Nothing you type is kept or put in the link.")
    start = st.segmented_control("Start from", [*STARTS], default="example", format_func=STARTS.__getitem__)
    given, years, said = _asked(start or "blank")
    try:
        result = worth(given, years)
    except Refusal as refused:
        evidence.nothing(str(refused))
        return
    _answer(result, made_up=start == "example")
    plain.table(own_programme_view.matters(result), "What the answer depends on, the first the most")
    evidence.download(own_programme_view.download(result, said), "own_programme", "illustrative", key="own_csv")


def _asked(start: str) -> tuple[dict[str, Blank], int | None, dict[str, str]]:
    given: dict[str, Blank] = {}
    for place, (name, item) in enumerate(INPUTS.items()):
        if place % ACROSS == 0:
            columns = st.columns(ACROSS, gap="large")
        with columns[place % ACROSS]:
            given[name] = _ends(start, name, item)
    first, second, third, fourth = st.columns(4)
    usual = EXAMPLE_YEARS if start == "example" else None
    with first:
        years = st.number_input("Years over which costs are avoided", 1, LONGEST, usual, key=f"own_{start}_years")
    with second:
        prices = st.number_input("Year of the prices", 1990, 2100, None, key=f"own_{start}_prices")
    with third:
        payer = st.selectbox("Who would save", own_programme_view.PAYERS, key=f"own_{start}_payer")
    with fourth:
        cashable = st.selectbox("Could it be taken as cash?", own_programme_view.CASHABLE, key=f"own_{start}_cash")
    return given, years, {"price_year": str(prices or "not known"), "who_saves": payer, "cashable": cashable}


def _ends(start: str, name: str, item: Input) -> Blank:
    unit = "" if item.unit == "people" else f" ({item.unit})"
    usual: Blank = item.example if start == "example" else (None, None, None)
    found: list[float | None] = []
    for end, value, column in zip(ENDS, usual, st.columns(3, vertical_alignment="bottom"), strict=True):
        with column:
            found.append(
                st.number_input(
                    f"{item.title}{unit}, {end}",
                    0.0,
                    float(item.most),
                    None if value is None else float(value),
                    float(item.step),
                    format="%.1f" if item.percent else "%.0f",
                    key=f"own_{start}_{name}_{end}",
                )
            )
    return found[0], found[1], found[2]


def _answer(result: Worth, *, made_up: bool) -> None:
    st.badge("Illustrative: your own figures", icon=":material/draw:", color="orange")
    if made_up:
        st.warning(
            "The figures in the form are a **made-up example** until you change them: only the cost of £1,344 and the "
            "worth of £60,000 in the middle are printed, by Halton.",
            icon=":material/draw:",
        )
    evidence.answer(*own_programme_view.worth_sentence(result))
    st.subheader(own_programme_view.unmet_title(result))
    st.caption(
        "The part of what these people's need may cost, to whoever would pay, that this programme could have avoided; "
        "its own cost is not taken off. The range holds nine in ten of the reruns."
    )
    st.subheader("What the answer depends on most")
