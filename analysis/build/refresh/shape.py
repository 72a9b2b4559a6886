"""Whether a file still has the shape it had: said in one sentence when it has not."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pandas as pd
from shapely.errors import ShapelyError

from analysis.build.refresh.fetch import Fetched
from analysis.build.refresh.troubles import NOTHING, SourceTrouble
from analysis.sources.contracts import ContractBroken

Made = TypeVar("Made")
MOST_NAMED = 12
STRANGE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, ShapelyError)


def changed(fetched: Fetched, what: str) -> SourceTrouble:
    """The trouble of a file that is not as it was."""
    return SourceTrouble(f"{fetched.file.title} has changed shape: {what}. The reader of it must be mended. {NOTHING}")


def require_columns(fetched: Fetched, found: Iterable[str], needed: Iterable[str], known: Iterable[str] = ()) -> None:
    """Raise SourceTrouble, naming the columns that are gone and those that are new, unless all needed are there."""
    there, wanted = list(found), list(needed)
    gone = [name for name in wanted if name not in there]
    if gone:
        new = [name for name in there if name not in wanted and name not in set(known)]
        told = f"gone: {_named(gone)}" + (f"; new: {_named(new)}" if new else "; nothing new stands in their place")
        raise changed(fetched, told)


def text_table(fetched: Fetched) -> pd.DataFrame:
    """A CSV as text, blanks as empty strings. Raises SourceTrouble where it is no table of UTF-8 or a row is short."""
    try:
        rows = list(csv.reader(io.StringIO(fetched.content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise changed(fetched, f"it cannot be read as a table ({error})") from error
    header, body = rows[0], [row for row in rows[1:] if row]
    ragged = [number for number, row in enumerate(body, start=2) if len(row) != len(header)]
    if ragged:
        raise changed(fetched, f"row {ragged[0]} does not have the {len(header)} cells of the header")
    return pd.DataFrame(body, columns=header, dtype="str")


def parsed_json(fetched: Fetched) -> Any:
    """The parsed JSON. Raises SourceTrouble where it is none."""
    try:
        return json.loads(fetched.content)
    except ValueError as error:
        raise changed(fetched, f"it cannot be read as JSON ({error})") from error


def numbers(fetched: Fetched, cells: pd.Series) -> pd.Series:
    """Cells as numbers, blanks as missing. Raises SourceTrouble naming the first that is neither."""
    read = pd.to_numeric(cells.replace("", None), errors="coerce")
    strange = cells[read.isna() & cells.ne("") & cells.notna()]
    if len(strange):
        raise changed(fetched, f"{strange.name} holds {strange.iloc[0]!r} where a number was")
    return read.astype(float)


def worked(fetched: Fetched, make: Callable[[], Made]) -> Made:
    """What `make` makes; a builder that meets something it does not know says so as a change of shape."""
    try:
        return make()
    except (SourceTrouble, ContractBroken):
        raise
    except STRANGE as error:
        raise changed(fetched, f"{type(error).__name__}: {error}".rstrip(".")) from error


def _named(names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ", ".join(repr(name) for name in names[:MOST_NAMED]) + more
