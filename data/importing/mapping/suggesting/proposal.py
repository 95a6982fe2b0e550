"""A first mapping for a file, made of all suggestions, for a person to look over before it is used."""

from data.codebook import Codebook
from data.importing.mapping.bringing.layout import layouts
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.decided import Mapping, prefix_for
from data.importing.mapping.fields import NEEDED
from data.importing.mapping.suggesting.columns import columns
from data.importing.mapping.suggesting.ground import How
from data.importing.mapping.suggesting.words import words
from data.importing.raw import RawFile

PLAIN = frozenset({How.EXACT, How.PLACE})
"""What a word means without a mapping, so that none need hold it."""


def propose(raw: RawFile, name: str, codebook: Codebook, guesses: bool = True) -> Mapping:
    """Return a mapping of all that is suggested for a file's columns and words; without `guesses`, of the sure alone.

    Columns and words that are nothing like ours stay open. A file that has our columns keeps its refs: no prefix.
    """
    found = [row for row in columns(raw) if row.field and (guesses or not row.guess)]
    mapping = Mapping(name, raw.format, "" if has_our_columns(raw) else prefix_for(name))
    mapping = mapping.with_columns((row.sheet, row.column, row.field) for row in found)
    meant = [row for row in words(raw, mapping, codebook) if row.targets and row.how not in PLAIN]
    return mapping.with_words((row.field, row.word, row.targets) for row in meant if guesses or not row.guess)


def lacking(raw: RawFile, mapping: Mapping) -> dict[str, str]:
    """Return the fields that every source or finding needs and that neither a column nor a constant gives, with why.

    A field that words of a column of codes may give, such as direction, is asked for too: a passage without such a
    code takes the constant.
    """
    laid = layouts(raw, mapping)
    given = {field for layout in laid for field in layout.fields} | {*mapping.constants}
    wanted: dict[str, str] = {}
    if any(layout.tells_findings for layout in laid):
        wanted |= {field: f"every finding needs its {field}" for field in NEEDED["findings"] if field not in given}
        if not {"source_id", "title"} & given:
            wanted["title"] = "nothing says which source a finding comes from; give the title of the one source"
    if any(layout.tells_sources or layout.tells_findings for layout in laid) and "strand" not in given:
        wanted["strand"] = "every source needs its strand"
    return wanted
