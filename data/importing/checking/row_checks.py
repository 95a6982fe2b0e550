"""One row of a sources or findings table, checked column by column as the schema says, and made a record."""

import re
from collections.abc import Callable, Collection, Sequence
from operator import itemgetter

from data.collection import clock
from data.collection.codebook import Codebook
from data.faults import not_a_code, not_one_of, perhaps, quoted
from data.filters.wording import number_of
from data.importing.checking import personal_data, spoilt_text
from data.importing.checking.records import FindingRecord, SourceRecord
from data.importing.checking.values import MINUS, day, leave_empty, says_nothing, several
from data.schema import FINDING, SOURCE, Holds, SchemaColumn
from models import Access, Confidence, Direction, Role, StrandCode

Wrong = list[tuple[str, str]]
"""What is wrong with one row: column and reason."""
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
YEAR = re.compile(r"1\d{3}|2[01]\d{2}", re.ASCII)
LONG_AGO = 1800
"""A source of an earlier year is asked about: the field's own literature begins after it."""
FURTHEST = {"latitude": 90, "longitude": 180}
CLOSED = {"direction": tuple(map(str, Direction)), "confidence": tuple(map(str, Confidence)),
          "role": tuple(map(str, Role)), "access": tuple(map(str, Access))}  # fmt: skip
"""Vocabularies that no codebook adds to, by facet."""
Check = Callable[[str, Wrong, Wrong], object]
"""Returns what a record holds of a cell, and adds what is wrong with it and what is to be looked at."""


class _Rows:
    """Checks rows of the schema's columns: each cell by what its column holds, then the row's text as a whole."""

    def __init__(self, columns: Sequence[SchemaColumn], codebook: Codebook) -> None:
        self.latest = clock.today().year + 1
        self.codes = {facet: {entry.code: entry.name for entry in codebook.entries(facet)}
                      for facet in ("region", "theme", "lever")}  # fmt: skip
        self.closed = {**CLOSED, "strand": codebook.codes("strand") or tuple(StrandCode)}
        self.seen: dict[tuple[str, str], tuple[tuple[str, ...], Wrong]] = {}
        self.place = {column.name: place for place, column in enumerate(columns)}
        self.steps = [(self.place[column.name], check) for column in columns if (check := self._check(column))]
        texts = [column.name for column in columns if column.holds in (Holds.TITLE, Holds.NAMED_TEXT)]
        self.texts = tuple(texts)
        self.of_texts = itemgetter(*(self.place[name] for name in texts))
        self.main = next(column.name for column in columns if column.holds is Holds.TITLE)

    def values(self, cells: list[str], found: Wrong, noted: Wrong) -> list[object] | None:
        """Return what a record holds of each cell, or nothing where something is wrong; `found` and `noted` say what.

        Both gain pairs of column and reason.
        """
        values: list[object] = [*cells]
        for place, check in self.steps:
            values[place] = check(cells[place], found, noted)
        texts = tuple(zip(self.texts, self.of_texts(cells), strict=True))
        noted += [*personal_data.told(*texts), *spoilt_text.told(*texts)]
        if _writable(cells, found, self.main) and not found:
            return values
        found.sort(key=lambda wrong: self.place[wrong[0]])  # as a person meets them in the row
        return None

    def _check(self, column: SchemaColumn) -> Check | None:
        """Return how a cell of a column is checked; nothing for a text, which may be anything."""
        if column.holds is Holds.CODE:
            return _one_of(column, self.closed[column.facet])
        if column.holds is Holds.CODES:
            return self._listed(column) if column.facet in self.codes else None
        if column.holds is Holds.YEAR:
            return self._year
        made = {Holds.TITLE: _titled, Holds.DAY: _dated, Holds.DEGREES: _degrees}.get(column.holds)
        return made(column.name) if made else None

    def _listed(self, column: SchemaColumn) -> Check:
        """Return the check of a cell of codes, each different cell of which is looked at once."""
        name, facet, names = column.name, column.facet, self.codes[column.facet]

        def check(cell: str, found: Wrong, _: Wrong) -> tuple[str, ...]:
            known = self.seen.get((name, cell))
            if known is None:
                codes = several(cell)
                wrong = [(name, not_a_code(code, facet, names)) for code in codes if code not in names]
                known = self.seen[name, cell] = (tuple(sorted(set(codes))), wrong)
            found += known[1]
            return known[0]

        return check

    def _year(self, year: str, found: Wrong, noted: Wrong) -> int | None:
        if not year:
            return None
        if not YEAR.fullmatch(year):
            found.append(("year", f"{quoted(year)} is not a year of four digits, such as 2019{leave_empty(year)}"))
            return None
        number = int(year)
        if number > self.latest:
            slip = f"20{year[2:]}"
            hint = f"; was {slip} meant?" if int(slip) <= self.latest else ""
            found.append(("year", f"{quoted(year)} is yet to come: a source's year is when it was published{hint}"))
        elif number < LONG_AGO:
            hint = f": was 20{year[2:]} or 19{year[2:]} meant?" if int(f"20{year[2:]}") <= self.latest else (
                f": was 19{year[2:]} meant?"
            )  # fmt: skip
            noted.append(("year", f"{quoted(year)} is before {LONG_AGO}; perhaps a slip of the century{hint}"))
        return number


class SourceRows(_Rows):
    """Checks one row of a sources table."""

    def __init__(self, codebook: Codebook) -> None:
        super().__init__(SOURCE, codebook)

    def __call__(self, cells: list[str], found: Wrong, noted: Wrong) -> SourceRecord | None:
        """Return a sound row's record; else nothing, with `found` saying what is wrong."""
        values = self.values(cells, found, noted)
        return SourceRecord(*values) if values else None  # type: ignore[arg-type]


class FindingRows(_Rows):
    """Checks one row of a findings table, whose source stands in `named` or `known`."""

    def __init__(self, codebook: Codebook, named: Collection[str], known: Collection[str]) -> None:
        super().__init__(FINDING, codebook)
        self.named, self.known = named, known
        self.source, self.levers, self.roles, self.latitude, self.longitude = (
            self.place[name] for name in ("source_id", "levers", "lever_roles", "latitude", "longitude")
        )
        self.seen_levers: dict[tuple[str, str], tuple[tuple[tuple[str, str], ...], Wrong]] = {}

    def __call__(self, cells: list[str], found: Wrong, noted: Wrong) -> FindingRecord | None:
        """Return a sound row's record; else nothing, with `found` saying what is wrong."""
        source = cells[self.source]
        if source not in self.named and source not in self.known:
            found.append(("source_id", f"{quoted(source)} is no source of these files or of the collection"
                                       f"{perhaps(source, self.named)}"))  # fmt: skip
        if bool(cells[self.latitude]) != bool(cells[self.longitude]):
            column, other = ("longitude", "latitude") if cells[self.latitude] else ("latitude", "longitude")
            found.append((column, f"is empty while {other} is given; a place needs both or neither"))
        pairs = self._pairs(cells[self.levers], cells[self.roles], found)
        values = self.values(cells, found, noted)
        if not values:
            return None
        values[self.levers] = pairs
        del values[self.roles]
        return FindingRecord(*values)  # type: ignore[arg-type]

    def _pairs(self, levers: str, roles: str, found: Wrong) -> tuple[tuple[str, str], ...]:
        """Return each lever with its role."""
        known = self.seen_levers.get((levers, roles))
        if known is None:
            wrong: Wrong = []
            codes, given = several(levers), several(roles)
            if len(codes) != len(given):
                numbers = f"{number_of(len(given), 'role')} for {number_of(len(codes), 'lever')}"
                wrong.append(("lever_roles", f"{numbers}; give each lever its role, in the same order"))
            allowed = self.closed["role"]
            wrong += [("lever_roles", not_one_of(role, allowed)) for role in given if role not in allowed]
            pairs = tuple(sorted(set(zip(codes, given, strict=False))))
            known = self.seen_levers[levers, roles] = (pairs, wrong)
        found += known[1]
        return known[0]


def _titled(name: str) -> Check:
    needs = {"title": "a source needs a title", "finding": "a finding needs its text"}[name]

    def check(cell: str, found: Wrong, _: Wrong) -> str:
        if says_nothing(cell):
            found.append((name, f"{f'{quoted(cell)} says nothing' if cell else 'is empty'}; {needs}"))
        return cell

    return check


def _dated(name: str) -> Check:
    def check(cell: str, found: Wrong, _: Wrong) -> str:
        taken, wrong = day(cell)
        if wrong:
            found.append((name, wrong))
        return taken

    return check


def _one_of(column: SchemaColumn, codes: tuple[str, ...]) -> Check:
    name, usual = column.name, column.usual
    ends = f"; an empty cell means {usual}" if usual else ""

    def check(cell: str, found: Wrong, _: Wrong) -> str:
        code = cell or usual
        if code not in codes:
            found.append((name, f"{not_one_of(cell, codes)}{ends}"))
        return code

    return check


def _degrees(name: str) -> Check:
    limit = FURTHEST[name]

    def check(cell: str, found: Wrong, _: Wrong) -> float | None:
        if not cell:
            return None
        plain = cell.replace(MINUS, "-")
        if not NUMBER.fullmatch(plain):
            found.append((name, f"{quoted(cell)} is not a number of degrees, such as 54.97{leave_empty(cell)}"))
            return None
        degrees = float(plain) + 0.0  # so that -0.0, which a spreadsheet does not keep, is 0.0
        if abs(degrees) > limit:
            found.append((name, f"{quoted(cell)} is out of range; {name} runs from -{limit} to {limit}"))
        return degrees

    return check


def _writable(cells: list[str], found: Wrong, column: str) -> bool:
    """Tell whether a row's text can be kept: no half of a character, as some programs write an emoji cut in two."""
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        found.append((column, "the row holds half a character (a lone surrogate); type it again"))
        return False
    return True
