"""Saying what their columns and words mean: by lists to choose from, and so that the last choice always counts."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import Session, col, select
from streamlit.testing.v1 import AppTest

from components.loading.mapping.mapping_parts import SIZE
from components.store import store
from data.collection import database
from data.importing.mapping.saved import saved
from data.importing.mapping.targets import Target
from models import Access, Source
from tests.data.importing.mapping.raw_files import FILES
from tests.pages.test_load import press, settled
from tests.pages.test_pages import answer, said

ONCE = {"Direction": "strengthened", "Confidence": "low", "Strand": "community"}


@pytest.fixture
def own(shipped_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Set a copy of the shipped evidence as the dashboard's, and return its address."""
    shutil.copy(shipped_file, tmp_path / "own.sqlite")
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))
    yield f"sqlite:///{tmp_path / 'own.sqlite'}"
    store.forget()


@pytest.fixture
def start(open_page, own, monkeypatch) -> Callable[[str, bytes], AppTest]:
    """Return a function that gives the page a file and goes on to the mapping."""

    def begun(name: str, contents: bytes) -> AppTest:
        monkeypatch.setenv("DATABASE_URL", own)
        store.forget()
        app = open_page("load")
        app.file_uploader(key="import_files").upload(name, contents)
        return press(settled(app.run()), "Continue")

    return begun


def chooser(app: AppTest, label: str):
    """Return the list to choose from that bears a label."""
    return next(one for kind in (app.main.selectbox, app.main.multiselect) for one in kind if one.label == label)


def choose(app: AppTest, choices: dict[str, object]) -> AppTest:
    for label, value in choices.items():
        app = settled(chooser(app, label).set_value(value).run())
    return app


@pytest.fixture
def project(start) -> AppTest:
    """Return the page at the mapping of a project of another program."""
    return start("interviews.qdpx", (FILES / "aqda.qdpx").read_bytes())


def test_a_word_means_what_is_chosen_and_what_is_suggested_until_it_is_taken_away(project):
    app = choose(project, {
        "What Transport means here": ["theme T1.9", "lever L6.4 lacking"],
        "What Places › Libraries means here": [],
        "What Places means here": ["not ours"],
    })  # fmt: skip
    assert "1 word without a meaning, which stays behind." in said(app)
    press(app, "Save it")
    words = saved("interviews").words["codes"]
    assert words == {
        "Transport": (Target("theme", "T1.9"), Target("lever", "L6.4", "lacking")), "Places": (),
        "Transport::Libraries": (Target("theme", "T1.2"),),
    }  # fmt: skip


def test_a_word_that_means_a_lever_asks_for_its_role_before_the_check(project):
    app = choose(project, ONCE)
    assert "Still needed" not in said(app)
    app = choose(app, {"What Transport means here": ["lever L6.4"]})
    assert "Still needed: roles of policy levers." in said(app)
    app = press(choose(app, {"Roles of policy levers": "applied"}), "Check")
    assert "No error" in said(app)


def test_columns_that_a_format_itself_names_are_shown_in_words(project):
    app = settled(project.text_input(key="find_columns").set_value("finding").run())
    labels = [box.label for box in app.main.selectbox if box.label.startswith("What the column ")]
    assert labels == ["What the column Ref of the finding fills", "What the column Text of the finding fills"]


def test_a_column_fills_what_is_chosen(project):
    app = choose(project, {"What the column group fills": "population", "What the column path fills": "not ours"})
    press(app, "Save it")
    columns = saved("interviews").columns["Sources"]
    assert (columns["group"], columns["path"], columns["region"]) == ("population", "not ours", "regions")


def test_what_is_chosen_stays_when_another_mapping_step_is_taken_and_come_back_from(project):
    app = choose(project, {"What Transport means here": ["theme T1.9"], **ONCE})
    app = press(press(app, "Check"), "Back")
    assert chooser(app, "What Transport means here").value == ["theme T1.9"]
    assert chooser(app, "Strand").value == "community"


def test_the_last_choice_counts_though_the_press_comes_in_the_same_instant(project, own):
    app = choose(project, {"Direction": "strengthened", "Confidence": "low"})
    chooser(app, "Strand").set_value("community")
    app = press(app, "Check")
    assert "No error" in said(app)
    app = press(app, "See what would change")
    app.main.selectbox(key="import_access").set_value("team")
    app = press(app, "Go on to confirm")
    assert "All of it is for: Editors alone (team)." in said(app)
    app.main.text_input(key="import_note").set_value("From the team in Blyth")
    app = press(app, "Bring it in")
    assert answer(app) == "Load 2 is done."
    app = press(app, "Undo this load")
    assert "sources: 1 leaves the collection; findings: 3 leave the collection." in said(app)
    engine = database.open_engine(own)
    with Session(engine) as session:
        brought = session.exec(select(Source).where(col(Source.ref).startswith("INTERVIEWS-"))).all()
        assert [source.access for source in brought] == [Access.TEAM]
    assert database.ask(engine, database.loads)[0].note == "From the team in Blyth"
    engine.dispose()


def test_a_code_is_added_as_it_was_typed_in_the_instant_before_the_press(project):
    app = project.text_input(key="code_name").set_value("Kiosks").run()
    next(field for field in app.text_input if field.label == "Code").set_value("T1.77")
    press(app, "Add the code")
    assert "theme T1.77: Kiosks." in said(app)


def test_a_mapping_is_begun_from_as_it_was_chosen_in_the_instant_before_the_press(project):
    app = press(choose(project, {"What Transport means here": ["theme T1.9"]}), "Save it")
    app.text_input(key="mapping_name").set_value("another")
    app = press(choose(app, {"What Transport means here": ["theme T1.1"]}), "Save it")
    app = choose(app, {"Start from a saved mapping": "another"})
    chooser(app, "Start from a saved mapping").set_value("interviews")
    app = press(app, "Start from it")
    assert "The mapping “interviews” is used." in said(app)
    assert chooser(app, "What Transport means here").value == ["theme T1.9"]


def test_long_lists_stand_in_parts_to_turn_and_to_search(start):
    names = [f"Code {number:02}" for number in range(30)]
    rows = "".join(f"{number},{name},Said {number}\n" for number, name in enumerate(names))
    app = start("coded.csv", f"ref,theme,finding\n{rows}".encode())
    assert f"Words 1 to {SIZE} of 30." in said(app)
    app = choose(app, {"What Code 00 means here": ["theme T1.1"]})
    app = settled(app.number_input(key="part_words").set_value(3).run())
    assert f"Words {2 * SIZE + 1} to 30 of 30." in said(app)
    app = choose(app, {"What Code 29 means here": ["theme T1.2"]})
    app = settled(app.text_input(key="find_words").set_value("code 00").run())
    assert "Words 1 to 1 of 1." in said(app)
    assert chooser(app, "What Code 00 means here").value == ["theme T1.1"]
    press(app, "Save it")
    assert saved("coded").words["themes"] == {
        "Code 00": (Target("theme", "T1.1"),), "Code 29": (Target("theme", "T1.2"),)
    }  # fmt: skip


ONE_HOT = FILES.parent / "exports" / "onehot_min.csv"
PRESENT = ("Libraries", "Youth clubs", "Parks")


def fills(app: AppTest, column: str) -> str:
    return chooser(app, f"What the column {column} fills").value


def test_one_press_drops_all_guesses_and_one_takes_them(start):
    app = start("onehot.csv", ONE_HOT.read_bytes())
    assert "3 guesses, first in the list; 3 taken." in said(app)
    assert {fills(app, column) for column in PRESENT} == {"presence"}
    app = settled(app.button(key="guesses_drop_columns").click().run())
    assert "3 guesses, first in the list; 0 taken." in said(app)
    assert {fills(app, column) for column in PRESENT} == {""}
    assert fills(app, "Finding") == "finding"
    app = settled(app.button(key="guesses_take_columns").click().run())
    assert {fills(app, column) for column in PRESENT} == {"presence"}
    assert "3 guesses, first in the list; 3 taken." in said(app)  # of words
    app = settled(app.button(key="guesses_drop_words").click().run())
    assert chooser(app, "What Parks means here").value == []


def test_many_columns_are_set_at_once(start):
    app = start("onehot.csv", ONE_HOT.read_bytes())
    app.multiselect(key="columns_many").set_value([("", column) for column in PRESENT])
    app.selectbox(key="columns_many_field").set_value("not ours")
    app = press(app, "Set them")
    assert {fills(app, column) for column in PRESENT} == {"not ours"}


def test_references_alone_need_nothing_more(start):
    app = start("zotero.csv", (FILES.parent / "exports" / "zotero_min.csv").read_bytes())
    assert "Known as an export of Zotero." in said(app)
    assert "Still needed" not in said(app)
    assert chooser(app, "Strand").value == "literature"


def test_passages_of_interviews_are_for_the_team_unless_chosen_otherwise(project):
    assert chooser(project, "Who may see it").value == "team"
    assert "passages of what people said are for the team alone, unless you choose otherwise." in said(project)
