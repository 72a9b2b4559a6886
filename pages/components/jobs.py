"""Asking for a report: a button for each, how far the one being made is, and the file once it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import streamlit as st

from analysis.reports.jobs import Order, State, Status
from analysis.reports.registry import REPORTS, YES, Report
from analysis.reports.settled import PARAGRAPHS
from pages.components import cached, report_paragraphs, scope
from pages.components.cached import reports as cached_reports

OFTEN_SECONDS = 0.5
GONE = "The file is no longer kept. Ask for the report again."


@dataclass(frozen=True)
class Offer:
    """A report that can be asked for of what the reader is looking at; `also` are parameters beside those chosen."""

    report_id: str
    chosen: scope.Scope
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def report(self) -> Report:
        """What it is."""
        return REPORTS[self.report_id]

    @property
    def lacks(self) -> str:
        """What must be chosen before it can be made, in a sentence; blank where nothing is."""
        if "ward" in self.report.params and self.chosen.ward is None:
            return "Choose a ward at the side first."
        return report_paragraphs.trouble(self.chosen.edition_id) if PARAGRAPHS in self.report.optional else ""

    def order(self) -> Order:
        """The report of what is looked at now, from the very tables the page shows."""
        asked = {"edition": self.chosen.edition_id, "made_on": date.today().isoformat()}
        looked_at = {"need": self.chosen.need_id, "provision": self.chosen.provision_id}
        given = {"ward": self.chosen.ward or "", **looked_at, **self.also}
        known = (*self.report.params, *self.report.optional)
        marked = {"small_counts": YES} if self.chosen.small_counts and "small_counts" in known else {}
        own = report_paragraphs.params(self.chosen.edition_id) if PARAGRAPHS in known else {}
        return Order(
            self.report_id,
            {**asked, **{name: value for name, value in given.items() if value and name in known}, **marked, **own},
            _version(),
        )


def panel(offers: Sequence[Offer], *, key: str, described: bool = False) -> None:
    """The buttons of these reports, and the state of the one this session asked for last, here or elsewhere.

    With `described`, each under its title with what it is about. While one is made, this part alone asks how far it is;
    the page around it stays as it is.
    """
    cached_reports.desk().make_ready()
    status = _allowed(cached_reports.seat().status())
    every = OFTEN_SECONDS if status is not None and status.active else None
    st.fragment(_panel, run_every=every, key=key)(tuple(offers), key, watched=every is not None, described=described)


def _panel(offers: Sequence[Offer], key: str, *, watched: bool, described: bool) -> None:
    status = _allowed(cached_reports.seat().status())
    active = status is not None and status.active
    if watched and not active:
        st.rerun()
    places = {}
    with st.container(horizontal=not described):
        for offer in offers:
            if described:
                _described(offer)
            _button(offer, f"{key}_{offer.report_id}", waiting=active)
            if described:
                places[offer.report_id] = st.container()
    if status is not None:
        with places.get(status.order.report, st.container()):
            _told(status, key)


def _described(offer: Offer) -> None:
    st.subheader(offer.report.title, anchor=False)
    st.markdown(offer.report.about)
    if offer.lacks:
        st.caption(offer.lacks)


def _button(offer: Offer, key: str, *, waiting: bool) -> None:
    words = f"Make: {offer.report.title}"
    why = offer.lacks or ("One report is made at a time." if waiting else offer.report.about)
    if st.button(words, key=key, icon=":material/description:", disabled=bool(offer.lacks) or waiting, help=why):
        cached_reports.seat().ask(offer.order())
        st.rerun()


def _allowed(status: Status | None) -> Status | None:
    """A report with small counts only while they are shown: it is given up when they are put away."""
    if status is None or status.order.params.get("small_counts") != YES or scope.small_counts():
        return status
    cached_reports.seat().leave()
    return None


def _told(status: Status, key: str) -> None:
    title = _called(status.order)
    if status.active:
        _under_way(status, title, key)
    elif status.state is State.DONE and status.file is not None:
        _ready(status, status.file, title, key)
    elif status.state is State.FAILED:
        st.error(f"{title} was not made. {status.said}", icon=":material/error:")
    else:
        st.info(f"{title} was cancelled. Nothing of it was kept.", icon=":material/info:")


def _under_way(status: Status, title: str, key: str) -> None:
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    left.progress(status.done / max(status.of, 1), text=_how_far(status, title))
    if right.button("Cancel", key=f"{key}_cancel", icon=":material/close:"):
        cached_reports.seat().cancel()
        st.rerun()


def _how_far(status: Status, title: str) -> str:
    if status.state is State.WAITING:
        others = "one report" if status.ahead == 0 else f"{status.ahead + 1} reports"
        return f"{title}: waiting. The server makes a few reports at a time; yours is next after {others}."
    if status.of == 1:
        return f"{title}: {status.what}"
    return f"{title}: {status.done} of {status.of} steps done; now {status.what}"


def _ready(status: Status, file: Path, title: str, key: str) -> None:
    size = max(1, round(file.stat().st_size / 1000)) if file.is_file() else 0
    if not size:
        st.info(GONE, icon=":material/info:")
        return
    st.download_button(
        f"Download {file.name} ({size:,} kB)",
        file.read_bytes,
        file_name=file.name,
        mime=status.mime,
        key=f"{key}_file",
        icon=":material/download:",
        on_click="ignore",
        help=f"{title}. It is kept for this session alone, until you ask for another.",
    )


def _called(order: Order) -> str:
    """The report, its edition and its ward, in words."""
    ward = order.params.get("ward")
    named = [REPORTS[order.report].title, *([cached.library().names.get(ward, ward)] if ward else [])]
    return f"{', '.join(named)}, {order.params['edition']} edition"


def _version() -> int | None:
    """The version of the store this page reads, or None where it is what the atlas ships."""
    shown = cached.library()
    return None if shown.told == cached.shipped().told else getattr(shown, "version", None)
