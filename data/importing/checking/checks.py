"""Check every row of what was read and make records of the sound ones; every fault is listed, not only the first."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from data.collection import clock
from data.collection.codebook import Codebook
from data.faults import Fault, not_a_code, not_one_of, perhaps, quoted
from data.filters.filter import LONGEST_REF
from data.filters.wording import number_of
from data.importing.checking import outlines, personal_data, spoilt_text
from data.importing.checking.records import FindingRecord, SourceRecord, digest
from data.importing.checking.values import MINUS, day, leave_empty, says_nothing, several
from data.importing.strand_files import Files, Table
from data.progress import Progress, unheard
from data.schema import FINDING_COLUMNS, OPTIONAL, SOURCE_COLUMNS
from models import Access, Confidence, Direction, Role, StrandCode

__all__ = ["Checked", "FindingRecord", "SourceRecord", "check", "digest"]

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
YEAR = re.compile(r"1\d{3}|2[01]\d{2}", re.ASCII)
LONG_AGO = 1800
"""A source of an earlier year is asked about: the field's own literature begins after it."""
REPORT_EVERY = 2_000
"""Rows between two reports of progress."""

Found = list[tuple[str, str]]
"""What is wrong with one row: column and reason."""


Place = tuple[str, str, int]
"""File, sheet and row."""


class Checked(NamedTuple):
    """The records that rows made, by ref, and all that is wrong with the others or to be looked at.

    `unsaid` holds the refs of rows of which neither file nor person says an optional column, by kind and column.
    `faulty` holds the rows of sources and of findings that stop a load, each with what is wrong there.
    """

    sources: dict[str, SourceRecord]
    findings: dict[str, FindingRecord]
    faults: list[Fault]
    unsaid: dict[tuple[str, str], frozenset[str]] = {}  # noqa: RUF012 (never changed)
    faulty: dict[str, dict[Place, str]] = {}  # noqa: RUF012 (never changed)

    @property
    def errors(self) -> list[Fault]:
        """Return the faults that stop a load."""
        return [fault for fault in self.faults if not fault.warning]

    @property
    def warnings(self) -> list[Fault]:
        """Return the faults that are only to be looked at."""
        return [fault for fault in self.faults if fault.warning]


def check(files: Files, codebook: Codebook, known_sources: Collection[str], progress: Progress = unheard) -> Checked:
    """Check what was read against the codebook; findings may rest on these files' sources or on `known_sources`."""
    faults = list(files.faults)
    faulty: dict[str, dict[Place, str]] = {"source": {}, "finding": {}}
    step = _counted(sum(len(table.rows) for table in (*files.sources, *files.findings)), progress)
    sources = {
        record.ref: record for record in _unique(files.sources, _Sources(codebook), faults, step, faulty["source"])
    }
    named = {cells[0] for table in files.sources for _, cells in table.rows}
    of_findings = _Findings(codebook, named, known_sources)
    findings = {record.ref: record for record in _unique(files.findings, of_findings, faults, step, faulty["finding"])}
    if files.findings:
        faults += _outside(files, findings, codebook)
    unsaid = {
        (kind, column): _unsaid(tables, column)
        for kind, tables in (("source", files.sources), ("finding", files.findings))
        for column in OPTIONAL
    }
    return Checked(sources, findings, faults, unsaid, faulty)


def _counted(total: int, progress: Progress) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % REPORT_EVERY == 0:
            progress(done / total, f"Checked {done:,} of {total:,} rows")

    return step


def _unsaid(tables: list[Table], column: str) -> frozenset[str]:
    lacking = (cells[0] for table in tables if column not in table.columns for _, cells in table.rows)
    return frozenset(lacking).union(*(table.unsaid.get(column, ()) for table in tables))


def _completed(table: Table) -> Callable[[list[str]], list[str]]:
    """Return what gives a row of a table the optional columns that the table lacks, empty."""
    columns = SOURCE_COLUMNS if table.columns[0] == SOURCE_COLUMNS[0] else FINDING_COLUMNS
    optional = [column for column in columns if column in OPTIONAL]
    lacking = [column for column in optional if column not in table.columns]
    if not lacking:
        return lambda cells: cells
    if lacking == optional:
        empty = [""] * len(lacking)
        return lambda cells: cells + empty
    needed = len(columns) - len(optional)
    places = [table.columns.index(column) if column in table.columns else None for column in optional]
    return lambda cells: cells[:needed] + ["" if place is None else cells[place] for place in places]


def _unique(  # type: ignore[no-untyped-def]
    tables: list[Table], row_check, faults: list[Fault], step: Callable[[], None], faulty: dict[Place, str]
) -> Iterator:
    """Yield each row's record, unless its ref is empty or stands already above."""
    first: dict[str, tuple[Table, int]] = {}
    for table in tables:
        column, completed = table.columns[0], _completed(table)
        for number, cells in table.rows:
            step()
            ref = cells[0]
            wrong: Found = []
            noted: Found = []
            record = row_check(completed(cells), wrong, noted)
            if not ref or ref in first or len(ref) > LONGEST_REF or not ref.isprintable():
                wrong.insert(0, (column, _wrong_ref(ref, first, len(tables) > 1)))
            first.setdefault(ref, (table, number))
            if wrong or noted:
                stopping = [replace(_fault(table, number, cells, *each), one_row=True) for each in wrong]
                faults += stopping
                faults += [_fault(table, number, cells, *each, warning=True) for each in noted]
            if wrong:
                faulty[table.file, table.sheet, number] = f"{stopping[0].column} {wrong[0][1]}"
            if record:
                yield record


def _wrong_ref(ref: str, first: dict[str, tuple[Table, int]], several: bool) -> str:
    if not ref:
        return "is empty; give each row a ref of its own"
    if len(ref) > LONGEST_REF or not ref.isprintable():
        rule = f"at most {LONGEST_REF} characters, none of them a line break or a control character"
        return f"{quoted(ref)} cannot stand in an address; {rule}"
    table, row = first[ref]
    return f"{quoted(ref)} stands already in {f'{table.file} ' if several else ''}row {row}"


def _fault(table: Table, number: int, cells: list[str], column: str, reason: str, warning: bool = False) -> Fault:
    value = cells[table.columns.index(column)] if column in table.columns else ""
    return table.fault(reason, number, column, value, warning)


def _outside(files: Files, findings: dict[str, FindingRecord], codebook: Codebook) -> Iterator[Fault]:
    """Yield a warning for each finding whose point lies clearly outside every region it is coded to."""
    told = outlines.outside(findings.values(), codebook)
    if told:
        for table in files.findings:
            for number, cells in table.rows:
                if reason := told.get(cells[0]):
                    yield _fault(table, number, cells, "regions", reason, warning=True)


class _Sources:
    """Checks one row of a sources table."""

    def __init__(self, codebook: Codebook) -> None:
        self.strands = codebook.codes("strand") or tuple(StrandCode)
        self.latest = clock.today().year + 1

    def __call__(self, cells: list[str], found: Found, noted: Found) -> SourceRecord | None:
        (ref, strand, title, authors, organisation, year, source_type, method, url, doi, accessed, read, study,
         access, note, publication, volume, issue, pages) = cells  # fmt: skip
        if strand not in self.strands:
            found.append(("strand", not_one_of(strand, self.strands)))
        if says_nothing(title):
            found.append(("title", f"{_nothing_in(title)}; a source needs a title"))
        published = self._year(year, found, noted) if year else None
        accessed = _dated("accessed", accessed, found)
        level = _access(access, found)
        texts = (("title", title), ("authors", authors), ("organisation", organisation), ("note", note))
        noted += [*personal_data.told(*texts), *spoilt_text.told(*texts, ("publication", publication))]
        if not _writable(cells, found, "title") or found:
            return None
        return SourceRecord(ref, strand, title, authors, organisation, published, source_type, method, url, doi,
                            accessed, read, study, level, note, publication, volume, issue, pages)  # fmt: skip

    def _year(self, year: str, found: Found, noted: Found) -> int | None:
        if not YEAR.fullmatch(year):
            found.append(("year", f"{quoted(year)} is not a year of four digits, such as 2019{leave_empty(year)}"))
            return None
        number = int(year)
        if number > self.latest:
            slip = f"20{year[2:]}"
            hint = f"; was {slip} meant?" if int(slip) <= self.latest else ""
            reason = f"{quoted(year)} is yet to come: a source's year is when it was published{hint}"
            found.append(("year", reason))
        elif number < LONG_AGO:
            hint = f": was 20{year[2:]} or 19{year[2:]} meant?" if int(f"20{year[2:]}") <= self.latest else (
                f": was 19{year[2:]} meant?"
            )  # fmt: skip
            noted.append(("year", f"{quoted(year)} is before {LONG_AGO}; perhaps a slip of the century{hint}"))
        return number


class _Findings:
    """Checks one row of a findings table; each list of codes is looked at once."""

    def __init__(self, codebook: Codebook, named: Collection[str], known: Collection[str]) -> None:
        self.named, self.known = named, known
        self.codes = {
            facet: {entry.code: entry.name for entry in codebook.entries(facet)}
            for facet in ("region", "theme", "lever")
        }
        self.seen: dict[tuple[str, str], tuple[tuple[str, ...], Found]] = {}
        self.seen_levers: dict[tuple[str, str], tuple[tuple[tuple[str, str], ...], Found]] = {}

    def __call__(self, cells: list[str], found: Found, noted: Found) -> FindingRecord | None:
        (ref, source, finding, place, regions, latitude, longitude, themes, levers, roles, direction, confidence,
         reason, population, period, coder, coded_on, access, note) = cells  # fmt: skip
        if source not in self.named and source not in self.known:
            found.append(("source_id", f"{quoted(source)} is no source of these files or of the collection"
                                       f"{perhaps(source, self.named)}"))  # fmt: skip
        if says_nothing(finding):
            found.append(("finding", f"{_nothing_in(finding)}; a finding needs its text"))
        if direction not in _DIRECTIONS:
            found.append(("direction", not_one_of(direction, _DIRECTIONS)))
        if confidence not in _CONFIDENCES:
            found.append(("confidence", not_one_of(confidence, _CONFIDENCES)))
        record_regions = self._codes("regions", "region", regions, found)
        record_themes = self._codes("themes", "theme", themes, found)
        pairs = self._levers(levers, roles, found)
        point = _coordinate(latitude, longitude, found) if latitude or longitude else (None, None)
        coded_on = _dated("coded_on", coded_on, found)
        level = _access(access, found)
        texts = (("finding", finding), ("place", place), ("confidence_reason", reason), ("population", population),
                 ("period", period), ("coder", coder), ("note", note))  # fmt: skip
        noted += [*personal_data.told(*texts), *spoilt_text.told(*texts)]
        if not _writable(cells, found, "finding") or found:
            return None
        return FindingRecord(ref, source, finding, place, record_regions, *point, record_themes, pairs, direction,
                             confidence, reason, population, period, coder, coded_on, level, note)  # fmt: skip

    def _codes(self, column: str, facet: str, value: str, found: Found) -> tuple[str, ...]:
        known = self.seen.get((column, value))
        if known is None:
            codes = several(value)
            names = self.codes[facet]
            wrong = [(column, not_a_code(code, facet, names)) for code in codes if code not in names]
            known = self.seen[column, value] = (tuple(sorted(set(codes))), wrong)
        found += known[1]
        return known[0]

    def _levers(self, levers: str, roles: str, found: Found) -> tuple[tuple[str, str], ...]:
        known = self.seen_levers.get((levers, roles))
        if known is None:
            wrong: Found = []
            codes, given = several(levers), several(roles)
            self._codes("levers", "lever", levers, wrong)
            if len(codes) != len(given):
                numbers = f"{number_of(len(given), 'role')} for {number_of(len(codes), 'lever')}"
                wrong.append(("lever_roles", f"{numbers}; give each lever its role, in the same order"))
            wrong += [("lever_roles", not_one_of(role, _ROLES)) for role in given if role not in _ROLES]
            pairs = tuple(sorted(set(zip(codes, given, strict=False))))
            known = self.seen_levers[levers, roles] = (pairs, wrong)
        found += known[1]
        return known[0]


_DIRECTIONS = tuple(map(str, Direction))
_CONFIDENCES = tuple(map(str, Confidence))
_ROLES = tuple(map(str, Role))
_ACCESS = tuple(map(str, Access))


def _nothing_in(cell: str) -> str:
    return f"{quoted(cell)} says nothing" if cell else "is empty"


def _dated(column: str, value: str, found: Found) -> str:
    taken, wrong = day(value)
    if wrong:
        found.append((column, wrong))
    return taken


def _access(level: str, found: Found) -> str:
    if level and level not in _ACCESS:
        found.append(("access", f"{not_one_of(level, _ACCESS)}; an empty cell means public"))
    return level or _ACCESS[0]


def _writable(cells: list[str], found: Found, column: str) -> bool:
    """Tell whether a row's text can be kept: no half of a character, as some programs write an emoji cut in two."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        found.append((column, "the row holds half a character (a lone surrogate); type it again"))
        return False
    return True


def _coordinate(latitude: str, longitude: str, found: Found) -> tuple[float | None, float | None]:
    if bool(latitude) != bool(longitude):
        column, other = ("longitude", "latitude") if latitude else ("latitude", "longitude")
        found.append((column, f"is empty while {other} is given; a place needs both or neither"))
    return _degrees("latitude", latitude, 90, found), _degrees("longitude", longitude, 180, found)


def _degrees(column: str, value: str, limit: int, found: Found) -> float | None:
    if not value:
        return None
    plain = value.replace(MINUS, "-")
    if not NUMBER.fullmatch(plain):
        found.append((column, f"{quoted(value)} is not a number of degrees, such as 54.97{leave_empty(value)}"))
        return None
    degrees = float(plain) + 0.0  # so that -0.0, which a spreadsheet does not keep, is 0.0
    if abs(degrees) > limit:
        found.append((column, f"{quoted(value)} is out of range; {column} runs from -{limit} to {limit}"))
    return degrees
