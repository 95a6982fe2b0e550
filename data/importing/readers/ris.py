"""RIS, as reference managers write it: one source a record, read by rispy."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import rispy

from data.importing.faults import Fault, quoted
from data.importing.raw import RawFile
from data.importing.readers.encodings import encoding_of
from data.importing.readers.limits import MOST_ITEMS, Watch
from data.importing.readers.references import Reference, add_references

BEGINS = re.compile(r"^TY {0,2}-", re.M)
ENDS = re.compile(r"^ER {0,2}-", re.M)
TAG = re.compile(r"^([A-Z][A-Z0-9]) {0,2}- ?(.*)$")
YEAR = re.compile(r"\d{4}")
KEYS = {
    "title": ("title", "primary_title", "translated_title", "short_title"),
    "organisation": ("publisher", "institution", "custom3"),
    "container": ("journal_name", "secondary_title", "alternate_title3", "alternate_title2"),
    "url": ("urls", "url"),
    "doi": ("doi",),
    "id": ("id", "accession_number"),
    "abstract": ("abstract", "notes_abstract"),
    "year": ("year", "publication_year", "date"),
}
"""The names that rispy gives to what a record tells, the first that is given counts."""
AUTHORS = ("authors", "first_authors")
NOTES = ("notes", "research_notes")
EDITORS = ("secondary_authors", "tertiary_authors", "subsidiary_authors")


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the records of a RIS file as sources; each faulty one is named by its line and title."""
    found = encoding_of(contents)
    file.details["encoding"] = found.found
    if found.guessed:
        file.faults.append(Fault(file.name, f"its encoding is {found.found}; look at its accents", warning=True))
    text = contents.decode(found.name, "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    references = []
    for done, (line, record) in enumerate(_records(file, text)):
        if done >= MOST_ITEMS:
            break
        watch.tell(0.9 * line / max(text.count("\n"), 1) if not done % 100 else 0.5, f"reading record {done + 1:,}")
        references += _reference(file, line, record)
    add_references(file, references, watch)


def _records(file: RawFile, text: str) -> list[tuple[int, str]]:
    """Return each record's text with the line it begins on; one that does not end is told, and read all the same."""
    starts = [match.start() for match in BEGINS.finditer(text)]
    lead = text[: starts[0]] if starts else text
    if lead.strip():
        reason = f"{quoted(lead.strip())} stands before the first record (TY  - ) and is left out"
        file.faults.append(Fault(file.name, reason, row=1, warning=bool(starts)))
    records, line, at = [], 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line += text.count("\n", at, start)
        at = start
        record = text[start:end]
        ended = ENDS.search(record)
        if not ended:
            reason = "the record that begins here has no end (ER  - ); it is read up to the next"
            file.faults.append(Fault(file.name, reason, row=line, warning=True))
            record = record.rstrip("\n") + "\nER  - \n"
        elif record[ended.end() :].strip():
            left = record[ended.end() :].strip()
            reason = f"{quoted(left)} stands between two records and is left out"
            file.faults.append(Fault(file.name, reason, row=line, warning=True))
            record = record[: ended.end()] + "\n"
        records.append((line, record))
    return records


def _reference(file: RawFile, line: int, record: str) -> list[Reference]:
    for place, text in enumerate(record.split("\n")):
        if (
            text.strip()
            and not TAG.match(text)
            and text[:1].isspace() is False
            and len(text) > 2
            and text[2:6] == "  - "
        ):
            file.faults.append(
                Fault(file.name, f"{quoted(text)} begins with no known tag", row=line + place, warning=True)
            )
    try:
        (entry,) = rispy.loads(record, skip_unknown_tags=False)
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        title = re.search(r"^(?:TI|T1) {0,2}- ?(.*)$", record, re.M)
        what = f"the record {quoted(title[1])}" if title else "a record"
        file.faults.append(Fault(file.name, f"{what} cannot be read ({error}); correct it, or take it out", row=line))
        return []
    given = {name: next((_text(entry[key]) for key in keys if entry.get(key)), "") for name, keys in KEYS.items()}
    year = YEAR.search(given["year"])
    authors: list[str] = next((entry[key] for key in (*AUTHORS, *EDITORS) if entry.get(key)), [])
    return [
        Reference(
            line, given["id"], given["title"] or given["container"], "; ".join(map(str, authors)),
            given["organisation"] or given["container"], year[0] if year else given["year"],
            str(entry.get("type_of_reference", "")), given["url"], given["doi"], given["abstract"],
            tuple(map(str, entry.get("keywords", []))), "\n".join(_all(entry, NOTES)),
        )
    ]  # fmt: skip


def _all(entry: Mapping[str, Any], keys: Iterable[str]) -> Iterator[str]:
    """Yield every value that a record gives under these names."""
    for key in keys:
        given = entry.get(key) or []
        yield from map(str, given if isinstance(given, list) else [given])


def _text(value: object) -> str:
    """Return a value as text; of several, the first."""
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return str(value)
