"""Every page, in a browser with the network unplugged: it is whole, silent, and asks nobody but its own server."""

import pytest
from playwright.sync_api import expect

from components.frame.shell import PLACES

SCRIPTS = [place.script for place in PLACES]
FAULTS = ("Traceback (most recent call last)", "Oh no.", "This app has encountered an error", "Uncaught")


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_is_whole_silent_and_asks_nobody_else(visited, server, script):
    found = visited(script)
    assert [error for error in found.errors if not looks_for_its_server(error, server.address, script)] == []
    assert found.foreign == []
    assert found.refused == []
    assert any(asked.startswith("ws://") for asked in found.asked_for)
    assert found.exceptions == 0
    assert [fault for fault in FAULTS if fault in found.words] == []
    assert [line for line in found.printed if "Traceback" in line] == []


def looks_for_its_server(error: str, address: str, script: str) -> bool:
    """Tell whether an error is Streamlit's own: opened at /levers, it first asks whether its server lives there."""
    looked_at = [f"({address}/{script}/_stcore/{path})" for path in ("health", "host-config")]
    return "status of 404 (Not Found)" in error and any(error.endswith(address) for address in looked_at)


def test_the_log_notices_what_it_looks_for(reader):
    reader.open("method")
    reader.page.evaluate("fetch('http://elsewhere.invalid/font.woff').catch(() => console.error('not loaded'))")
    with reader.page.expect_popup():
        reader.page.evaluate("() => void open('http://elsewhere.invalid/page')")
    expect(reader.page.locator("h1")).to_be_visible()
    assert "http://elsewhere.invalid/page" in reader.foreign()
    assert any("not loaded" in error for error in reader.errors)
    assert reader.refused == ["connect-src http://elsewhere.invalid/font.woff"]
    reader.refused.clear()
