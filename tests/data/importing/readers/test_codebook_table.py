"""A codebook as a table comes in as codes alone, each inside the one that its program says."""

import io

import openpyxl
import pytest

from data.importing.readers.codebook_table import DEEPEST
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawCode

PLACES = RawCode("Places", "Places", "", "Where people meet")
LIBRARIES = RawCode("Places::Libraries", "Libraries", "Places", "Lend books")
TRANSPORT = RawCode("Transport", "Transport", "", "")


@pytest.mark.parametrize(
    "text",
    [
        "code,parent,name,definition\nA,,Places,Where people meet\nA1,A,Libraries,Lend books\nB,,Transport,\n",
        "Code;Parent code;Description\nPlaces;;Where people meet\nLibraries;Places;Lend books\nTransport;;\n",
        "Code,Memo\nPlaces,Where people meet\nPlaces > Libraries,Lend books\nTransport,\n",
        "Code,Code memo\nPlaces,Where people meet\nPlaces\\Libraries,Lend books\nTransport,\n",
        "tag,parent,description,number of highlights\n"
        "Places,,Where people meet,2\nPlaces.Libraries,Places,Lend books,1\nTransport,,,0\n",
        "tag,description,number of highlights\n"
        "Places,Where people meet,2\nPlaces.Libraries,Lend books,1\nTransport,,0\n",
        "name,parent,definition\nLibraries,Places,Lend books\nPlaces,,Where people meet\nTransport,,\n",
    ],
)
def test_each_form_makes_the_same_codes(text: str) -> None:
    file = read_any("codes.csv", text.encode())
    assert (file.format, file.tables) == ("Codebook", [])
    assert {code.id: code for code in file.codes} == {code.id: code for code in (PLACES, LIBRARIES, TRANSPORT)}
    ids = [code.id for code in file.codes]
    assert ids.index("Places") < ids.index("Places::Libraries")


def test_what_stands_beside_a_code_is_counted() -> None:
    file = read_any("codes.csv", b"tag,description,number of highlights\nPlaces,Where people meet,2\nTransport,,0\n")
    assert [str(fault) for fault in file.faults] == [
        "codes.csv: parts of its codes that fill no column here stay behind: number of highlights 2"
    ]


def test_a_parent_that_no_row_names_stands_above_and_a_circle_or_a_repeat_is_told() -> None:
    text = "code,parent,definition\nLibraries,Places,a\nA,B,\nB,A,\nLibraries,,b\n,Places,c\n"
    file = read_any("codes.csv", text.encode())
    assert {"Places", "Places::Libraries"} <= {code.id for code in file.codes}
    ids = {code.id for code in file.codes}
    assert all(code.parent in ids for code in file.codes if code.parent)
    told = [str(fault) for fault in file.faults]
    assert 'codes.csv: row 5: the code "Libraries" stands already above; the first counts' in told
    assert "codes.csv: row 6: names no code and is left out" in told
    assert [line for line in told if "circle" in line] == [
        'codes.csv: row 3: the parents go in a circle at "A"; it is taken to stand at the top'
    ]


def test_each_code_of_a_circle_stands_in_one_place() -> None:
    text = "code,name,parent\nA,Alpha,B\nB,Beta,C\nC,Gamma,A\nD,Delta,D\nE,Eps,Q\n"
    file = read_any("codes.csv", text.encode())
    assert {code.id for code in file.codes} == {
        "Alpha", "Alpha::Gamma", "Alpha::Gamma::Beta", "Delta", "Q", "Q::Eps"
    }  # fmt: skip
    assert [fault.row for fault in file.faults if "circle" in fault.reason] == [2, 5]


def test_each_code_of_a_chain_too_deep_stands_in_one_place() -> None:
    chain = "code,parent\nc0,\n" + "".join(f"c{n},c{n - 1}\n" for n in range(1, 70))
    file = read_any("codes.csv", chain.encode())
    assert sorted(code.name for code in file.codes) == sorted(f"c{n}" for n in range(70))
    assert max(code.id.count("::") for code in file.codes) == DEEPEST


def test_a_workbook_of_several_sheets_is_one_codebook_and_parents_without_end_are_cut() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for sheet, rows in ((book.worksheets[0], [("Code", "Memo"), ("Places > Libraries", "Lend books")]),
                        (book.create_sheet("More"), [("Code", "Memo"), ("Transport", "Buses")])):  # fmt: skip
        for row in rows:
            sheet.append(row)
    book.save(file)
    assert [code.id for code in read_any("codes.xlsx", file.getvalue()).codes] == [
        "Places", "Transport", "Places::Libraries"]  # fmt: skip
    chain = "code,parent,definition\n" + "".join(f"c{n},c{n + 1},d\n" for n in range(3000))
    codes = read_any("codes.csv", chain.encode()).codes
    assert max(code.id.count("::") for code in codes) < 40


@pytest.mark.parametrize(
    "text",
    [
        "Code,Memo,Segment\nPlaces,said,The hall reopened\n",
        "name,description\nReport A,A report\n",
        "code,title,year\nS1,Halls,2019\n",
        "finding_id,finding,code\nE1,The hall reopened,Places\n",
    ],
)
def test_a_table_that_says_anything_else_is_no_codebook(text: str) -> None:
    file = read_any("t.csv", text.encode())
    assert (file.format, file.codes, len(file.tables)) == ("CSV", [], 1)
