"""Each table that a page shows is one more sheet of its workbook, typed and safe like the rest."""

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from sqlalchemy import Engine

from data.exporting import workbook
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter


def opened(loaded: Engine, *tables: ViewTable) -> openpyxl.Workbook:
    out = io.BytesIO()
    workbook.write(loaded, Filter(finding=("COM-E017",)), out, page="Gap map", tables=tables)
    return openpyxl.load_workbook(out)


def test_a_table_of_the_page_is_a_sheet_after_the_codebook(loaded: Engine, rows) -> None:
    frame = pd.DataFrame({"Theme": ["Places", "Ties"], "Lever": ["Grants", ""], "findings": [3, 0]}, index=[7, 9])
    book = opened(loaded, ViewTable("Gap map", "Findings by theme and lever", "Every pair, zeros included.", frame))
    assert book.sheetnames[-2:] == ["Codebook", "Gap map"]
    sheet = book["Gap map"]
    assert [sheet["A1"].value, sheet["A2"].value] == ["Findings by theme and lever", "Every pair, zeros included."]
    assert sheet["A3"].value.startswith("One table, with 2 rows.")
    assert list(sheet.tables) == ["gap_map"]
    assert rows(sheet) == [
        {"Theme": "Places", "Lever": "Grants", "findings": 3},
        {"Theme": "Ties", "Lever": "[z]", "findings": 0},
    ]
    contents = {cell.value: cell.hyperlink.location for (cell,) in book["Cover"] if cell.hyperlink}
    assert contents["Gap map: Findings by theme and lever"] == "'Gap map'!A1"


def test_every_kind_of_value_of_a_frame_finds_its_cell(loaded: Engine, rows) -> None:
    frame = pd.DataFrame(
        {
            "text": ["=1+1", None],
            "whole": pd.array([1, None], dtype="Int64"),
            "broken": [0.5, float("nan")],
            "truth": [True, False],
            "day": [pd.Timestamp("2026-11-23"), pd.NaT],
            "time": [pd.Timestamp("2026-11-23 09:30"), pd.NaT],
            "kind": pd.Categorical(["a", None]),
        }
    )
    sheet = opened(loaded, ViewTable("Values", "Values", "Values.", frame))["Values"]
    assert rows(sheet) == [
        {
            "text": "=1+1",
            "whole": 1,
            "broken": 0.5,
            "truth": "yes",
            "day": dt.datetime(2026, 11, 23),
            "time": "2026-11-23 09:30",
            "kind": "a",
        },
        dict.fromkeys(("text", "whole", "broken", "day", "time", "kind"), "[x]") | {"truth": "no"},
    ]
    assert (sheet["A5"].data_type, sheet["A5"].quotePrefix) == ("s", True)


def test_a_table_without_rows_says_so_in_one_row(loaded: Engine, rows) -> None:
    frame = pd.DataFrame({"Theme": [], "findings": []})
    sheet = opened(loaded, ViewTable("Empty", "Nothing", "Nothing here.", frame))["Empty"]
    assert rows(sheet) == [{"Theme": "[z]", "findings": "[z]"}]
    assert sheet["A3"].value.startswith("One table, with no row: [z] stands for it.")


def test_columns_of_one_name_are_told_apart(loaded: Engine, rows) -> None:
    frame = pd.DataFrame([[1, 2]], columns=["n", "n"])
    assert rows(opened(loaded, ViewTable("Twice", "Twice", "Twice.", frame))["Twice"]) == [{"n": 1, "n (2)": 2}]


def test_a_table_may_be_called_as_a_sheet_of_the_workbook_is(loaded: Engine) -> None:
    frame = pd.DataFrame({"n": [1]})
    book = opened(loaded, ViewTable("Findings", "One", "One.", frame), ViewTable("counts", "Two", "Two.", frame))
    assert book.sheetnames[-2:] == ["Findings (2)", "counts (2)"]


def test_a_frame_without_columns_is_no_table() -> None:
    with pytest.raises(ValueError, match="'Nothing' has no column"):
        ViewTable("Nothing", "Nothing", "Nothing.", pd.DataFrame())
