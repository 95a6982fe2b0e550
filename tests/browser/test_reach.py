"""Who can use it: axe-core on every page, the keyboard alone, a phone, and text that tries to be more than text."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.frame.shell import PLACES
from data.collection import database
from data.importing.loads import loading
from tests.browser.server import ROOT, serving
from tests.browser.visits import PHONE, phone_overflow, unexcepted, violations

SCRIPTS = [place.script for place in PLACES]
HOSTILE = "<img src=x onerror=alert(1)> **bold** [link](http://elsewhere.invalid) $x^2$ :red[red] =1+1 <b>tag</b>"


@pytest.mark.parametrize("script", SCRIPTS)
def test_axe_finds_nothing_serious_but_what_the_statement_names(visited, script):
    assert visited(script).violations == []


def test_axe_finds_nothing_serious_in_a_finding_opened_whole(reader):
    reader.open("findings", "finding=INT-E034")
    assert unexcepted(reader) == []


def test_axe_notices_what_it_looks_for(reader):
    reader.open("method")
    reader.page.evaluate("document.querySelector('h1').innerHTML += '<img src=\"data:,\">'")
    assert "image-alt" in {rule for rule, *_ in violations(reader)}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_phone_shows_a_page_without_scrolling_sideways(visited, script):
    assert visited(script).too_wide <= 0


def test_a_page_that_is_too_wide_for_a_phone_is_noticed(server, new_reader):
    reader = new_reader(server, **PHONE)
    reader.open("method")
    assert phone_overflow(reader) <= 0
    reader.page.evaluate("document.querySelector('h1').style.width = '420px'")
    assert phone_overflow(reader) > 0


def reached(reader, steps: int) -> list[str]:
    """Return what the tab key reaches, by label, text or kind, in order."""
    names = []
    for _ in range(steps):
        reader.page.keyboard.press("Tab")
        names.append(
            reader.page.evaluate(
                "() => { const at = document.activeElement; return at.getAttribute('aria-label') || at.innerText "
                "|| at.getAttribute('placeholder') || at.tagName }"
            ).strip()
        )
    return names


def test_the_keyboard_reaches_menu_panel_download_figures_and_findings(reader):
    reader.open("overview", "region=TLC")
    names = reached(reader, 75)
    for wanted in ("Overview", "Method", "Search findings", "More filters", "Clear all filters", "Download Excel",
                   "The numbers as a table", "Codes, source, citation and link"):  # fmt: skip
        assert any(wanted in name for name in names), (wanted, names)
    assert any("Region" in name for name in names)


def test_what_the_keyboard_reaches_is_seen_to_be_reached(reader):
    reader.open("overview")
    button = reader.page.get_by_role("button", name="Download Excel")
    before = button.evaluate("element => getComputedStyle(element).boxShadow + getComputedStyle(element).outline")
    for _ in range(60):
        reader.page.keyboard.press("Tab")
        if button.evaluate("element => element === document.activeElement"):
            break
    expect(button).to_be_focused()
    after = button.evaluate("element => getComputedStyle(element).boxShadow + getComputedStyle(element).outline")
    assert before != after


def test_the_keyboard_alone_narrows_the_view(reader):
    reader.open("findings")
    search = reader.page.get_by_label("Search findings")
    search.focus()
    reader.page.keyboard.type("library")
    reader.page.keyboard.press("Enter")
    expect(reader.page).to_have_url(re.compile("q=library"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Path:
    """Return a database whose only finding has text in it that would be markup, a link, a formula or a script."""
    folder = tmp_path_factory.mktemp("hostile")
    shipped = ROOT / "data" / "shipped" / "strands" / "international"
    for name, key in (("sources", "title"), ("findings", "finding")):
        with (shipped / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        row = next(row for row in rows if row["source_id"] == "INT-S001")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=row.keys())
            writer.writeheader()
            writer.writerow({**row, key: HOSTILE, **({"place": HOSTILE} if name == "findings" else {})})
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    loading.load(engine, [folder])
    engine.dispose()
    return folder / "evidence.sqlite"


def test_text_that_would_be_markup_is_shown_as_it_is_written(hostile, new_reader):
    with serving(hostile) as server:
        reader = new_reader(server)
        alerts: list[str] = []
        reader.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
        for script in ("overview", "regions", "sources"):
            reader.open(script)
            assert reader.page.locator("img[src=x]").count() == 0
            if script == "overview":
                assert reader.words().count(HOSTILE) >= 2
        assert (alerts, reader.foreign()) == ([], [])


def test_an_empty_database_and_a_malformed_address_are_told_without_a_traceback(tmp_path, new_reader):
    (tmp_path / "evidence.sqlite").write_text("this is text and no database at all, but of some length " * 30)
    with serving(tmp_path / "evidence.sqlite") as server:
        reader = new_reader(server)
        reader.page.goto(f"{server.address}/levers?lever=%00&year=x&q=%22((")
        expect(reader.page.get_by_role("heading", name="There is no evidence to show yet")).to_be_visible()
        expect(reader.page.get_by_test_id("stMain")).to_contain_text("is not a database this dashboard can open")
        assert "Traceback" not in reader.words()
