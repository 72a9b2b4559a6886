"""Tables read from the 2020 assessment: what must hold of the shipped files, and the proofs the build runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.build.children_social_care import factors
from analysis.build.illustrative import ANCHORED_NEW, STAYS, in_proportion
from analysis.build.ledger2020 import prove_quotations, prove_recalculations, unclear_entry_ids
from analysis.build.services2020 import prove_services
from analysis.build.source_text import (
    TranscriptionError,
    by_hand,
    cited_lines,
    numbers_in,
    plain,
    require_printed,
)
from analysis.sources.contracts import Contract, ContractBroken, typed
from analysis.sources.tables.activity import ACTIVITY, COMMISSIONED_SITES, SERVICE_GROUPS
from analysis.sources.tables.activity_detail import ACTIVITY_DETAIL
from analysis.sources.tables.assessment2020 import IDACI2015_PRINTED
from analysis.sources.tables.ledger import CONTRADICTIONS
from analysis.sources.tables.services import LIFE_STAGES, NEEDS_BY_LIFE_STAGE, SERVICES
from analysis.sources.tables.toxic_trio import ASSESSMENT_FACTORS, FACTORS, TOXIC_TRIO_COUNCIL, TOXIC_TRIO_LISTS

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "published/idaci2015_ward11_printed.csv": IDACI2015_PRINTED,
    "published/toxic_trio_ward_lists.csv": TOXIC_TRIO_LISTS,
    "published/toxic_trio_council.csv": TOXIC_TRIO_COUNCIL,
    "published/contradictions.csv": CONTRADICTIONS,
    "published/services.csv": SERVICES,
    "published/needs_by_life_stage.csv": NEEDS_BY_LIFE_STAGE,
    "published/assessment_factors.csv": ASSESSMENT_FACTORS,
    "illustrative/activity.csv": ACTIVITY,
    "illustrative/activity_detail.csv": ACTIVITY_DETAIL,
    "illustrative/commissioned_sites.csv": COMMISSIONED_SITES,
}


def shipped(name: str) -> pd.DataFrame:
    return by_hand(ROOT / "data" / name, FILES[name])


@pytest.mark.parametrize(("name", "contract"), FILES.items())
def test_shipped_file_keeps_its_contract(name: str, contract: Contract) -> None:
    assert list(shipped(name).columns) == contract.columns


# Child poverty as printed


def test_printed_idaci_holds_37_wards_the_council_and_england() -> None:
    idaci = shipped("published/idaci2015_ward11_printed.csv")
    wards = idaci[idaci["area_code"].str.startswith("E05")]
    assert len(wards) == 37
    assert set(idaci["area_code"]) - set(wards["area_code"]) == {"E06000022", "E92000001"}
    assert wards["count"].sum() == 3606
    assert idaci.set_index("area_code").loc["E06000022", "count"] == 3607


@pytest.mark.parametrize(
    ("code", "count", "percent", "lower", "upper"),
    [
        ("E05001966", 386, 32.4, 29.8, 35.1),
        ("E05001962", 267, 21.7, 19.5, 24.1),
        ("E05001939", 11, 2.9, 1.6, 5.2),
        ("E92000001", 2_016_120, 19.9, 19.9, 19.9),
    ],
)
def test_printed_idaci_of_known_areas(code: str, count: int, percent: float, lower: float, upper: float) -> None:
    row = shipped("published/idaci2015_ward11_printed.csv").set_index("area_code").loc[code]
    assert [row["count"], row["percent"], row["percent_lower"], row["percent_upper"]] == [count, percent, lower, upper]


# Toxic trio


def test_two_lists_of_four_wards_with_their_bases() -> None:
    lists = shipped("published/toxic_trio_ward_lists.csv")
    assert len(lists) == 8
    bases = lists.groupby("needs_group")["base"].unique().map(list).to_dict()
    assert bases == {"one_or_more": [702], "three": [97]}
    shares = lists.groupby("needs_group")["share_percent"].apply(lambda share: sorted(share, reverse=True)).to_dict()
    assert shares == {"one_or_more": [14, 7, 6, 5], "three": [15, 7, 6, 6]}


def test_listed_wards_are_wards_of_the_printed_table() -> None:
    wards = set(shipped("published/idaci2015_ward11_printed.csv")["area_code"])
    assert set(shipped("published/toxic_trio_ward_lists.csv")["ward11_code"]) <= wards


def test_council_figures_stand_in_their_own_words() -> None:
    figures = shipped("published/toxic_trio_council.csv")
    for figure in figures.to_dict("records"):
        stated = {figure[name] for name in ("value", "lower", "upper") if pd.notna(figure[name])}
        assert stated <= numbers_in(figure["as_printed"]), figure["figure_id"]


@pytest.mark.parametrize(
    ("figure_id", "value"),
    [
        ("alcohol_dependent_adults", 1732),
        ("children_with_opiate_dependent_adult", 543),
        ("common_mental_disorder_adults", 22308),
        ("domestic_abuse_notifications", 571),
        ("marac_children", 366),
        ("parents_one_or_more", 702),
    ],
)
def test_known_council_figures(figure_id: str, value: float) -> None:
    assert shipped("published/toxic_trio_council.csv").set_index("figure_id").loc[figure_id, "value"] == value


# Factors at the end of assessment


def test_factors_cover_seven_areas_eight_years_and_every_factor() -> None:
    table = shipped("published/assessment_factors.csv")
    assert table["area_code"].nunique() == 7
    assert sorted(table["year_ending"].unique()) == list(range(2018, 2026))
    assert len(table) == 7 * 8 * len(FACTORS)


def test_factors_keep_the_suppressed_cell_suppressed() -> None:
    table = shipped("published/assessment_factors.csv")
    blank = table[table["count"].isna()]
    assert blank[["area_code", "year_ending", "factor", "status"]].to_numpy().tolist() == [
        ["E06000022", 2022, "mental_health_child", "suppressed"]
    ]


def test_factors_of_england_are_rounded_to_ten_and_councils_are_not() -> None:
    table = shipped("published/assessment_factors.csv").dropna(subset=["count"])
    wide = table["area_code"].str.match("E92|E12")
    assert (table.loc[wide, "count"] % 10 == 0).all()
    assert (table.loc[~wide, "count"] % 10 != 0).any()


def wide_row(**cells: str) -> pd.DataFrame:
    columns = [
        f"{topic}_{subject}"
        for topic in ("Domestic_Abuse", "Mental_Health", "Alcohol_Misuse", "Drug_Misuse")
        for subject in ("parent", "child", "person")
    ]
    row = dict.fromkeys([*columns, "Neglect", "Young_Carer"], "1") | {
        "time_period": "2020",
        "geographic_level": "Local authority",
        "region_code": "E12000009",
        "new_la_code": "E06000022",
        "Episodes_with_assessment_factor": "9",
    }
    return pd.DataFrame([row | cells])


@pytest.mark.parametrize(
    ("cell", "status"), [("c", "suppressed"), ("x", "missing"), ("z", "not_applicable"), ("0", "ok")]
)
def test_codes_of_the_department_keep_their_meaning(cell: str, status: str) -> None:
    row = factors(wide_row(Neglect=cell)).set_index("factor").loc["neglect"]
    assert row["status"] == status
    assert pd.isna(row["count"]) == (status != "ok")


def test_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown code 'k'"):
        factors(wide_row(Neglect="k"))


# Services


def test_every_need_has_four_cells_each_read_once() -> None:
    services = shipped("published/services.csv")
    cells = services.groupby(["need_id", "life_stage"])["cell"].nunique()
    assert len(cells) == 18 * 4
    assert (cells == 1).all()


@pytest.mark.parametrize("need_id", ["bereavement", "housing", "poverty_debt"])
def test_lost_spanning_cells_are_unclear_never_uncovered(need_id: str) -> None:
    services = shipped("published/services.csv").query("need_id == @need_id")
    reading = services.drop_duplicates("life_stage").set_index("life_stage")["cell"]
    assert reading["pre_birth_to_4"] == "covered"
    assert (reading.drop("pre_birth_to_4") == "unclear").all()


def test_only_two_cells_are_called_uncovered() -> None:
    uncovered = shipped("published/services.csv").query("cell == 'uncovered'")
    found = set(zip(uncovered["need_id"], uncovered["life_stage"], strict=True))
    assert found == {("worklessness", "parents"), ("missing_education", "pre_birth_to_4")}


def test_commissioned_follows_the_asterisk() -> None:
    services = shipped("published/services.csv").dropna(subset=["service"])
    assert (services["commissioned"].eq("yes") == services["as_printed"].str.contains(r"\*")).all()


def test_doubled_name_is_one_service_of_youth_connect() -> None:
    services = shipped("published/services.csv").dropna(subset=["as_printed"])
    doubled = services[services["as_printed"].str.contains("Targeted Youth Support")]
    assert set(doubled["service"]) == {"Targeted Youth Support"}
    assert set(doubled["provider"]) == {"Youth Connect SW"}


def test_needs_by_life_stage_hold_19_needs_that_belong_to_18() -> None:
    needs = shipped("published/needs_by_life_stage.csv")
    assert needs["need7_id"].nunique() == 19
    assert set(needs["services_need_id"]) == set(shipped("published/services.csv")["need_id"])
    assert set(needs.query("services_need_id == 'poverty_debt'")["need7_id"]) == {"debt", "poverty"}
    assert needs["marked"].sum() == 60


def test_a_blank_cell_is_not_applicable_exactly_when_no_need_is_marked() -> None:
    needs = shipped("published/needs_by_life_stage.csv")
    marked = needs.groupby(["services_need_id", "life_stage"])["marked"].any()
    blank = shipped("published/services.csv").query("as_printed.isna()").set_index(["need_id", "life_stage"])["cell"]
    assert (blank.eq("not_applicable") == ~marked.loc[blank.index]).all()


# The proof of the service map, on a map of one need


def one_need(**changes: object) -> pd.DataFrame:
    row = {
        "need_id": "carers",
        "need": "Carers",
        "cell": "covered",
        "service": "Carers Centre",
        "provider": pd.NA,
        "commissioned": "not marked",
        "as_printed": "Carers Centre",
        "locator": "Appendix 3, line 1974",
        "reading": pd.NA,
    }
    return pd.DataFrame([row | {"life_stage": stage} | changes for stage in LIFE_STAGES])


def one_need_marked() -> pd.DataFrame:
    return pd.DataFrame([{"services_need_id": "carers", "life_stage": stage, "marked": True} for stage in LIFE_STAGES])


def appendix(cell: str) -> list[str]:
    return [""] * 1973 + ["\t".join(["Support for carers", *[cell] * 4])] + [""] * 40


def test_proof_accepts_a_whole_transcription() -> None:
    prove_services(one_need(), one_need_marked(), appendix("<p>Carers Centre</p>"))


def test_proof_refuses_a_name_that_is_not_printed_there() -> None:
    with pytest.raises(TranscriptionError, match="'Carers Centre' does not stand at carers"):
        prove_services(one_need(), one_need_marked(), appendix("Young Carers"))


def test_proof_refuses_a_service_left_out() -> None:
    with pytest.raises(TranscriptionError, match="'DHI' was not transcribed"):
        prove_services(one_need(), one_need_marked(), appendix("<p>Carers Centre</p><p>DHI</p>"))


def test_proof_refuses_a_need_called_not_applicable() -> None:
    blank = one_need(cell="not_applicable", service=pd.NA, commissioned=pd.NA, as_printed=pd.NA)
    with pytest.raises(TranscriptionError, match="disagrees with section 7"):
        prove_services(blank, one_need_marked(), appendix(""))


def test_contract_refuses_an_uncovered_cell_with_a_service() -> None:
    text = one_need(cell="uncovered").fillna("")
    with pytest.raises(ContractBroken, match="names a service"):
        typed(text, SERVICES, "services.csv")


# Contradictions


def test_ledger_holds_the_contradictions_the_project_started_with() -> None:
    started = {
        "self_harm",
        "twerton_child_poverty",
        "england_child_poverty",
        "disability_total",
        "imd_rank",
        "iod_top_deciles",
        "app_use",
        "ehcp_rate",
        "ward_sum",
        "youth_justice_upper",
        "bath_row",
        "appendix_numbers",
    }
    assert started <= set(shipped("published/contradictions.csv")["entry_id"])


def test_every_unclear_cell_has_its_ledger_entry() -> None:
    services = shipped("published/services.csv")
    ledger = shipped("published/contradictions.csv")
    lost = ledger.query("kind == 'lost in text' and entry_id.str.startswith('appendix3_cell_')")["entry_id"]
    assert set(unclear_entry_ids(services.query("cell == 'unclear'"))) == set(lost)


def test_ledger_recalculations_that_need_only_shipped_figures() -> None:
    second = shipped("published/contradictions.csv").set_index("entry_id")["reading_second"]
    assert round(1000 * 1277 / 43679, 1) in numbers_in(second["ehcp_rate"])
    assert round(31 / 66 * 100) in numbers_in(second["app_use"])
    assert round(35 / 66 * 100) in numbers_in(second["app_use"])


def entry(reading: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "entry_id": "twerton",
                "where_first": "Section 6, line 2",
                "reading_first": reading,
                "where_second": "Recalculated",
                "reading_second": "32.4",
            }
        ]
    )


def test_ledger_refuses_a_number_not_on_the_cited_line() -> None:
    lines = ["", "with 32.2% of children"]
    prove_quotations(entry("32.2%"), lines, {})
    with pytest.raises(TranscriptionError, match="twerton"):
        prove_quotations(entry("32.3%"), lines, {})


def test_ledger_reads_a_strategy_where_one_is_named() -> None:
    strategy = entry("£8,25m").assign(where_first="Halton Early Help Strategy 2018-21, Appendix 1, line 1")
    prove_quotations(strategy, ["nothing"], {"Halton Early Help Strategy 2018-21": ["saves £8,25m"]})
    with pytest.raises(TranscriptionError, match="Halton Early Help Strategy"):
        prove_quotations(strategy, ["£8,25m"], {"Halton Early Help Strategy 2018-21": ["saves £9m"]})


def test_ledger_refuses_a_recalculation_that_no_longer_comes_out() -> None:
    prove_recalculations(entry("32.2%"), {"twerton": {32.4}})
    with pytest.raises(TranscriptionError, match="recalculated"):
        prove_recalculations(entry("32.2%"), {"twerton": {32.5}})


# Words of the source


@pytest.mark.parametrize(
    ("locator", "lines"),
    [
        ("Section 6, line 829", [829]),
        ("Appendix 3, table 'Needs', lines 1975 and 1977-1979", [1975, 1977, 1978, 1979]),
        ("Section 7, lines 899-901, 908 and 914", [899, 900, 901, 908, 914]),
        ("Recalculated from 1,277 plans", []),
    ],
)
def test_cited_lines(locator: str, lines: list[int]) -> None:
    assert cited_lines(locator) == lines


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2,016,120 of them, 19.9%", {2016120, 19.9}),
        ("(22, 308 people)", {22308}),
        ("31st March 2020, 256 (91.1%)", {31, 2020, 256, 91.1}),
        ("none", set()),
    ],
)
def test_numbers_in(text: str, numbers: set[float]) -> None:
    assert numbers_in(text) == numbers


def test_plain_removes_markup() -> None:
    assert plain("<p>Health &amp;  Care</p> **571**") == "Health & Care 571"


def test_interrupted_fragment_needs_every_part() -> None:
    require_printed("Mentoring … Plus", ["Mentoring (delivered by", "Plus) *"], "here")
    with pytest.raises(TranscriptionError, match="'Minus' does not stand at here"):
        require_printed("Mentoring … Minus", ["Mentoring (delivered by", "Plus) *"], "here")


# Illustrative activity


def test_activity_covers_every_ward_group_and_quarter_of_both_editions() -> None:
    activity = shipped("illustrative/activity.csv")
    assert activity.groupby("edition")["area_code"].nunique().to_dict() == {"2020": 37, "2026": 33}
    assert len(activity) == (37 + 33) * (2 + 4 + 3) * 4
    assert set(activity["basis"]) == {"illustrative"}


@pytest.mark.parametrize("quarter", ANCHORED_NEW)
def test_new_cases_keep_the_published_totals(quarter: str) -> None:
    activity = shipped("illustrative/activity.csv")
    new = activity[activity["quarter"].str.endswith(quarter)].groupby("edition")["new"].sum()
    assert new.to_dict() == dict.fromkeys(("2020", "2026"), ANCHORED_NEW[quarter])


def test_new_cases_leave_room_for_the_panel() -> None:
    assert (shipped("illustrative/activity.csv").groupby("edition")["new"].sum() > 372).all()


def test_about_two_fifths_of_support_lasts_seven_months() -> None:
    assert sum(stay.share * (1 - stay.closing) ** (7 / 3) for stay in STAYS) == pytest.approx(0.40, abs=0.01)
    assert sum(stay.share for stay in STAYS) == 1


def caseload() -> pd.DataFrame:
    activity = shipped("illustrative/activity.csv")
    totals = activity.groupby(["edition", "quarter", "service_group"])[["supported", "closed", "capacity"]].sum()
    return totals.assign(at_end=totals["supported"] - totals["closed"]).reset_index()


def test_family_support_is_over_capacity_at_the_end_of_two_of_three_quarters() -> None:
    family = caseload().query("service_group == 'family_support' and not quarter.str.endswith('Q4')")
    over = family["at_end"].gt(family["capacity"]).groupby(family["edition"]).sum()
    assert over.to_dict() == {"2020": 2, "2026": 2}


def test_other_services_support_more_than_capacity_and_end_the_quarter_below_it() -> None:
    others = caseload().query("service_group != 'family_support'")
    assert (others["supported"] > others["capacity"]).all()
    assert (others["at_end"] < others["capacity"]).all()


def test_each_quarter_carries_its_cases_into_the_next() -> None:
    activity = shipped("illustrative/activity.csv").sort_values("quarter")
    carried = activity["supported"] - activity["closed"]
    opening = activity["supported"] - activity["new"]
    groups = [activity[name] for name in ("edition", "service_group", "service", "life_stage", "area_code")]
    before = carried.groupby(groups).shift()
    assert (opening[before.notna()] == before.dropna()).all()


def detailed(dimension: str) -> pd.DataFrame:
    rows = shipped("illustrative/activity_detail.csv")
    return rows[rows["dimension"] == dimension]


@pytest.mark.parametrize(("quarter", "own", "early"), [("Q2", 187, 13), ("Q3", 233, 17)])
def test_assessments_keep_the_published_numbers(quarter: str, own: int, early: int) -> None:
    rows = detailed("assessment_type")
    counts = rows[rows["quarter"].str.endswith(quarter)].groupby(["edition", "category"])["count"].sum()
    assert counts.groupby("category").unique().map(list).to_dict() == {
        "Own agency": [own],
        "Early Help Assessment": [early],
    }


def test_ten_of_thirteen_referrals_to_safeguarding_are_not_accepted() -> None:
    rows = detailed("safeguarding_outcome").query("quarter == '2019-20 Q2'")
    assert rows["count"].sum() == 13
    assert rows.loc[rows["category"] == "Not accepted", "count"].sum() == 10


def test_about_two_fifths_of_closed_cases_lasted_seven_months() -> None:
    counts = detailed("length_of_support").groupby("category")["count"].sum()
    assert counts[["7 to 12 months", "Over 12 months"]].sum() / counts.sum() == pytest.approx(0.4, abs=0.01)


def test_the_sources_named_first_in_the_assessment_refer_most() -> None:
    counts = detailed("referral_source").groupby(["service_group", "category"])["count"].sum()
    first = {group: list(rows.droplevel(0).nlargest(3).index) for group, rows in counts.groupby(level=0)}
    assert first["children_centres"][:2] == ["Health visitor", "Early years setting"]
    assert first["youth"][0] == "Secondary school or college"
    assert set(first["family_support"]) == {"Primary school", "Early Help Allocation Panel", "Self-referral"}


def test_the_detail_adds_up_to_the_cases_it_breaks_down() -> None:
    keys = ["edition", "quarter", "service_group"]
    totals = shipped("illustrative/activity.csv").groupby(keys)[["supported", "new", "closed"]].sum()
    for dimension, counted in (
        ("ethnic_group", "supported"),
        ("referral_source", "new"),
        ("closure_outcome", "closed"),
    ):
        assert (detailed(dimension).groupby(keys)["count"].sum() == totals[counted]).all()


def test_sites_say_they_are_illustrative_and_share_the_capacity() -> None:
    sites = shipped("illustrative/commissioned_sites.csv")
    assert sites["name"].str.startswith("Illustrative ").all()
    places = sites.groupby(["edition", "service_group"])["capacity"].sum()
    last = caseload().query("quarter.str.endswith('Q4')").set_index(["edition", "service_group"])["capacity"]
    assert places.to_dict() == last.to_dict()
    assert set(SERVICE_GROUPS) == set(sites["service_group"])


@pytest.mark.parametrize("total", [0, 1, 7, 100])
def test_in_proportion_keeps_the_total_and_stays_within_one(total: int) -> None:
    weights = np.array([3.0, 1.0, 0.0, 2.5])
    parts = in_proportion(total, weights)
    assert parts.sum() == total
    assert (np.abs(parts - total * weights / weights.sum()) < 1).all()
