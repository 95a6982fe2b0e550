"""A picture of every page, 1280 by 800, and of a briefing on a wall; `make screenshots` takes them anew."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from components.frame.shell import PLACES
from tests.browser.server import ROOT

KEPT = ROOT / "docs" / "screenshots"
SCRIPTS = [place.script for place in PLACES]
START = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return where pictures go: the docs where they are asked for, else nowhere that lasts."""
    if not os.environ.get("SCREENSHOTS"):
        return tmp_path_factory.mktemp("screenshots")
    KEPT.mkdir(parents=True, exist_ok=True)
    return KEPT


ON_THE_WALL = {
    "present": "present?briefing=what-the-evidence-says&slide=6",
    "present_region": "present?briefing=region&region=TLN&slide=2",
    "present_gaps": "present?briefing=what-the-evidence-says&slide=10",
}


IN_A_ROOM = ("follow", "speaker")
"""Taken while a roundtable is walked through, in test_roundtable."""


def keep(picture: bytes, path: Path, width: int, height: int) -> None:
    """See that a picture is one, of this many pixels, and keep it."""
    assert picture.startswith(START)
    assert tuple(int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)) == (width, height)
    path.write_bytes(picture)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_picture_of_the_page_is_taken(visited, folder, script):
    keep(visited(script).picture, folder / f"{script}.png", 1280, 800)


def test_pictures_of_a_briefing_are_taken_as_a_wall_shows_it(server, new_reader, folder):
    reader = new_reader(server, 1920, 1080)
    for name, path in ON_THE_WALL.items():
        reader.page.goto(f"{reader.address}/{path}")
        expect(reader.page.locator("h1.message")).to_be_visible()
        reader.wait_until_drawn()
        keep(reader.page.screenshot(), folder / f"{name}.png", 1920, 1080)
    reader = new_reader(server)
    reader.page.goto(f"{reader.address}/briefings?briefing=what-the-evidence-says")
    expect(reader.page.locator("h1")).to_be_visible()
    reader.wait_until_drawn()
    keep(reader.page.screenshot(), folder / "briefings.png", 1280, 800)


def test_every_page_has_its_picture_in_the_docs():
    assert {path.stem for path in KEPT.glob("*.png")} == {*SCRIPTS, *ON_THE_WALL, *IN_A_ROOM, "briefings"}
