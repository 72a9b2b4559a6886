"""The settings of a view as a small file: a page and the choices of its link, and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping

from analysis.refusal import Refusal

KIND, FORM = "early-help-atlas view", 1
MOST_BYTES, MOST_SETTINGS, LONGEST = 65_536, 60, 8_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
NEVER = {"small_counts"}


def written(page: str, settings: Mapping[str, str], edition: str, data: str) -> bytes:
    """The file: the page by its address, its choices by name, and which edition and data it was made of."""
    told = {"kind": KIND, "form": FORM, "page": page, "settings": dict(sorted(settings.items()))}
    about = {"edition": edition, "data": data}
    return (json.dumps({**told, "made_of": about}, ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes, pages: Collection[str]) -> tuple[str, dict[str, str]]:
    """The page and the choices of such a file. Raises Refusal, in one sentence, for anything else.

    `pages` are the addresses there are. Values are only text here: each control looks its own up among what it offers.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(f"The file is larger than {MOST_BYTES // 1024} kB, so it is no settings file. {REMEDY}")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Refusal(f"The file cannot be read as a settings file. {REMEDY}") from error
    if not isinstance(told, dict) or told.get("kind") != KIND or told.get("form") != FORM:
        raise Refusal(f"The file is not a settings file of this atlas. {REMEDY}")
    if told.get("page") not in pages:
        raise Refusal(f"The file names a page this atlas does not have. {REMEDY}")
    return str(told["page"]), _choices(told.get("settings"))


def _choices(given: object) -> dict[str, str]:
    if not isinstance(given, dict) or len(given) > MOST_SETTINGS:
        raise Refusal(f"The settings in the file are not as this atlas writes them. {REMEDY}")
    for name, value in given.items():
        if not NAME.fullmatch(name) or name in NEVER or not _lawful(value):
            raise Refusal(f"The settings in the file hold one that no link can have. {REMEDY}")
    return {str(name): str(value) for name, value in given.items()}


def _lawful(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable()


REMEDY = "Give settings.json as it was in a zip of this atlas."
