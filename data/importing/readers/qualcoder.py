"""QualCoder's report of codings (.csv, .xlsx): one finding a coded passage of one coder, with all its codes."""

from data.importing.readers.file_format import FileFormat
from data.importing.readers.raw import CODE_SEPARATOR, LIST_SEPARATOR, RawCode, RawFile, RawTable
from data.importing.readers.taguette import sources_named

TEXT, CODE, CODER, MEMO, ID = "Coded", "Codename", "Coder", "Coded_Memo", "Id"
SOURCE = ("File", "Case", "File/case")
CATEGORY = "Category"
VARIABLES = ("FileVar_", "CaseVar_")
COLUMNS = ("finding_id", "source_id", "finding", "codes", "coder", "note")


def take_over(file: RawFile) -> None:
    """Make findings and sources of a table that is QualCoder's, and leave any other file as it is."""
    if len(file.tables) != 1 or not {TEXT, CODE, CODER} <= {*file.tables[0].columns}:
        return
    table = file.tables[0]
    source = next((name for name in SOURCE if name in table.columns), "")
    if not source:
        return
    file.format = FORMAT.name
    variables = [name for name in table.columns if name.startswith(VARIABLES)]
    passages: dict[tuple[str, ...], tuple[int, dict[str, str], list[str], list[str]]] = {}
    for number, values in table.rows:
        cells = dict(zip(table.columns, values, strict=True))
        if not cells[TEXT]:
            reason = "has no text, as the coding of a picture or a recording has none; no finding is made of it"
            file.faults.append(table.fault(reason, number, TEXT, warning=True))
            continue
        # One passage that a coder gave several codes stands in a row for each; the report says no positions.
        key = (cells[source], cells[TEXT], cells[CODER])
        _, _, codes, notes = passages.setdefault(key, (number, cells, [], []))
        code = _code(cells, file)
        if code and code not in codes:
            codes.append(code)
        if (memo := cells.get(MEMO, "")) and memo not in notes:
            notes.append(memo)
    rows = [
        (number, (cells.get(ID, "") or f"row-{number}", cells[source], cells[TEXT], LIST_SEPARATOR.join(codes),
                  cells[CODER], "\n".join(notes), *(cells[name] for name in variables)))
        for number, cells, codes, notes in passages.values()
    ]  # fmt: skip
    columns = (*COLUMNS, *(name.partition("_")[2] for name in variables))
    if len(set(columns)) < len(columns):
        columns = (*COLUMNS, *variables)
    file.tables = [
        sources_named(file.name, [(number, cells[source]) for number, cells, *_ in passages.values()]),
        RawTable(file.name, table.sheet or "Codings", columns, rows, "findings", frozenset({"codes"})),
    ]


def _code(cells: dict[str, str], file: RawFile) -> str:
    """Return the id of a row's code, and add it and its categories, of which the nearest stands first, to the codes."""
    if not cells[CODE]:
        return ""
    categories = [value for name, value in cells.items() if name.partition(" (")[0] == CATEGORY and value]
    path = [*reversed(categories), cells[CODE]]
    known = {code.id for code in file.codes}
    for depth in range(1, len(path) + 1):
        if (name := CODE_SEPARATOR.join(path[:depth])) not in known:
            file.codes.append(RawCode(name, path[depth - 1], CODE_SEPARATOR.join(path[: depth - 1])))
    return CODE_SEPARATOR.join(path)


FORMAT = FileFormat("QualCoder coding report", told_by="CSV", take_over=take_over, passages=True)
