"""A load half decided: there again after a restart as it was left, gone when it is done or begun anew, and told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.loading import kept_import
from components.store import kept_drafts, store, visitor
from data.collection import database, drafts
from data.importing.mapping.saved import saved
from data.importing.mapping.targets import Target
from tests.data.importing.mapping.raw_files import FILES
from tests.data.importing.small_strand import write_strand
from tests.pages.conftest import ROOT, wait_until_prepared
from tests.pages.test_load import given, press, settled
from tests.pages.test_load_mapping import ONCE, choose, chooser
from tests.pages.test_pages import answer, said

pytestmark = pytest.mark.slow

PROJECT = (FILES / "aqda.qdpx").read_bytes()
FOUND = "Here is what you had begun by "


@pytest.fixture
def desk(writable, monkeypatch, tmp_path: Path) -> Iterator[Callable[..., AppTest]]:
    """Return a function that opens the Load page in one browser, as a new session after a restart of the server."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))

    def opened(browser: str = "one") -> AppTest:
        store.forget()
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state[kept_drafts.BROWSER] = browser
        return settled(app.run().switch_page("pages/load.py").run())

    yield opened
    wait_until_prepared()


def give(app: AppTest, name: str, contents: bytes) -> AppTest:
    app.file_uploader(key="import_files").upload(name, contents)
    return settled(app.run())


def decided(app: AppTest) -> AppTest:
    """Decide a word, leave one open, and say what no column says."""
    app = press(give(app, "interviews.qdpx", PROJECT), "Continue")
    app = choose(
        app, {"What Transport means here": ["theme T1.9"], "What the column group fills": "population", **ONCE}
    )
    return choose(app, {"What Places › Libraries means here": []})


def as_decided(app: AppTest) -> dict[str, object]:
    labels = ("What Transport means here", "What Places › Libraries means here", "What the column group fills", *ONCE)
    return {label: chooser(app, label).value for label in labels}


DECIDED = {
    "What Transport means here": ["theme T1.9"], "What Places › Libraries means here": [],
    "What the column group fills": "population", **ONCE,
}  # fmt: skip


def test_what_was_decided_is_there_again_in_a_new_session_and_in_no_other_browser(desk):
    assert as_decided(decided(desk())) == DECIDED
    assert "No file is chosen yet." in said(desk("two"))
    app = desk()
    assert answer(app) == "Say what their columns and words mean here."
    assert FOUND in said(app)
    assert "interviews.qdpx." in said(app)
    assert as_decided(app) == DECIDED
    press(app, "Save it")
    assert saved("interviews").words["codes"]["Transport"] == (Target("theme", "T1.9"),)


def test_a_step_is_gone_on_with_where_it_was_left_to_the_end_and_then_nothing_is_kept(desk, writable):
    before = len(database.ask(writable, database.loads))
    press(decided(desk()), "Check")
    app = desk()
    assert answer(app) == "See whether anything is wrong, before anything changes."
    press(app, "See what would change").main.selectbox(key="import_access").set_value("team").run()
    app = desk()
    assert answer(app) == "See exactly what would change."
    assert app.main.selectbox(key="import_access").value == "team"
    app = press(app, "Go on to confirm")
    app.main.text_input(key="import_note").set_value("From Blyth").run()
    app = desk()
    assert answer(app) == "See whether anything is wrong, before anything changes."  # the plan is made anew
    app = press(press(app, "See what would change"), "Go on to confirm")
    assert app.main.text_input(key="import_note").value == "From Blyth"
    assert "All of it is for: Editors alone (team)." in said(app)
    assert answer(press(app, "Bring it in")) == f"Load {before + 1} is done."
    assert database.ask(writable, database.loads)[0].note == "From Blyth"
    assert "No file is chosen yet." in said(desk())


def test_who_begins_anew_finds_nothing_of_it_again(desk):
    decided(desk())
    app = press(desk(), "Begin anew")
    assert "No file is chosen yet." in said(app)
    assert FOUND not in said(desk())


def test_files_too_large_to_keep_are_asked_for_again_and_the_choices_stand(desk, monkeypatch):
    monkeypatch.setattr(drafts, "LARGEST_FILES", 1_000)
    monkeypatch.setattr(kept_import, "LARGEST_FILES", 1_000)
    app = decided(desk())
    assert "are not kept over a lost connection or a restart" in said(app)
    app = desk()
    assert "The files were too large to be kept: give them again; your choices are kept." in said(app)
    app = give(app, "interviews.qdpx", PROJECT)
    assert as_decided(app) == DECIDED
    assert "give them again" not in said(app)
    assert "give them again" in said(desk())


def test_another_file_than_was_asked_for_begins_anew(desk, monkeypatch):
    monkeypatch.setattr(drafts, "LARGEST_FILES", 1_000)
    decided(desk())
    app = give(desk(), "other.csv", b"a,b\n1,2\n")
    assert answer(app) == "Choose the files to bring in."
    assert "give them again" not in said(app)


def test_the_encoding_that_was_chosen_for_a_file_is_there_again(desk):
    app = give(desk(), "wales.csv", "ref;title\nW1;Llŷn\n".encode())
    key = next(box.key for box in app.main.selectbox if box.label == "Encoding")
    settled(app.main.selectbox(key=key).set_value("cp1252").run())
    assert desk().main.selectbox(key=key).value == "cp1252"


def test_the_choice_to_leave_faulty_rows_out_is_there_again(desk, tmp_path):
    folder = write_strand(tmp_path / "strand")
    file = folder / "findings.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("strengthened", "upward", 1), encoding="utf-8")
    app = press(press(given(desk(), folder), "Continue"), "Check")
    settled(app.main.checkbox(key="import_leave_out").check().run())
    app = desk()
    assert app.main.checkbox(key="import_leave_out").value is True
    assert "No error" in said(app)


def test_what_an_earlier_version_kept_and_none_can_read_is_said_to_have_begun_anew(desk, writable):
    drafts.keep(writable, visitor.current(), "one", "load", {"step": "Weigh"}, [("a.csv", b"a")])
    app = desk()
    assert "can no longer be read, so this began anew." in said(app)
    assert "No file is chosen yet." in said(app)
    assert "began anew" not in said(desk())


def test_a_word_left_open_stays_open_when_the_step_is_come_back_to(desk):
    app = press(press(decided(desk()), "Check"), "Back")
    assert as_decided(app) == DECIDED
