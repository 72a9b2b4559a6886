"""What a registrar settled of the needs assessment, from the store into the order of a report and out of it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.refusal import Refusal
from analysis.store.database import Store
from analysis.store.paragraphs import kept
from analysis.store.publishing import publications

if TYPE_CHECKING:
    from analysis.reports.needs_assessment.report import Settings

LEAVE_OUT, PARAGRAPHS, SINCE, NEED = "leave_out", "paragraphs", "since", "need"
WRONG = "The paragraphs of a report are a list of section, place and text each."


def settled(store: Store, base: str, version: int | None) -> dict[str, str]:
    """The parameters of the needs assessment of a base as the store keeps them, for the version that is shown.

    `since` is the version published before that one, where there is any. Raises StoreUnavailable.
    """
    found = kept(store, base)
    own = [[section, place, text] for (section, place), text in sorted(found.paragraphs.items())]
    before = _before(store, base, version)
    given = {
        LEAVE_OUT: ",".join(found.left_out),
        PARAGRAPHS: json.dumps(own, ensure_ascii=False) if own else "",
        SINCE: str(before) if before is not None else "",
    }
    return {name: value for name, value in given.items() if value}


def _before(store: Store, base: str, version: int | None) -> int | None:
    """The version that was published before the newest publication of a version."""
    published = [one.version for one in publications(store, base)]
    if version not in published:
        return None
    return next((one for one in published[published.index(version) :] if one != version), None)


def settings_of(params: Mapping[str, str]) -> Settings:
    """The settings in the parameters of a report. Raises Refusal when they cannot be read."""
    from analysis.reports.needs_assessment.report import Settings

    out = [section for section in params.get(LEAVE_OUT, "").split(",") if section]
    try:
        own = {(str(section), str(place)): str(text) for section, place, text in json.loads(params[PARAGRAPHS])}
    except KeyError:
        own = {}
    except (ValueError, TypeError) as error:
        raise Refusal(WRONG) from error
    return Settings(params.get(NEED), out, own)


def since(params: Mapping[str, str]) -> int | None:
    """The version of the store published before, in the parameters of a report. Raises Refusal when it is no number."""
    said = params.get(SINCE, "")
    if said and not said.isdecimal():
        raise Refusal(f"{said!r} is not the number of a version.")
    return int(said) if said else None
