"""Two files and a project, in a real browser: chosen, told by its lists, seen by links, taken back, and gone.

That a file of each format makes this journey is held without a browser, by tests/pages/test_formats.py.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.loading_page import choose, give, payload, press, serving_a_copy, told
from tests.browser.reader import Reader
from tests.browser.server import Server
from tests.pages.test_formats import JOURNEYS

CHOSEN = {
    "strand": {},
    "interviews.qdpx": {
        "Direction": "strengthened", "Confidence": "low", "Strand": "Community",
        "What Transport means here": "theme: T1.9", "What Places means here": "Not ours",
    },
}  # fmt: skip
"""What is chosen for a journey, in the words of its lists; in codes the journey has it itself."""


@pytest.fixture(scope="module")
def editable(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a dashboard on a copy of the shipped evidence: each journey takes back what it brought."""
    with serving_a_copy(shipped_file, tmp_path_factory.mktemp("formats")) as server:
        yield server


def files(name: str, folder: Path) -> list[FilePayload]:
    """Return a journey's file, or the files of its folder, as a browser is given them."""
    path = folder / name
    JOURNEYS[name].write(path)
    return [payload(one.name, one.read_bytes()) for one in (sorted(path.iterdir()) if path.is_dir() else [path])]


def bring_in(reader: Reader, brings: str) -> str:
    """Go from the check to the load, and return its number."""
    press(reader, "Check")
    press(reader, "See what would change")
    told(reader, brings)
    press(reader, "Go on to confirm")
    press(reader, "Bring it in")
    done = re.fullmatch(r"Load (\d+) is done\.", reader.page.locator("h1").inner_text())
    assert done
    return done[1]


def take_back(reader: Reader, load: str) -> None:
    """Undo a load on the page of the history."""
    reader.turn_to("history")
    choose(reader, "Open a load", load)
    press(reader, "Undo this load")
    press(reader, "Yes, undo it")
    told(reader, f"Load {load} is undone")


@pytest.mark.parametrize("name", CHOSEN)
def test_what_is_chosen_from_the_desk_goes_from_choice_to_view_and_back(name, editable, new_reader, tmp_path):
    journey, reader = JOURNEYS[name], new_reader(editable)
    reader.open("load")
    give(reader, *files(name, tmp_path), kind=journey.kind)
    for label, option in CHOSEN[name].items():
        choose(reader, label, option)
    load = bring_in(reader, journey.brings)
    reader.page.get_by_role("link", name=re.compile("^See the .* new ")).click()
    expect(reader.page.locator("h1")).to_have_text(journey.answer)
    reader.wait_until_drawn()
    found = reader.query()
    reader.turn_to("overview")
    told(reader, journey.text)
    take_back(reader, load)
    reader.page.goto(f"{reader.address}/findings?{found}")
    expect(reader.page.locator("h1")).to_have_text("Nothing found")
