"""The audit log as CSV: every line whole, and no text that a spreadsheet would take for a formula."""

import csv
import io
from datetime import datetime

import pandas as pd
import pytest

from data.collection.audit import COLUMNS
from data.exporting.log_file import log_csv


def read(log: pd.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(log_csv(log).decode("utf-8-sig"))))


def test_each_line_is_whole():
    line = (7, datetime(2026, 6, 24, 18, 0, 5), "ada@example.org", "load", "load 3", "", 'files: "a, b".csv; café')
    said = ("7", "2026-06-24 19:00:05 BST", *line[2:])
    assert read(pd.DataFrame([line], columns=list(COLUMNS))) == [dict(zip(COLUMNS, said, strict=True))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_is_taken_for_a_formula(text):
    line = (1, datetime(2026, 11, 24), text, "load", "load 1", "", "")
    assert read(pd.DataFrame([line], columns=list(COLUMNS)))[0]["who"] == f"'{text}"
