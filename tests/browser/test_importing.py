"""Bringing a file of another tool in, in a real browser: mapped, checked, mended, confirmed, seen, taken back, gone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.loading_page import choose, give, payload, press, serving_a_copy, told
from tests.browser.reader import Reader
from tests.browser.server import ROOT, Server
from tests.browser.visits import unexcepted

HIGHLIGHTS = ROOT / "tests" / "files" / "readers" / "taguette_highlights.xlsx"
SAID = "The library’s café brought neighbours together."
PHONE = 390


@pytest.fixture
def editable(shipped_file: Path, tmp_path: Path) -> Iterator[Server]:
    """Return a dashboard on a copy of the shipped evidence, with mappings of its own."""
    with serving_a_copy(shipped_file, tmp_path) as server:
        yield server


def sound(reader: Reader) -> None:
    """See that axe finds nothing, and that nothing is wider than a phone."""
    assert unexcepted(reader) == []
    reader.page.set_viewport_size({"width": PHONE, "height": 844})
    reader.page.wait_for_function(
        "() => { const main = document.querySelector('[data-testid=stMain]'); "
        f"return innerWidth === {PHONE} && main.scrollWidth === main.clientWidth }}"
    )
    reader.page.set_viewport_size({"width": 1280, "height": 800})


def test_highlights_of_taguette_come_in_are_seen_and_are_taken_back(editable, new_reader):
    reader = new_reader(editable)
    reader.open("load")
    give(reader, payload(HIGHLIGHTS.name, HIGHLIGHTS.read_bytes()), kind="Taguette highlights")
    told(reader, "Still needed: direction, confidence, strand.")
    sound(reader)
    press(reader, "Check")
    assert re.search(r"\d+ errors, which stop the load", reader.words())
    expect(reader.page.get_by_role("button", name="See what would change")).to_be_disabled()
    sound(reader)
    with reader.answered():
        reader.page.get_by_role("button", name="Back", exact=True).click()  # which the step before has too
    expect(reader.page.get_by_role("button", name="Check", exact=True)).to_be_visible()
    reader.wait_until_drawn()
    for label, option in (("Direction", "strengthened"), ("Confidence", "low"), ("Strand", "Community")):
        choose(reader, label, option)
    with reader.answered():
        reader.page.get_by_role("button", name="Save it").click()
    expect(reader.page.get_by_text("The mapping “taguette_highlights” is saved.")).to_be_visible()
    press(reader, "Check")
    told(reader, "No error; ")
    press(reader, "See what would change")
    told(reader, "Sources: 1 added; findings: 2 added.")
    sound(reader)
    press(reader, "Go on to confirm")
    told(reader, "local user brings in taguette_highlights.xlsx.")
    press(reader, "Bring it in")
    expect(reader.page.locator("h1")).to_have_text("Load 2 is done.")
    reader.page.get_by_role("link", name="See the 2 new or changed findings").click()
    expect(reader.page.locator("h1")).to_have_text(re.compile(": 2 findings, 2 strengthened"))
    found = reader.query()
    reader.turn_to("overview")
    told(reader, SAID)
    reader.turn_to("history")
    choose(reader, "Open a load", "2")
    told(reader, "Mapping taguette_highlights")
    sound(reader)
    press(reader, "Undo this load")
    press(reader, "Yes, undo it")
    told(reader, "Load 2 is undone, as load 3")
    reader.page.goto(f"{reader.address}/findings?{found}")
    expect(reader.page.locator("h1")).to_have_text("Nothing found")
