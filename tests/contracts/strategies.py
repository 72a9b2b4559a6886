"""Lawful random rows made from a contract alone."""

from __future__ import annotations

from hypothesis import strategies as st

from analysis.sources.contracts import Contract, Field

WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=20)


def lawful_rows(contract: Contract) -> st.SearchStrategy[list[dict[str, str]]]:
    """Between one and eight rows as text, no key twice, blanks explained exactly where a contract asks for it."""
    return st.lists(
        _row(contract), min_size=1, max_size=8, unique_by=lambda row: tuple(row[name] for name in contract.key)
    )


@st.composite
def _row(draw: st.DrawFn, contract: Contract) -> dict[str, str]:
    row = {field.column: draw(_cell(field)) for field in contract.fields}
    fields = {field.column: field for field in contract.fields}
    for value, status in contract.reasons:
        row[value] = draw(_filled(fields[value])) if row[status] == "ok" else ""
    return row


def _cell(field: Field) -> st.SearchStrategy[str]:
    return st.just("") | _filled(field) if field.blank else _filled(field)


def _filled(field: Field) -> st.SearchStrategy[str]:
    if field.allowed:
        return st.sampled_from(field.allowed)
    if field.pattern:
        return st.from_regex(
            field.pattern, fullmatch=True, alphabet=st.characters(codec="ascii", categories=("L", "N", "P", "Zs"))
        )
    if field.kind == "flag":
        return st.sampled_from(("true", "false"))
    if field.kind == "integer":
        low, high = (None if limit is None else int(limit) for limit in (field.minimum, field.maximum))
        return st.integers(-(10**9) if low is None else low, 10**9 if high is None else high).map(str)
    if field.kind == "number":
        low = -1e9 if field.minimum is None else field.minimum
        return st.floats(low, 1e9 if field.maximum is None else field.maximum).map(repr)
    return WORDS
