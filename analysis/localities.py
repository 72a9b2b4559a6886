"""Localities: named groups of wards, made by whoever reads the atlas, and what may not be one.

A set of localities is a tuple. Within one edition no two of them share a ward, so that their counts add up and the
difference of two of them is never the count of a third.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.editions import EDITIONS
from analysis.refusal import Refusal
from analysis.sources.library import Library
from analysis.sources.tables.localities import FEWEST_WARDS, HOW_TO_NAME, LONGEST_NAME, NAME
from analysis.ward_overlaps import SHARES, SLIVER, overlaps

NONE = "none"
REST_NAME = "Wards in no locality"
WARD_CODE = r"[A-Z]\d{8}"


@dataclass(frozen=True)
class Locality:
    """A named group of wards of one edition; `wards` are their codes, sorted."""

    name: str
    edition_id: str
    wards: tuple[str, ...]

    @property
    def code(self) -> str:
        """The codes of its wards with + between them, where a table has the code of an area."""
        return "+".join(self.wards)


Set = tuple[Locality, ...]


def of_edition(localities: Iterable[Locality], edition: str) -> Set:
    """The localities of one edition, by name."""
    return tuple(sorted((one for one in localities if one.edition_id == edition), key=lambda one: one.name.casefold()))


def free_wards(library: Library, edition: str, localities: Iterable[Locality]) -> list[str]:
    """Codes of the wards of an edition that are in none of the localities, sorted."""
    taken = {ward for one in of_edition(localities, edition) for ward in one.wards}
    return [code for code in library.codes(EDITIONS[edition].ward_type) if code not in taken]


def with_rest(library: Library, edition: str, localities: Iterable[Locality]) -> Set:
    """The localities of an edition, and all wards in none of them as one more, so that columns add up."""
    own = of_edition(localities, edition)
    rest = free_wards(library, edition, own)
    return (*own, Locality(REST_NAME, edition, tuple(rest))) if rest else own


def with_locality(library: Library, localities: Set, edition: str, name: str, wards: Sequence[str]) -> Set:
    """The set with one more. Raises Refusal, with the reason and the remedy, when it may not be made."""
    made = Locality(" ".join(name.split()), edition, tuple(sorted(wards)))
    for refused in (_name_refused(library, made, localities), _wards_refused(library, made, localities)):
        if refused:
            raise Refusal(refused)
    return (*localities, made)


def renamed(library: Library, localities: Set, locality: Locality, name: str) -> Set:
    """The set with one called something else. Raises Refusal when the name may not be used."""
    called = replace(locality, name=" ".join(name.split()))
    refused = _name_refused(library, called, without(localities, locality))
    if refused:
        raise Refusal(refused)
    return tuple(called if one == locality else one for one in localities)


def without(localities: Set, locality: Locality) -> Set:
    """The set less one."""
    return tuple(one for one in localities if one != locality)


def _name_refused(library: Library, made: Locality, others: Iterable[Locality]) -> str | None:
    return _form_refused(made.name) or _meaning_refused(library, made, others)


def _form_refused(name: str) -> str | None:
    if not name:
        return "A locality needs a name. Write one, for example Somer Valley."
    if len(name) > LONGEST_NAME:
        return f"The name {name!r} has {len(name)} characters. Use at most {LONGEST_NAME}."
    return None if re.fullmatch(NAME, name) else f"The name {name!r} cannot be used. {HOW_TO_NAME}"


def _meaning_refused(library: Library, made: Locality, others: Iterable[Locality]) -> str | None:
    name, taken = made.name, {one.name.casefold() for one in of_edition(others, made.edition_id)}
    if re.fullmatch(WARD_CODE, name) or name.casefold() == REST_NAME.casefold():
        return f"The name {name!r} means something else in the atlas. Choose another."
    if name.casefold() in taken:
        return f"There is a locality called {name!r} already. Choose another name, or delete that one first."
    if name.casefold() in _ward_names(library):
        return f"{name!r} is the name of a ward. Choose one that no ward has, so that nobody takes one for the other."
    return None


def _ward_names(library: Library) -> set[str]:
    return {library.names[code].casefold() for kind in EDITIONS.values() for code in library.codes(kind.ward_type)}


def _wards_refused(library: Library, made: Locality, others: Iterable[Locality]) -> str | None:
    edition, wards = EDITIONS[made.edition_id], library.codes(EDITIONS[made.edition_id].ward_type)
    strange = [code for code in made.wards if code not in wards]
    if strange:
        return _why_strange(library, made.edition_id, strange[0])
    if len(set(made.wards)) < len(made.wards):
        return f"{made.name!r} names a ward twice. Name each ward once."
    if len(made.wards) < FEWEST_WARDS:
        return f"{made.name!r} has {len(made.wards)} of the wards; a locality is {FEWEST_WARDS} wards or more. Add one."
    if len(made.wards) == len(wards):
        return f"{made.name!r} is all of {edition.wards}, and so the council itself. Leave at least one ward out."
    for one in of_edition(others, made.edition_id):
        shared = sorted(library.names[code] for code in set(one.wards) & set(made.wards))
        if shared:
            return (
                f"{', '.join(shared)} {'is' if len(shared) == 1 else 'are'} in {one.name!r} already, and localities "
                "may not share a ward, or their counts would not add up. Leave it out, or delete that locality first."
            )
    return None


def _why_strange(library: Library, edition: str, code: str) -> str:
    own = EDITIONS[edition]
    for other in EDITIONS.values():
        if other.id != edition and code in library.codes(other.ward_type):
            found = overlaps(library, other.id, code)
            ground = found.loc[found[SHARES].max(axis=1) >= SLIVER, ["other_name", "other_code"]]
            named = ", ".join(f"{name} ({ward})" for name, ward in ground.to_numpy())
            return (
                f"{code} ({library.names[code]}) is one of {other.wards}, but the {edition} edition uses {own.wards}. "
                f"On its ground there: {named}. Name those that belong to the locality."
            )
    return f"{code!r} is not a ward. Use the codes of {own.wards}."


def to_text(localities: Iterable[Locality]) -> str:
    """A set for the address bar: name:code.code, with ; between localities; NONE when there is none."""
    return ";".join(f"{one.name}:{'.'.join(one.wards)}" for one in localities) or NONE


def from_text(library: Library, text: str) -> Set:
    """The set that `to_text` wrote; each ward code says which edition its locality belongs to.

    Raises Refusal, with the reason, for text that is not such a set or a locality that may not be made.
    """
    found: Set = ()
    for part in [] if text == NONE else text.split(";"):
        name, colon, codes = part.partition(":")
        if not colon:
            raise Refusal(
                f"{part!r} is not a locality. Write its name, a colon, and ward codes with dots between them."
            )
        wards = codes.split(".")
        found = with_locality(library, found, _edition_of(library, wards[0]), name, wards)
    return found


def _edition_of(library: Library, ward: str) -> str:
    for edition in EDITIONS.values():
        if ward in library.codes(edition.ward_type):
            return edition.id
    raise Refusal(f"{ward!r} is not a ward of any edition.")
