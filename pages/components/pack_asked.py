"""What of a view goes into a meeting pack."""

from __future__ import annotations

from analysis.localities import to_text
from analysis.reports.registry import REPORTS
from pages.components import meeting_parts, scope

PACKS = tuple(name for name in REPORTS if name.startswith("meeting-pack"))


def parameters(chosen: scope.Scope) -> dict[str, str]:
    """What a pack is asked for beside need and provision: a place, the localities, and the changes tried in What if."""
    place = chosen.locality.name if chosen.locality else chosen.ward or ""
    groups = to_text(chosen.localities) if chosen.localities else ""
    look, steps = meeting_parts.tried(chosen)
    tried = {"service": look.service, "weight": str(look.weight), "changes": steps} if look and steps else {}
    return {"ward": place, "groups": groups, **tried}


def said(chosen: scope.Scope, asked: dict[str, str]) -> str:
    """What the packs will hold, in a sentence."""
    tried = " and the changes tried in What if" if "changes" in asked else ""
    count = len(chosen.localities)
    groups = f", {'one locality' if count == 1 else f'{count} localities'}" if asked["groups"] else ""
    held = " It leaves small counts out." if chosen.small_counts else ""
    return f"A meeting pack sets the need against: {chosen.provision.title}{groups}{tried}.{held}"
