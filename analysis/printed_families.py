"""Which figures of need printed by the four councils belong together, and how far they can be set side by side.

Declared by hand from the strategies and from B&NES's assessment of 2020: no rule could tell a count on one day from one
over a year. `newest` names measures held today for all four councils on one definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

BNES, NORTH_SOMERSET, WILTSHIRE, HALTON = "E06000022", "E06000024", "E06000054", "E06000006"


class Alike(StrEnum):
    """How far the printed figures of a family can be set side by side."""

    SAME = "Can be set side by side"
    YEARS_APART = "One measure, but years apart"
    DIFFERENT = "Cannot be set side by side"
    ALONE = "Printed by one council only"


@dataclass(frozen=True)
class Family:
    """Printed measures of one thing. `printed` gives the indicators of each council that prints any."""

    id: str
    title: str
    alike: Alike
    note: str
    printed: Mapping[str, tuple[str, ...]]
    newest: tuple[str, ...] = field(default=())
    newest_note: str = ""


def _family(
    name: str, title: str, alike: Alike, note: str, newest: tuple[str, ...] = (), about: str = "", **printed: str
) -> Family:
    of = {"bnes": BNES, "north_somerset": NORTH_SOMERSET, "wiltshire": WILTSHIRE, "halton": HALTON}
    given = {of[council]: tuple(ids.split()) for council, ids in printed.items()}
    return Family(name, title, alike, note, given, newest, about)


FAMILIES = (
    _family(
        "children",
        "Children and young people",
        Alike.DIFFERENT,
        "B&NES and Wiltshire count ages 0 to 19, North Somerset 0 to 17. B&NES gives no year and counts its students "
        "in; the others are of 2013. All are counts, larger in a larger place.",
        bnes="na2020_children_0_19",
        north_somerset="ns2014_residents_0_17",
        wiltshire="wiltshire2013_residents_0_19",
    ),
    _family(
        "child_poverty",
        "Child poverty",
        Alike.DIFFERENT,
        "B&NES prints two measures: children under 16 in families on benefits or a low income (2016), and an estimate "
        "by End Child Poverty (2017/18). Wiltshire's is of ages 0 to 16 in 2010, and how poverty is drawn is not said.",
        ("lait_childpov",),
        bnes="phof_low_income_under_16 na2020_child_poverty_ecp",
        wiltshire="wiltshire2013_child_poverty",
    ),
    _family(
        "free_meals",
        "Free school meals",
        Alike.DIFFERENT,
        "B&NES counts pupils who claim, in January 2019; Wiltshire children who are eligible, in 2013.",
        ("lait_prifsm", "lait_secfsm"),
        bnes="na2020_free_school_meals_percent",
        wiltshire="wiltshire2013_free_meals",
    ),
    _family(
        "in_need",
        "Children in need",
        Alike.DIFFERENT,
        "North Somerset prints a count of October 2014 and no rate. Wiltshire's, of 2012/13 and provisional, takes in "
        "children on protection plans and looked after; North Somerset does not say whether its own does.",
        ("lait_cin",),
        north_somerset="ns2014_children_in_need",
        wiltshire="wiltshire2013_children_in_need wiltshire2013_children_in_need_rate",
    ),
    _family(
        "protection_plans",
        "Child protection plans",
        Alike.DIFFERENT,
        "North Somerset counts plans on one day, Wiltshire children put on a plan in the course of a year, and B&NES "
        "prints only the share of plans because of neglect.",
        ("lait_cpp_rate",),
        bnes="na2020_neglect_child_protection",
        north_somerset="ns2014_protection_plans",
        wiltshire="wiltshire2013_protection_plans wiltshire2013_protection_plans_rate",
    ),
    _family(
        "looked_after",
        "Children looked after",
        Alike.YEARS_APART,
        "B&NES and Wiltshire print a rate per 10,000 children, of March 2018 and of 2012/13. North Somerset prints a "
        "count of October 2014, which cannot be set beside a rate.",
        ("lait_lac",),
        bnes="phof_children_in_care",
        north_somerset="ns2014_looked_after",
        wiltshire="wiltshire2013_looked_after_rate wiltshire2013_looked_after",
    ),
    _family(
        "referrals",
        "Referrals to social care",
        Alike.DIFFERENT,
        "Wiltshire counts all referrals of 2012/13; B&NES only those its commissioned services made in one quarter of "
        "2019/20.",
        ("lait_cpp_total_rateper10_000",),
        bnes="na2020_safeguarding_referrals",
        wiltshire="wiltshire2013_referrals",
    ),
    _family(
        "early_help",
        "Early help assessments",
        Alike.DIFFERENT,
        "Wiltshire counts common assessments open in 2012/13; B&NES assessments completed in a quarter of 2019/20, and "
        "applications to its panel over that year. No government return counts early help, so none is held for all.",
        bnes="na2020_early_help_assessments na2020_own_agency_assessments na2020_ehap_applications",
        wiltshire="wiltshire2013_caf_active",
    ),
    _family(
        "neet",
        "Young people not in education, employment or training",
        Alike.DIFFERENT,
        "North Somerset counts ages 16 to 18 in 2014. B&NES counts ages 16 and 17 in 2017 and adds those whose "
        "activity is not known. Wiltshire gives neither ages nor year.",
        ("lait_16_17_neet", "lait_16_17_not_known_neet"),
        bnes="phof_neet_or_unknown",
        north_somerset="ns2014_neet",
        wiltshire="wiltshire2013_neet",
    ),
    _family(
        "conceptions",
        "Conceptions under 18",
        Alike.YEARS_APART,
        "Both are conceptions per 1,000 girls aged 15 to 17, but of 2017 in B&NES and of 2011 in Wiltshire.",
        ("lait_under18concep",),
        bnes="phof_conceptions_under_18",
        wiltshire="wiltshire2013_under18_conceptions",
    ),
    _family(
        "first_time_entrants",
        "First-time entrants to youth justice",
        Alike.ALONE,
        "Wiltshire names it as something to measure and prints no figure.",
        ("lait_firstyjs",),
        bnes="na2020_first_time_entrants_rate",
    ),
    _family(
        "domestic_abuse",
        "Domestic abuse",
        Alike.DIFFERENT,
        "North Somerset counts incidents of 2010; Wiltshire children present at incidents reported to the police, over "
        "2009 to 2011; B&NES enquiries about adults, as a range. What B&NES's assessment prints besides is on the "
        "Toxic trio page.",
        ("csc_factor_domestic_abuse_parent",),
        "A share of social care assessments, not of families: councils record factors with differing care.",
        bnes="strategy2021_adult_abuse_enquiries",
        north_somerset="ns2014_domestic_abuse_incidents",
        wiltshire="wiltshire2013_children_domestic_abuse",
    ),
    _family(
        "plans_for_needs",
        "Statements and plans for special educational needs",
        Alike.DIFFERENT,
        "Wiltshire counts statements about 2013, B&NES the plans that replaced them, in 2019. Wiltshire's share is of "
        "a population it does not name; B&NES's rate does not follow from its own count.",
        ("lait_sen_totstat",),
        bnes="na2020_ehcp na2020_ehcp_rate",
        wiltshire="wiltshire2013_sen_statements wiltshire2013_sen_statements_share",
    ),
    _family(
        "support_for_needs",
        "Pupils with other special educational needs",
        Alike.DIFFERENT,
        "North Somerset gives the share of pupils with any special need, by kind of school, and names about 4,000 on "
        "school action as a group to reach; Wiltshire a round count of those with support below a statement.",
        ("lait_sen_totsensup",),
        north_somerset="ns2014_primary_sen ns2014_secondary_sen",
        wiltshire="wiltshire2013_school_action",
    ),
    _family(
        "absence",
        "Persistent absence from school",
        Alike.DIFFERENT,
        "North Somerset's are of 2014, before the national measure was widened (in 2015/16, from pupils who miss 15% "
        "of school to those who miss 10%); B&NES's are of 2017/18, after it.",
        ("lait_sfpriperabnew", "lait_sfsecperabnew"),
        bnes="phof_persistent_absence_primary phof_persistent_absence_secondary",
        north_somerset="ns2014_primary_absence ns2014_secondary_absence",
    ),
    _family(
        "gcse",
        "Pupils with five good GCSEs",
        Alike.SAME,
        "Both count pupils with five good GCSEs, English and mathematics among them, in 2013/14. North Somerset's are "
        "provisional, and B&NES's year is inferred. Neither prints limits, so nothing is claimed about chance.",
        ("lait_engmaths9_4",),
        "Five GCSEs are no longer counted: the nearest measure now is a pass in English and mathematics.",
        bnes="local_health_gcse",
        north_somerset="ns2014_gcse_all",
    ),
    _family(
        "gcse_poorer",
        "Five good GCSEs among poorer pupils",
        Alike.DIFFERENT,
        "North Somerset counts pupils eligible for free school meals, in 2013; B&NES the wider group called "
        "disadvantaged, in 2015.",
        ("lait_fsm_avg_attain8_score",),
        "Five GCSEs are no longer counted: the nearest measure now is the average score over eight subjects.",
        bnes="na2020_gcse_5ac_disadvantaged",
        north_somerset="ns2014_gcse_free_meals",
    ),
    _family(
        "substance_parents",
        "Parents who misuse alcohol or drugs",
        Alike.DIFFERENT,
        "B&NES estimates adults dependent on alcohol who live with children; Wiltshire, for 2010/11, parents whose "
        "drinking or drug use may have done harm. Both are estimates by models, and the second is far wider.",
        ("csc_factor_alcohol_misuse_parent", "csc_factor_drug_misuse_parent"),
        "A share of social care assessments, not of parents: councils record factors with differing care.",
        bnes="strategy2021_alcohol_parents",
        wiltshire="wiltshire2013_harmful_use_parents wiltshire2013_harmful_use_parents_share",
    ),
    _family(
        "opiates",
        "Adults who use opiates or crack",
        Alike.DIFFERENT,
        "North Somerset prints a rate per 1,000 adults for opiates and crack together, of 2013; B&NES two estimated "
        "counts of 2016/17, which overlap and cannot be added.",
        bnes="strategy2021_opiate_users strategy2021_crack_users",
        north_somerset="ns2014_opiate_crack_rate",
    ),
    _family(
        "mental_illness",
        "Severe mental illness",
        Alike.DIFFERENT,
        "North Somerset's share, of 2013, is of adults. B&NES's, of 2017/18, is printed as of patients over 18 but by "
        "its count is of all ages.",
        bnes="strategy2021_severe_mental_illness",
        north_somerset="ns2014_serious_mental_illness",
    ),
    _family(
        "out_of_work",
        "Out of work",
        Alike.DIFFERENT,
        "B&NES prints unemployment in 2020 and residents on out-of-work benefits in June 2021; North Somerset adults "
        "without work in 2014, and does not say how they are counted.",
        ("health_index_unemployment",),
        bnes="strategy2021_unemployed strategy2021_out_of_work",
        north_somerset="ns2014_without_work",
    ),
)
