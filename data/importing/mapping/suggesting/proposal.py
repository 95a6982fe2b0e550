"""A first mapping for a file, made of all suggestions, for a person to look over before it is used."""

from collections.abc import Iterable, Iterator

from data.codebook import Codebook
from data.importing.mapping.bringing.layout import Layout, layouts
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.decided import Mapping, prefix_for
from data.importing.mapping.fields import NEEDED
from data.importing.mapping.suggesting.columns import ColumnRow, columns
from data.importing.mapping.suggesting.ground import How
from data.importing.mapping.suggesting.words import WordRow, words
from data.importing.raw import RawFile

PLAIN = frozenset({How.EXACT, How.PLACE})
"""What a word means without a mapping, so that none need hold it."""


def propose(raw: RawFile, name: str, codebook: Codebook) -> Mapping:
    """Return a mapping of what is suggested for a file and no guess: exact names and synonyms.

    Guesses stay open, to be shown with their scores by `columns` and `words` and taken by `accepted` once a person has
    seen them. A file that has our columns keeps its refs: its mapping has no prefix.
    """
    mapping = Mapping(name, raw.format, "" if has_our_columns(raw) else prefix_for(name))
    mapping = accepted(mapping, [row for row in columns(raw, codebook) if not row.guess])
    return accepted(mapping, (), [row for row in words(raw, mapping, codebook) if not row.guess])


def accepted(mapping: Mapping, of_columns: Iterable[ColumnRow] = (), of_words: Iterable[WordRow] = ()) -> Mapping:
    """Return the mapping with what rows suggest decided, guesses too: for a person who has seen them."""
    mapping = mapping.with_columns((row.sheet, row.column, row.field) for row in of_columns if row.field)
    meant = [row for row in of_words if row.targets and row.how not in PLAIN]
    return mapping.with_words((row.field, row.word, row.targets) for row in meant)


def lacking(raw: RawFile, mapping: Mapping) -> dict[str, str]:
    """Return the fields that every source or finding needs and that neither a column nor a constant gives, with why.

    A field that words of a column of codes may give, such as direction, is asked for too: a passage without such a
    code takes the constant.
    """
    laid = layouts(raw, mapping)
    given = {field for layout in laid for field in _given(layout)} | {*mapping.constants}
    wanted: dict[str, str] = {}
    if any(layout.tells_findings for layout in laid):
        wanted |= {field: f"every finding needs its {field}" for field in NEEDED["findings"] if field not in given}
        if not {"source_id", "title"} & given:
            wanted["title"] = "nothing says which source a finding comes from; give the title of the one source"
    if any(layout.tells_sources or layout.tells_findings for layout in laid) and "strand" not in given:
        wanted["strand"] = "every source needs its strand"
    return wanted


def _given(layout: Layout) -> Iterator[str]:
    """Yield the fields that some cell of a table gives."""
    for field, places in layout.fields.items():
        if any(row[place] for place in places for _, row in layout.table.rows):
            yield field
