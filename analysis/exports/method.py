"""The method note of a zip: the parts of docs/methods.md it rests on, as plain text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from analysis.sources.library import ROOT

WIDE = 100
USED = {
    "": (
        "The question and its grammar",
        "Need: how children are counted",
        "The gap and its verdicts",
        "Too few to tell, and power",
        "Small counts that are not shown",
        "Illustrative figures",
    ),
    "deprivation": (
        "Neighbourhoods summed to wards: best fit",
        "Pockets: what an average hides",
        "The 2019 score estimates",
        "The five summary measures of deprivation",
    ),
    "met_need": ("Met need", "The gap and its verdicts", "Small counts that are not shown", "Illustrative figures"),
    "what_if": ("What if", "Small counts that are not shown", "Illustrative figures"),
    "indicators": (
        "Indicators",
        "Limits of a percentage: Wilson",
        "Limits of a count: exact below 10, Byar from 10",
        "Recent trends",
    ),
}


def note(page: str, more: Iterable[str] = ()) -> str:
    """The method note of a page; `more` are notes in Markdown on what was compared. Raises KeyError for a lost part."""
    parts = [*(plain(words) for words in more), *(_part(title) for title in USED.get(page, ()))]
    return "\n\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _part(title: str) -> str:
    return f"{title}\n{'=' * len(title)}\n\n{plain(_parts()[title])}"


@cache
def _parts(path: Path = ROOT / "docs" / "methods.md") -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    found = re.split(r"^## +(.+)$", text, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def plain(markdown: str) -> str:
    """Markdown as plain text in lines of at most 100 letters; lists and tables keep their lines."""
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1 (\2)", markdown)
    text = re.sub(r"(\*\*|__|`)", "", text)
    text = re.sub(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])", r"\1", text)
    blocks = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(block if _laid_out(block) else textwrap.fill(" ".join(block.split()), WIDE) for block in blocks)


def _laid_out(block: str) -> bool:
    return block.lstrip().startswith(("|", "-", "*", "#", "1."))
