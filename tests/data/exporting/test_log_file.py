"""The audit log as CSV: every line whole, and no text that a spreadsheet would take for a formula."""

import csv
import io

import pandas as pd
import pytest

from data.audit import COLUMNS
from data.exporting.log_file import log_csv


def read(log: pd.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(log_csv(log).decode("utf-8-sig"))))


def test_each_line_is_whole():
    line = (7, "2026-11-24 19:00:00", "ada@example.org", "load", "load 3", "", 'files: "a, b".csv; note: café')
    assert read(pd.DataFrame([line], columns=list(COLUMNS))) == [dict(zip(COLUMNS, map(str, line), strict=True))]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_is_taken_for_a_formula(text):
    line = (1, "2026-11-24", text, "load", "load 1", "", "")
    assert read(pd.DataFrame([line], columns=list(COLUMNS)))[0]["who"] == f"'{text}"
