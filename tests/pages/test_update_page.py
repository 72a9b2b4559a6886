"""The page Update, worked by editors as they work it, on the store the pages read."""

from __future__ import annotations

import csv
import io
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.sources.library import ROOT, Library
from analysis.sources.written import as_text
from analysis.store.database import Store
from analysis.store.drafts import drop_draft, put_table, start_draft
from analysis.store.opening import opened as open_store
from analysis.store.publishing import publish, roll_back, shown_now
from analysis.store.records import audit
from analysis.store.shelf import versions
from pages.components import cached
from pages.components.plain import JOINER
from tests.pages.reader import answer, drawn, opened, quiet, raw, said

ISSUER = "https://sign.council.example"
CONFIGURATION = f"""
[atlas]
issuer = "{ISSUER}"
[atlas.editors]
subjects = ["e1", "e2"]
"""
TABLE, WARD = "CHILD_POVERTY_WARD", "E05012466"
NAME = "Autumn <b>2026</b> *figures* :material/home:"


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """The page as a person sees it who is signed in."""
    (tmp_path / "atlas.toml").write_text(CONFIGURATION)
    monkeypatch.setenv("ATLAS_CONFIG", str(tmp_path / "atlas.toml"))

    def begin(subject: str = "e1", name: str = "Edda") -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
        app.secrets["auth"] = {
            "redirect_uri": "https://atlas.example/oauth2callback",
            "cookie_secret": secrets.token_urlsafe(48),
        }
        app.user = {"is_logged_in": True, "iss": ISSUER, "iat": int(time.time()), "sub": subject, "name": name}
        quiet(app.run())
        return quiet(app.switch_page("pages/update.py").run())

    return begin


@pytest.fixture
def store() -> Iterator[Store]:
    """The store the pages read, with the publications and drafts it had before the test."""
    held = open_store()
    before = {base: one.version for base, one in shown_now(held).items()}
    yield held
    for base, one in shown_now(held).items():
        if one.version != before[base]:
            roll_back(held, before[base], one.id, "Ann", about="The test is over.")
    for row in versions(held).query("state == 'draft'").to_dict("records"):
        drop_draft(held, row["version"], "Ann")
    held.engine.dispose()


def file_of(shipped: Library, *, header: str = "count", status: str = "ok") -> bytes:
    """The table with twice the children of one ward, under another heading, and with another word in one cell."""
    rows = shipped.table(TABLE)
    changed = as_text(rows.assign(count=rows["count"].mask(rows["ward19_code"].eq(WARD), rows["count"] * 2)))
    changed.loc[0, "status"] = status
    text = io.StringIO()
    csv.writer(text).writerows([[header if name == "count" else name for name in changed], *changed.to_numpy()])
    return text.getvalue().encode()


def put_in(store: Store, shipped: Library, name: str, who: str = "Ann") -> int:
    rows = shipped.table(TABLE)
    changed = rows.assign(count=rows["count"].mask(rows["ward19_code"].eq(WARD), rows["count"] * 2))
    draft = start_draft(store, "2026", name, who)
    put_table(store, draft, TABLE, changed, {"period": "to March 2026"}, "autumn.csv", who)
    return draft


def pressed(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    return quiet(app.run())


def uploaded(app: AppTest, content: bytes, name: str = "my <i>file</i>.csv") -> AppTest:
    uploader = next(one for one in app.file_uploader if one.key.startswith("update_file_"))
    uploader.set_value((name, content, "text/csv"))
    return quiet(app.run())


def typed(app: AppTest, key: str, words: str) -> AppTest:
    (app.text_area if key == "update_note" else app.text_input)(key=key).set_value(words)
    return quiet(app.run())


def working_on(app: AppTest, draft: int) -> AppTest:
    app.selectbox(key="update_draft").set_value(str(draft))
    return quiet(app.run())


def messages(app: AppTest) -> str:
    """What the page says in boxes, as it is read: without the marks that keep it text."""
    words = " ".join(one.value for kind in (app.error, app.success, app.warning, app.info) for one in kind)
    return words.replace("\\", "").replace(JOINER, "")


def ready(app: AppTest, note: str = "Newer figures.") -> AppTest:
    """Everything that is asked for before publication, given."""
    while any(one.key == "update_accept_all" for one in app.button):
        pressed(app, "update_accept_all")
        groups = app.selectbox(key="update_warning_group")
        left = [name for name in groups.options if not name.endswith(" 0 to accept)")]
        if not left:
            break
        groups.select(left[0])
        quiet(app.run())
    pressed(app, "update_compare")
    for _ in app.selectbox(key="update_reason_group").options:
        groups = app.selectbox(key="update_reason_group")
        left = [name for name in groups.options if not name.endswith(" 0 without a reason)")]
        if left:
            groups.select(left[0])
            quiet(app.run())
            typed(app, "update_reason_all", "A newer year.")
            pressed(app, "update_reason_give")
    return typed(app, "update_note", note)


def test_a_viewer_reads_what_the_page_is_for_and_what_was_published_but_no_draft_and_no_name(
    store: Store, shipped: Library
) -> None:
    number = put_in(store, shipped, "Spring figures", "Zebedee")
    publish(store, number, shown_now(store)["2026"].id, "Zebedee", about="Counts to <b>March</b>.")
    start_draft(store, "2026", "A secret draft", "Zebedee")
    page = opened("update")
    assert "The figures of the atlas are renewed here, by editors." in answer(page)
    assert "There is no sign-in here" in answer(page)
    shown = drawn(page, between="")
    assert "Counts to <b>March</b>." in shown
    assert "<b>March" not in raw(page)
    assert "secret" not in shown
    assert "Spring figures" in shown
    assert "Zebedee" not in shown + said(page)
    assert not [one.key for one in page.button if str(one.key).startswith("update_")]
    assert not [one for one in page.file_uploader if one.key.startswith("update")]


def test_an_editor_takes_a_table_from_a_wrong_heading_to_everybodys_next_click(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    reader, page = opened("overview"), editor()
    typed(page, "update_new_name", NAME)
    pressed(page, "update_begin")
    assert "holds no table yet" in answer(page)
    assert "Put at least one table into the draft." in said(page)

    uploaded(page, file_of(shipped, header="Number <b>of</b> children", status="n/a"))
    assert "found" not in answer(page)
    assert "no heading chosen" in drawn(page, between="")
    page.selectbox(key=f"update_header_{TABLE}_count").select("Number <b>of</b> children")
    quiet(page.run())
    shown = drawn(page, between="")
    assert "my <i>file</i>.csv has 1 fault, and nothing of it was put anywhere." in shown
    assert "n/a" in shown
    assert "Download your file with every fault marked (Excel)" in [
        one.proto.label for one in page.get("download_button")
    ]
    assert not [one for one in page.button if one.key == "update_put"]

    pressed(page, "update_unload")
    uploaded(page, file_of(shipped, header="Number <b>of</b> children"), "corrected.csv")
    assert "corrected.csv has no fault: 330 rows." in drawn(page, between="")
    draft = int(page.selectbox(key="update_draft").value)
    typed(page, f"update_said_{draft}_{TABLE}_period", "years ending March 2022 to 2026")
    pressed(page, "update_put")
    assert "330 rows of Children under 16" in messages(page)
    assert "still to be accepted" in said(page)
    assert "Look at the warnings, and accept them:" in said(page)

    ready(page, "Counts of <b>one ward</b> corrected.")
    assert "Nothing keeps it from being published." in answer(page)
    assert "The opening sentence" in drawn(page, between="")
    before = drawn(reader)
    pressed(page, "update_publish")
    assert "Published: publication" in messages(page)
    assert "Autumn" not in before
    assert "Autumn <b>2026</b>" in drawn(quiet(reader.run()))

    line = audit(store).iloc[0]
    assert (line["what"], line["by"]) == ("published", "Edda (e1)")
    assert line["warnings"]
    assert set(line["reasons"].values()) == {"A newer year.", "Counts of <b>one ward</b> corrected."}
    assert "<b>" not in raw(page).replace("<b>You", "").replace('<p class="atlas-who">Signed in as <b>Edda</b>', "")


def test_of_two_editors_who_publish_at_once_one_is_told_and_loses_nothing(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    first, second = (start_draft(store, "2026", f"Of {who}", who) for who in ("Edda", "Otto"))
    sites = shipped.table("SITES").assign(source_title="Otto's list")
    put_table(store, second, "SITES", sites, {}, "sites.csv", "Otto")
    kept = shipped.table("COMMITMENTS")
    put_table(store, first, "COMMITMENTS", kept, {"period": "to March 2026"}, "commitments.csv", "Edda")
    page = pressed(working_on(editor(), first), "update_compare")
    typed(page, "update_note", "Newer figures.")
    assert "Nothing keeps it from being published." in answer(page)
    publish(store, second, shown_now(store)["2026"].id, "Otto")
    pressed(page, "update_publish")
    assert "Otto published another version" in messages(page)
    assert "Bring the draft up to date: somebody published after it was begun." in said(page)
    assert page.text_area(key="update_note").value == "Newer figures."

    pressed(page, "update_catch_up_publish")
    assert "Compare the draft, as it is now, with what is published now." in said(page)
    pressed(page, "update_compare")
    assert "Nothing keeps it from being published." in answer(page)
    pressed(page, "update_publish")
    shown = cached.readers().now().library("2026")
    assert set(shown.table("SITES")["source_title"]) == {"Otto's list"}
    assert shown.entry("COMMITMENTS").period == "to March 2026"


def test_what_was_typed_is_there_after_a_visit_to_another_page(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    draft = put_in(store, shipped, "Of Edda")
    page = typed(working_on(editor(), draft), "update_note", "Half a <b>note</b>")
    uploaded(page, file_of(shipped))
    quiet(page.switch_page("pages/costs.py").run())
    quiet(page.switch_page("pages/update.py").run())
    assert page.selectbox(key="update_draft").value == str(draft)
    assert page.text_area(key="update_note").value == "Half a <b>note</b>"
    assert "my <i>file</i>.csv has no fault" in drawn(page, between="")


def test_each_thing_that_is_not_given_is_asked_for_in_words(editor: Callable[..., AppTest], store: Store) -> None:
    page = pressed(editor(), "update_begin")
    assert "Give the draft a name." in messages(page)
    typed(page, "update_new_name", "Mine")
    pressed(page, "update_begin")
    uploaded(page, b"PK\x03\x04 broken", "broken.xlsx")
    assert "This file cannot be read." in messages(page)
    pressed(page, "update_drop")
    assert "The draft is deleted: Mine" in messages(page)
    assert versions(store).query("state == 'draft'").empty


def test_an_earlier_publication_is_shown_again_with_a_reason_alone(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    publish(store, put_in(store, shipped, "Wrong figures"), shown_now(store)["2026"].id, "Otto")
    page = pressed(editor(), "update_back")
    assert "Say why the earlier version is published again." in messages(page)
    typed(page, "update_back_why", "The counts were of another year.")
    pressed(page, "update_back")
    assert shown_now(store)["2026"].version_name == "as shipped with the atlas"
    assert audit(store).iloc[0]["reasons"]["note"] == "The counts were of another year."


def test_a_role_taken_away_between_two_clicks_changes_nothing(
    editor: Callable[..., AppTest], store: Store, shipped: Library
) -> None:
    draft = put_in(store, shipped, "Of Edda")
    page = working_on(editor(), draft)
    page.user = {**page.user, "sub": "nobody"}
    page.button(key="update_drop").click()
    quiet(page.run())
    assert "You are signed in, but not listed as an editor." in answer(page)
    assert draft in set(versions(store)["version"])


def test_without_a_store_the_page_says_so(
    editor: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("ATLAS_STORE", str(blocked / "atlas.db"))
    cached.readers.clear()
    try:
        page = editor()
        assert "The store of editions cannot be used just now." in answer(page)
        assert "No store can be made at" in answer(page)
    finally:
        cached.readers.clear()
