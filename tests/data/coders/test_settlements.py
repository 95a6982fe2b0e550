"""A settled code becomes the agreed one, with who and why; it outlives a reload, until the file says something else."""

import json
import sqlite3

import pytest
from sqlmodel import Session

from data.coders import coding_differences
from data.coders.rounds import NOTHING
from data.coders.settlements import Settled, Unsettled, settle
from data.collection import codebook as codebooks
from data.collection.access import NotAllowed, Standing, Visitor
from data.collection.database import ask as ask_session
from data.collection.database import data_version
from data.filters.filter import Filter
from data.importing.loads import loading, prepared_load
from data.importing.loads.settled import chosen, values
from data.importing.loads.undoing import undo
from data.importing.strand_files import read
from tests.data.importing.small_strand import FINDINGS, changed, write_strand
from tests.data.importing.stored import ask, everything, evidence

EDITOR = Visitor("Ada", Standing.EDITOR)
AGREED = chosen("strengthened", ["T1.2", "T2.2"], [("L6.1", "applied")])
OTHER = chosen("mixed", ["T1.2"], [("L6.1", "applied"), ("L1.2", "lacking")])
WHY = "The survey asked readers only"


def coding(engine, ref: str = "E1") -> tuple[object, ...]:
    row = evidence(engine)["findings"][ref]
    return tuple(row[column] for column in ("direction", "themes", "levers", "lever_roles"))


def settled(engine) -> list[tuple[object, ...]]:
    return ask(engine, "SELECT finding, facet, value, filed, why, who, load_id FROM settlement ORDER BY id")


def test_the_settled_code_becomes_the_agreed_one(small_collection):
    before = evidence(small_collection)
    assert settle(small_collection, EDITOR, "E1", AGREED, OTHER, f" {WHY} ") == Settled(
        "E1", ("direction", "themes", "levers"), 2
    )
    after = evidence(small_collection)
    assert coding(small_collection) == ("mixed", "T1.2", "L1.2;L6.1", "lacking;applied")
    changed_columns = {key for key, value in after["findings"]["E1"].items() if before["findings"]["E1"][key] != value}
    assert changed_columns == {"direction", "themes", "levers", "lever_roles"}
    assert {**after["findings"], "E1": None} == {**before["findings"], "E1": None}
    assert after["sources"] == before["sources"]


def test_it_is_kept_who_settled_it_and_why_and_what_the_files_said(small_collection):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    assert settled(small_collection) == [
        ("E1", "direction", "mixed", "strengthened", WHY, "Ada", 2),
        ("E1", "themes", "T1.2", "T1.2;T2.2", WHY, "Ada", 2),
        ("E1", "levers", "L1.2 lacking;L6.1 applied", "L6.1 applied", WHY, "Ada", 2),
    ]


def test_it_is_a_change_like_a_load_with_the_finding_as_it_was(small_collection):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    assert ask(small_collection, "SELECT action, who, note, files, changed, version FROM load WHERE id = 2") == [
        ("settle", "Ada", f"E1: {WHY}", "[]", 1, 2)
    ]
    query = "SELECT kind, ref, what, \"before\" ->> 'direction', \"before\" ->> 'themes' FROM change WHERE load_id = 2"
    assert ask(small_collection, query) == [("finding", "E1", "changed", "strengthened", "T1.2;T2.2")]
    assert ask_session(small_collection, data_version).number == 2


def test_wider_codes_are_implied_anew(small_collection):
    settle(small_collection, EDITOR, "E1", AGREED, chosen("mixed", ["T4.1"], []), WHY)
    query = "SELECT theme, coded FROM finding_theme l JOIN finding f ON f.id = l.finding_id WHERE ref = 'E1'"
    assert sorted(ask(small_collection, query)) == [("T4", 0), ("T4.1", 1)]


def test_what_is_agreed_already_can_be_settled_and_changes_nothing_else(small_collection):
    before = everything(small_collection)
    assert settle(small_collection, EDITOR, "E1", AGREED, AGREED, WHY) == Settled("E1", (), None)
    after = everything(small_collection)
    assert len(after.pop("settlement")) == 3
    for table in ("settlement", "audit", "sqlite_sequence"):
        before.pop(table), after.pop(table, None)
    assert after == before


@pytest.mark.parametrize("standing", [Standing.VIEWER, Standing.PARTICIPANT])
def test_only_editors_settle(small_collection, standing):
    before = everything(small_collection)
    with pytest.raises(NotAllowed, match="only editors may settle codings; Ben is a"):
        settle(small_collection, Visitor("Ben", standing), "E1", AGREED, OTHER, WHY)
    assert everything(small_collection) == before


@pytest.mark.parametrize(
    ("ref", "seen", "choice", "why", "said"),
    [
        ("E1", AGREED, OTHER, " ", "say why"),
        ("E1", AGREED, OTHER, "x" * 1_001, "1,001 characters long; at most 1,000"),
        ("E1", AGREED, chosen("mixd", [], []), WHY, 'direction "mixd" is not one of'),
        ("E1", AGREED, chosen("mixed", ["T9.9"], []), WHY, '"T9.9" is not a theme code'),
        ("E1", AGREED, chosen("mixed", [], [("L6.1", "tried")]), WHY, 'role "tried" is not one of'),
        ("E1", OTHER, OTHER, WHY, "has been changed since this page was drawn"),
        ("E9", AGREED, OTHER, WHY, 'the collection has no finding "E9"'),
    ],
)
def test_a_choice_that_is_not_sound_is_refused_and_nothing_changes(small_collection, ref, seen, choice, why, said):
    before = everything(small_collection)
    with pytest.raises(Unsettled, match=said):
        settle(small_collection, EDITOR, ref, seen, choice, why)
    assert everything(small_collection) == before


def test_each_settlement_is_a_line_of_the_log(small_collection):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    [line] = ask(small_collection, "SELECT who, action, \"before\", after FROM audit WHERE subject = 'finding E1'")
    assert line[:2] == ("Ada", "settle")
    assert json.loads(str(line[2])) == values(AGREED)
    assert json.loads(str(line[3])) == {**values(OTHER), "why": WHY, "load": 2}


@pytest.mark.parametrize("change", ["UPDATE settlement SET why = ''", "DELETE FROM settlement",
                                    "INSERT OR REPLACE INTO settlement SELECT * FROM settlement"])  # fmt: skip
def test_what_is_settled_is_never_altered_or_deleted(small_collection, change):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    with pytest.raises(sqlite3.IntegrityError, match="the record of settlements only grows"):
        ask(small_collection, change)


def reload(engine, tmp_path, **row: object) -> None:
    """Load the small strand again, with E1 altered in its file, in place of all of the strand."""
    folder = write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": row}))
    loading.load(engine, [folder], {"community"})


def test_a_settled_code_outlives_a_reload_of_the_same_file(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    after, version = evidence(small_collection), ask_session(small_collection, data_version)
    reload(small_collection, tmp_path)
    assert evidence(small_collection) == after
    assert ask_session(small_collection, data_version) == version


def test_other_columns_of_the_file_still_come_in(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    reload(small_collection, tmp_path, place="Ashington")
    assert coding(small_collection) == ("mixed", "T1.2", "L1.2;L6.1", "lacking;applied")
    assert evidence(small_collection)["findings"]["E1"]["place"] == "Ashington"


def test_a_facet_whose_file_has_changed_since_follows_the_file_and_the_others_stay_settled(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    reload(small_collection, tmp_path, direction="impeded")
    assert coding(small_collection) == ("impeded", "T1.2", "L1.2;L6.1", "lacking;applied")
    reload(small_collection, tmp_path)
    assert coding(small_collection)[0] == "strengthened", "a settlement that a file has overruled has ended"


def test_what_is_settled_twice_is_held_against_the_file_and_not_the_first_settlement(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    settle(small_collection, EDITOR, "E1", OTHER, OTHER._replace(direction="unclear"), "On reflection")
    assert [row[3] for row in settled(small_collection) if row[1] == "direction"] == ["strengthened", "strengthened"]
    reload(small_collection, tmp_path)
    assert coding(small_collection)[0] == "unclear"


def test_a_settlement_that_was_taken_back_does_not_return_with_a_reload(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    settle(small_collection, EDITOR, "E1", OTHER, AGREED, "The first reading was right")
    reload(small_collection, tmp_path)
    assert coding(small_collection) == ("strengthened", "T1.2;T2.2", "L6.1", "applied")


def test_a_settlement_that_was_undone_does_not_return_with_a_reload_and_does_when_the_undo_is_undone(
    small_collection, tmp_path
):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    taken_back = undo(small_collection, 2, EDITOR)
    assert coding(small_collection)[0] == "strengthened"
    reload(small_collection, tmp_path)
    assert coding(small_collection)[0] == "strengthened"
    undo(small_collection, taken_back.id or 0, EDITOR)
    reload(small_collection, tmp_path)
    assert coding(small_collection)[0] == "mixed"


def test_a_file_that_overrules_a_settlement_is_named_before_it_does(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    folder = write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": {"direction": "impeded"}}))
    [warning] = prepared_load.prepare(small_collection, read([folder])).warnings
    assert str(warning) == (
        'settlements: column direction: finding "E1": direction was settled as "mixed" by Ada, and the file says '
        "something else than it did then; the file stands"
    )
    assert coding(small_collection)[0] == "mixed"


def test_reasons_say_which_settlement_still_stands(small_collection, tmp_path):
    def standing() -> list[tuple[str, str, bool]]:
        with Session(small_collection) as session:
            given = coding_differences.reasons(session, Filter(), codebooks.read(session), NOTHING)["E1"]
        return [(reason.facet, reason.why, reason.stands) for reason in given if reason.facet == "direction"]

    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    settle(small_collection, EDITOR, "E1", OTHER, OTHER._replace(direction="unclear"), "On reflection")
    assert standing() == [("direction", WHY, False), ("direction", "On reflection", True)]
    reload(small_collection, tmp_path, direction="impeded")
    assert standing() == [("direction", WHY, False), ("direction", "On reflection", False)]


def test_a_new_row_takes_nothing_from_settlements_of_others(small_collection, tmp_path):
    settle(small_collection, EDITOR, "E1", AGREED, OTHER, WHY)
    rows = [*FINDINGS, {**FINDINGS[0], "finding_id": "E4"}]
    loading.load(small_collection, [write_strand(tmp_path / "strand", rows)])
    assert coding(small_collection, "E4") == ("strengthened", "T1.2;T2.2", "L6.1", "applied")


def test_a_lever_may_stand_in_two_roles(small_collection):
    both = chosen("mixed", [], [("L6.1", "withdrawn"), ("L6.1", "applied")])
    settle(small_collection, EDITOR, "E1", AGREED, both, WHY)
    assert coding(small_collection)[2:] == ("L6.1;L6.1", "applied;withdrawn")
    assert values(both)["levers"] == "L6.1 applied;L6.1 withdrawn"
