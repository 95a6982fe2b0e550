"""An editor settles a difference by keyboard alone; the agreed code, its reason and the data version follow."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.collection import database
from tests.browser.server import serving
from tests.browser.visits import unexcepted
from tests.data.importing.stored import ask as ask_of

REF = "COM-E012"
WHY = "It says what was done, and no effect"


@pytest.fixture
def copy(shipped_file: Path, tmp_path: Path) -> Path:
    """Return a database file of the test's own, to settle in."""
    path = tmp_path / "copy.sqlite"
    shutil.copy(shipped_file, path)
    return path


def tab_to(reader, name: str, most: int = 60) -> None:
    """Press Tab until what has this name, or the start of it, is reached; fail where it never is."""
    for _ in range(most):
        reader.page.keyboard.press("Tab")
        reached = reader.page.evaluate(
            "() => { const at = document.activeElement; "
            "return at.getAttribute('aria-label') || at.labels?.[0]?.innerText || at.innerText || '' }"
        )
        if reached.strip().startswith(name):
            return
    raise AssertionError(f"the tab key never reaches {name}")


def test_a_difference_is_settled_by_keyboard(copy, new_reader):
    with serving(copy) as server:
        reader = new_reader(server)
        reader.open("agreement", f"finding={REF}")
        reader.page.get_by_role("button", name="Previous").or_(
            reader.page.get_by_label("Difference, of 1")
        ).first.focus()
        tab_to(reader, "Fill in: First coding")
        reader.page.keyboard.press("Enter")
        form = reader.page.locator(f".st-key-settle_direction_{REF}")
        expect(form.get_by_role("combobox")).to_have_value(re.compile("context"))
        reader.wait_until_drawn()
        tab_to(reader, "Why (required)")
        reader.page.keyboard.type(WHY)
        tab_to(reader, "Make this the agreed code")
        reader.page.keyboard.press("Enter")
        expect(reader.page.get_by_text(f"{REF} is settled; changed: direction, themes and levers")).to_be_visible()
        reader.wait_until_drawn()
        words = reader.words()
        assert "1 of 1 differing finding settled here" in words
        assert "Settled by local user on" in words and WHY in words
        assert unexcepted(reader) == []
        engine = database.open_engine(f"sqlite:///{copy}")
        try:
            assert ask_of(engine, f"SELECT direction FROM finding WHERE ref = '{REF}'") == [("context",)]
        finally:
            engine.dispose()
        reader.turn_to("method")
        assert "a person has since settled 1 of them" in reader.words()
        assert "Data version 2 of" in reader.words()
        assert reader.foreign() == []
