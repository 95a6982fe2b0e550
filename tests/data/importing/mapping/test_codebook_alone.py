"""A codebook (.qdc) without findings: its codes become additions to ours in one load, which is undone like any."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.__main__ import main
from data.collection.codebook import Codebook
from data.faults import Refused
from data.importing.codebook.additions import Addition
from data.importing.loads import prepared_load
from data.importing.mapping import Mapping, bring
from data.importing.mapping.fields import CODES
from data.importing.mapping.saved import save
from data.importing.mapping.suggesting.proposal import propose
from data.importing.mapping.taking_codes import with_codes, without_codes, without_meaning
from data.importing.mapping.targets import Target
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawCode, RawFile

QDC = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="a program"><Codes>
<Code guid="C1" name="Warm rooms" isCodable="true"><Description>Where people
keep warm</Description><Code guid="C2" name="Chess in them" isCodable="true"/></Code>
<Code guid="C3" name="Lidos" isCodable="true"/></Codes></CodeBook>"""


@pytest.fixture(autouse=True)
def mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))


@pytest.fixture
def raw() -> RawFile:
    return read_any("codes.qdc", QDC.encode())


def taken(raw: RawFile, codebook: Codebook) -> Mapping:
    """Return a mapping that means Lidos by a theme of ours, and adds the two others below T1."""
    mapping = propose(raw, "Their team", codebook).with_words([(CODES, "Lidos", (Target("theme", "T1"),))])
    wanted = [code.id for code in without_meaning(raw.codes, mapping, codebook)]
    assert wanted == ["Warm rooms", "Warm rooms::Chess in them"]
    return with_codes(mapping, raw.codes, wanted, "theme", "T1", codebook)


ADDED = (
    Addition("theme", "T1.10", "T1", "Warm rooms", "Where people keep warm"),
    Addition("theme", "T1.10.1", "T1.10", "Chess in them"),
)


def test_codes_are_added_below_those_they_stand_in_and_meant_by_what_they_became(
    raw: RawFile, codebook: Codebook
) -> None:
    mapping = taken(raw, codebook)
    assert mapping.additions == ADDED
    assert mapping.targets(CODES, "Warm rooms::Chess in them") == (Target("theme", "T1.10.1"),)
    brought = bring(raw, mapping, codebook)
    assert (brought.files.faults, brought.left, brought.additions) == ([], [], ADDED)


def test_a_code_stands_below_what_the_one_around_it_means(raw: RawFile, codebook: Codebook) -> None:
    mapping = propose(raw, "T", codebook).with_words([(CODES, "Warm rooms", (Target("theme", "T2"),))])
    (addition,) = with_codes(mapping, raw.codes, ["Warm rooms::Chess in them"], "theme", "", codebook).additions
    assert addition.parent == "T2"
    (addition,) = with_codes(mapping, raw.codes, ["Warm rooms::Chess in them"], "lever", "", codebook).additions
    assert (addition.parent, addition.code[0]) == ("", "L")


def test_a_code_given_up_leaves_its_words_open_again(raw: RawFile, codebook: Codebook) -> None:
    mapping = without_codes(taken(raw, codebook), [ADDED[1]])
    assert mapping.additions == ADDED[:1]
    assert mapping.targets(CODES, "Warm rooms") == (Target("theme", "T1.10"),)
    assert mapping.targets(CODES, "Warm rooms::Chess in them") is None


def test_many_codes_are_numbered_each_for_itself(codebook: Codebook) -> None:
    codes = [RawCode(f"Code {number}", f"Code {number}") for number in range(3_000)]
    mapping = with_codes(Mapping("T"), codes, {code.id for code in codes}, "theme", "T1", codebook)
    assert [addition.code for addition in mapping.additions] == [f"T1.{number}" for number in range(10, 3_010)]


def test_where_none_is_added_nothing_is_brought_in_and_that_is_an_error(
    raw: RawFile, codebook: Codebook, writable: Engine
) -> None:
    brought = bring(raw, Mapping("T"), codebook)
    assert [(str(fault), fault.warning) for fault in brought.files.faults] == [
        ("codes.qdc: holds codes alone, and the mapping adds none to the codebook: nothing of it is brought in", False)
    ]
    with pytest.raises(Refused):
        prepared_load.prepare(writable, brought.files)


def themes(engine: Engine) -> dict[str, tuple[str | None, str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT code, parent, name, definition FROM theme"))
        return {row.code: (row.parent, row.name, row.definition) for row in rows}


def test_it_is_checked_planned_loaded_and_taken_back_by_the_name_of_its_mapping(
    raw: RawFile, codebook: Codebook, writable: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = tmp_path / "codes.qdc"
    path.write_text(QDC)
    save(taken(raw, codebook), codebook)
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    before = themes(writable)

    def said(*command: str) -> dict[str, object]:
        assert main([*command, "--json"]) == 0
        told: dict[str, object] = json.loads(capsys.readouterr().out)
        return told

    assert said("check", str(path), "--mapping", "Their team")["faults"] == []
    plan = said("plan", str(path), "--mapping", "Their team")
    assert (plan["added"], plan["codebook_changes"]) == (0, 2)
    assert themes(writable) == before
    load = said("load", str(path), "--mapping", "Their team")
    assert (load["added"], load["codebook_changes"], load["mapping"]) == (0, 2, "Their team")
    assert themes(writable) == {
        **before,
        "T1.10": ("T1", "Warm rooms", "Where people keep warm"),
        "T1.10.1": ("T1.10", "Chess in them", ""),
    }
    assert said("load", str(path), "--mapping", "Their team")["codebook_changes"] == 0
    said("undo", str(load["id"]))
    assert themes(writable) == before
