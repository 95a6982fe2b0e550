"""Codings come in whole or not at all, beside the agreed coding, and none is lost."""

import pytest
from sqlmodel import Session

from data.coders import round_loads, rounds
from data.coders.rounds import CodedFinding
from data.collection.access import NotAllowed, Standing, Visitor
from data.faults import Refused
from tests.data.importing.stored import ask, everything

EDITOR = Visitor("Ada", Standing.EDITOR)
GOOD = (
    "finding_id,themes,levers,lever_roles,direction,coder,coded_on\n"
    "COM-E001,T4.2;T1.1,L4.2,applied,mixed,C1,2026-11-24\n"
)


def written(tmp_path, text: str):
    path = tmp_path / "codings.csv"
    path.write_text(text, encoding="utf-8")
    return path


def held(engine) -> dict[str, rounds.Round]:
    with Session(engine) as session:
        return rounds.read(session, rounds.refs_of(session))


def test_a_file_becomes_a_coding_beside_the_agreed_one(writable, tmp_path):
    agreed = held(writable)["agreed"]
    record = round_loads.bring(writable, written(tmp_path, GOOD), "third", EDITOR)
    assert (record.title, record.covers, record.who) == (
        "Third coding", ["direction", "theme", "lever", "role"], "Ada",
    )  # fmt: skip
    assert held(writable)["third"].coded == {
        "COM-E001": CodedFinding(
            "mixed", frozenset({"T1.1", "T4.2"}), frozenset({"L4.2"}), {"L4.2": frozenset({"applied"})}, "C1",
            "2026-11-24",
        )
    }  # fmt: skip
    assert held(writable)["agreed"] == agreed


def test_a_file_covers_what_it_has_columns_for(writable, tmp_path):
    record = round_loads.bring(writable, written(tmp_path, "finding_id,direction\nCOM-E001,mixed\n"), "third", EDITOR)
    assert record.covers == ["direction"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["is empty; it should start with a row that names columns such as finding_id, themes, levers"]),
        ("finding_id,coder\nCOM-E001,C1\n", ["row 1: holds no code; give it at least one of the columns"]),
        ("ref,direction\nCOM-E001,mixed\n", ['row 1: column "ref" is none of', "row 1: missing column finding_id"]),
        ("finding_id,direction,direction\nCOM-E001,mixed,mixed\n", ["row 1: column direction stands more than once"]),
        ("finding_id,lever_roles\nCOM-E001,applied\n", ["row 1: column lever_roles stands without levers"]),
        ("finding_id,direction\nCOM-E001\n", ["row 2: has 1 cells where the header has 2"]),
        ("finding_id,direction\nCOM-E001,mixd\n", ['row 2 column direction: "mixd" is not one of strengthened']),
        ("finding_id,direction\n,mixed\n", ["row 2 column finding_id: is empty"]),
        (
            "finding_id,direction\nCOM-E01,mixed\n",
            ['row 2 column finding_id: "COM-E01" is no finding of the collection'],
        ),
        (
            "finding_id,direction\nCOM-E001,mixed\nCOM-E001,mixed\n",
            ['row 3 column finding_id: "COM-E001" stands already in row 2'],
        ),
        (
            "finding_id,themes,levers,lever_roles\nCOM-E001,T99,L1.1;L2.1,tried\n",
            [
                'row 2 column themes: "T99" is not a theme code of the codebook',
                "row 2 column lever_roles: 1 role for 2 levers; give each lever its role, in the same order",
                'row 2 column lever_roles: "tried" is not one of applied, withdrawn, lacking, proposed',
            ],
        ),
    ],
)
def test_every_fault_is_named_by_row_and_column_and_nothing_comes_in(writable, tmp_path, text, faults):
    before = everything(writable)
    with pytest.raises(Refused) as refused:
        round_loads.bring(writable, written(tmp_path, text), "third", EDITOR)
    assert len(refused.value.faults) == len(faults)
    assert all(fault in str(said) for fault, said in zip(faults, refused.value.faults, strict=True))
    assert everything(writable) == before


def test_bytes_that_are_not_utf_8_are_named(writable, tmp_path):
    path = tmp_path / "codings.csv"
    path.write_bytes("finding_id,direction,coder\nCOM-E001,mixed,Zoë\n".encode("cp1252"))
    with pytest.raises(Refused, match="row 2 column coder: byte 0xEB is not UTF-8"):
        round_loads.bring(writable, path, "third", EDITOR)


@pytest.mark.parametrize(("name", "said"), [("agreed", "the coding that the collection counts by"), ("", "no name"),
                                            ("a b", "no name"), ("x" * 41, "no name")])  # fmt: skip
def test_a_name_must_be_one_that_can_be_typed(writable, tmp_path, name, said):
    with pytest.raises(Refused, match=said):
        round_loads.bring(writable, written(tmp_path, GOOD), name, EDITOR)


def test_a_coding_of_the_same_name_takes_its_place_until_it_is_withdrawn(writable, tmp_path):
    round_loads.bring(writable, written(tmp_path, GOOD), "first", EDITOR)
    assert list(held(writable)["first"].coded) == ["COM-E001"]
    round_loads.withdraw(writable, "first", EDITOR)
    assert len(held(writable)["first"].coded) == 543
    assert ask(writable, "SELECT count(*) FROM coding_round WHERE name = 'first'") == [(2,)]


def test_withdrawing_what_is_not_there_names_the_nearest(writable):
    with pytest.raises(Refused, match=r'no coding of the name frist; did you mean "first"\?'):
        round_loads.withdraw(writable, "frist", EDITOR)


def test_shipped_codings_come_in_once_and_stay_withdrawn(writable):
    before = everything(writable)
    assert round_loads.bring_shipped(writable) == []
    assert everything(writable) == before
    round_loads.withdraw(writable, "check", EDITOR)
    assert round_loads.bring_shipped(writable) == []
    assert "check" not in held(writable)


def test_a_shipped_file_that_has_changed_comes_in_anew(writable, tmp_path):
    for path in round_loads.FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "check_coding.csv").write_text("finding_id,direction\nCOM-E001,mixed\n")
    assert round_loads.bring_shipped(writable, tmp_path) == ["check"]
    assert list(held(writable)["check"].coded) == ["COM-E001"]


def test_a_missing_shipped_file_is_named_and_nothing_comes_in(engine, tmp_path, small_collection):
    before = everything(small_collection)
    with pytest.raises(Refused, match=r"first_coding.csv: cannot be read: No such file"):
        round_loads.bring_shipped(small_collection, tmp_path)
    assert everything(small_collection) == before


def test_reasons_are_added_once(writable, tmp_path):
    path = tmp_path / "why.csv"
    path.write_text("finding_id,why,settled_on\nCOM-E002,Nothing else is told,2026-11-24\n")
    assert [round_loads.bring_reasons(writable, path, EDITOR) for _ in range(2)] == [1, 0]
    path.write_text("finding_id,why\nCOM-E002,\n")
    with pytest.raises(Refused, match="row 2 column why: is empty"):
        round_loads.bring_reasons(writable, path, EDITOR)


@pytest.mark.parametrize("standing", [Standing.VIEWER, Standing.PARTICIPANT])
def test_only_editors_bring_codings_in_or_withdraw_them(writable, tmp_path, standing):
    visitor, before = Visitor("Ben", standing), everything(writable)
    for change in (
        lambda: round_loads.bring(writable, written(tmp_path, GOOD), "third", visitor),
        lambda: round_loads.bring_reasons(writable, written(tmp_path, GOOD), visitor),
        lambda: round_loads.withdraw(writable, "first", visitor),
    ):
        with pytest.raises(NotAllowed, match="only editors may"):
            change()
    assert everything(writable) == before
