"""References of any bibliographic format as rows of a sources table."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from data.faults import Fault, quoted
from data.importing.readers.grid_tables import clean, tidy_text
from data.importing.readers.limits import KEPT_FAULTS, Watch
from data.importing.readers.raw import LIST_SEPARATOR, RawFile, RawTable

COLUMNS = (
    "source_id", "strand", "title", "authors", "organisation", "year", "source_type", "publication", "volume", "issue",
    "pages", "url", "doi", "accessed", "abstract", "keywords", "note",
)  # fmt: skip
LISTS = frozenset({"keywords"})
DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.I)
"""How a DOI is written as an address."""
DAY = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?:[/ T].*)?", re.S)
"""A whole day as reference managers write it: 2019/03/01/ and 2019-03-01."""


class Reference(NamedTuple):
    """One reference: the line or ordinal at which it stands, and what it gives."""

    row: int
    id: str
    title: str
    authors: str
    organisation: str
    year: str
    source_type: str
    publication: str
    """The journal, book or series that it stands in."""
    volume: str
    issue: str
    pages: str
    url: str
    doi: str
    accessed: str
    abstract: str
    keywords: tuple[str, ...] = ()
    note: str = ""


def add_references(file: RawFile, references: Sequence[Reference], watch: Watch) -> None:
    """Add a table of sources; a reference without title or of a repeated id is told, and gets an id of its own."""
    if not references:
        if not any(not fault.warning for fault in file.faults):
            file.faults.append(Fault(file.name, "holds no record"))
        return
    rows: list[tuple[int, tuple[str, ...]]] = []
    seen: dict[str, int] = {}
    for reference in references:
        ref = " ".join(reference.id.split())
        if not ref:
            ref = _made(reference, seen)
        elif ref in seen:
            reason = f"the id {quoted(ref)} stands already in row {seen[ref]}; this one is called {ref}-{reference.row}"
            _tell(file, reason, reference.row, "source_id")
            ref = f"{ref}-{reference.row}"
        seen[ref] = reference.row
        if not reference.title:
            _tell(file, f"the record {quoted(ref or reference.url or 'here')} has no title", reference.row, "title")
        day = _day(reference.accessed)
        if reference.accessed and not day:
            reason = f"{quoted(reference.accessed)} is no day, such as 2024-03-09, and stays behind"
            _tell(file, reason, reference.row, "accessed")
        tidy = reference._replace(doi=DOI.sub("", reference.doi), accessed=day)
        cells = (ref, "", *(" ".join(cell.split()) for cell in tidy[2:14]), reference.abstract.strip())
        keywords = LIST_SEPARATOR.join(map(tidy_text, reference.keywords))
        rows.append((reference.row, (*cells, keywords, reference.note.strip())))
    table = RawTable(file.name, "", COLUMNS, rows, "sources", LISTS)
    file.tables.append(table)
    clean(table, file.faults, watch)


def _made(reference: Reference, seen: Collection[str]) -> str:
    """Return an id for a reference that has none, of its first author and year: smith-2019, then smith-2019-2."""
    first = reference.authors.partition(";")[0].partition(",")[0] or reference.title
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode().casefold()
    name = "-".join(re.findall(r"[a-z0-9]+", plain)[:3]) or "source"
    ref = f"{name}-{reference.year or 'nd'}"[:60]
    numbered = (f"{ref}-{number}" for number in count(2))
    return ref if ref not in seen else next(made for made in numbered if made not in seen)


def _day(text: str) -> str:
    """Return a whole day as 2019-03-01, and nothing where it is none."""
    found = DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else ""
    except ValueError:
        return ""


def pages(first: str, last: str) -> str:
    """Return a range of pages: 12-19 of 12 and 19; the first alone where it is a range, or the last says no more."""
    return f"{first}-{last}" if first and last and last != first and "-" not in first else first or last


def _tell(file: RawFile, reason: str, row: int, column: str) -> None:
    if len(file.faults) < KEPT_FAULTS:
        file.faults.append(Fault(file.name, reason, row=row, column=column, warning=True))
