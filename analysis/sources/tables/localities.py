"""Contract of the localities kept with an edition: named groups of its wards."""

from __future__ import annotations

from analysis.sources.contracts import Contract, Field, Rule
from analysis.sources.tables.activity import EDITIONS, WARD, WARD_RULE

LONGEST_NAME = 40
FEWEST_WARDS = 2
NAME = rf"[^\W_]([^\W_]|[ &'\-,]){{0,{LONGEST_NAME - 1}}}"
HOW_TO_NAME = (
    f"A name is at most {LONGEST_NAME} letters, digits, spaces and the signs & ' - and comma, and begins with a letter "
    "or a digit."
)

LOCALITIES = Contract(
    name="LOCALITIES",
    title="Localities: named groups of wards, kept with an edition",
    fields=(
        Field("edition", "text", allowed=EDITIONS),
        Field("locality", "text"),
        Field("area_code", "code", pattern=WARD),
    ),
    key=("edition", "area_code"),
    rules=(
        WARD_RULE,
        Rule("locality", lambda table: table["locality"].str.fullmatch(NAME), HOW_TO_NAME),
        Rule(
            "locality",
            lambda table: table.groupby(["edition", "locality"])["area_code"].transform("size").ge(FEWEST_WARDS),
            f"A locality is {FEWEST_WARDS} wards or more: give it another row, or remove this one.",
        ),
    ),
    may_be_empty=True,
)
