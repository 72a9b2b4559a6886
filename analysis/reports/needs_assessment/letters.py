"""Words as Word may hold them: without letters XML forbids or nobody can see, and Markdown of ours as styled runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

INSTEAD = "\ufffd"
HIDDEN = {"Cc", "Cs", "Co", "Cn"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKS = re.compile(r"\*\*(.+?)\*\*|(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
SLASHED = re.compile(r"\\([\\`*\[\]<>$~_])")
Run = tuple[str, str]


def clean(text: object) -> str:
    """The text with a mark in place of every letter that XML forbids, that is not assigned or turns lines about."""
    return "".join(_letter(letter) for letter in str(text).replace("\r\n", "\n").replace("\r", "\n"))


def _letter(letter: str) -> str:
    if letter in "\n\t":
        return letter
    unfit = unicodedata.category(letter) in HIDDEN or letter in TURNING or letter in "\ufffe\uffff"
    return INSTEAD if unfit else letter


def runs(markdown: str) -> Iterator[Run]:
    """Markdown of one paragraph as runs of text, each with its character style (Strong, Emphasis or blank)."""
    text = LINK.sub(r"\1 (\2)", markdown).replace("`", "")
    at = 0
    for found in MARKS.finditer(text):
        if found.start() > at:
            yield SLASHED.sub(r"\1", text[at : found.start()]), ""
        yield SLASHED.sub(r"\1", found[1] or found[2]), "Strong" if found[1] else "Emphasis"
        at = found.end()
    if at < len(text):
        yield SLASHED.sub(r"\1", text[at:]), ""


def paragraphs(markdown: str) -> Iterator[tuple[str, bool]]:
    """Markdown as paragraphs and items of lists, each with whether it is an item."""
    for part in re.split(r"\n\s*\n", markdown.strip()):
        lines = part.strip().split("\n")
        if any(re.match(r"\s*[-*] ", line) for line in lines):
            yield from _listed(lines)
        elif part.strip():
            yield " ".join(line.strip() for line in lines), False


def _listed(lines: list[str]) -> Iterator[tuple[str, bool]]:
    held: list[tuple[str, bool]] = []
    for line in lines:
        if re.match(r"\s*[-*] ", line):
            held.append((re.sub(r"^\s*[-*] ", "", line), True))
        elif held:
            held[-1] = (f"{held[-1][0]} {line.strip()}", held[-1][1])
        else:
            held.append((line.strip(), False))
    yield from held
