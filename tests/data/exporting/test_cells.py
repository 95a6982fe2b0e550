"""A value becomes a cell that shows it and runs nothing; a text keeps every character that a spreadsheet can hold."""

import datetime as dt

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell import Cell

from data.exporting.cells import (
    LONGEST,
    UNWRITABLE,
    CellKind,
    CellMakers,
    Changed,
    escaped,
    is_web_address,
    length,
    parts,
)


@pytest.fixture
def cells() -> CellMakers:
    return CellMakers(openpyxl.Workbook(write_only=True).create_sheet("Sheet"), Changed())


def written(cell: object) -> object:
    """Return what stands in a cell, or the plain value that makes one."""
    return cell.value if isinstance(cell, Cell) else cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "-"])
def test_text_that_looks_like_a_formula_is_marked_as_text(cells: CellMakers, text: str) -> None:
    cell = cells.maker(CellKind.TEXT, "[x]")(text)
    assert isinstance(cell, Cell)
    assert (cell.data_type, cell.quotePrefix, cell.value) == ("s", True, text.replace("\r", "_x000D_"))


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!"])
def test_text_that_looks_like_an_error_stays_text(cells: CellMakers, text: str) -> None:
    cell = cells.maker(CellKind.TEXT, "[x]")(text)
    assert isinstance(cell, Cell)
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "**bold** [a](b)", "Café 😀", "a = b", "line\nline", "tab\there", "#1 of 3"]
)
def test_any_other_text_stands_as_it_is(cells: CellMakers, text: str) -> None:
    assert cells.maker(CellKind.TEXT, "[x]")(text) == text
    assert cells.changed == Changed()


def test_characters_that_no_spreadsheet_holds_become_u_fffd_and_are_counted(cells: CellMakers) -> None:
    make = cells.maker(CellKind.TEXT, "[x]")
    assert make("a\0b\x07c") == "a\ufffdb\ufffdc"
    assert make("del\x7f nel\x85 not a character\uffff") == "del\ufffd nel\ufffd not a character\ufffd"
    assert make("tab\tand line\nstay") == "tab\tand line\nstay"
    assert cells.changed == Changed(characters=5, cells=2, cut=0)


def test_text_that_a_reader_would_take_for_an_escape_is_escaped() -> None:
    assert escaped("_x0041_ and _x00e9_") == "_x005F_x0041_ and _x005F_x00e9_"
    assert escaped("snake_x_case _x41_") == "snake_x_case _x41_"
    assert escaped("two\r\nlines") == "two_x000D_\nlines"


def test_a_text_too_long_for_a_cell_says_that_it_was_cut(cells: CellMakers) -> None:
    text = cells.maker(CellKind.TEXT, "[x]")("a" * 40_000)
    assert isinstance(text, str)
    assert text == "a" * (LONGEST - 8) + " … [cut]"
    assert len(text) == 32_767
    assert cells.changed == Changed(cut=1)


@pytest.mark.parametrize(
    ("kind", "value", "blank", "cell"),
    [
        (CellKind.TEXT, "", "[x]", "[x]"),
        (CellKind.TEXT, None, "[z]", "[z]"),
        (CellKind.NUMBER, None, "[x]", "[x]"),
        (CellKind.NUMBER, float("nan"), "[x]", "[x]"),
        (CellKind.NUMBER, 0, "[x]", 0),
        (CellKind.NUMBER, 2019, "[x]", 2019),
        (CellKind.NUMBER, -1.43, "[x]", -1.43),
        (CellKind.NUMBER, 10**15, "[x]", "1000000000000000"),
        (CellKind.SHARE, 0.25, "[z]", 0.25),
        (CellKind.SHARE, None, "[z]", "[z]"),
        (CellKind.DATE, "2026-11-23", "[x]", dt.date(2026, 11, 23)),
        (CellKind.DATE, "", "[x]", "[x]"),
        (CellKind.DATE, "2026-13-45", "[x]", "2026-13-45"),
        (CellKind.DATE, "November 2026", "[x]", "November 2026"),
        (CellKind.DATE, "20261123", "[x]", "20261123"),
        (CellKind.DATE, "1899-12-31", "[x]", "1899-12-31"),
        (CellKind.LINK, ("Title", "https://example.org/a"), "[x]", "Title"),
        (CellKind.LINK, ("", "https://example.org/a"), "[x]", "[x]"),
        (CellKind.ANY, True, "[x]", "yes"),
        (CellKind.ANY, 3, "[x]", 3),
        (CellKind.ANY, "=1", "[x]", "=1"),
        (CellKind.ANY, dt.datetime(2026, 11, 23), "[x]", dt.date(2026, 11, 23)),
        (CellKind.ANY, dt.datetime(2026, 11, 23, 9, 30), "[x]", "2026-11-23 09:30"),
        (CellKind.ANY, None, "[x]", "[x]"),
    ],
)
def test_each_kind_of_value_is_written_as_what_it_is(
    cells: CellMakers, kind: CellKind, value: object, blank: str, cell: object
) -> None:
    assert written(cells.maker(kind, blank)(value)) == cell


def test_a_number_keeps_its_seventeenth_digit(cells: CellMakers) -> None:
    cell = cells.maker(CellKind.NUMBER, "[x]")(0.1 + 0.2)
    assert isinstance(cell, Cell)
    assert (cell.data_type, cell.value) == ("n", "0.30000000000000004")


def test_only_a_sound_web_address_becomes_a_link(cells: CellMakers) -> None:
    make = cells.maker(CellKind.LINK, "[x]")
    linked = make(("Title", "https://example.org/a?b=1&c=2#d"))
    assert isinstance(linked, Cell)
    assert linked.hyperlink.target == "https://example.org/a?b=1&c=2#d"
    assert make(("Title", "javascript:alert(1)")) == "Title"
    assert not is_web_address("file:///etc/passwd")
    assert not is_web_address("https://example.org/a b")
    assert not is_web_address('https://example.org/"onload="x')
    assert not is_web_address("https://example.org/a#b#c")
    assert not is_web_address("https://example.org/" + "a" * 2_000)


def test_a_link_whose_title_looks_like_a_formula_is_text_too(cells: CellMakers) -> None:
    make = cells.maker(CellKind.LINK, "[x]")
    first = make(("=1+1", "https://example.org/a"))
    assert isinstance(first, Cell)
    assert (first.data_type, first.quotePrefix, first.hyperlink.target) == ("s", True, "https://example.org/a")
    second = make(("Title", "https://example.org/b"))
    assert isinstance(second, Cell)
    assert (second.quotePrefix, second.hyperlink.target) == (False, "https://example.org/b")


def test_a_long_text_is_parted_between_letters_and_joins_again() -> None:
    text = "word " * 8_000
    first, second = parts(text)
    assert first + second == text
    assert len(first) <= LONGEST
    assert first[-1] != " "
    assert second[0] != " "


def test_what_excel_counts_twice_takes_two_of_a_cell() -> None:
    assert length("😀" * 3) == 6
    assert length("a\r") == 8
    assert [len(part) for part in parts("😀" * 20_000)] == [16_383, 3_617]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", " ", "\r", "_x0041_", "😀", "\n"]), max_size=30), st.integers(1, 3_000))
def test_parts_always_fit_and_always_join_to_the_text(pieces: list[str], times: int) -> None:
    text = "".join(pieces) * times
    found = parts(text)
    assert "".join(found) == text
    assert all(length(part) <= LONGEST for part in found)


@given(st.text())
def test_what_is_written_is_always_well_formed(text: str) -> None:
    cells = CellMakers(openpyxl.Workbook(write_only=True).create_sheet("Sheet"), Changed())
    safe = cells.safe(text)
    assert not UNWRITABLE.search(safe)
    assert "\r" not in safe
    assert cells.changed.characters == sum(bool(UNWRITABLE.match(character)) for character in text)
