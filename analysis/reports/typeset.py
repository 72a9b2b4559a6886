"""Setting a document as PDF: a template of ours, and data that is never read as markup.

Typst writes tagged PDF (PDF/UA-1) without a network and without libraries of the system; fonts come with a package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates"
FONTS = "fontpkg_source_sans_3"


class NotSet(RuntimeError):
    """A template could not be set with the data given; the message is Typst's."""


def pdf(template: str, data: Mapping[str, object], made_on: date) -> bytes:
    """The document of a template (its name in `templates`) with this data, as tagged PDF.

    The same bytes for the same data and day. Raises NotSet when it cannot be set, or only with a warning, such as a
    letter no font has.
    """
    words = json.dumps({**data, "made_on": [made_on.year, made_on.month, made_on.day]})
    try:
        made, warnings = _compiler().compile_with_warnings(
            TEMPLATES / f"{template}.typ",
            format="pdf",
            sys_inputs={"data": words},
            pdf_standards=["ua-1"],
            timestamp=datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC),
        )
    except typst.TypstError as error:
        raise NotSet(str(error)) from error
    if warnings or not isinstance(made, bytes):
        raise NotSet("; ".join(str(warning) for warning in warnings) or f"{template} gave no document.")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_font_folder())])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _font_folder() -> Path:
    found = find_spec(FONTS)
    if found is None or found.origin is None:
        raise NotSet(f"The fonts are missing: install {FONTS} as requirements.txt says.")
    return Path(found.origin).parent / "files"
