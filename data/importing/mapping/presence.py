"""Presence tables: a column for each code, named by it, whose cells say whether a row has the code."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from data.importing.mapping.code_paths import LEVELS
from data.importing.readers.raw import CODE_SEPARATOR, RawTable

YES = frozenset({
    "1", "1.0", "true", "t", "yes", "y", "x", "✓", "✔", "☑", "☒", "applied", "present", "ja", "oui", "si", "sí",
    "wahr", "vrai",
})  # fmt: skip
"""What says that a row has a code."""
NO = frozenset({
    "", "0", "0.0", "false", "f", "no", "n", "✗", "✘", "☐", "-", "–", "not applied", "absent", "nein", "non", "falsch",
    "faux",
})  # fmt: skip
COUNT = re.compile(r"[1-9]\d*", re.ASCII)
"""How often a row has a code, as matrices of codes count it."""
PREFIX = re.compile(
    r"(?:codes?|themes?|levers?|tags?|labels?|nodes?|categor(?:y|ies)|topics?)\s*(?:::|[:=_–-])\s*", re.I
)
SUFFIX = re.compile(
    r"\s+(?:applied|present|coded|assigned|(?:\(|\[)(?:y/n|yes/no|0/1|1/0|true/false)(?:\)|\])|\?)", re.I
)


def framed(header: str) -> bool:
    """Tell whether a heading says itself that a code follows, as "Code: Libraries Applied" does."""
    return bool(PREFIX.match(header))


def code_of(header: str) -> str:
    """Return the code that a heading names, without the frame around it: its path where it stands in a wider one."""
    bare = header.strip()
    bare = bare[match.end() :] if (match := PREFIX.match(bare)) else bare
    bare = SUFFIX.sub("", bare.strip())
    return CODE_SEPARATOR.join(filter(None, LEVELS.split(bare))) or header


def is_mark(cell: str) -> bool:
    """Tell whether a cell says yes or no."""
    word = cell.strip().casefold()
    return word in YES or word in NO


def marks(cells: Iterable[str]) -> bool:
    """Tell whether cells are nothing but marks of yes and no, with a yes among them."""
    different = {cell.strip().casefold() for cell in cells}
    return different <= YES | NO and bool(different & YES)


def says(header: str, cell: str) -> str:
    """Return the code that a cell gives its row, empty where it gives none.

    A cell that says neither yes nor no is a word of its own, "Libraries: perhaps", which a person may give a meaning.
    """
    word = cell.strip().casefold()
    if word in NO:
        return ""
    code = code_of(header)
    return code if word in YES or COUNT.fullmatch(word) else f"{code}: {cell.strip()}"


def with_codes(table: RawTable, places: Collection[int]) -> RawTable:
    """Return a table in which the cells of some columns are the codes that they say their rows have."""
    columns: list[Sequence[str]] = list(zip(*(cells for _, cells in table.rows), strict=True))
    for place in places if columns else ():
        said = {cell: says(table.columns[place], cell) for cell in set(columns[place])}
        columns[place] = [said[cell] for cell in columns[place]]
    rows = [(number, cells) for (number, _), cells in zip(table.rows, zip(*columns, strict=True), strict=False)]
    lists = table.lists | {table.columns[place] for place in places}
    return replace(table, rows=rows, lists=frozenset(lists))
