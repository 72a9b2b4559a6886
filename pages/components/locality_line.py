"""What a page says of the locality looked at, and the way to everything known of it."""

from __future__ import annotations

import streamlit as st

from analysis.localities import to_text
from analysis.present import locality_view
from pages.components import scope
from pages.components.cached import localities as cached_localities


def say(chosen: scope.Scope) -> None:
    """One sentence with the locality's own answer; nothing when no locality is looked at."""
    if chosen.locality is None:
        return
    text = to_text(scope.every_locality())
    result = cached_localities.gap_of(
        chosen.edition_id, chosen.need_id, chosen.provision_id, text, small_counts=chosen.small_counts
    )
    said = locality_view.line(result, chosen.locality)
    address = scope.address_of_locality(chosen.locality.name)
    st.info(f"{said} [Everything known of it]({address})", icon=":material/join:")
