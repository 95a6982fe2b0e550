"""A first mapping for a file, made of all suggestions, for a person to look over before it is used."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from data.collection.codebook import Codebook
from data.importing.mapping.bringing.column_layout import Layout, layouts
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.fields import NEEDED
from data.importing.mapping.mapping import Mapping, Targets, prefix_for
from data.importing.mapping.suggesting.column_suggestions import ColumnRow, columns
from data.importing.mapping.suggesting.exports import recognised
from data.importing.mapping.suggesting.ground import How
from data.importing.mapping.suggesting.word_suggestions import WordRow, words
from data.importing.readers import formats
from data.importing.readers.raw import RawFile

PLAIN = frozenset({How.EXACT, How.PLACE})
"""What a word means without a mapping, so that none need hold it."""


class Guess(StrEnum):
    """How much of what is suggested is taken."""

    SURE = "sure"
    ALL = "all"
    NONE = "none"


def propose(raw: RawFile, name: str, codebook: Codebook, guess: Guess = Guess.SURE) -> Mapping:
    """Return a mapping of what is suggested for a file: what is sure, guesses too, or nothing.

    Guesses that stay open are shown with their scores by `columns` and `words` and taken by `accepted` once a person
    has seen them. A file that has our columns keeps its refs: its mapping has no prefix.
    """
    return propose_for([raw], name, codebook, guess)


def propose_for(files: Sequence[RawFile], name: str, codebook: Codebook, guess: Guess = Guess.SURE) -> Mapping:
    """Return one mapping of what is suggested for several files; see `propose`."""
    own = all(has_our_columns(raw) for raw in files)
    mapping = Mapping(name, files[0].format, "" if own else prefix_for(name))
    if guess is Guess.NONE:
        return mapping
    for raw in files:
        mapping = accepted(mapping, [row for row in columns(raw, codebook) if guess is Guess.ALL or not row.guess])
    for raw in files:
        of_words = words(raw, mapping, codebook)
        mapping = accepted(mapping, (), [row for row in of_words if guess is Guess.ALL or not row.guess])
    expected = {field: one.value for field, one in usual(files, mapping, codebook).items()}
    return mapping.with_constants(expected, usual=True)


def accepted(mapping: Mapping, of_columns: Iterable[ColumnRow] = (), of_words: Iterable[WordRow] = ()) -> Mapping:
    """Return the mapping with what rows suggest decided, guesses too: for a person who has seen them."""
    mapping = mapping.with_columns((row.sheet, row.column, row.field) for row in of_columns if row.field)
    meant = [row for row in of_words if row.targets and row.how not in PLAIN]
    return mapping.with_words((row.field, row.word, row.targets) for row in meant)


def bare_levers(used: Iterable[tuple[int, Targets | None]]) -> bool:
    """Tell whether some word means a lever without its role; `used` holds how often each is used and what it means."""
    return any(times and target.facet == "lever" and not target.role for times, meant in used for target in meant or ())


def lacking(raw: RawFile, mapping: Mapping, levers: bool = False) -> dict[str, str]:
    """Return the fields that every source or finding needs and that neither a column nor a constant gives, with why.

    A field that words of a column of codes may give, such as direction, is asked for too: a passage without such a
    code takes the constant. With `levers`, words mean levers without a role, which then is needed. Of a file that
    tells of neither sources nor findings, what would make it tell of either.
    """
    laid = layouts(raw, mapping)
    given = {field for layout in laid for field in _given(layout)} | {*mapping.constants}
    wanted: dict[str, str] = {}
    if any(layout.tells_findings for layout in laid):
        wanted |= {field: "every finding needs one" for field in NEEDED["findings"] if field not in given}
        if levers and "lever_roles" not in given:
            wanted["lever_roles"] = "every policy lever needs its role in a finding"
        if not {"source_id", "title"} & given:
            wanted["title"] = "nothing says which source a finding comes from; give the title of the one source"
    elif any(layout.tells_sources for layout in laid):
        wanted |= {} if "title" in given else {"title": "every source needs one; say which column holds it"}
    elif laid:
        return {"finding": "no column holds the text of findings", "title": "nor the titles of sources"}
    if laid and "strand" not in given:
        wanted["strand"] = "every source needs one"
    return wanted


class Usual(NamedTuple):
    """What is given for a whole file unless a person chooses otherwise, and why."""

    value: str
    why: str


def usual(files: Sequence[RawFile], mapping: Mapping, codebook: Codebook) -> dict[str, Usual]:
    """Return what is given for all files together unless a person chooses otherwise, by field.

    Passages of what people said are for the team alone; references alone are literature.
    """
    laid = [(raw, layout) for raw in files for layout in layouts(raw, mapping)]
    given = {field for _, layout in laid for field in _given(layout)}
    findings = [raw for raw, layout in laid if layout.tells_findings]
    found: dict[str, Usual] = {}
    if findings and "access" not in given and any(map(_of_passages, findings)):
        found["access"] = Usual("team", "passages of what people said are for the team alone")
    literature = "literature" in codebook.facets["strand"]
    if literature and not findings and "strand" not in given and any(layout.tells_sources for _, layout in laid):
        found["strand"] = Usual("literature", "references alone are literature")
    return found


def _of_passages(raw: RawFile) -> bool:
    exports = map(recognised, raw.tables)
    return formats.of(raw.format).passages or any(export and export.passages for export in exports)


def _given(layout: Layout) -> Iterator[str]:
    """Yield the fields that some cell of a table gives."""
    for field, places in layout.fields.items():
        if any(row[place] for place in places for _, row in layout.table.rows):
            yield field
