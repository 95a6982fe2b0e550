"""What each of their columns may fill, as rows for a table that a person edits."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.collection.codebook import Codebook
from data.importing.checking.dates import readable
from data.importing.mapping import synonyms
from data.importing.mapping.cell_words import folded
from data.importing.mapping.field_names import named
from data.importing.mapping.fields import CODES, DAYS, FIELDS, NOT_OURS, PRESENCE
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.presence import framed, marks
from data.importing.mapping.suggesting import misfit
from data.importing.mapping.suggesting.by_values import Values
from data.importing.mapping.suggesting.exports import recognised
from data.importing.mapping.suggesting.ground import GUESSES, How, in_words
from data.importing.mapping.suggesting.similar import Names, guess, most_like
from data.importing.readers.raw import LIST_SEPARATOR, RawFile, RawTable
from data.schema import EVERY, FINDING_COLUMNS, SOURCE_COLUMNS

LONGEST_EXAMPLE = 120
OF_CASE = " (case)"
"""How the reader of projects ends the name of a variable that a column of its own has already."""
FOR_FINDINGS = (*FINDING_COLUMNS, CODES)
NO_CODES = frozenset({"volume", "issue", "number", "edition", "pages", "count", "weight", "score", "open access"})
"""Headings that are no codes though their cells may all be 1."""


@dataclass(frozen=True)
class ColumnRow:
    """One column of theirs: how much it holds, an example, and the field that is suggested or decided.

    `field` is empty where nothing is suggested, or nothing surely. `guess` marks what a person should look at;
    `choices` are further fields that it may be, the likeliest first; `ground` says how it was found.
    """

    sheet: str
    column: str
    filled: int
    distinct: int
    example: str
    field: str
    how: How
    score: float | None
    guess: bool
    choices: tuple[str, ...]
    ground: str


def columns(raw: RawFile, codebook: Codebook, mapping: Mapping | None = None) -> list[ColumnRow]:
    """Return a row for each column of a file, in the file's order; what the mapping has decided stands as it is."""
    values = Values(raw, codebook)
    return [row for table in raw.tables for row in _Table(table, values).rows(mapping)]


Found = tuple[str, How, float | None, tuple[str, ...], str]
"""Field, how, score, choices, and what is said."""


class _Table:
    """Suggests what the columns of one table fill, each by its name, and only where its values may be that."""

    def __init__(self, table: RawTable, values: Values) -> None:
        self.table, self.values = table, values
        self.cells = [[cells[place] for _, cells in table.rows if cells[place]] for place in range(len(table.columns))]
        self.different = [list(dict.fromkeys(cells)) for cells in self.cells]
        self.export = recognised(table)
        self.names = frozenset(map(synonyms.header, table.columns))
        self.texts = self.titles = 0

    def rows(self, mapping: Mapping | None) -> list[ColumnRow]:
        """Return a row for each column."""
        places = range(len(self.table.columns))
        self._count_things([self._found(place) for place in places])
        suggested = [self._found(place) for place in places]
        self._find_presence(suggested)
        found_rows = []
        for place in places:
            found = suggested[place]
            if found[0] and found[1] is not How.EXPORT and _better(self.table, suggested, place):
                choices = tuple(dict.fromkeys((found[0], *found[3])))
                found = ("", How.SEVERAL, found[2], choices, "another column fits better")
            column = self.table.columns[place]
            found_rows.append(self._row(place, mapping.field(self.table.sheet, column) if mapping else None, found))
        return found_rows

    def _count_things(self, first: Sequence[Found]) -> None:
        """Count the different texts and titles, against which ids are judged."""
        for place, (field, *_) in enumerate(first):
            if field == "finding":
                self.texts = max(self.texts, len(self.different[place]))
            if field == "title":
                self.titles = max(self.titles, len(self.different[place]))

    def _found(self, place: int) -> Found:
        """Return what a column may fill: as its program writes it, by its name, or by what stands in it."""
        column = self.table.columns[place]
        if self.export and (field := self.export.field(column, self.table.columns)):
            field = field if field not in DAYS or readable(self.different[place]) else NOT_OURS
            return field, How.EXPORT, None, (), self.export.name
        found = self._fitting(place, self._named(column))
        by_values = _by_values(self.values, self.table, place, found)
        return found if by_values is found else self._fitting(place, by_values)

    def _named(self, column: str) -> Found:
        """Return what a column may fill: by its name exactly, by a synonym, or by likeness."""
        table = self.table
        if folded(table.sheet) in synonyms.no_evidence():
            return NOT_OURS, How.EXACT, None, (), "a sheet without evidence"
        known = FIELDS_OF[table.holds]
        name = synonyms.header(column.rpartition(" / ")[2].removesuffix(OF_CASE))
        exact = {synonyms.header(field): field for field in known}
        if name in exact:
            return exact[name], How.EXACT, None, (), "our name"
        kinds = (table.holds,) if table.holds else ("findings", "sources") if self.texts else ("sources", "findings")
        meant = tuple(dict.fromkeys(field for kind in kinds for field in synonyms.of_columns(kind).get(name, ())))
        if meant:
            return meant[0], How.SYNONYM, None, meant[1:], ""
        return _like(name, kinds, known)

    def _fitting(self, place: int, found: Found) -> Found:
        """Return what is suggested where the column's values may be that; else the next that its name may mean."""
        field, how, score, choices, said = found
        if how is How.NONE or field == NOT_OURS:
            return found
        why = self._misfit(place, field, how)
        if not why:
            return found
        if how is How.SYNONYM:
            for other in choices:
                if not self._misfit(place, other, how):
                    return other, how, score, (*(choice for choice in choices if choice != other), field), said
        offered = () if why == misfit.EMPTY else tuple(dict.fromkeys((field, *choices)))
        return "", How.SEVERAL, score, offered, why

    def _misfit(self, place: int, field: str, how: How) -> str:
        different = self.different[place]
        column = misfit.JudgedColumn(self.table.columns[place], len(self.cells[place]), len(different),
                               different[: misfit.LOOKED_AT], self.texts, self.titles, self.names)  # fmt: skip
        return misfit.misfit(field, how, column, lambda: self.values.share(field, self.table, place))

    def _find_presence(self, suggested: list[Found]) -> None:
        """Take columns of marks for codes, where several have them or a heading says that it names a code."""
        marked = [place for place, found in enumerate(suggested) if self._may_be_code(place, found)]
        for place in marked:
            if framed(self.table.columns[place]) or len(marked) > 1:
                suggested[place] = (PRESENCE, How.PRESENCE, None, suggested[place][3], "")

    def _may_be_code(self, place: int, found: Found) -> bool:
        field, how, *_ = found
        open_still = not field or how in (How.SIMILAR, How.VALUES)
        words = set(synonyms.header(self.table.columns[place]).split())
        return open_still and marks(self.different[place]) and not words & NO_CODES

    def _row(self, place: int, decided: str | None, found: Found) -> ColumnRow:
        field, how, score, choices, said = found
        if decided is not None:
            field, how, score, choices = decided, How.DECIDED, None, tuple(dict.fromkeys((field, *choices)))
        cells, column = self.cells[place], self.table.columns[place]
        example = max(cells[:50], key=len, default="").replace(LIST_SEPARATOR, "; ")
        shown = example if len(example) <= LONGEST_EXAMPLE else f"{example[: LONGEST_EXAMPLE - 1]}…"
        others = tuple(choice for choice in choices if choice and choice != field)
        return ColumnRow(self.table.sheet, column, len(cells), len(self.different[place]), shown, field, how, score,
                         how in GUESSES, others, in_words(how, said, score))  # fmt: skip


def _like(name: str, kinds: Sequence[str], known: Sequence[str]) -> Found:
    """Return the field whose names a heading is like."""
    names: dict[str, list[str]] = {field: [synonyms.header(field)] for field in known}
    for kind in kinds:
        for word, fields in synonyms.of_columns(kind).items():
            for field in fields:
                names.setdefault(field, []).append(word)
    likes = most_like(name, Names(names))
    best = guess(likes)
    others = tuple(like.key for like in likes if like is not best)
    if best:
        return best.key, How.SIMILAR, best.score, others, named(best.key)
    return "", How.NONE, likes[0].score if likes else None, others, named(others[0]) if others else ""


def _by_values(values: Values, table: RawTable, place: int, found: Found) -> Found:
    """Return what a column may fill by its values where its name says nothing, or is less like a field."""
    if found[1] not in (How.NONE, How.SIMILAR, How.SEVERAL):
        return found
    field, share = values.field(table, place)
    likeness = (found[2] or 0.0) if found[0] else 0.0
    if not field or field == found[0] or share < likeness:
        return found
    others = tuple(dict.fromkeys(choice for choice in (found[0], *found[3]) if choice))
    return field, How.VALUES, share, others, named(field)


def _better(table: RawTable, suggested: Sequence[Found], place: int) -> bool:
    """Tell whether another column has the same suggestion on better ground; columns of words may share a field."""
    field, how, score, *_ = suggested[place]
    if field in SHARED:
        return False
    for other, (same, other_how, other_score, *_) in enumerate(suggested):
        if same == field and other != place:
            rank, other_rank = _rank(table, place, how), _rank(table, other, other_how)
            if other_rank < rank or (other_rank == rank and ((other_score or 0) > (score or 0) or other < place)):
                return True
    return False


def _rank(table: RawTable, place: int, how: How) -> float:
    """Return how good a ground is, the best lowest; a variable that people gave goes before what a project says."""
    return RANK[how] - (0.5 if table.columns[place].endswith(OF_CASE) else 0.0)


RANK = {How.EXPORT: -1, How.EXACT: 0, How.SYNONYM: 1, How.VALUES: 2, How.SIMILAR: 3, How.PRESENCE: 3, How.NONE: 4}
SHARED = frozenset({*(column.name for column in EVERY if column.shared), CODES, PRESENCE, NOT_OURS})
"""Fields that several columns may fill together, such as Theme 1 and Theme 2."""
FIELDS_OF = {"": FIELDS, "findings": (*FOR_FINDINGS, *SOURCE_COLUMNS), "sources": (*SOURCE_COLUMNS, CODES)}
