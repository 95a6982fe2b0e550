"""The Load page: evidence from file to view and back, what is wrong with a file, and who may do none of it."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from components.requests.server_address import is_loopback
from components.store import store, visitor
from data.collection import database
from data.collection.access import Standing, Visitor
from models import Load, Source, Theme
from tests.data.importing.mapping.test_codebook_alone import QDC
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand
from tests.pages.test_pages import answer, said

EDITORS_PAGES = ("load", "history")
PATIENCE_SECONDS = 60


@pytest.fixture
def editing(shipped_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set a copy of the shipped evidence as the dashboard's, and return its address."""
    shutil.copy(shipped_file, tmp_path / "own.sqlite")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'own.sqlite'}")
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))
    store.forget()
    yield f"sqlite:///{tmp_path / 'own.sqlite'}"
    store.forget()


def opened(open_page: Callable[..., AppTest], script: str, address: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("DATABASE_URL", address)
    return open_page(script)


def settled(app: AppTest) -> AppTest:
    """Return the page once no work is under way."""
    end = time.monotonic() + PATIENCE_SECONDS
    while any(button.label == "Cancel" for button in app.main.button):
        assert time.monotonic() < end
        app = app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    return settled(next(button for button in app.main.button if button.label == label).click().run())


def given(app: AppTest, folder: Path) -> AppTest:
    for name in ("sources.csv", "findings.csv"):
        app.file_uploader(key="import_files").upload(name, (folder / name).read_bytes())
    return settled(app.run())


def loads(address: str) -> list[tuple[str, str, int, int]]:
    engine = database.open_engine(address)
    with Session(engine) as session:
        found = [(load.action, load.who, load.added, load.changed) for load in session.exec(select(Load))]
    engine.dispose()
    return found


def test_a_file_of_ours_goes_from_choice_to_view_and_back(open_page, editing, tmp_path, monkeypatch):
    before = loads(editing)
    app = opened(open_page, "load", editing, monkeypatch)
    app = given(app, write_strand(tmp_path / "strand"))
    app = press(app, "Continue")
    assert "The columns are named as ours" in said(app)
    app = press(app, "Check")
    assert "No fault was found." in said(app)
    app = press(app, "See what would change")
    assert f"Sources: {len(SOURCES)} added; findings: {len(FINDINGS)} added." in said(app)
    app = press(app, "Go on to confirm")
    assert "local user brings in sources.csv and findings.csv." in said(app)
    assert loads(editing) == before
    app = press(app, "Bring it in")
    assert answer(app) == f"Load {len(before) + 1} is done."
    total = len(SOURCES) + len(FINDINGS)
    assert loads(editing) == [*before, ("load", "local user", total, 0)]
    app = press(app, "Undo this load")
    assert f"findings: {len(FINDINGS)} leave the collection." in said(app)
    app = press(app, "Yes, undo it")
    assert loads(editing)[-1][:2] == ("undo", "local user")
    engine = database.open_engine(editing)
    with Session(engine) as session:
        refs = set(session.exec(select(Source.ref)))
    engine.dispose()
    assert refs & {row["source_id"] for row in SOURCES} == set()


def test_errors_stop_at_the_check_and_nothing_is_written(open_page, editing, tmp_path, monkeypatch):
    before = loads(editing)
    wrong = changed(FINDINGS, {"E1": {"direction": "better"}})
    app = given(opened(open_page, "load", editing, monkeypatch), write_strand(tmp_path / "strand", wrong))
    app = press(press(app, "Continue"), "Check")
    assert "1 error, which stops the load." in said(app)
    assert next(button for button in app.main.button if button.label == "See what would change").disabled
    assert app.dataframe[0].value[["Severity", "File", "Row", "Column", "Value"]].to_numpy().tolist() == [
        ["error", "findings.csv", 2, "direction", "better"]
    ]
    assert loads(editing) == before


def test_a_faulty_row_is_left_out_by_choice_and_told_at_each_step(open_page, editing, tmp_path, monkeypatch):
    wrong = changed(FINDINGS, {"E1": {"direction": "better"}})
    app = given(opened(open_page, "load", editing, monkeypatch), write_strand(tmp_path / "strand", wrong))
    app = press(press(app, "Continue"), "Check")
    assert "findings.csv: 3 rows read = 3 findings + 0 joined + 0 left" in said(app)
    (choice,) = [box for box in app.main.checkbox if box.label == "Leave out 1 faulty row and bring in the others"]
    app = settled(choice.check().run())
    assert "No error; 1 warning to look at first." in said(app)
    told = "left: row 2: faulty, and left out as chosen: direction &#34;better&#34; is not one of"
    assert "findings.csv: 3 rows read = 2 findings + 0 joined + 1 left" in said(app)
    assert told in said(app)
    app = press(app, "See what would change")
    assert told in said(app)
    app = press(press(app, "Go on to confirm"), "Bring it in")
    assert loads(editing)[-1] == ("load", "local user", len(SOURCES) + len(FINDINGS) - 1, 0)
    app = settled(opened(open_page, "history", editing, monkeypatch).run())
    app = settled(app.selectbox(key="history_load").set_value(len(loads(editing))).run())
    assert told in said(app)


def test_one_access_can_be_given_to_all_that_comes_in(open_page, editing, tmp_path, monkeypatch):
    app = given(opened(open_page, "load", editing, monkeypatch), write_strand(tmp_path / "strand"))
    app = press(press(press(app, "Continue"), "Check"), "See what would change")
    app = settled(app.selectbox(key="import_access").set_value("team").run())
    press(press(app, "Go on to confirm"), "Bring it in")
    engine = database.open_engine(editing)
    with Session(engine) as session:
        held = {source.ref: source.access for source in session.exec(select(Source))}
    engine.dispose()
    assert [held[str(row["source_id"])] for row in SOURCES] == ["team"] * len(SOURCES)


@pytest.mark.parametrize("script", EDITORS_PAGES)
@pytest.mark.parametrize(
    ("address", "way"),
    [("localhost", "Open the address that the dashboard printed"), ("0.0.0.0", "sign-in is not set up")],
)
def test_others_are_refused_told_how_to_become_one_and_shown_no_way_to_it(open_page, monkeypatch, script, address, way):
    monkeypatch.setattr(visitor, "WAYS", (lambda: Visitor("reader", Standing.VIEWER),))
    monkeypatch.setattr(visitor, "listens_on_loopback", lambda: is_loopback(address))
    app = open_page(script)
    assert not app.exception
    assert answer(app).startswith("Only editors may ")
    assert way in said(app)
    assert not app.main.button
    assert not app.get("file_uploader")


def test_an_editor_begins_a_collection_where_there_is_none(open_page, tmp_path, monkeypatch):
    address = f"sqlite:///{tmp_path / 'new.sqlite'}"
    app = opened(open_page, "load", address, monkeypatch)
    app = press(given(app, write_strand(tmp_path / "strand")), "Continue")
    assert "there is no database to keep it in" in said(app)
    for label in ("Check", "See what would change", "Go on to confirm", "Bring it in"):
        app = press(app, label)
    assert [load[:2] for load in loads(address)] == [("load", "local user")]
    assert answer(app.switch_page("pages/findings.py").run()).startswith(f"{len(FINDINGS)} findings")


def test_a_codebook_alone_becomes_additions_to_ours_and_is_taken_back(open_page, editing, monkeypatch):
    before = loads(editing)
    app = opened(open_page, "load", editing, monkeypatch)
    app.file_uploader(key="import_files").upload("codes.qdc", QDC.encode())
    app = settled(app.run())
    assert "1 file read: 3 codes." in said(app)
    assert "Format REFI-QDA codebook " in " ".join(said(app).split())
    app = press(app, "Continue")
    app = press(press(app, "Add 3 codes of the file"), "Take all away")
    app = press(app, "Add 3 codes of the file")
    assert "Warm rooms" in said(app)
    app = press(app, "Check")
    assert "No fault was found." in said(app)
    app = press(press(app, "See what would change"), "Go on to confirm")
    assert "Codebook: 3 codes changed." in said(app)
    app = press(app, "Bring it in")
    assert added_codes(editing) == {"Warm rooms", "Chess in them", "Lidos"}
    assert "Warm rooms" in said(app.switch_page("pages/themes.py").run())
    app = settled(app.switch_page("pages/history.py").run())
    app = settled(app.selectbox(key="history_load").set_value(len(before) + 1).run())
    app = press(press(app, "Undo this load"), "Yes, undo it")
    assert f"Load {len(before) + 1} is undone" in said(app)
    assert [load[0] for load in loads(editing)[len(before) :]] == ["load", "undo"]
    assert added_codes(editing) == set()
    assert "Warm rooms" not in said(app.switch_page("pages/themes.py").run())


def added_codes(address: str) -> set[str]:
    engine = database.open_engine(address)
    with Session(engine) as session:
        names = ["Warm rooms", "Chess in them", "Lidos"]
        found = set(session.exec(select(Theme.name).where(col(Theme.name).in_(names))))
    engine.dispose()
    return found


def test_what_two_files_both_tell_comes_in_once_and_likely_duplicates_are_named(
    open_page, editing, tmp_path, monkeypatch
):
    app = opened(open_page, "load", editing, monkeypatch)
    twin = {**SOURCES[0], "source_id": "S9", "title": "A library and its reader"}
    one, two = write_strand(tmp_path / "one", (), SOURCES), write_strand(tmp_path / "two", (), [SOURCES[0], twin])
    for name, folder in (("one.csv", one), ("two.csv", two)):
        app.file_uploader(key="import_files").upload(name, (folder / "sources.csv").read_bytes())
    app = press(press(settled(app.run()), "Continue"), "Check")
    assert "No fault was found." in said(app)
    app = press(app, "See what would change")
    assert f"Sources: {len(SOURCES) + 1} added" in said(app)
    assert "two.csv: 2 rows read = 1 source + 1 joined + 0 left" in said(app)
    assert [list(row)[:4] for row in app.dataframe[0].value.to_numpy()] == [["source", "S1", "S9", "added too"]]
