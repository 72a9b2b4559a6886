"""Settings files: what was written reads back; anything else is refused in one sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.exports.settings import read, written
from analysis.refusal import Refusal

PAGES = {"", "met_need"}
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True).filter(lambda name: name != "small_counts")
VALUES = st.text(min_size=1, max_size=30).filter(str.isprintable)


@given(st.sampled_from(sorted(PAGES)), st.dictionaries(NAMES, VALUES, max_size=5))
def test_what_was_written_reads_back(page: str, choices: dict[str, str]) -> None:
    assert read(written(page, choices, "2020", "data"), PAGES) == (page, choices)


def file(**changed: object) -> bytes:
    told = json.loads(written("met_need", {"need": "idaci2015"}, "2020", ""))
    return json.dumps({**told, **changed}).encode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"[" * 60_000, "cannot be read"),
        (b"[]", "is not a settings file"),
        (file(kind="other"), "is not a settings file"),
        (file(form=2), "is not a settings file"),
        (file(page="../secrets"), "a page this atlas does not have"),
        (file(page=None), "a page this atlas does not have"),
        (file(settings=[]), "not as this atlas writes them"),
        (file(settings={f"n{number}": "x" for number in range(61)}), "not as this atlas writes them"),
        (file(settings={"need": 5}), "one that no link can have"),
        (file(settings={"Need!": "x"}), "one that no link can have"),
        (file(settings={"need": "a\nb"}), "one that no link can have"),
        (file(settings={"need": ""}), "one that no link can have"),
        (file(settings={"small_counts": "on"}), "one that no link can have"),
        (b" " * 70_000, "larger than 64 kB"),
    ],
)
def test_anything_else_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read(content, PAGES)
