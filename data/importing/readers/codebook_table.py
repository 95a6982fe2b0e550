"""A codebook as a table (.xlsx, .csv): a row for each code, as Taguette and MAXQDA write it, or with our own columns.

Taguette writes tag, parent, description and number of highlights; MAXQDA Code and Memo, where "Places > Libraries" or
"Places\\Libraries" is a code inside another. It comes in as a REFI-QDA codebook does: codes alone.
"""

import re
from collections import Counter

from data.faults import Fault, quoted
from data.importing.readers.file_format import FileFormat
from data.importing.readers.raw import CODE_SEPARATOR, RawCode, RawFile, RawTable
from data.importing.readers.taguette import TAG_SEPARATOR
from data.importing.readers.uncarried import tell_uncarried

CODE = ("code", "tag", "path", "code name", "codename", "node", "hierarchical name")
NAME = ("name", "label", "title")
PARENT = ("parent", "parent code", "parent tag", "parent name", "broader")
MEANING = ("definition", "description", "memo", "code memo", "comment", "scope note", "meaning")
BESIDE = frozenset({
    "number of highlights", "frequency", "coded segments", "all coded segments", "cod. seg.", "documents", "files",
    "references", "number of codings", "count", "colour", "color", "created by", "created on", "modified by",
    "modified on", "author", "date", "position", "level", "example", "examples", "alias", "author of code",
})  # fmt: skip
"""What programs tell of a code besides, which no codebook of ours holds."""
LEVELS = re.compile(r"\s*(?:>|\\|::)\s*")
DEEPEST = 30
"""Codes that may stand one inside the other."""
Row = tuple[int, str, str, str, str]
"""A row's number, its code, name, parent and meaning."""


def take_over(file: RawFile) -> None:
    """Make codes of a file all of whose tables are codebooks, and leave any other file as it is."""
    if not file.tables or file.codes or not all(map(_is_codebook, file.tables)):
        return
    file.format = FORMAT.name
    beside: Counter[str] = Counter()
    known: dict[str, RawCode] = {}
    for table in file.tables:
        by_code = _TableCodes(file, table)
        for code in by_code.codes(beside):
            known.setdefault(code.id, code)
    file.codes = sorted(known.values(), key=lambda code: code.id.count(CODE_SEPARATOR))
    file.tables = []
    tell_uncarried(file, beside, "its codes")


def _header(column: str) -> str:
    return " ".join(column.casefold().replace("_", " ").split())


def _is_codebook(table: RawTable) -> bool:
    """Tell whether a table names codes, and says nothing but what a codebook says of them."""
    headers = {_header(column) for column in table.columns}
    names_codes = bool(headers & {*CODE}) or bool(headers & {*NAME} and headers & {*PARENT})
    says = bool(headers & {*PARENT, *MEANING})
    return names_codes and says and headers <= {*CODE, *NAME, *PARENT, *MEANING} | BESIDE


class _TableCodes:
    """The codes of one table, each by its own code or name and by the path of names that tells it from others."""

    def __init__(self, file: RawFile, table: RawTable) -> None:
        self.file, self.table = file, table
        self.headers = [_header(column) for column in table.columns]
        self.by_tag = "tag" in self.headers
        self.rows: dict[str, Row] = {}
        self.by_name: dict[str, Row] = {}
        self.paths: dict[str, list[str]] = {}

    def codes(self, beside: Counter[str]) -> list[RawCode]:
        """Return the table's codes, wider ones before those within them; count what stands beside them."""
        for number, cells in self.table.rows:
            code, name, parent, meaning = (self._first(cells, names) for names in (CODE, NAME, PARENT, MEANING))
            for header, cell in zip(self.headers, cells, strict=True):
                beside[header] += bool(cell and header in BESIDE)
            if not (code or name):
                self._warn("names no code and is left out", number)
            elif (code or name) in self.rows:
                self._warn(f"the code {quoted(code or name)} stands already above; the first counts", number)
            else:
                beside["own codes, of which the names are taken"] += bool(code and name and code != name)
                self.rows[code or name] = (number, code or name, name, parent, meaning)
        self.by_name = {row[2] or code: row for code, row in reversed(self.rows.items())}
        found: dict[str, RawCode] = {}
        for row in self.rows.values():
            path = self._path(row)
            for depth in range(1, len(path)):
                wider = CODE_SEPARATOR.join(path[:depth])
                found.setdefault(wider, RawCode(wider, path[depth - 1], CODE_SEPARATOR.join(path[: depth - 1])))
            id = CODE_SEPARATOR.join(path)
            said = "\n".join(dict.fromkeys(filter(None, [found[id].description if id in found else "", row[4]])))
            found[id] = RawCode(id, path[-1], CODE_SEPARATOR.join(path[:-1]), said)
        return list(found.values())

    def _path(self, row: Row) -> list[str]:
        """Return the names from the widest code to that of a row; each code stands in one place alone."""
        climbed: dict[str, Row] = {}
        at: Row | None = row
        while at and at[1] not in self.paths and at[1] not in climbed:
            climbed[at[1]] = at
            at = self.rows.get(self._parent(at)) or self.by_name.get(self._parent(at))
        if at and at[1] in climbed:
            codes = list(climbed)
            first = min((climbed[code] for code in codes[codes.index(at[1]) :]), key=lambda one: one[0])
            self._stands_at_the_top(first, "go in a circle")
        for below in reversed(climbed.values()):
            if below[1] not in self.paths:
                self._place(below)
        return self.paths[row[1]]

    def _place(self, row: Row) -> None:
        """Keep the path of a row whose parent, where it is a code of the table, has one or can have none."""
        parent = self._parent(row)
        above = self.rows.get(parent) or self.by_name.get(parent)
        path = self._path(above) if above else [part for part in LEVELS.split(parent) if part]
        own = self._own(row)
        if self.by_tag and parent and not row[2]:
            own = [row[1].removeprefix(f"{parent}{TAG_SEPARATOR}")]
        within = own[len(path) :] if own[: len(path)] == path and len(own) > len(path) else own
        if path and len(path) > DEEPEST:
            self._stands_at_the_top(row, f"stand more than {DEEPEST} deep")
        else:
            self.paths[row[1]] = [*path, *within]

    def _stands_at_the_top(self, row: Row, what: str) -> None:
        self._warn(f"the parents {what} at {quoted(row[1])}; it is taken to stand at the top", row[0])
        self.paths[row[1]] = self._own(row)

    def _own(self, row: Row) -> list[str]:
        _, code, name, _, _ = row
        return [name] if name else [part for part in LEVELS.split(code) if part] or [code]

    def _parent(self, row: Row) -> str:
        return row[3] or (self._wider(row[1]) if self.by_tag else "")

    def _wider(self, tag: str) -> str:
        """Return the nearest tag that a tag's levels begin with."""
        wider = tag.rpartition(TAG_SEPARATOR)[0]
        while wider and wider not in self.rows:
            wider = wider.rpartition(TAG_SEPARATOR)[0]
        return wider

    def _first(self, cells: tuple[str, ...], names: tuple[str, ...]) -> str:
        given = (cells[self.headers.index(name)] for name in names if name in self.headers)
        return next((" ".join(cell.split()) if names is not MEANING else cell for cell in given if cell), "")

    def _warn(self, reason: str, row: int) -> None:
        self.file.faults.append(Fault(self.file.name, reason, self.table.sheet, row, warning=True))


FORMAT = FileFormat("Codebook", told_by="CSV", take_over=take_over)
