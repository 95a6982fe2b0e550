"""Sound rows as records, and the same rows as the database keeps them of each source's and finding's past."""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from models import Access


class SourceRecord(NamedTuple):
    """A sound row of a sources table."""

    ref: str
    strand: str
    title: str
    authors: str
    organisation: str
    year: int | None
    source_type: str
    method: str
    url: str
    doi: str
    accessed: str
    read: str
    study: str
    access: str = Access.PUBLIC.value
    note: str = ""
    publication: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""


class FindingRecord(NamedTuple):
    """A sound row of a findings table; codes are sorted, each lever with its role."""

    ref: str
    source: str
    finding: str
    place: str
    regions: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    themes: tuple[str, ...]
    levers: tuple[tuple[str, str], ...]
    direction: str
    confidence: str
    confidence_reason: str
    population: str
    period: str
    coder: str
    coded_on: str
    access: str = Access.PUBLIC.value
    note: str = ""


Record = SourceRecord | FindingRecord
Row = dict[str, object]
SOURCE_ROW = (*SourceRecord._fields, "study_filed")
FINDING_ROW = (*FindingRecord._fields[:9], "lever_roles", *FindingRecord._fields[9:])
ROWS = {"source": SOURCE_ROW, "finding": FINDING_ROW}
"""The columns of a source and of a finding as the record of a change holds them, in order."""


def digest(record: Record) -> bytes:
    """Return 16 bytes that change when any value of the record does.

    Of what stands after `access`, empty values at the end are left out of what is hashed, so that evidence that says
    nothing there keeps the digest by which it was cited.
    """
    values = tuple(record)
    while values[-1] == "":
        values = values[:-1]
    return hashlib.blake2b(repr(values).encode(), digest_size=16).digest()


def row_of(record: Record, study_filed: str | None = None) -> Row:
    """Return a record as the record of a change holds it: codes joined by semicolons."""
    row: Row = record._asdict()
    if isinstance(record, SourceRecord):
        return {**row, "study_filed": study_filed}
    row["regions"], row["themes"] = ";".join(record.regions), ";".join(record.themes)
    row["levers"] = ";".join(code for code, _ in record.levers)
    row["lever_roles"] = ";".join(role for _, role in record.levers)
    return row


def record_of(kind: str, row: Mapping[str, Any]) -> Record:
    """Return the record of a source or finding from how the record of a change holds it.

    A change that an older version recorded says nothing of columns that came later, which are then as they are by
    default.
    """
    if kind == "source":
        return SourceRecord(**{name: row[name] for name in SourceRecord._fields if name in row})
    listed = {
        name: tuple(filter(None, row[name].split(";"))) for name in ("regions", "themes", "levers", "lever_roles")
    }
    levers = tuple(zip(listed["levers"], listed["lever_roles"], strict=True))
    codes = {"regions": listed["regions"], "themes": listed["themes"], "levers": levers}
    return FindingRecord(**{**{name: row[name] for name in FindingRecord._fields if name in row}, **codes})
