"""Where an editor stands: the store, who they are, the open drafts and the one worked on; and doing what they ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd
import streamlit as st
from streamlit.logger import get_logger

from analysis.refusal import Refusal
from analysis.sources.contracts import ContractBroken
from analysis.store.database import Store
from analysis.store.publishing import Published, shown_now
from analysis.store.records import LONGEST_NAME
from analysis.store.shelf import tables_of, versions
from pages.components import cached, plain, roles, scope
from pages.components.cached.editions import Seen

WHO, DRAFT, SAID = "update_who", "update_draft", "update_said"
DRAFT_STATE = "draft"
Made = TypeVar("Made")


@dataclass(frozen=True)
class Draft:
    """A draft as the store holds it now."""

    number: int
    base: str
    name: str
    started_from: int
    seen: Seen


@dataclass(frozen=True)
class Desk:
    """All the page asks of the store in one run: every version, what is shown, and the draft worked on with its tables.

    `who` is how the log will name the editor, blank until a name is given.
    """

    store: Store
    who: str
    versions: pd.DataFrame
    shown: Mapping[str, Published]
    draft: Draft | None
    own: pd.DataFrame

    @property
    def drafts(self) -> pd.DataFrame:
        """The open drafts, newest first."""
        return self.versions[self.versions["state"].eq(DRAFT_STATE)]

    def up_to_date(self, draft: Draft) -> bool:
        """Whether a draft began from, or was brought up to, what is published now."""
        return draft.started_from == self.shown[draft.base].id

    def published(self, draft: Draft) -> Seen:
        """The version everybody sees of the edition of a draft."""
        return self.seen(self.shown[draft.base].version)

    def seen(self, version: int) -> Seen:
        """A version as it stands now."""
        return _seen(self.versions[self.versions["version"].eq(version)].iloc[0])


def desk() -> Desk:
    """What the store holds now. Raises StoreRefusal, in a sentence, when it cannot be asked."""
    store = cached.readers().store
    held = versions(store)
    found = _draft(held)
    tables = tables_of(store, found.number) if found else pd.DataFrame({"own": []})
    return Desk(store, who(), held, shown_now(store), found, tables[tables["own"].astype(bool)])


def who() -> str:
    """How the log names this editor: as signed in, else as they said; blank where they have not."""
    found = roles.current()
    if found.subject:
        return f"{found.name} ({found.subject})"[:LONGEST_NAME] if found.name else found.subject[:LONGEST_NAME]
    return scope.kept_for_session(WHO, "")


def _draft(held: pd.DataFrame) -> Draft | None:
    chosen = scope.kept_for_session(DRAFT, "")
    rows = held[held["state"].eq(DRAFT_STATE) & held["version"].astype(str).eq(chosen)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    seen = _seen(row)
    return Draft(seen.version, str(row["base"]), str(row["name"]), int(row["started_from"]), seen)


def _seen(row: pd.Series) -> Seen:
    return Seen(int(row["version"]), int(row["revision"]), str(row["started_at"]))


def act(section: str, work: Callable[[], str]) -> bool:
    """Do what an editor asked, from a callback, and keep what became of it for the section; whether it was done."""
    try:
        roles.require("editor")
        scope.keep(SAID, (section, True, work()))
    except (Refusal, ContractBroken) as refused:
        scope.keep(SAID, (section, False, str(refused)))
        return False
    return True


def told(section: str) -> None:
    """Show in its section what became of the last thing asked for there."""
    found = scope.kept(SAID)
    if not found or found[0] != section:
        return
    if found[2]:
        (st.success if found[1] else st.error)(plain.inert(found[2]))


def worked(made: Callable[[], Made]) -> Made | None:
    """What is worked out from a draft, or None with a message where its tables cannot be worked with.

    A draft may hold any lawful table, and not every lawful table makes sense beside the others.
    """
    try:
        return made()
    except Refusal as refused:
        st.error(plain.inert(str(refused)))
    except Exception as error:
        get_logger(__name__).exception("a draft cannot be worked with")
        st.error(
            plain.inert(
                f"With these tables the atlas cannot work out its figures ({type(error).__name__}: {error}), so they "
                "may not be published as they are. Look at the table put last: a code, a name or a period it needs may "
                "be missing from it."
            )
        )
    return None


def quietly(made: Callable[[], Made]) -> Made | None:
    """As `worked`, without a message: the section that shows the same thing says what is wrong."""
    try:
        return made()
    except Exception:
        get_logger(__name__).exception("a draft cannot be worked with")
        return None
