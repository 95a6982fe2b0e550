"""Every file format that is read here, and how a person is told of them all; a format is its reader and a line here."""

from collections.abc import Mapping
from types import MappingProxyType

from data.filters.wording import listed
from data.importing.readers import (
    bibtex,
    codebook_table,
    delimited,
    endnote,
    eppi,
    excel,
    medline,
    qualcoder,
    refi_codebook,
    refi_qda,
    ris,
    taguette,
    web_of_science,
)
from data.importing.readers.file_format import FileFormat

CSV = delimited.FORMAT
FORMATS: Mapping[str, FileFormat] = MappingProxyType({one.FORMAT.name: one.FORMAT for one in (
    excel, delimited, refi_qda, refi_codebook, taguette, qualcoder, codebook_table, eppi,
    ris, bibtex, medline, web_of_science, endnote,
)})  # fmt: skip
"""Every format by its name, in the order in which they are told of."""
UNKNOWN = FileFormat("")


def of(name: str) -> FileFormat:
    """Return the format of this name; for a file that is of none, a format of which nothing is known."""
    return FORMATS.get(name, UNKNOWN)


def _told(words: Mapping[str, str], word: str) -> str:
    """Return what formats are called as a list, references last under one word."""
    alone = [said for name, said in words.items() if said and not FORMATS[name].references]
    records = [said for name, said in words.items() if said and FORMATS[name].references]
    return f"{', '.join(alone)}, {word} references as {listed(records)}"


ON_PAGE = _told({name: one.page for name, one in FORMATS.items()}, "and")
"""What the Load page reads, within a sentence."""
ADVICE = _told({name: one.advice for name, one in FORMATS.items()}, "or")
"""What a person is told to give, within a sentence."""
