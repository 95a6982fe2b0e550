"""Every page, in a browser with the network unplugged: it is whole, silent, and asks nobody but its own server."""

import pytest
from playwright.sync_api import expect

from components.shell import PLACES
from tests.browser.reader import Reader

SCRIPTS = [place.script for place in PLACES]
FAULTS = ("Traceback (most recent call last)", "Oh no.", "This app has encountered an error", "Uncaught")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_is_whole_silent_and_asks_nobody_else(reader, server, script):
    printed = len(server.lines)
    reader.open(script)
    reader.page.wait_for_load_state("networkidle")
    assert [error for error in reader.errors if not looks_for_its_server(error, reader, script)] == []
    assert reader.foreign() == []
    assert any(asked.startswith("ws://") for asked in reader.asked_for)
    expect(reader.page.get_by_test_id("stException")).to_have_count(0)
    words = reader.words()
    assert [fault for fault in FAULTS if fault in words] == []
    assert [line for line in server.lines[printed:] if "Traceback" in line] == []


def looks_for_its_server(error: str, reader: Reader, script: str) -> bool:
    """Tell whether an error is Streamlit's own: opened at /levers, it first asks whether its server lives there."""
    looked_at = [f"({reader.address}/{script}/_stcore/{path})" for path in ("health", "host-config")]
    return "status of 404 (Not Found)" in error and any(error.endswith(address) for address in looked_at)


def test_a_walk_through_the_whole_menu_leaves_the_console_empty(reader):
    reader.open("overview")
    for script in SCRIPTS[1:]:
        reader.turn_to(script)
    assert reader.errors == []
    assert reader.foreign() == []


def test_the_log_notices_what_it_looks_for(reader):
    reader.open("method")
    reader.page.evaluate("fetch('http://elsewhere.invalid/font.woff').catch(() => console.error('not loaded'))")
    expect(reader.page.locator("h1")).to_be_visible()
    reader.page.wait_for_load_state("networkidle")
    assert reader.foreign() == ["http://elsewhere.invalid/font.woff"]
    assert any("not loaded" in error for error in reader.errors)
