"""A table in which each code has a column of its own, whose cells say whether a row has it."""

from pathlib import Path

import pytest

from data.collection.codebook import Codebook
from data.importing.mapping import bring
from data.importing.mapping.presence import code_of, marks, says
from data.importing.mapping.suggesting.column_suggestions import columns
from data.importing.mapping.suggesting.proposal import accepted, propose
from data.importing.mapping.suggesting.word_suggestions import words
from data.importing.readers.format_choice import read_any
from tests.data.importing.mapping.raw_files import CONSTANTS, checked, decided, raw, table

FOLDER = Path(__file__).parents[3] / "files" / "exports"


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Libraries", "Libraries"),
        ("Code: Libraries Applied", "Libraries"),
        ("Code: Places\\Libraries Applied", "Places::Libraries"),
        ("theme_Libraries", "Libraries"),
        ("Tag - Libraries (y/n)", "Libraries"),
        ("Places > Libraries", "Places::Libraries"),
        ("Themes of the day", "Themes of the day"),
        ("Code of conduct", "Code of conduct"),
        ("Skills applied", "Skills"),
    ],
)
def test_a_heading_names_its_code_without_its_frame(heading: str, code: str) -> None:
    assert code_of(heading) == code


@pytest.mark.parametrize("cell", ["1", "True", "TRUE", "x", "X", "Y", "yes", " Yes ", "✓", "3"])
def test_a_cell_that_says_yes_gives_its_row_the_code(cell: str) -> None:
    assert says("Code: Libraries Applied", cell) == "Libraries"


@pytest.mark.parametrize("cell", ["", "0", "False", "n", "No", "-"])
def test_a_cell_that_says_no_gives_none(cell: str) -> None:
    assert says("Libraries", cell) == ""


def test_a_cell_that_says_neither_is_a_word_to_be_given_a_meaning() -> None:
    assert says("Libraries", "perhaps") == "Libraries: perhaps"


def test_marks_are_those_of_yes_and_no_with_a_yes_among_them() -> None:
    assert marks(["1", "0", ""])
    assert not marks(["0", "no"])
    assert not marks(["1", "2"])


def brought(name: str, codebook: Codebook) -> list[tuple[str, list[str]]]:
    """Return the findings of a file with their themes, after all that is suggested is taken."""
    file = read_any(name, FOLDER / name)
    mapping = propose(file, "Team", codebook).with_constants({**CONSTANTS})
    mapping = accepted(mapping, columns(file, codebook, mapping))
    mapping = accepted(mapping, (), words(file, mapping, codebook))
    found = checked(bring(file, mapping, codebook), codebook)
    assert found.errors == []
    return [(finding.finding, sorted(finding.themes)) for finding in found.findings.values()]


@pytest.mark.parametrize("name", ["dedoose_min.csv", "onehot_min.csv"])
def test_each_finding_has_the_codes_that_its_row_says(name: str, codebook: Codebook) -> None:
    assert brought(name, codebook) == [
        ("Opening hours were cut and visits fell.", ["T1.2"]),
        ("The youth club closed and the park is not lit.", ["T1.3", "T1.6"]),
    ]


def test_columns_of_yes_and_no_are_guessed_to_be_codes_where_there_are_several(codebook: Codebook) -> None:
    alone = raw(table(("Finding", "Peer reviewed"), ("A hall opened in town.", "yes")))
    assert [row.field for row in columns(alone, codebook)] == ["finding", ""]
    several = raw(table(("Finding", "Halls", "Pubs", "Volume"), ("A hall opened in town.", "x", "", "1")))
    assert [(row.field, row.guess) for row in columns(several, codebook)] == [
        ("finding", False), ("", False), ("", False), ("volume", False),
    ]  # fmt: skip
    marked = raw(table(("Finding", "Halls", "Pubs"), ("A hall opened in town.", "x", ""), ("No.", "", "x")))
    assert [(row.field, row.guess) for row in columns(marked, codebook)] == [
        ("finding", False), ("presence", True), ("presence", True),
    ]  # fmt: skip


def test_a_mark_of_neither_kind_is_told_with_what_stays_behind(codebook: Codebook) -> None:
    file = raw(table(("finding", "Libraries"), ("A hall opened.", "perhaps")))
    mapping = decided({"finding": "finding", "Libraries": "presence"}, constants={**CONSTANTS, "title": "One"})
    (left,) = bring(file, mapping, codebook).left
    assert (left.kind, left.name, left.uses, left.column) == ("word", "Libraries: perhaps", 1, "Libraries")
