"""A sheet of many rows: what is read is said before, while and after calamine's one long call, and it can be ended."""

import io
import re
import threading

import openpyxl
import pytest

from data.importing.readers.format_choice import read_any
from data.importing.readers.limits import Watch
from data.importing.readers.waiting import waited_for
from data.progress import Cancelled

ROWS = 50_000
SECONDS = 20


@pytest.fixture(scope="module")
def large() -> bytes:
    """Return a workbook with a sheet of many rows, which says how many."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Findings"
    sheet.append(["finding_id", "source_id", "finding"])
    for number in range(1, ROWS):
        sheet.append([f"E{number}", "S1", f"The hall {number} reopened"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.slow
def test_its_name_its_file_and_its_rows_are_said_before_it_is_read_and_progress_goes_on(
    large: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.importing.readers.limits.TOLD_EVERY", 0.0)  # however fast the machine is
    told: list[tuple[float, str]] = []
    file = read_any("x.xlsx", large, progress=lambda share, what: told.append((share, what)))
    assert len(file.tables[0].rows) == ROWS - 1
    words = [what for _, what in told]
    before = words.index(f"reading sheet Findings of x.xlsx, {ROWS:,} rows")
    assert len(words[before:]) > 1
    assert words[0] == "looking at the file"
    shares = [share for share, _ in told]
    assert shares == sorted(shares)


@pytest.mark.parametrize("within", ["reading sheet", "taking row", "looking over row"])
def test_it_is_ended_wherever_it_is(large: bytes, within: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.importing.readers.limits.TOLD_EVERY", 0.0)
    stop = threading.Event()

    def progress(_: float, what: str) -> None:
        if what.startswith(within):
            stop.set()

    file = read_any("x.xlsx", large, progress=progress, cancelled=stop.is_set)
    assert stop.is_set()
    assert (file.tables, [fault.reason for fault in file.faults]) == (
        [], ["its reading was stopped, and nothing of it was taken"],
    )  # fmt: skip


def test_a_call_that_takes_long_is_told_of_by_the_second_and_left_to_itself_when_it_is_ended() -> None:
    told: list[str] = []
    go_on = threading.Event()
    watch = Watch(lambda _, what: told.append(what), lambda: len(told) == 3)
    with pytest.raises(Cancelled):
        waited_for(lambda: go_on.wait(SECONDS), watch, 0.5, "reading")
    go_on.set()
    first, *seconds = told
    assert first == "reading"
    assert all(re.fullmatch(r"reading, \d+ s", said) for said in seconds)
    assert len(seconds) == 2


def test_what_a_call_raises_is_raised() -> None:
    def refuse() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        waited_for(refuse, Watch(), 0.5, "reading")
