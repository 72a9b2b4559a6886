"""Where need outstrips provision: expected against observed, with limits and a verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.comparison import COMPARISONS, Verdict
from analysis.editions import EDITIONS
from analysis.grouping import addable, added, collapsed, refuse_unfit
from analysis.localities import Locality, Set
from analysis.need import NEEDS, NeedLens, as_held, need_table
from analysis.provision import PROVISIONS, REST, ProvisionLens, provision
from analysis.refusal import Refusal
from analysis.sources.library import Library

BASIS_ORDER = ("published", "modelled", "illustrative")


@dataclass(frozen=True)
class Gap:
    """The comparison of one need with one provision, one row a ward (and REST for wards not listed).

    The wards of `localities` were added before comparing, and stand as one row each under `Locality.code`.
    Columns of `table`: area_code, area_name, need, need_lower, need_upper, need_share, observed, expected,
    observed_share, oe (below 1: less than its share of need), oe_lower, oe_upper, gap (places short; above 0 is
    worse), gap_lower, gap_upper, verdict, status (of what was observed: ok, missing or suppressed), basis; for
    rounded shares also envelope_lower and envelope_upper, the worst case of the rounding, and bound, the most an
    unlisted ward could have had (and, for a locality, least). A suppressed count takes its share, ratio and gap with
    it; `total` and what is expected keep it.
    `small_counts` says that none is suppressed, so that nothing of this comparison may be published.
    """

    edition: str
    need: NeedLens
    provision: ProvisionLens
    table: pd.DataFrame
    total: float
    basis: str
    note: str
    localities: Set = ()
    small_counts: bool = False

    @property
    def wards(self) -> pd.DataFrame:
        """The rows of single wards."""
        others = [REST, *(one.code for one in self.localities)]
        return self.table[~self.table["area_code"].isin(others)].reset_index(drop=True)

    @property
    def grouped(self) -> pd.DataFrame:
        """The rows of the localities, in the order in which they were given."""
        codes = [one.code for one in self.localities]
        return self.table.set_index("area_code").loc[codes].rename_axis("area_code").reset_index()


def _status(table: pd.DataFrame) -> pd.Series:
    known = table["observed"].notna().map({True: "ok", False: "missing"})
    return known.mask(table["verdict"] == Verdict.NOT_SHOWN, "suppressed")


def _total(table: pd.DataFrame) -> float:
    """All provision shared out: what is expected of the wards together, whether or not each count is shown."""
    return round(float(table.loc[table["area_code"] != REST, "expected"].sum()), 6)


def lenses(edition: str) -> tuple[list[NeedLens], list[ProvisionLens]]:
    """Need and provision lenses of an edition in the order shown; the first of each is real."""
    needs = [lens for lens in NEEDS.values() if lens.edition == edition]
    return needs, [lens for lens in PROVISIONS.values() if edition in lens.editions]


def gap(
    library: Library,
    edition: str,
    need_id: str,
    provision_id: str,
    localities: Sequence[Locality] = (),
    *,
    small_counts: bool = False,
) -> Gap:
    """Compare a need with a provision, ward by ward, with the wards of each locality added into one area first.

    A locality with a count that may not be shown is not shown; one with a ward whose need or count is not known is not
    known, and its other wards stay part of the totals. So the figures of every other area are the same with localities
    and without. Counts that may not be published are withheld unless `small_counts`, which is for analysts alone.
    Raises Refusal, with the reason, when the two may not be compared, the names are not known, or the localities are of
    another edition or share a ward.
    """
    need_lens, provision_lens = chosen(edition, need_id, provision_id)
    refuse_unfit(localities, edition)
    need_lens = as_held(library, need_lens)
    needs = need_table(library, need_lens)
    provided = provision(library, provision_lens, edition, small_counts=small_counts)
    whole, broken = addable(tuple(localities), needs, provided)
    table = COMPARISONS[provision_lens.kind](library, *added(whole, need_lens, needs, provided))
    basis = max(need_lens.basis, provided.lens.basis, key=BASIS_ORDER.index)
    names = {**library.names, **{one.code: one.name for one in localities}}
    total = _total(table)
    table = collapsed(table, broken, names)
    named = table.assign(
        area_name=[_name(names, code, table) for code in table["area_code"]],
        status=_status(table),
        basis=[_basis(code, basis, localities) for code in table["area_code"]],
    )
    overall = max(named["basis"], key=BASIS_ORDER.index)
    note = _note(need_lens, provision_lens)
    unpublished = small_counts and provided.lens.kind == "caseload"
    return Gap(edition, need_lens, provided.lens, named, total, overall, note, tuple(localities), unpublished)


def _basis(code: str, basis: str, localities: Sequence[Locality]) -> str:
    """A sum of published counts is ours, not its publisher's."""
    added_up = any(one.code == code for one in localities)
    return max(basis, "modelled", key=BASIS_ORDER.index) if added_up else basis


def chosen(edition: str, need_id: str, provision_id: str) -> tuple[NeedLens, ProvisionLens]:
    """The lenses asked for. Raises Refusal when one is unknown or the two may not be compared."""
    if edition not in EDITIONS:
        raise Refusal(f"There is no edition {edition!r}. Choose one of: {', '.join(EDITIONS)}.")
    if need_id not in NEEDS:
        raise Refusal(f"There is no need {need_id!r}. Choose one of: {', '.join(NEEDS)}.")
    parts = provision_id.split("+")
    for part in parts:
        if part not in PROVISIONS:
            raise Refusal(f"There is no provision {part!r}. Choose one of: {', '.join(PROVISIONS)}.")
    if len(parts) > 1:
        raise Refusal(_why_not_added([PROVISIONS[part] for part in parts]))
    need_lens, provision_lens = NEEDS[need_id], PROVISIONS[provision_id]
    reason = why_not_compared(edition, need_lens, provision_lens)
    if reason:
        raise Refusal(reason)
    return need_lens, provision_lens


def why_not_compared(edition: str, need_lens: NeedLens, provision_lens: ProvisionLens) -> str | None:
    """The reason a need may not be set against a provision, or None when it may."""
    if need_lens.edition != edition or edition not in provision_lens.editions:
        return (
            f"{need_lens.title} ({_wards_of((need_lens.edition,))}) and {provision_lens.title} "
            f"({_wards_of(provision_lens.editions)}) cannot be joined in the {edition} edition: ward boundaries "
            "changed "
            "in May 2019 and the same name can mean another place. Choose a need and a provision of one edition."
        )
    if need_lens.records_of is not None:
        return (
            f"{need_lens.title} comes from the records of the services themselves, so setting it against provision "
            "would compare services with themselves. Choose a need counted independently of them."
        )
    return None


def _why_not_added(parts: list[ProvisionLens]) -> str:
    units = list(dict.fromkeys(part.unit for part in parts))
    if len(units) > 1:
        return (
            f"{' and '.join(units)} are different things to count and are never added: one family can hold several "
            "children, and one place is not one person. Choose one of them."
        )
    return "Provision measures are shown one at a time and never added. Choose one of them."


def _wards_of(editions: tuple[str, ...]) -> str:
    return " or ".join(EDITIONS[edition].wards for edition in editions)


def _note(need_lens: NeedLens, provision_lens: ProvisionLens) -> str:
    if provision_lens.kind == "access":
        return (
            "Places within reach have no sampling limits, so no verdict is certain; the range shows how the answer "
            "changes with the catchment."
        )
    if need_lens.unit != provision_lens.unit:
        return (
            f"A comparison of shares: each ward's share of {provision_lens.unit} against its share of "
            f"{need_lens.unit}. They are not the same people, so this is not coverage."
        )
    return ""


def _name(names: dict[str, str], code: str, table: pd.DataFrame) -> str:
    if code != REST:
        return names[code]
    wards = sum(len(area.split("+")) for area in table.loc[table["observed"].isna(), "area_code"])
    return f"The other {wards} wards together"
