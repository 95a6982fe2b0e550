"""Files of codings: read, checked whole, and brought in whole or not at all, beside the agreed coding.

A file is CSV with one row a finding: finding_id, then direction, themes, levers, lever_roles, coder, coded_on, of which
a file may leave out what its coders did not code. Lists are joined by semicolons; roles run parallel to levers.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from data.coders.rounds import AGREED, FACETS
from data.collection.codebook import Codebook
from data.faults import Fault, not_a_code, not_one_of, perhaps, quoted
from data.filters.wording import number_of
from data.importing.checking.values import day, several
from data.importing.readers.grids import csv_grid, is_utf8, wrong_byte
from data.importing.strand_files import named
from models import Direction, Role

COLUMNS = ("finding_id", "themes", "levers", "lever_roles", "direction", "coder", "coded_on")
REASONS = ("finding_id", "why", "settled_on")
"""The columns of a file of reasons for how differences were settled."""
COLUMN_OF = {"direction": "direction", "theme": "themes", "lever": "levers", "role": "lever_roles"}
LONGEST_NAME = 40
_DIRECTIONS, _ROLES = tuple(map(str, Direction)), tuple(map(str, Role))


class CodingRow(NamedTuple):
    """A sound row of a file of codings; each lever with its role, which is empty where the file has no roles."""

    finding: str
    direction: str
    themes: tuple[str, ...]
    levers: tuple[tuple[str, str], ...]
    coder: str
    coded_on: str


@dataclass
class CodingFile:
    """A file as read: its name, SHA-256 and header, its rows with their numbers, and the faults met on the way."""

    name: str
    sha256: str = ""
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, reason: str, row: int | None = None, column: str = "", value: str = "") -> None:
        """Keep a fault at a place in this file."""
        self.faults.append(Fault(self.name, reason, row=row, column=column, value=value))


def read(path: Path, known: Sequence[str] = COLUMNS, needed: Collection[str] = ("finding_id",)) -> CodingFile:
    """Return a CSV file's rows by column; what is wrong with it stands in its faults, and nothing raises for it."""
    file = CodingFile(named(path))
    try:
        contents = path.read_bytes()
    except OSError as error:
        file.fault(f"cannot be read: {error.strerror}")
        return file
    file.sha256 = hashlib.sha256(contents).hexdigest()
    grid, ended = csv_grid(contents)
    if ended:
        file.fault(str(ended), ended.row)
    elif not grid:
        file.fault(f"is empty; it should start with a row that names columns such as {', '.join(known)}")
    else:
        _take(file, grid, known, needed, is_utf8(contents))
    return file


def _take(
    file: CodingFile, grid: list[tuple[int, list[str]]], known: Sequence[str], needed: Collection[str], clean: bool
) -> None:
    """Check the header, then keep the rows below it; where the header is at fault, no row can be read."""
    number, header = grid[0]
    file.columns = tuple(header)
    _check_header(file, number, header, known, needed)
    if file.faults:
        return
    for at, cells in grid[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            file.fault(f"has {len(cells)} cells where the header has {len(header)}", at)
            continue
        row = dict(zip(header, cells, strict=True))
        for column in () if clean else header:
            if byte := wrong_byte(row[column]):
                file.fault(f"byte {byte} is not UTF-8; save the file as CSV UTF-8", at, column)
        file.rows.append((at, row))


def _check_header(
    file: CodingFile, number: int, header: Sequence[str], known: Sequence[str], needed: Collection[str]
) -> None:
    for column in dict.fromkeys(header):
        if column not in known:
            file.fault(f"column {quoted(column)} is none of {', '.join(known)}{perhaps(column, known)}", number)
        elif header.count(column) > 1:
            file.fault(f"column {column} stands more than once", number)
    for column in needed:
        if column not in header:
            file.fault(f"missing column {column}", number)
    if "lever_roles" in header and "levers" not in header:
        file.fault("column lever_roles stands without levers; give each role its lever", number)


def check(file: CodingFile, codebook: Codebook, findings: Collection[str] | None) -> list[CodingRow]:
    """Return the sound rows of a file of codings; all that is wrong with the others is added to its faults.

    Where `findings` are given, a row must speak of one of them.
    """
    if file.rows and not set(file.columns) & set(COLUMN_OF.values()):
        file.fault(f"holds no code; give it at least one of the columns {', '.join(COLUMN_OF.values())}", 1)
    names = {facet: {entry.code: entry.name for entry in codebook.entries(facet)} for facet in ("theme", "lever")}
    first: dict[str, int] = {}
    rows = []
    for number, cells in file.rows:
        _check_ref(file, number, cells.get("finding_id", ""), first, findings)
        rows.append(_check_row(file, number, cells, names))
    return rows


def _check_ref(
    file: CodingFile, number: int, ref: str, first: dict[str, int], findings: Collection[str] | None
) -> None:
    if not ref:
        file.fault("is empty; name the finding that was coded", number, "finding_id")
    elif ref in first:
        file.fault(f"{quoted(ref)} stands already in row {first[ref]}", number, "finding_id", ref)
    elif findings is not None and ref not in findings:
        hint = perhaps(ref, findings)
        file.fault(f"{quoted(ref)} is no finding of the collection{hint}", number, "finding_id", ref)
    first.setdefault(ref, number)


def _check_row(file: CodingFile, number: int, cells: dict[str, str], names: dict[str, dict[str, str]]) -> CodingRow:
    direction = cells.get("direction", "")
    if "direction" in cells and direction not in _DIRECTIONS:
        file.fault(not_one_of(direction, _DIRECTIONS), number, "direction", direction)
    themes, levers = several(cells.get("themes", "")), several(cells.get("levers", ""))
    for column, facet, codes in (("themes", "theme", themes), ("levers", "lever", levers)):
        for code in codes:
            if code not in names[facet]:
                file.fault(not_a_code(code, facet, names[facet]), number, column, code)
    roles = [""] * len(levers)
    if "lever_roles" in cells:
        roles = several(cells["lever_roles"])
        if len(roles) != len(levers):
            numbers = f"{number_of(len(roles), 'role')} for {number_of(len(levers), 'lever')}"
            file.fault(f"{numbers}; give each lever its role, in the same order", number, "lever_roles")
        for role in roles:
            if role not in _ROLES:
                file.fault(not_one_of(role, _ROLES), number, "lever_roles", role)
    coded_on, wrong = day(cells.get("coded_on", ""))
    if wrong:
        file.fault(wrong, number, "coded_on", coded_on)
    return CodingRow(
        cells.get("finding_id", ""), direction, tuple(sorted(set(themes))),
        tuple(sorted(set(zip(levers, roles, strict=False)))), cells.get("coder", ""), coded_on,
    )  # fmt: skip


def covered(file: CodingFile, said: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the facets that a file's coders coded: those `said`, else those that it has a column for."""
    return tuple(facet for facet in FACETS if (facet in said if said else COLUMN_OF[facet] in file.columns))


def check_name(name: str) -> str:
    """Return what is wrong with the name of a round, or nothing."""
    if name == AGREED:
        return f"{quoted(name)} is the coding that the collection counts by; give this one another name"
    if not name or len(name) > LONGEST_NAME or not all(sign.isalnum() or sign in "-_" for sign in name):
        return f"{quoted(name)} is no name; use letters, digits, - and _, at most {LONGEST_NAME}"
    return ""


def check_reasons(file: CodingFile) -> list[tuple[str, str, str]]:
    """Return finding, why and day of each row of a file of reasons; what is wrong is added to its faults."""
    for number, cells in file.rows:
        for column in REASONS[:2]:
            if column in cells and not cells[column]:
                file.fault("is empty; every reason names its finding and says why", number, column)
    return [(cells.get("finding_id", ""), cells.get("why", ""), cells.get("settled_on", "")) for _, cells in file.rows]
