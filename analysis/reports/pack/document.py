"""A pack as PDF: the slides of the PowerPoint one a page, then their notes; tagged for screen readers."""

from __future__ import annotations

from analysis.present.palette import NEED_COLOUR, PROVISION_COLOUR, Class
from analysis.reports.pack.axis import ACROSS, EVEN, UP, step_of, top_of
from analysis.reports.pack.layout import MARKS, beside, letters_of, title_letters
from analysis.reports.pack.model import Bar, Bars, Curve, Deck, Grid, Part, Picture, Slide
from analysis.reports.typeset import pdf as typeset


def document(deck: Deck) -> bytes:
    """The pack as PDF; the same bytes for the same pack. Raises NotSet when a letter has no font."""
    data = {
        "title": deck.title,
        "about": deck.about,
        "foot": deck.foot,
        "slides": [_slide(slide) for slide in deck.slides],
    }
    return typeset("meeting_pack", data, deck.made_on)


def _slide(slide: Slide) -> dict[str, object]:
    mark, fill, ink = MARKS.get(slide.basis, ("", "", ""))
    words, drawing = beside(slide)
    return {
        "title": slide.title,
        "title_size": title_letters(slide.title),
        "mark": mark,
        "mark_colours": [fill, ink],
        "points": list(slide.points),
        "looks": [_look(look) for look in slide.looks],
        "size": letters_of(slide.points, words),
        "part": None if slide.part is None else _part(slide.part),
        "drawing": list(drawing),
        "notes": list(slide.notes),
    }


def _look(look: Class) -> dict[str, object]:
    return {"colour": look.light, "hatched": look.hatched}


def _part(part: Part) -> dict[str, object]:
    match part:
        case Picture():
            return {"kind": "picture", "content": list(part.content), "alt": part.alt}
        case Grid():
            rows = [list(row) for row in part.rows]
            return {"kind": "table", "heads": part.heads, "rows": rows, "widths": part.widths, "size": part.size}
        case Curve():
            return _curve(part)
        case Bars():
            return _bars(part)


def _curve(part: Curve) -> dict[str, object]:
    return {
        "kind": "curve",
        "alt": part.alt,
        "title": part.title,
        "children": part.children,
        "need": part.need,
        "provision": part.provision,
        "colours": [NEED_COLOUR["light"], PROVISION_COLOUR["light"]],
        "across": ACROSS,
        "up": UP,
        "even": EVEN,
    }


def _bars(part: Bars) -> dict[str, object]:
    return {
        "kind": "bars",
        "alt": part.alt,
        "title": part.title,
        "axis": part.axis,
        "top": top_of(part.bars),
        "step": step_of(part.bars),
        "bars": [_bar(one) for one in part.bars],
    }


def _bar(one: Bar) -> dict[str, object]:
    label = f"{one.look.symbol} {one.label}"
    return {"label": label, "value": one.value, "lower": one.lower, "upper": one.upper, "colour": one.look.light}
