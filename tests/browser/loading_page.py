"""The Load page as a person works it in a browser: what is pressed, chosen and read there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import FilePayload, expect

from tests.browser.answers import NEXT_FRAME
from tests.browser.reader import PATIENCE, Reader
from tests.browser.server import Server, serving

PRESSED = """label => ![...document.querySelectorAll('[data-testid=stMain] button')].some(
    one => one.checkVisibility() && [label, 'Cancel'].includes(one.innerText.trim()))"""
"""Whether no button bears a label any more, and no work is under way."""
QUICK = 5_000
"""Milliseconds after which a list that did not open is opened again."""


@contextmanager
def serving_a_copy(shipped_file: Path, folder: Path) -> Iterator[Server]:
    """Serve a dashboard on a copy of the shipped evidence, with mappings of its own."""
    shutil.copy(shipped_file, folder / "evidence.sqlite")
    before = os.environ.get("MAPPINGS_FOLDER")
    os.environ["MAPPINGS_FOLDER"] = str(folder / "mappings")
    try:
        with serving(folder / "evidence.sqlite") as server:
            yield server
    finally:
        del os.environ["MAPPINGS_FOLDER"]
        if before is not None:
            os.environ["MAPPINGS_FOLDER"] = before


def give(reader: Reader, *files: FilePayload, kind: str) -> None:
    """Give the page files, see what it takes them for, and go on."""
    with reader.answered():
        reader.page.locator("input[type=file]").set_input_files(list(files))
    expect(reader.page.get_by_role("button", name="Continue")).to_be_visible()
    told(reader, f"Format {kind}")
    press(reader, "Continue")
    expect(reader.page.get_by_role("button", name="Check", exact=True)).to_be_visible()


def payload(name: str, contents: bytes) -> FilePayload:
    """Return a file as a browser is given it."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": contents}


def told(reader: Reader, words: str) -> None:
    """Wait until the page's main part says these words."""
    said = "words => document.querySelector('[data-testid=stMain]').innerText.replace(/\\s+/g, ' ').includes(words)"
    reader.page.wait_for_function(said, arg=words)


def press(reader: Reader, label: str) -> None:
    """Press a button, and wait until the server has heard of it and the page has done what it says."""
    with reader.answered():
        reader.page.get_by_role("button", name=label, exact=True).click()
    reader.page.wait_for_function(PRESSED, arg=label)
    reader.wait_until_drawn()


def choose(reader: Reader, label: str, option: str) -> None:
    """Choose the first option of a list that holds these words, by its own search, and wait until the server knows.

    A list shuts when the page under it moves or is drawn anew, so one that shut is opened again, as a person would.
    """
    named = reader.page.get_by_role("combobox", name=label, exact=True)
    several = reader.page.get_by_test_id("stMultiSelect").filter(has=named).count()
    box = reader.page.get_by_test_id("stMain").locator(named)
    first = reader.page.get_by_role("option").first
    box.scroll_into_view_if_needed()
    reader.page.evaluate(NEXT_FRAME)  # a list that opens while the page scrolls shuts at once
    for patience in (QUICK, QUICK, PATIENCE):
        box.click()
        box.fill(option)
        try:
            expect(first).to_contain_text(option, timeout=patience)
            break
        except AssertionError:
            if patience == PATIENCE:
                raise
    chosen = first.inner_text()
    with reader.answered():
        box.press("Enter")
    if several:
        expect(first).not_to_have_text(chosen)
        box.press("Escape")  # such a list stays open
    expect(reader.page.get_by_role("option")).to_have_count(0)
    reader.wait_until_drawn()


def write(reader: Reader, label: str, text: str) -> None:
    """Write into a field, and wait until the server knows."""
    field = reader.page.get_by_test_id("stMain").get_by_role("textbox", name=label, exact=True)
    with reader.answered():
        field.fill(text)
        field.press("Enter")
    reader.wait_until_drawn()
