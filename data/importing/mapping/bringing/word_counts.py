"""The words of cells, each cell's worked out once, and how often each word is used."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from data.importing.mapping.bringing.column_layout import Layout
from data.importing.mapping.cell_words import parted
from data.importing.mapping.fields import CODES, SEVERAL
from data.importing.mapping.meaning import Meanings
from data.importing.readers.raw import LIST_SEPARATOR


class CellWords:
    """Takes cells apart into words; a word of a column of codes is the id of the code that it names."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings = meanings
        self._known: dict[tuple[str, str, bool], tuple[str, ...]] = {}

    def words(self, field: str, cell: str, is_list: bool) -> tuple[str, ...]:
        """Return the words of a cell in their order, repeats included."""
        key = (field, cell, is_list)
        if key not in self._known:
            self._known[key] = tuple(self._taken_apart(*key))
        return self._known[key]

    def _taken_apart(self, field: str, cell: str, is_list: bool) -> Iterable[str]:
        if is_list:
            words = [word for part in cell.split(LIST_SEPARATOR) if (word := part.strip())]
        elif field in SEVERAL or field == CODES:
            words = parted(cell, lambda word: self.meanings.known(field, word))
        else:
            words = [cell] if cell else []
        return map(self.meanings.paths.id, words) if field == CODES else words


@dataclass
class Use:
    """How often a word is used, and where it stands first."""

    field: str
    word: str
    times: int
    layout: Layout
    place: int
    row: int
    example: str
    """The text of the first finding or source that it is used for, else the cell it stands in."""


def uses(layouts: Iterable[Layout], cells: CellWords) -> list[Use]:
    """Return every word of every column of words, in the order of their first use."""
    found: dict[tuple[str, str], Use] = {}
    for layout in layouts:
        for field, place in layout.worded:
            times = Counter(row[place] for _, row in layout.table.rows)
            first: dict[str, tuple[int, tuple[str, ...]]] = {}
            for number, row in layout.table.rows:
                first.setdefault(row[place], (number, row))
            for cell, number in times.items():
                for word in dict.fromkeys(cells.words(field, cell, layout.lists[place])):
                    if known := found.get((field, word)):
                        known.times += number
                    else:
                        at, row = first[cell]
                        found[field, word] = Use(field, word, number, layout, place, at, _example(layout, row, cell))
    return list(found.values())


def _example(layout: Layout, row: tuple[str, ...], cell: str) -> str:
    for field in ("finding", "title"):
        for place in layout.fields.get(field, ()):
            if row[place]:
                return row[place]
    return cell.replace(LIST_SEPARATOR, "; ")
