"""What each of their columns may fill, as rows for a table that a person edits."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.codebook import Codebook
from data.importing.mapping import synonyms
from data.importing.mapping.decided import Mapping
from data.importing.mapping.fields import CODES, FIELDS, NOT_OURS
from data.importing.mapping.suggesting.by_values import Values
from data.importing.mapping.suggesting.ground import How, in_words
from data.importing.mapping.suggesting.similar import guess, most_like
from data.importing.mapping.words import folded
from data.importing.raw import LIST_SEPARATOR, RawFile, RawTable
from data.importing.reading import FINDING_COLUMNS, SOURCE_COLUMNS

LONGEST_EXAMPLE = 120
OF_CASE = " (case)"
"""How the reader of projects ends the name of a variable that a column of its own has already."""
FOR_FINDINGS = (*FINDING_COLUMNS, CODES)


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
    rows = []
    values = Values(raw, codebook)
    for table in raw.tables:
        suggested = [_suggested(table, column) for column in table.columns]
        suggested = [_by_values(values, table, place, found) for place, found in enumerate(suggested)]
        for place, column in enumerate(table.columns):
            decided = mapping.field(table.sheet, column) if mapping else None
            found = suggested[place]
            if found[0] and _better(table, suggested, place):
                choices = tuple(dict.fromkeys((found[0], *found[3])))
                found = ("", How.SEVERAL, found[2], choices, "another column fits better")
            rows.append(_row(table, place, decided, found))
    return rows


Found = tuple[str, How, float | None, tuple[str, ...], str]
"""Field, how, score, choices, and what is said."""


def _suggested(table: RawTable, column: str) -> Found:
    """Return what a column may fill: by its name exactly, by a synonym, or by likeness."""
    if folded(table.sheet) in synonyms.no_evidence():
        return NOT_OURS, How.EXACT, None, (), "a sheet without evidence"
    known = FIELDS_OF[table.holds]
    name = synonyms.header(column.rpartition(" / ")[2].removesuffix(OF_CASE))
    exact = {synonyms.header(field): field for field in known}
    if name in exact:
        return exact[name], How.EXACT, None, (), "our name"
    kinds = (table.holds,) if table.holds else ("findings", "sources")
    meant = tuple(dict.fromkeys(field for kind in kinds for field in synonyms.of_columns(kind).get(name, ())))
    if len(meant) == 1:
        return meant[0], How.SYNONYM, None, (), ""
    if meant:
        return meant[0], How.SYNONYM, None, meant[1:], ""
    names: dict[str, list[str]] = {field: [synonyms.header(field)] for field in known}
    for kind in kinds:
        for word, fields in synonyms.of_columns(kind).items():
            for field in fields:
                names.setdefault(field, []).append(word)
    likes = most_like(name, names)
    best = guess(likes)
    others = tuple(like.key for like in likes if like is not best)
    if best:
        return best.key, How.SIMILAR, best.score, others, best.key
    return "", How.NONE, likes[0].score if likes else None, others, others[0] if others else ""


def _by_values(values: Values, table: RawTable, place: int, found: Found) -> Found:
    """Return what a column may fill by its values where its name says nothing, or is less like a field."""
    if found[1] not in (How.NONE, How.SIMILAR):
        return found
    field, share = values.field(table, place)
    likeness = (found[2] or 0.0) if found[0] else 0.0
    if not field or field == found[0] or share < likeness:
        return found
    others = tuple(dict.fromkeys(choice for choice in (found[0], *found[3]) if choice))
    return field, How.VALUES, share, others, field


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


def _row(table: RawTable, place: int, decided: str | None, found: Found) -> ColumnRow:
    field, how, score, choices, said = found
    if decided is not None:
        field, how, score, choices = decided, How.DECIDED, None, tuple(dict.fromkeys((field, *choices)))
    values = [cells[place] for _, cells in table.rows if cells[place]]
    example = max(values[:50], key=len, default="").replace(LIST_SEPARATOR, "; ")
    shown = example if len(example) <= LONGEST_EXAMPLE else f"{example[: LONGEST_EXAMPLE - 1]}…"
    others = tuple(choice for choice in choices if choice and choice != field)
    return ColumnRow(table.sheet, table.columns[place], len(values), len(set(values)), shown, field, how, score,
                     how in (How.SIMILAR, How.VALUES), others, in_words(how, said, score))  # fmt: skip


RANK = {How.EXACT: 0, How.SYNONYM: 1, How.VALUES: 2, How.SIMILAR: 3, How.NONE: 4}
SHARED = frozenset({"themes", "levers", "regions", CODES, "authors", "population", "note", NOT_OURS})
"""Fields that several columns may fill together, such as Theme 1 and Theme 2."""
FIELDS_OF = {"": FIELDS, "findings": (*FOR_FINDINGS, *SOURCE_COLUMNS), "sources": (*SOURCE_COLUMNS, CODES)}
