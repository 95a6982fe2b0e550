"""The fields in words, as a person reads them on screen; files and commands have the fields themselves."""

from collections.abc import Iterable
from types import MappingProxyType

from data.filters.wording import listed
from data.importing.mapping.fields import CODES, NOT_OURS, PRESENCE
from data.importing.readers import formats
from data.schema import EVERY

NAMES = MappingProxyType({
    **{column.name: column.words for column in EVERY},
    CODES: "codes of any kind", PRESENCE: "a code: its heading, where the cell says yes", NOT_OURS: "not ours",
})  # fmt: skip
"""Each field of a source or finding, within a sentence."""


def named(field: str) -> str:
    """Return a field in words, within a sentence."""
    return NAMES.get(field, field.replace("_", " "))


def headed(field: str) -> str:
    """Return a field in words, as the name of a control or column."""
    name = named(field)
    return f"{name[:1].upper()}{name[1:]}"


def in_words(column: str, format: str) -> str:
    """Return a column's heading as a person reads it: in words where it is our field, named so by a format's reader."""
    if formats.of(format).own_headings or column not in NAMES:
        return column
    return "Codes" if column == CODES else headed(column)


def list_of(fields: Iterable[str]) -> str:
    """Return fields in words, as a list within a sentence."""
    return listed([named(field) for field in fields], "and")
