"""The audit log as a file: CSV that every spreadsheet opens, in which no text is taken for a formula."""

import pandas as pd

from data.collection import clock
from data.exporting.cells import FORMULA_STARTS

MARK = "\ufeff"
"""Tells Excel that a CSV file is UTF-8."""


def log_csv(log: pd.DataFrame) -> bytes:
    """Return lines of the log (audit.COLUMNS) as CSV, times by the room's clock.

    A text that would begin a formula has an apostrophe before it.
    """
    said = log.assign(at=[clock.to_the_second(at) for at in log["at"]])
    plain = said.assign(**{name: [_plain(value) for value in said[name]] for name in log.columns if name != "id"})
    contents: bytes = (MARK + plain.to_csv(index=False)).encode()
    return contents


def _plain(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(tuple(FORMULA_STARTS)) else text
