"""What may be a locality, what may not and why, and the forms in which a set of them is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.localities import (
    REST_NAME,
    Locality,
    free_wards,
    from_text,
    of_edition,
    renamed,
    to_text,
    with_locality,
    with_rest,
    without,
)
from analysis.locality_file import from_csv, kept, to_csv
from analysis.refusal import Refusal
from analysis.sources.library import Library
from tests.world.three_wards import ASH, BIRCH, CEDAR, ELM, FIR

TOWN = Locality("Town", "2020", (ASH, BIRCH))
HEAD = "edition,locality,area_code\n"
RADSTOCK_11, TWERTON_19, WESTON_19 = "E05001962", "E05012488", "E05012492"


def test_a_locality_has_its_name_tidied_and_its_wards_in_order(world: Library) -> None:
    assert with_locality(world, (), "2020", "  Town  ", [BIRCH, ASH]) == (TOWN,)
    assert TOWN.code == f"{ASH}+{BIRCH}"


@pytest.mark.parametrize(
    ("name", "wards", "reason"),
    [
        ("  ", (ASH, BIRCH), "needs a name"),
        ("T" * 41, (ASH, BIRCH), "has 41 characters. Use at most 40"),
        ("<b>Town</b>", (ASH, BIRCH), "letters, digits, spaces and the signs & ' - and comma"),
        ("=Town", (ASH, BIRCH), "begins with a letter or a digit"),
        ("cedar", (ASH, BIRCH), "is the name of a ward"),
        ("Elm", (ASH, BIRCH), "is the name of a ward"),
        (ASH, (ASH, BIRCH), "means something else"),
        (REST_NAME.upper(), (ASH, BIRCH), "means something else"),
        ("Town", (ASH,), "has 1 of the wards; a locality is 2 wards or more"),
        ("Town", (ASH, ASH), "names a ward twice"),
        ("Town", (ASH, BIRCH, CEDAR), "and so the council itself. Leave at least one ward out"),
        ("Town", (ASH, "E05001999"), "'E05001999' is not a ward"),
        ("Town", (ASH, ELM), r"E05012401 \(Elm\) is one of the 33 wards since 2019, but .* On its ground there: Ash"),
    ],
)
def test_what_may_not_be_a_locality_is_refused_with_the_reason(
    world: Library, name: str, wards: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(Refusal, match=reason):
        with_locality(world, (), "2020", name, wards)


def test_localities_may_share_neither_a_name_nor_a_ward(world: Library) -> None:
    with pytest.raises(Refusal, match="There is a locality called 'TOWN' already"):
        with_locality(world, (TOWN,), "2020", "TOWN", (ASH, CEDAR))
    with pytest.raises(Refusal, match="Birch is in 'Town' already, and localities may not share a ward"):
        with_locality(world, (TOWN,), "2020", "Hills", (BIRCH, CEDAR))


def test_the_other_edition_may_use_the_same_name(world: Library) -> None:
    both = with_locality(world, (TOWN,), "2026", "Town", (ELM, FIR))
    assert [one.edition_id for one in both] == ["2020", "2026"]
    assert of_edition(both, "2026") == both[1:]


def test_a_locality_is_renamed_or_removed_and_the_others_stay(world: Library) -> None:
    both = with_locality(world, (TOWN,), "2026", "Vale", (ELM, FIR))
    again = renamed(world, both, TOWN, "town")
    assert [one.name for one in again] == ["town", "Vale"]
    assert without(again, again[0]) == both[1:]
    with pytest.raises(Refusal, match="is the name of a ward"):
        renamed(world, both, TOWN, "Cedar")


def test_the_wards_in_none_are_one_more(world: Library) -> None:
    assert free_wards(world, "2020", [TOWN]) == [CEDAR]
    assert with_rest(world, "2020", [TOWN]) == (TOWN, Locality(REST_NAME, "2020", (CEDAR,)))
    assert with_rest(world, "2026", [TOWN])[0].wards == tuple(free_wards(world, "2026", []))


def test_text_for_the_address_bar_is_short_and_says_the_edition_by_its_codes(world: Library) -> None:
    both = with_locality(world, (TOWN,), "2026", "Vale", (ELM, FIR))
    assert to_text(both) == f"Town:{ASH}.{BIRCH};Vale:{ELM}.{FIR}"
    assert from_text(world, to_text(both)) == both
    assert from_text(world, to_text(())) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is not a locality. Write its name, a colon"),
        ("Town", "is not a locality. Write its name, a colon"),
        ("Town:", "'' is not a ward of any edition"),
        (f"Town:{ASH}.nowhere", "'nowhere' is not a ward"),
        (f"Town:{ASH}.{BIRCH};Hills:{BIRCH}.{CEDAR}", "Birch is in 'Town' already"),
    ],
)
def test_a_link_that_holds_no_lawful_set_is_refused(world: Library, text: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        from_text(world, text)


def test_a_file_gives_back_what_was_saved(world: Library) -> None:
    assert to_csv((TOWN,)).decode() == f"{HEAD}2020,Town,{ASH}\n2020,Town,{BIRCH}\n"
    assert from_csv(world, to_csv((TOWN,)), "mine.csv") == (TOWN,)
    assert from_csv(world, b"\xef\xbb\xbf" + to_csv((TOWN,)), "mine.csv") == (TOWN,)
    assert from_csv(world, to_csv(()), "mine.csv") == ()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", r"mine.csv, row 1, column \(whole file\): found 'no header'. Put the column names in the first row"),
        (b'edition,locality,area_code\n2020,"Town,E05001901\n', "found 'unexpected end of data'. Save it again as CSV"),
        (b"PK\x03\x04rest", "found 'a spreadsheet workbook'. Save the sheet as CSV UTF-8"),
        (b"\xff", "is not UTF-8'. Save it again as CSV UTF-8"),
        (b"edition,name\n", "mine.csv, row 1, column locality: found 'no such column'. Add the column"),
        (f"{HEAD}2020,Town,{ASH},x\n".encode(), "row 2, column .whole row.: found '4 cells'. Give the row 3 cells"),
        (f"{HEAD}2020,Town,{ASH}\n2021,Town,{BIRCH}\n".encode(), "row 3, column edition: found '2021'. Use one of"),
        (f"{HEAD}2020,Town,{ASH}\n2020,Town,{ELM}\n".encode(), "row 3, column area_code: found 'E05012401'. Edition"),
        (f"{HEAD}2020,Town,{ASH}\n".encode(), "row 2, column locality: found 'Town'. A locality is 2 wards or more"),
        (
            f"{HEAD}2020,A,{ASH}\n2020,B,{ASH}\n".encode(),
            "row 3, column edition . area_code: .* Remove the",
        ),
        (
            f"{HEAD}2020,+A,{ASH}\n2020,+A,{BIRCH}\n".encode(),
            "row 2, column locality: found '.A'. A name is at most",
        ),
        (f"{HEAD}2020,Cedar,{ASH}\n2020,Cedar,{BIRCH}\n".encode(), "row 2, column locality: .* the name of a ward"),
    ],
)
def test_a_faulty_file_is_refused_naming_row_column_and_remedy(world: Library, content: bytes, complaint: str) -> None:
    with pytest.raises(Refusal, match=complaint):
        from_csv(world, content, "mine.csv")


def test_none_is_shipped_and_those_an_operator_keeps_are_read(
    shipped: Library, changed_world: Callable[..., Library]
) -> None:
    assert kept(shipped) == ()
    assert kept(changed_world(LOCALITIES=(HEAD, to_csv((TOWN,)).decode()))) == (TOWN,)


def test_a_kept_file_that_makes_an_unlawful_locality_is_refused(changed_world: Callable[..., Library]) -> None:
    faulty = f"{HEAD}2020,Gorse,{ASH}\n2020,Gorse,{BIRCH}\n"
    with pytest.raises(Refusal, match=r"data/localities.csv, row 2, column locality: found 'Gorse'"):
        kept(changed_world(LOCALITIES=(HEAD, faulty)))


def test_wards_of_the_other_vintage_are_named_by_what_stands_on_their_ground(shipped: Library) -> None:
    with pytest.raises(Refusal, match=r"E05001962 \(Radstock\) is one of the 37 wards .* Radstock \(E05012484\)"):
        with_locality(shipped, (), "2026", "Somer Valley", (RADSTOCK_11, TWERTON_19))
    assert len(with_locality(shipped, (), "2026", "West of Bath", (WESTON_19, TWERTON_19))) == 1
