"""A file under a mapping as the tables that a load checks, with everything that stayed behind counted and listed."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Held
from dataclasses import dataclass, field

from data.collection.codebook import Codebook
from data.faults import Fault, quoted
from data.importing.accounts import Account
from data.importing.checking.dates import WAYS, in_iso
from data.importing.codebook.additions import Addition
from data.importing.mapping.bringing.column_layout import Layout, layouts
from data.importing.mapping.bringing.gathering import Gathered, Gatherer
from data.importing.mapping.bringing.left_behind import Left, Taken, all_left, taken, warnings
from data.importing.mapping.bringing.mapped_rows import MappedRow, Reader
from data.importing.mapping.bringing.refs import Refs
from data.importing.mapping.bringing.word_counts import CellWords, uses
from data.importing.mapping.code_paths import CodePaths
from data.importing.mapping.field_names import headed, in_words, named
from data.importing.mapping.fields import FACET_OF
from data.importing.mapping.mapping import Mapping, prefix_for
from data.importing.mapping.meaning import Meanings
from data.importing.memory import garbage_collector_off
from data.importing.readers.raw import RawFile
from data.importing.strand_files import Files, Table
from data.schema import FINDING_COLUMNS, OPTIONAL, SOURCE_COLUMNS

LISTED = {"regions": "region", "themes": "theme"}
DATED = re.compile(r"(\d{4})[-/.].*", re.ASCII | re.DOTALL)
"""A date where a year should be, as reference managers write it: of 2019/05/12 the year is taken."""


@dataclass
class Mapped:
    """What a file brings under a mapping.

    `files` goes to the check; its faults name their file, sheet, row and column. `left` is all that stayed behind,
    `taken` what each word was taken for, `additions` the codes that the codebook is to gain.
    """

    files: Files
    left: list[Left] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    additions: tuple[Addition, ...] = ()
    sources: int = 0
    findings: int = 0


@dataclass(frozen=True)
class MappedTable(Table):
    """A table of ours whose faults name their columns; `theirs` holds, by field, the header it comes from."""

    theirs: dict[str, str] = field(default_factory=dict, compare=False)
    by_codes: frozenset[str] = field(default=frozenset(), compare=False)
    """Fields that no column of their own fills, but that a code of the row may say."""

    def fault(
        self, reason: str, row: int | None = None, column: str = "", value: str = "", warning: bool = False
    ) -> Fault:
        """Return a fault at their place; where no column of theirs fills a field, at our field, and say so."""
        theirs = self.theirs.get(column, "")
        if not column or (theirs and not (column in self.by_codes and not value)):
            return super().fault(reason, row, theirs, value, warning)
        why = f"no code of this row says its {named(column)}" if theirs else f"no column holds {named(column)}"
        where = f"{reason} ({why}; it may be given once for the whole file)"
        return super().fault(where, row, theirs or headed(column), value, warning)


@garbage_collector_off()
def mapped(raw: RawFile, mapping: Mapping, codebook: Codebook) -> Mapped:
    """Return what a file brings under a mapping; nothing raises for what it holds."""
    laid, cells = layouts(raw, mapping), CellWords(Meanings(mapping, codebook, CodePaths(raw.codes)))
    used = uses(laid, cells)
    refs = Refs(mapping.prefix, prefix_for(mapping.name), raw.format)
    gathered = Gatherer(raw, mapping, Reader(cells), refs).gather(laid)
    left = all_left(raw, mapping, laid, used, cells, gathered)
    files = Files(hashes=[{"name": raw.name, "sha256": raw.sha256}])
    files.faults += [*raw.faults, *gathered.faults, *_lacking(raw, laid, mapping), *warnings(raw, left)]
    files.faults += _days(laid)
    files.accounts += [_account(layout, gathered, raw.unread(layout.table)) for layout in laid]
    files.sources += _tables(raw, gathered.sources, SOURCE_COLUMNS, laid, mapping)
    files.findings += _tables(raw, gathered.findings, FINDING_COLUMNS, laid, mapping)
    return Mapped(files, left, taken(used, cells), mapping.additions, len(gathered.sources), len(gathered.findings))


def _lacking(raw: RawFile, laid: Sequence[Layout], mapping: Mapping) -> Iterator[Fault]:
    """Yield a fault where a file tells of no source and no finding; of codes alone only where none of them is added."""
    errors = any(not fault.warning for fault in raw.faults)
    if raw.codes and not raw.tables:
        if not mapping.additions:
            reason = "holds codes alone, and the mapping adds none to the codebook: nothing of it is brought in"
            yield Fault(raw.name, reason)
        return
    if not errors and not any(layout.tells_findings or layout.tells_sources for layout in laid):
        reason = "no column is said to hold the text of findings or the titles of sources; say which does"
        yield Fault(raw.name, reason)


def _account(layout: Layout, gathered: Gathered, unread: Held[int, str]) -> Account:
    """Return what became of the rows of one table, those that its reader could not read among them."""
    rows = [number for number, row in layout.table.rows if any(row)]
    findings, sources = (
        {draft.row for draft in drafts.values() if draft.layout is layout}
        for drafts in (gathered.findings, gathered.sources)
    )
    left = {row: why for row, why in gathered.left.get(id(layout), {}).items() if row not in findings}
    joined = {row: to for row, to in gathered.joins.get(id(layout), {}).items() if row not in findings | left.keys()}
    sources -= findings | left.keys() | joined.keys()
    if not (layout.tells_findings or layout.tells_sources or layout.codings):
        left = dict.fromkeys(rows, "no column of its table is said to hold the text of findings or titles of sources")
    return Account(layout.table.file, layout.table.sheet, len(rows) + len(unread), len(findings), len(sources), joined,
                   {**left, **unread})  # fmt: skip


def _days(laid: Sequence[Layout]) -> Iterator[Fault]:
    """Yield a warning for each column whose days are read in another way than ISO, with one as an example."""
    for layout in laid:
        for place, way in layout.ways.items():
            number, cell, said = next(
                (number, row[place], said)
                for number, row in layout.table.rows
                if (said := in_iso(row[place], way)) != row[place]
            )
            reason = f"days are read as {WAYS[way]}: {quoted(cell)} is taken as {said}"
            yield layout.table.fault(reason, number, layout.table.columns[place], warning=True)


def _tables(
    raw: RawFile, drafts: dict[str, MappedRow], columns: tuple[str, ...], laid: Sequence[Layout], mapping: Mapping
) -> Iterator[MappedTable]:
    """Yield a table of ours for each of theirs that tells of sources, or of findings."""
    for layout in laid:
        mine = {ref: draft for ref, draft in drafts.items() if draft.layout is layout}
        if not mine:
            continue
        given = {name for name in OPTIONAL
                 if mapping.constants.get(name) or any(draft.one(name) for draft in mine.values())}  # fmt: skip
        kept = tuple(column for column in columns if column not in OPTIONAL or column in given)
        theirs = {column: in_words(layout.theirs(column), raw.format) for column in columns}
        rows = [(draft.row, _cells(ref, draft, kept, mapping)) for ref, draft in mine.items()]
        by_codes = frozenset(column for column in columns if theirs[column] and column not in layout.fields)
        unsaid = {name: frozenset(ref for ref, draft in mine.items() if not draft.one(name))
                  for name in mapping.usual & set(OPTIONAL)}  # fmt: skip
        yield MappedTable(layout.table.file, layout.table.sheet, kept, rows, theirs, by_codes, unsaid=unsaid)


def _cells(ref: str, draft: MappedRow, columns: tuple[str, ...], mapping: Mapping) -> list[str]:
    """Return one row of ours, its constants filled in where the file says nothing."""
    constants = mapping.constants
    values = draft.values
    row = {
        name: (draft.one(name) if name in FACET_OF else values.get(name, "")) or constants.get(name, "")
        for name in columns
    }
    row[columns[0]] = ref
    if columns[0] == "finding_id":
        row |= {name: ";".join(draft.codes.get(facet, ())) or row[name] for name, facet in LISTED.items()}
        levers, roles = draft.with_roles(constants.get("lever_roles", ""))
        row["levers"], row["lever_roles"] = levers, draft.unread.get("lever_roles", "") or roles
    elif dated := DATED.fullmatch(row["year"]):
        row["year"] = dated[1]
    return [row[name] for name in columns]
