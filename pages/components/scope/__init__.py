"""What the reader is looking at: the one place that reads and writes the session and the address bar."""

from pages.components.scope.addresses import (
    address_of_indicator,
    address_of_locality,
    address_of_need,
    address_of_ward,
    select_ward,
)
from pages.components.scope.chosen import LOCALITIES, Scope, choose, edition, every_locality
from pages.components.scope.controls import amounts, held, hold, option, several, switch, text
from pages.components.scope.link import View, address, begin, cite, end, follow, forget, put, reset, view
from pages.components.scope.session import (
    Draw,
    GivenFile,
    for_session,
    keep,
    keep_for_session,
    kept,
    kept_for_session,
    loaded,
    said,
    unload,
)
from pages.components.scope.small_counts import ask_for_small_counts, small_counts

__all__ = [
    "LOCALITIES",
    "Draw",
    "GivenFile",
    "Scope",
    "View",
    "address",
    "address_of_indicator",
    "address_of_locality",
    "address_of_need",
    "address_of_ward",
    "amounts",
    "ask_for_small_counts",
    "begin",
    "choose",
    "cite",
    "edition",
    "end",
    "every_locality",
    "follow",
    "for_session",
    "forget",
    "held",
    "hold",
    "keep",
    "keep_for_session",
    "kept",
    "kept_for_session",
    "loaded",
    "option",
    "put",
    "reset",
    "said",
    "select_ward",
    "several",
    "small_counts",
    "switch",
    "text",
    "unload",
    "view",
]
