"""Pages read what is published: the next click shows a new publication whole, in its own edition, and never a draft."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analysis.sources.library import Library
from analysis.store.database import Store
from analysis.store.drafts import drop_draft, put_table, start_draft
from analysis.store.opening import opened as open_store
from analysis.store.publishing import publish, roll_back, shown_now
from tests.pages.reader import answer, chosen, drawn, opened, quiet

TABLE, WARD, NAME = "CHILD_POVERTY_WARD", "E05012466", "Autumn <b>2026</b> *figures*"


@pytest.fixture
def store() -> Iterator[Store]:
    """The store the pages read, left as it was found."""
    held = open_store()
    before = {base: one.version for base, one in shown_now(held).items()}
    yield held
    for base, one in shown_now(held).items():
        if one.version != before[base]:
            roll_back(held, before[base], one.id, "Ann", about="The test is over.")
    held.engine.dispose()


def draft(store: Store, shipped: Library) -> int:
    """A draft in which one ward has twice its children in low-income families."""
    rows = shipped.table(TABLE)
    ours = rows["ward19_code"].eq(WARD)
    changed = rows.assign(count=rows["count"].mask(ours, rows["count"] * 2))
    number = start_draft(store, "2026", NAME, "Ann")
    put_table(store, number, TABLE, changed, {}, "autumn.csv", "Ann")
    return number


def need_shown(app: AppTest) -> pd.Series:
    return app.dataframe[0].value.set_index("Ward").filter(like="Need").iloc[:, 0].astype("str")


def test_the_next_click_shows_what_was_published_and_only_in_its_edition(store: Store, shipped: Library) -> None:
    app, other = opened("overview"), opened("overview", edition="2020")
    before, old = need_shown(app), answer(other)
    assert "Tables as shipped with the atlas" in drawn(app)

    number = draft(store, shipped)
    assert need_shown(quiet(app.run())).equals(before)

    publish(store, number, shown_now(store)["2026"].id, "Ann")
    after = need_shown(quiet(app.run()))
    assert list(after.index[after.ne(before[after.index])]) == [shipped.names[WARD]]
    assert f"“{NAME}”, published " in drawn(app)

    assert answer(quiet(other.run())) == old
    assert "as shipped with the atlas" in drawn(other)
    assert f"“{NAME}”" in drawn(chosen(other, "edition", "2026"))


def test_a_draft_that_is_dropped_was_never_shown(store: Store, shipped: Library) -> None:
    app = opened("ward", ward=WARD)
    before = drawn(app)
    number = draft(store, shipped)
    assert drawn(quiet(app.run())) == before
    drop_draft(store, number, "Ann")
    assert drawn(quiet(app.run())) == before
