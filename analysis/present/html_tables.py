"""What a shaded HTML table needs: a frame that scrolls, and ink that can be read on any fill."""

from __future__ import annotations

from html import escape


def framed(label: str, inner: str) -> str:
    """A table in a frame of its own that scrolls sideways on a narrow screen and can be reached by keyboard."""
    return f'<div class="atlas-scroll" role="region" tabindex="0" aria-label="{escape(label)}">{inner}</div>'
