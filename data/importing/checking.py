"""Check every row of what was read and make records of the sound ones; every fault is listed, not only the first."""

import hashlib
import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from data.codebook import Codebook
from data.filters import LONGEST_REF
from data.importing.faults import Fault, not_a_code, not_one_of, perhaps, quoted
from data.importing.reading import Files, Table
from data.wording import number_of
from models import Confidence, Direction, Role, StrandCode

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
YEAR = re.compile(r"1\d{3}|2[01]\d{2}", re.ASCII)


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


class Checked(NamedTuple):
    """The records that rows made, by ref, and all that is wrong with the others."""

    sources: dict[str, SourceRecord]
    findings: dict[str, FindingRecord]
    faults: list[Fault]


def digest(record: SourceRecord | FindingRecord) -> bytes:
    """Return 16 bytes that change when any value of the record does."""
    return hashlib.blake2b(repr(tuple(record)).encode(), digest_size=16).digest()


def check(files: Files, codebook: Codebook, known_sources: Collection[str]) -> Checked:
    """Check what was read against the codebook; findings may rest on these files' sources or on `known_sources`."""
    faults = list(files.faults)
    sources = {record.ref: record for record in _unique(files.sources, _Sources(codebook), faults)}
    named = {cells[0] for table in files.sources for _, cells in table.rows}
    findings = {
        record.ref: record for record in _unique(files.findings, _Findings(codebook, named, known_sources), faults)
    }
    return Checked(sources, findings, faults)


def _unique(tables: list[Table], row_check, faults: list[Fault]) -> Iterator:  # type: ignore[no-untyped-def]
    """Yield each row's record, unless its ref is empty or stands already above."""
    first: dict[str, str] = {}
    for table in tables:
        column = table.columns[0]
        for number, cells in table.rows:
            ref = cells[0]
            if not ref:
                faults.append(table.fault("is empty; give each row a ref of its own", number, column))
            elif len(ref) > LONGEST_REF or not ref.isprintable():
                rule = f"at most {LONGEST_REF} characters, none of them a line break or a control character"
                faults.append(table.fault(f"{quoted(ref)} cannot stand in an address; {rule}", number, column))
            elif ref in first:
                faults.append(table.fault(f"{quoted(ref)} stands already in {first[ref]}", number, column))
            first.setdefault(ref, f"row {number}" if len(tables) == 1 else f"{table.file} row {number}")
            found: list[tuple[str, str]] = []
            record = row_check(cells, found)
            faults += [table.fault(reason, number, at) for at, reason in found]
            if record:
                yield record


class _Sources:
    """Checks one row of a sources table."""

    def __init__(self, codebook: Codebook) -> None:
        self.strands = codebook.codes("strand") or tuple(StrandCode)

    def __call__(self, cells: list[str], found: list[tuple[str, str]]) -> SourceRecord | None:
        ref, strand, title, authors, organisation, year, *others = cells
        if strand not in self.strands:
            found.append(("strand", not_one_of(strand, self.strands)))
        if not title:
            found.append(("title", "is empty; a source needs a title"))
        if year and not YEAR.fullmatch(year):
            found.append(("year", f"{quoted(year)} is not a year of four digits, such as 2019"))
        if found:
            return None
        return SourceRecord(ref, strand, title, authors, organisation, int(year) if year else None, *others)


class _Findings:
    """Checks one row of a findings table."""

    def __init__(self, codebook: Codebook, named: Collection[str], known: Collection[str]) -> None:
        self.named, self.known = named, known
        self.codes = {
            facet: {entry.code: entry.name for entry in codebook.entries(facet)}
            for facet in ("region", "theme", "lever")
        }

    def __call__(self, cells: list[str], found: list[tuple[str, str]]) -> FindingRecord | None:
        (ref, source, finding, place, regions, latitude, longitude, themes, levers, roles,
         direction, confidence, *others) = cells  # fmt: skip
        if source not in self.named and source not in self.known:
            found.append(("source_id", f"{quoted(source)} is no source of these files or of the collection"
                                       f"{perhaps(source, self.named)}"))  # fmt: skip
        if not finding:
            found.append(("finding", "is empty; a finding needs its text"))
        if direction not in _DIRECTIONS:
            found.append(("direction", not_one_of(direction, _DIRECTIONS)))
        if confidence not in _CONFIDENCES:
            found.append(("confidence", not_one_of(confidence, _CONFIDENCES)))
        record_regions = self._codes("regions", "region", regions, found)
        record_themes = self._codes("themes", "theme", themes, found)
        pairs = self._levers(levers, roles, found)
        point = _coordinate(latitude, longitude, found)
        if found:
            return None
        return FindingRecord(ref, source, finding, place, record_regions, *point, record_themes, pairs,
                             direction, confidence, *others)  # fmt: skip

    def _codes(self, column: str, facet: str, value: str, found: list[tuple[str, str]]) -> tuple[str, ...]:
        codes = _listed(value)
        for code in codes:
            if code not in self.codes[facet]:
                found.append((column, not_a_code(code, facet, self.codes[facet])))
        return tuple(sorted(set(codes)))

    def _levers(self, levers: str, roles: str, found: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        codes, given = _listed(levers), _listed(roles)
        self._codes("levers", "lever", levers, found)
        if len(codes) != len(given):
            numbers = f"{number_of(len(given), 'role')} for {number_of(len(codes), 'lever')}"
            found.append(("lever_roles", f"{numbers}; give each lever its role, in the same order"))
        found += [("lever_roles", not_one_of(role, _ROLES)) for role in given if role not in _ROLES]
        return tuple(sorted(set(zip(codes, given, strict=False))))


_DIRECTIONS = tuple(map(str, Direction))
_CONFIDENCES = tuple(map(str, Confidence))
_ROLES = tuple(map(str, Role))


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(";")] if value else []


def _coordinate(latitude: str, longitude: str, found: list[tuple[str, str]]) -> tuple[float | None, float | None]:
    if bool(latitude) != bool(longitude):
        column, other = ("longitude", "latitude") if latitude else ("latitude", "longitude")
        found.append((column, f"is empty while {other} is given; a place needs both or neither"))
    return _degrees("latitude", latitude, 90, found), _degrees("longitude", longitude, 180, found)


def _degrees(column: str, value: str, limit: int, found: list[tuple[str, str]]) -> float | None:
    if not value:
        return None
    if not NUMBER.fullmatch(value):
        found.append((column, f"{quoted(value)} is not a number of degrees, such as 54.97"))
        return None
    degrees = float(value) + 0.0  # so that -0.0, which a spreadsheet does not keep, is 0.0
    if abs(degrees) > limit:
        found.append((column, f"{quoted(value)} is out of range; {column} runs from -{limit} to {limit}"))
    return degrees
