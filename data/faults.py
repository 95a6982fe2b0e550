"""What is wrong with a file, as rows of data, and the words in which each is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher, get_close_matches

import pandas as pd

LONGEST_SHOWN = 80
LONGEST_VALUE = 1_000
"""Characters of a cell that a table of faults shows."""
HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which neither a screen nor a file can hold."""
OTHER_SEPARATORS = re.compile(r"[\s,/|+&]+")


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place: file, sheet, row and column as a spreadsheet shows them; what would be right."""

    file: str
    reason: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    """What stands in the cell, where one cell is at fault."""
    warning: bool = False
    """Whether it is only to be looked at, and does not stop a load."""
    one_row: bool = field(default=False, compare=False)
    """Whether a load could go on without this row, where a person so chooses."""

    def __str__(self) -> str:
        """Say the fault in one line."""
        place = " ".join(
            part
            for part in (
                f"sheet {self.sheet}" if self.sheet else "",
                f"row {self.row}" if self.row else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{self.file}: {place}: {self.reason}" if place else f"{self.file}: {self.reason}"


FAULT_COLUMNS = ("severity", "file", "sheet", "row", "column", "value", "what is wrong")


def fault_table(faults: Iterable[Fault]) -> pd.DataFrame:
    """Return faults as a table (FAULT_COLUMNS), errors first; `severity` is error or warning, `row` may be missing."""
    rows = [
        ("warning" if fault.warning else "error", _whole(fault.file), _whole(fault.sheet), fault.row,
         _whole(fault.column), _whole(fault.value[:LONGEST_VALUE]), _whole(fault.reason))
        for fault in sorted(faults, key=lambda fault: fault.warning)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(FAULT_COLUMNS)).astype({"row": "Int64"})


def _whole(text: str) -> str:
    return HALF.sub("\ufffd", text)


class ForPeople(Exception):
    """Something cannot be done as asked; the message tells who can act what is wrong, where, and what would be right.

    Every error of ours that a person may meet is one of these, so that none of them ever reaches one as a traceback.
    """


class Refused(ForPeople):
    """Files were refused; `faults` lists all that is wrong with them, and nothing was changed."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults and make the message of their lines."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Unreadable(ForPeople):
    """A file cannot be read, or no further than a row; the message says why and what to do."""

    def __init__(self, reason: str, row: int | None = None) -> None:
        """Keep the row where reading ended."""
        super().__init__(reason)
        self.row = row


def quoted(value: str) -> str:
    """Return a value in quotes on one line, shortened where it is long."""
    line = value.encode("unicode_escape").decode() if not value.isprintable() else value
    return f'"{line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"}"'


def not_one_of(value: str, known: Iterable[str]) -> str:
    """Say that a value is outside a short vocabulary, which one would be right, and the nearest."""
    known = list(known)
    said = quoted(value) if value else "an empty value"
    return f"{said} is not one of {', '.join(known)}{perhaps(value, known)}"


def not_a_code(value: str, what: str, names: Mapping[str, str]) -> str:
    """Say that a value is not a code of the codebook, and which was meant; `names` maps codes to their names."""
    by_name = {name.casefold(): code for code, name in names.items()}
    if "UK" in names:
        by_name |= {"gbr": "UK", "gb": "UK"}  # what ISO 3166 calls it
    parts = [part for part in OTHER_SEPARATORS.split(value) if part]
    meant = by_name.get(value.casefold(), "")
    if len(parts) > 1 and all(part in names for part in parts):
        meant = ";".join(parts)
    hint = f"; did you mean {quoted(meant)}?" if meant else perhaps(value, names)
    return f"{quoted(value)} is not a {what} code of the codebook{hint}"


def perhaps(value: str, known: Iterable[str]) -> str:
    """Return "; did you mean …?" where one known word is nearest, nothing where none is near or several are."""
    lower = {word.casefold(): word for word in known}
    wanted = value.casefold()[:LONGEST_SHOWN]
    near = get_close_matches(wanted, list(lower), n=2, cutoff=0.6)
    ratios = [SequenceMatcher(None, word, wanted).ratio() for word in near]
    return f"; did you mean {quoted(lower[near[0]])}?" if near and ratios[1:] != ratios[:1] else ""
