"""The journeys of design section 2, in real Chromium, with every other host out of reach."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
from playwright.sync_api import expect

from analysis.comparison import Verdict
from analysis.present.palette import NO_VALUE, SEQUENCE_DARK, VERDICTS
from analysis.provision import REST
from tests.browser.reader import PAGES, Reader

RADSTOCK = "E05001962"
ILLUSTRATIVE = {"edition": "2020", "provision": "caseload_families"}


def downloaded(reader: Reader) -> tuple[str, pd.DataFrame]:
    with reader.page.expect_download() as coming:
        reader.page.get_by_role("button", name="Download this table").first.click()
        reader.page.get_by_role("button", name="Table as CSV").click()
    content = coming.value.path().read_text(encoding="utf-8-sig")
    return coming.value.suggested_filename, pd.read_csv(io.StringIO(content))


def rows_on_screen(reader: Reader) -> list[dict[str, str]]:
    """The rows of the first long table that are in view, as its grid tells them to a screen reader."""
    grid = reader.page.locator('[data-testid="stDataFrame"] table[role="grid"]').first
    grid.locator("td").first.wait_for(state="attached")
    heads = grid.locator('th[role="columnheader"]').all_text_contents()
    cells = [row.locator('td[role="gridcell"]').all_text_contents() for row in grid.locator("tbody tr").all()]
    return [dict(zip(heads, row, strict=False)) for row in cells]


def overflow(reader: Reader) -> int:
    """By how many pixels the page is wider than its window."""
    return reader.page.evaluate(
        "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map((box) => box.scrollWidth - box.clientWidth))"
    )


def test_no_page_asks_anything_of_another_host_and_the_first_shows_its_map(reader: Reader) -> None:
    for path in PAGES:
        reader.open(path)
        assert not reader.foreign, path
        assert not reader.errors, path
        if path == "":
            assert len(reader.fills()) == 33
            expect(reader.ward("Radstock")).to_be_visible()


def test_a_commissioner_reads_the_answer_changes_the_map_and_opens_a_ward(reader: Reader) -> None:
    reader.open(edition="2020")
    assert "Radstock is likely under-provided" in reader.headline
    by_gap, whole = reader.fills(), reader.zoom()
    assert by_gap[RADSTOCK] == VERDICTS[Verdict.UNDER_LIKELY].light

    reader.map_frame.locator(".leaflet-control-zoom-in").click()
    reader.map_frame.wait_for_function("(whole) => window.atlas.map.getZoom() > whole", arg=whole)
    closer = reader.zoom()
    for measure in ("Need", "Provision"):
        before = reader.fills()[RADSTOCK]
        reader.choose("Show on the map", measure)
        expect(reader.ward("Radstock")).not_to_have_attribute("fill", before)
        assert reader.zoom() == closer
    assert reader.fills() != by_gap

    reader.map_frame.get_by_role("button", name="Show the whole area").click()
    reader.map_frame.wait_for_function("(whole) => window.atlas.map.getZoom() === whole", arg=whole)
    reader.ward("Radstock").click()
    reader.arrives("ward", "Radstock ward")
    assert "Radstock" in reader.headline
    reader.page.go_back()
    reader.arrives("", PAGES[""])
    assert "Radstock" in reader.headline
    expect(reader.page.get_by_role("radio", name="Provision", exact=True)).to_be_checked()


def test_choosing_another_kind_of_place_repaints_the_coverage_map(reader: Reader) -> None:
    reader.open("coverage")
    before = str(reader.ward("Radstock").get_attribute("aria-label"))
    reader.choose("Kind of place", "Schools")
    expect(reader.ward("Radstock")).not_to_have_attribute("aria-label", before)


def test_back_is_one_step_a_page_and_keeps_the_edition(reader: Reader) -> None:
    reader.open(edition="2020")
    begun = reader.page.evaluate("history.length")
    for steps, (section, name) in enumerate((("Need", "Deprivation"), ("Evidence", "Sources")), start=1):
        reader.turn_to(section, name)
        reader.arrives(name.lower(), PAGES[name.lower()])
        expect(reader.page).to_have_url(re.compile("edition=2020"))
        assert reader.page.evaluate("history.length") == begun + steps
    for path in ("deprivation", ""):
        reader.page.go_back()
        reader.arrives(path, PAGES[path])
        expect(reader.page).to_have_url(re.compile("edition=2020"))
    assert "Radstock" in reader.headline


def test_the_keyboard_alone_finds_a_ward_on_the_map_and_opens_it(reader: Reader) -> None:
    reader.open(edition="2020")
    focus = "() => document.querySelector('iframe').contentDocument.activeElement?.dataset?.code ?? ''"
    pressed = 0
    while not reader.page.evaluate(focus):
        reader.page.keyboard.press("Tab")
        pressed += 1
        assert pressed < 40, "Forty presses of Tab did not reach a ward."
    first = reader.page.evaluate(focus)
    reader.page.keyboard.press("ArrowDown")
    second = reader.page.evaluate(focus)
    assert second not in ("", first)
    focused = reader.map_frame.locator(f'path[data-code="{second}"]')
    expect(reader.map_frame.locator(".atlas-ring-focus")).to_have_count(1)
    name = str(focused.get_attribute("aria-label")).split(".")[0]
    reader.page.keyboard.press("Enter")
    reader.arrives("ward", f"{name} ward")


def test_a_link_restores_exactly_the_view_it_was_made_from(visit: Callable[..., Reader]) -> None:
    asked = {
        "edition": "2020",
        "need": "idaci2015_rebuilt",
        "provision": "access_library",
        "ward": RADSTOCK,
        "show": "need",
    }
    views = []
    for reader in (visit(), visit()):
        reader.open(**asked)
        values = {
            label: reader.page.get_by_role("combobox", name=re.compile(rf"\b{label}\b")).input_value()
            for label in ("Edition", "Need", "Provision", "Ward")
        }
        expect(reader.page.get_by_role("radio", name="Need", exact=True)).to_be_checked()
        assert reader.map_frame.locator('path[aria-current="true"]').get_attribute("data-code") == RADSTOCK
        expect(reader.page).to_have_url(re.compile(r"edition=2020&need=.*&provision=.*&ward=.*&show=need$"))
        views.append((reader.headline, values, reader.fills()))
    assert views[0] == views[1]
    assert "libraries within reach" in views[0][0]


def test_a_malformed_link_falls_back_with_a_quiet_note_and_runs_nothing(reader: Reader) -> None:
    reader.page.add_init_script("window.ran = false")
    said: list[str] = []
    reader.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    bad = "<script>window.ran=true;alert(1)</script><img src=x onerror='window.ran=true'>"
    reader.open(edition="2031", need=bad, ward="**E0**", show="](javascript:alert(1))")
    notes = reader.page.get_by_text("that is not offered here, so the usual one is shown")
    for name in ("edition", "need", "ward", "show"):
        expect(notes.filter(has_text=f"“{name}”")).to_have_count(1)
    assert len(reader.fills()) == 33
    expect(reader.page).to_have_url(f"{reader.base}/")
    assert reader.page.evaluate("window.ran") is False
    assert not said
    assert not reader.foreign
    assert reader.page.locator("img[src='x']").count() == 0


def test_the_first_link_into_a_new_server_opens_its_page_with_its_choices(new_server: Reader) -> None:
    new_server.open("coverage", edition="2020", kind="gp")
    expect(new_server.page).to_have_url(f"{new_server.base}/coverage?edition=2020&kind=gp")
    new_server.turn_to("Need", "Toxic trio")
    new_server.arrives("toxic_trio", PAGES["toxic_trio"])
    expect(new_server.page.get_by_text("does not seem to exist")).to_have_count(0)


def test_a_ward_named_in_the_chart_opens_with_the_choices_kept(reader: Reader) -> None:
    reader.open(edition="2020", need="idaci2015_rebuilt")
    reader.page.locator(".atlas-chart").get_by_role("link", name="Radstock").click()
    reader.arrives("ward", "Radstock ward")
    expect(reader.page).to_have_url(f"{reader.base}/ward?edition=2020&need=idaci2015_rebuilt&ward={RADSTOCK}")


def test_the_download_says_what_the_screen_says(reader: Reader) -> None:
    reader.open(edition="2020")
    name, table = downloaded(reader)
    assert name == "gap_2020_idaci2015_contact2017.csv"
    assert set(table["basis"]) == {"published"}
    assert table["area_code"].nunique() == 38
    by_name = table.set_index("area_name")
    shown = rows_on_screen(reader)
    assert len(shown) >= 8
    for row in shown:
        ward = by_name.loc[row["Ward"]]
        ratio = row["Provision ÷ expected"]
        if ward["verdict"] == Verdict.NOT_KNOWN:
            assert ratio == f"at most {ward['oe_upper']:.2f}"
        elif ward["area_code"] != REST:
            assert ratio == f"{ward['oe']:.2f} ({ward['oe_lower']:.2f} to {ward['oe_upper']:.2f})"
            assert row["Provision (parents)"] == f"{ward['observed']:.0f}"
    radstock = by_name.loc["Radstock"]
    assert (radstock["observed"], radstock["need"]) == (35, 267)
    assert round(radstock["expected"], 1) == 52.0
    assert "0.67" in next(row for row in shown if row["Ward"] == "Radstock")["Provision ÷ expected"]


def test_everything_made_up_says_that_it_is(reader: Reader) -> None:
    reader.open(**ILLUSTRATIVE)
    main = reader.page.get_by_test_id("stMain")
    expect(main.get_by_text("Illustrative: made up to show the tool")).to_be_visible()
    expect(main.get_by_role("alert")).to_contain_text("They say nothing about these wards")
    expect(main.locator(".atlas-chart .key b")).to_have_text("ILLUSTRATIVE")
    for part in ("On the map", "Share of need beside share of provision", "Every ward"):
        heading = main.get_by_role("heading", name=re.compile(f"^{part}"))
        expect(heading).to_contain_text("illustrative")
    assert "illustrative" in main.locator(".atlas-more").first.inner_text()
    assert set(downloaded(reader)[1]["basis"]) == {"illustrative"}


def test_on_a_phone_no_page_scrolls_sideways_and_the_answer_comes_first(visit: Callable[..., Reader]) -> None:
    phone = visit(width=390, height=844)
    for path, asked in (*((path, {}) for path in PAGES), ("ward", {"edition": "2020", "ward": RADSTOCK})):
        phone.open(path, **asked)
        assert overflow(phone) <= 0, path
        expect(phone.page.locator(".atlas-answer").first).to_be_in_viewport()


def test_the_map_is_dark_in_the_dark(visit: Callable[..., Reader]) -> None:
    night = visit(dark=True).open(edition="2020")
    lawful = {verdict.dark for verdict in VERDICTS.values() if not verdict.hatched} | {"url(#atlas-hatch)"}
    assert set(night.fills().values()) <= lawful
    assert night.fills()[RADSTOCK] == VERDICTS[Verdict.UNDER_LIKELY].dark
    night.choose("Show on the map", "Need")
    expect(night.ward("Radstock")).to_have_attribute("fill", re.compile("|".join(SEQUENCE_DARK)))
    assert NO_VALUE.dark not in night.fills().values()
    ground = "() => getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"
    assert night.map_frame.evaluate(ground) == "rgb(18, 25, 30)"


def test_colours_follow_the_device_from_light_to_dark(reader: Reader) -> None:
    reader.open(edition="2020")
    reader.page.emulate_media(color_scheme="dark")
    expect(reader.ward("Radstock")).to_have_attribute("fill", VERDICTS[Verdict.UNDER_LIKELY].dark)
    expect(reader.page.locator(".atlas-chart ol a").first).to_have_css("color", "rgb(230, 236, 239)")
