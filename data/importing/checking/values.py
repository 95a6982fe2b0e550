"""What a cell of ours may hold besides a text: several codes, or a day."""

from functools import lru_cache

from data.faults import quoted
from data.importing.checking.dates import iso

NO_VALUE = frozenset(
    {"n/a", "na", "n.a.", "n.a", "none", "null", "nil", "nan", "-", "--", "–", "—", "?", ".", "tbc", "tba", "tbd",
     "n.d.", "nd", "no date", "undated", "unknown", "not known", "not stated", "not available", "not applicable"}
)  # fmt: skip
"""What people write where there is nothing to write; a cell for a number is left empty instead."""

EXCEL_ERRORS = frozenset({
    "#name?", "#ref!", "#n/a", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#getting_data", "#field!",
    "#blocked!", "#connect!", "#busy!", "#unknown!", "########",
})  # fmt: skip
"""What Excel shows of a formula that it could not reckon, in small letters."""
NOTHING = NO_VALUE | EXCEL_ERRORS
LONGEST_NOTHING = max(map(len, NOTHING))
MINUS = "\u2212"
"""The sign of typographers and statistics offices, which stands for a hyphen before a number."""


def says_nothing(cell: str) -> bool:
    """Tell whether a cell is empty, or holds only what stands for nothing: N/A, tbc, a dash, an error of Excel."""
    return not cell or (len(cell) <= LONGEST_NOTHING and cell.casefold() in NOTHING)


def several(cell: str) -> list[str]:
    """Return the parts of a cell that semicolons part; one at its end parts nothing."""
    cell = cell.rstrip("; ")
    return [part.strip() for part in cell.split(";")] if cell else []


@lru_cache(maxsize=4096)
def day(cell: str) -> tuple[str, str]:
    """Return a day as an ISO date, and what is wrong where the cell holds none; an empty cell is no fault."""
    try:
        return iso(cell) if cell else "", ""
    except ValueError:
        right = "is not a date that there is; write year-month-day, such as 2026-11-23"
        return cell, f"{quoted(cell)} {right}{leave_empty(cell)}"


def leave_empty(cell: str) -> str:
    """Return the end of a sentence that tells to leave a cell empty, where it says that there is nothing to say."""
    return "; leave the cell empty where there is none" if cell.casefold() in NO_VALUE else ""
