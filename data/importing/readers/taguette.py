"""Highlights exported by Taguette (.xlsx, .csv): one finding a highlight, with all its tags."""

from data.faults import Fault
from data.importing.readers.file_format import FileFormat
from data.importing.readers.raw import LIST_SEPARATOR, RawCode, RawFile, RawTable, Rows

HEADER = ("id", "document", "tag", "content")
COLUMNS = ("finding_id", "source_id", "finding", "codes")
TAG_SEPARATOR = "."
"""Parts the levels of a tag, as in places.libraries."""


def take_over(file: RawFile) -> None:
    """Make findings and sources of a table that is Taguette's, and leave any other file as it is."""
    if len(file.tables) != 1 or tuple(name.lower() for name in file.tables[0].columns) != HEADER:
        return
    table = file.tables[0]
    file.format = FORMAT.name
    found: dict[str, tuple[int, str, str, list[str]]] = {}
    for number, (highlight, document, tag, content) in table.rows:
        if not content:
            file.faults.append(table.fault("has no content; no finding is made of it", number, "content", warning=True))
            continue
        first = found.setdefault(highlight or f"row-{number}", (number, document, content, []))
        if first[1:3] != (document, content):
            reason = f"its id {highlight} stands already in row {first[0]} with another document or content"
            file.faults.append(Fault(file.name, reason, table.sheet, number, "id", highlight, one_row=True))
            continue
        if tag and tag not in first[3]:
            first[3].append(tag)
    tags = sorted({tag for *_, given in found.values() for tag in given})
    rows: Rows = [(number, (highlight, document, content, LIST_SEPARATOR.join(given)))
            for highlight, (number, document, content, given) in found.items()]  # fmt: skip
    file.codes = [RawCode(tag, tag.rpartition(TAG_SEPARATOR)[2] or tag, _wider(tag, tags)) for tag in tags]
    file.tables = [
        sources_named(file.name, [(number, document) for number, document, *_ in found.values()]),
        RawTable(file.name, table.sheet or "Highlights", COLUMNS, rows, "findings", frozenset({"codes"})),
    ]


def _wider(tag: str, tags: list[str]) -> str:
    """Return the nearest tag that a tag's levels begin with."""
    wider = tag.rpartition(TAG_SEPARATOR)[0]
    while wider and wider not in tags:
        wider = wider.rpartition(TAG_SEPARATOR)[0]
    return wider


def sources_named(file: str, named: list[tuple[int, str]]) -> RawTable:
    """Return a table of the sources that rows name, each once, at the row that names it first."""
    first: dict[str, int] = {}
    for number, name in named:
        if name:
            first.setdefault(name, number)
    rows: Rows = [(number, (name, "", name)) for name, number in first.items()]
    return RawTable(file, "Sources", ("source_id", "strand", "title"), rows, "sources")


FORMAT = FileFormat(
    "Taguette highlights", page="highlights of Taguette", told_by="CSV", take_over=take_over, passages=True
)
