"""Every file format is whole: recognised, read, and told of on the Load page, by commands and in refusals."""

import argparse
import re
from pathlib import Path

import pytest

from components.loading import file_step
from data.commands import load_commands
from data.importing.readers import formats
from data.importing.readers.file_format import FileFormat
from data.importing.readers.format_choice import read_any
from tests.fuzz.seeds import sound

every_format = pytest.mark.parametrize("one", formats.FORMATS.values(), ids=formats.FORMATS)
SOUND = sound()
ROOT = Path(__file__).parents[4]


@every_format
def test_a_sound_file_of_it_is_recognised_and_read(one: FileFormat):
    suffix, files = SOUND[one.name]
    read = [read_any(f"file{suffix}", contents) for contents in files]
    assert one.name in {file.format for file in read if file.tables or file.codes}


@every_format
def test_it_is_read_in_one_way_and_recognised_in_one(one: FileFormat):
    assert bool(one.read) != bool(one.take_over)
    recognised = bool(one.begins or one.entry or one.root) or one is formats.CSV
    assert recognised != bool(one.take_over)
    assert all(ending.startswith(".") and ending == ending.lower() for ending in (*one.endings, *one.unless_named))
    assert bool(one.endings) == bool(one.read)


def test_no_two_formats_claim_an_ending():
    claimed = [ending for one in formats.FORMATS.values() for ending in one.endings]
    assert sorted(set(claimed)) == sorted(claimed)


@every_format
def test_a_person_is_told_of_it(one: FileFormat):
    teller = formats.FORMATS[one.told_by] if one.told_by else one
    assert teller.page
    assert teller.advice
    for said in (one.page, teller.page):
        assert said.lower() in file_step.READ.lower()
    assert teller.advice in formats.ADVICE


def test_the_load_page_and_refusals_list_them():
    assert file_step.READ == (
        "Workbooks, CSV files, projects of NVivo, ATLAS.ti, MAXQDA and QualCoder (REFI-QDA), highlights of Taguette, "
        "EPPI-Reviewer’s JSON, and references as RIS, BibTeX, PubMed (.nbib), Web of Science or EndNote (.enw) are "
        "read."
    )
    (fault,) = read_any("halls", b"\x01\x02\x03" * 40).faults
    assert fault.reason == (
        "is no kind of file that can be read here; give an Excel workbook (.xlsx), CSV, REFI-QDA (.qdpx, .qdc), "
        "EPPI-Reviewer JSON, or references as RIS, BibTeX, PubMed (.nbib), Web of Science or EndNote (.enw)"
    )
    (fault,) = read_any("halls.json", b'{"a": 1}').faults
    assert fault.reason.endswith(f"it has neither CodeSets nor References; give {formats.ADVICE}")


@pytest.mark.parametrize("command", ["load", "plan", "check"])
def test_commands_list_them(command: str):
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers()
    load_commands.add_to(commands)
    assert formats.ADVICE in re.sub(r"\s+", " ", commands.choices[command].format_help())


def test_no_other_module_knows_a_format_by_its_name():
    named = "|".join(re.escape(f'"{name}"') for name in formats.FORMATS)
    readers = {Path(formats.__file__).parent, ROOT / "tests"}
    found = [
        (path.name, match[0])
        for top in ("data", "components", "pages")
        for path in sorted((ROOT / top).rglob("*.py"))
        if path.parent not in readers
        for match in re.finditer(rf"(?:format\w*\s*(?:==|in)|frozenset)[^\n]*(?:{named})", path.read_text("utf-8"))
    ]
    assert found == []
