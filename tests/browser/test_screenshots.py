"""A picture of every page, 1280 by 800, as docs/screenshots holds them; `make screenshots` takes them anew."""

import os
from pathlib import Path

import pytest

from components.shell import PLACES
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


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_picture_of_the_page_is_taken(reader, folder, script):
    reader.open(script)
    path = folder / f"{script}.png"
    reader.page.screenshot(path=path)
    assert path.read_bytes().startswith(START)
    assert (int.from_bytes(path.read_bytes()[16:20], "big"), int.from_bytes(path.read_bytes()[20:24], "big")) == (
        1280,
        800,
    )


def test_every_page_has_its_picture_in_the_docs():
    assert {path.stem for path in KEPT.glob("*.png")} == set(SCRIPTS)
