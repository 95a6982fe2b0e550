"""CSV files in the encodings and with the separators that programs of the last thirty years write."""

from pathlib import Path

import pytest

from data.importing.readers import delimited, grid_tables
from data.importing.readers.format_choice import read_any

REAL = Path(__file__).parents[3] / "files" / "readers"
ROWS = [("place", "finding"), ("Blyth", "The library’s café – £5 teas"), ("Wick", "“Naïve” hopes, or so they said")]
SHORT = {
    "a name and an amount": "id,text\n1,Zoë paid £5\n",
    "a place": "a,place\n1,Dún Laoghaire\n",
    "capitals": "a,place\n1,École Ångström Øre\n",
    "one apostrophe": "a,b\n1,it’s\n",
    "quotation marks": "a,b\n1,“Quoted”\n",
    "cities": "a,b\nSão Paulo,Bogotá\nMedellín,x\n",
    "German": "a,b\nGrüße aus Köln,Straße\n",
    "an amount in euro": "a,b\n1,€5\n",
    "dashes": "a,b\n1,2019–20 – ‘levelling up’\n",
    "a long file with one accent": "place,finding\n" + "Leeds,The library is used by many\n" * 400 + "Leeds,Café\n",
}


def written(mark: str) -> str:
    return "\r\n".join(mark.join(f'"{cell}"' for cell in row) for row in ROWS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
@pytest.mark.parametrize(("mark", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_encoding_and_separator_are_found(encoding: str, mark: str, name: str) -> None:
    file = read_any("t.csv", written(mark).encode(encoding))
    assert (file.tables[0].columns, [cells for _, cells in file.tables[0].rows]) == (ROWS[0], ROWS[1:])
    assert file.details["separator"] == name


@pytest.mark.parametrize("text", SHORT.values(), ids=SHORT.keys())
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_windows_and_mac_are_told_apart_in_short_files(text: str, encoding: str) -> None:
    file = read_any("t.csv", text.encode(encoding))
    assert file.tables[0].rows[-1][1] == tuple(text.strip().rpartition("\n")[2].split(","))


def test_a_guess_is_told_and_can_be_overruled() -> None:
    contents = "id,text\n1,Zoë paid £5\n".encode("cp1252")
    file = read_any("t.csv", contents)
    assert file.details["encoding"] == "Windows (cp1252), guessed from its words"
    assert [str(fault) for fault in file.faults] == [
        "t.csv: its encoding is guessed to be Windows (cp1252); look at its accents and quotation marks, or "
        "choose another"
    ]
    chosen = read_any("t.csv", contents, encoding="mac_roman", separator="|")
    assert chosen.details == {"encoding": "Mac Roman, as chosen", "separator": "bar, as chosen"}
    assert chosen.tables[0].columns == ("id,text",)


def test_a_choice_that_does_not_fit_is_refused_in_words() -> None:
    (fault,) = (f for f in read_any("t.csv", b"a,b\n\xe9,1\n", encoding="utf-8").faults if not f.warning)
    assert fault.reason.startswith("is not UTF-8 from about here on (")
    (fault,) = read_any("t.csv", b"a,b\n", encoding="klingon").faults
    assert fault.reason == "cannot be read as 'klingon', which is no known encoding of text"


def test_a_separator_inside_quotation_marks_does_not_count() -> None:
    assert read_any("t.csv", b'a;b\n"x, y, z";1\n"p, q, r";2\n').details["separator"] == "semicolon"


def test_a_row_of_another_length_and_a_quotation_mark_without_its_pair_are_faults_by_row() -> None:
    file = read_any("t.csv", b'a,b\n1,2,3\n4\n5,6\n"7,8\n')
    assert [(fault.row, fault.one_row, fault.reason.partition(";")[0]) for fault in file.faults] == [
        (2, True, "has 3 cells where the header has 2"),
        (3, True, "has 1 cells where the header has 2"),
        (5, False, "is not CSV from here on (unexpected end of data)"),
    ]
    assert (file.tables[0].columns, file.tables[0].rows) == (("a", "b"), [(4, ("5", "6"))])


def test_nul_and_control_characters_are_replaced_and_told_by_row_and_column() -> None:
    file = read_any("t.csv", b"a,b\n1,x\x00y\x07\n")
    assert file.tables[0].rows == [(2, ("1", "x\ufffdy\ufffd"))]
    assert [(fault.row, fault.column) for fault in file.faults] == [(2, "b")]


def test_text_longer_than_a_cell_of_excel_is_kept_and_told() -> None:
    file = read_any("t.csv", b"a,b\n1," + b"x" * 40_000)
    assert len(file.tables[0].rows[0][1][1]) == 40_000
    assert [str(fault) for fault in file.faults] == [
        "t.csv: row 2 column b: its text has 40,000 characters, more than Excel's 32,767 a cell; it is kept whole, and "
        "files parted over several columns"
    ]


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t", "is empty"),
        (b"<Unknown/>", "is XML, but neither a REFI-QDA project nor a codebook; give "),
        (b"\x99ODD\r\n\x1a\n" + bytes(range(256)), "is no kind of file that can be read here; give "),
    ],
)
def test_what_is_no_table_is_refused_with_what_would_be_right(contents: bytes, reason: str) -> None:
    (fault,) = read_any("file", contents).faults
    assert fault.reason.startswith(reason)


@pytest.mark.parametrize("name", ["utf8", "utf8_mark", "utf16", "windows", "mac"])
def test_what_pandas_writes_is_the_same_in_every_encoding(name: str) -> None:
    table = read_any("t.csv", REAL / f"pandas_{name}.csv").tables[0]
    assert table.columns == ("ref", "place", "finding", "coded on", "year", "share")
    assert table.rows[0] == (
        2, ("W1", "Blyth", "The library’s café brought neighbours together – £5 teas and all", "2026-03-14", "2019",
            "0.25")
    )  # fmt: skip


@pytest.mark.parametrize("most", [0, 1, 100])
def test_a_text_that_many_cells_hold_stands_in_memory_once_as_far_as_texts_are_remembered(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MOST_KNOWN", most)
    rows = [(number, (f"E{number}", "a library", "Blyth " * number)) for number in range(2, 9)]
    text = "".join(f"{ref},{place},{more}\n" for _, (ref, place, more) in rows)
    (table,) = read_any("t.csv", f"ref,kind,text\n{text}".encode()).tables
    assert table.rows == [(number, tuple(cell.strip() for cell in cells)) for number, cells in rows]
    assert (len({id(cells[1]) for _, cells in table.rows}) == 1) is (most == 100)


@pytest.mark.parametrize("at_a_time", [2, 3, 100])
@pytest.mark.parametrize(
    ("cells", "emptied"),
    [("1 - 3 4 5 -", "- -"), ("1 - x 4 5 -", ""), ("- - - - - -", ""), ("1 2 3 4 5 6", "")],
)
def test_what_is_no_number_is_found_however_many_rows_are_counted_at_a_time(
    cells: str, emptied: str, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grid_tables, "COUNTED_ROWS", at_a_time)
    file = read_any("t.csv", ("ref,share\n" + "".join(f"E,{cell}\n" for cell in cells.split())).encode())
    assert [fault.value for fault in file.faults] == emptied.split()
    assert [row[1] for _, row in file.tables[0].rows] == [
        "" if cell in emptied.split() else cell for cell in cells.split()
    ]
