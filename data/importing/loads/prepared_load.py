"""A load in two steps: what it would do, to be looked at; then exactly that, once a person has confirmed it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, Engine, text

from data.collection import database
from data.collection.access import Standing, Visitor, require
from data.collection.codebook import Codebook
from data.faults import Fault, ForPeople, Refused, fault_table
from data.importing.accounts import Account, why_nothing
from data.importing.checking.checks import Checked, check
from data.importing.checking.faulty_rows import without_faulty
from data.importing.codebook import additions as added_codes
from data.importing.codebook.additions import Addition
from data.importing.codebook.codebook_files import (
    FOLDER,
    Synced,
    codebook_of,
    compare_codebook,
    read_codebook,
    still_carried,
    sync_codebook,
)
from data.importing.loads import ahead, plan_tables
from data.importing.loads import settled as standing
from data.importing.loads.comparison import Plan, plan
from data.importing.loads.likely_duplicates import Likely, likely
from data.importing.loads.recording import carry_out
from data.importing.loads.words_ahead import NO_WORDS, WordsAhead, words_of
from data.importing.memory import garbage_collector_off
from data.importing.strand_files import Files
from data.progress import Progress, between, unheard
from models import Base, Load

Tables = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True, eq=False)
class LoadRequest:
    """What is to be brought in: files, the strands they replace, codes to add, and the codebook's files as read."""

    files: Files
    replaced: tuple[str, ...]
    additions: tuple[Addition, ...]
    codebook_rows: Tables
    leave_out: bool = False
    """Whether faulty rows are left out, and told, rather than refused with all the others."""


@dataclass(frozen=True, eq=False)
class PreparedLoad:
    """What bringing files in would do to the collection as it was at `version`, whole and ready to be carried out.

    Nothing has been written. `rows` are what would be added, changed and withdrawn (differences.ROW_COLUMNS),
    `fields` each value that would change (differences.FIELD_COLUMNS), `counts` findings and sources by strand, region
    and theme before and after (differences.COUNT_COLUMNS); `warnings` are what a person should look at first,
    `accounts` what became of the files' rows; `likely` are added rows that are likely the same as another.
    """

    plan: Plan
    asked: LoadRequest = field(repr=False)
    tables: Tables = field(repr=False)
    version: tuple[int, str]
    synced: Synced
    shadowed: tuple[tuple[str, str], ...]
    warnings: tuple[Fault, ...]
    accounts: tuple[Account, ...]
    rows: pd.DataFrame = field(repr=False)
    fields: pd.DataFrame = field(repr=False)
    counts: pd.DataFrame = field(repr=False)
    likely: Likely = field(repr=False)

    @property
    def totals(self) -> dict[str, int]:
        """Return how many sources and findings would be added, changed, withdrawn and left, and codes changed."""
        found = {what: self.plan.total(what) for what in ("added", "changed", "withdrawn", "unchanged")}
        return {**found, "codebook_changes": self.synced.changes}

    @property
    def changes_something(self) -> bool:
        """Tell whether confirming it would make a new data version."""
        return any(number for what, number in self.totals.items() if what != "unchanged")

    @cached_property
    def warning_table(self) -> pd.DataFrame:
        """Return the warnings as a table (faults.FAULT_COLUMNS)."""
        return fault_table(self.warnings)


class Outdated(ForPeople):
    """The collection changed after the plan was made, so it was not carried out; `fresh` is what it would do now."""

    def __init__(self, reason: str, fresh: PreparedLoad) -> None:
        """Keep the plan made anew."""
        super().__init__(reason)
        self.fresh = fresh


def prepare(
    engine: Engine,
    files: Files,
    replaced: Collection[str] = (),
    additions: Sequence[Addition] = (),
    *,
    codebook_folder: Path = FOLDER,
    leave_out: bool = False,
    progress: Progress = unheard,
) -> PreparedLoad:
    """Check files and return what they would change, without writing anything or keeping anyone waiting.

    Rows that the files lack are withdrawn only in the `replaced` strands; `additions` are codes that the codebook is
    to gain. With `leave_out`, rows at fault are left out, and told. Raises Refused
    with every fault, warnings included, where there is an error; Cancelled where `progress`
    does; DatabaseFault where the collection cannot be read.
    """
    asked = LoadRequest(files, tuple(sorted(replaced)), tuple(additions), read_codebook(codebook_folder), leave_out)
    return _prepare(engine, asked, progress)


def check_alone(
    engine: Engine, files: Files, replaced: Collection[str] = (), additions: Sequence[Addition] = (), *,
    codebook_folder: Path = FOLDER, leave_out: bool = False, progress: Progress = unheard,
) -> tuple[Checked, tuple[Account, ...]]:  # fmt: skip
    """Check files against the collection as it is.

    Returns the records with all faults, errors and warnings, and what became of the files' rows.
    """
    asked = LoadRequest(files, tuple(sorted(replaced)), tuple(additions), read_codebook(codebook_folder), leave_out)
    with ahead.reading(engine) as connection:
        looked = _checked_files(connection, asked, progress)
        return looked.checked, tuple(looked.files.accounts)


def codebook(engine: Engine, codebook_folder: Path = FOLDER) -> Codebook:
    """Return strands, themes, levers and regions as a load would have them: the files' and those added earlier."""
    with ahead.reading(engine) as connection:
        return codebook_of(added_codes.placed(read_codebook(codebook_folder), added_codes.stored(connection)))


def _prepare(engine: Engine, asked: LoadRequest, progress: Progress = unheard) -> PreparedLoad:
    with ahead.reading(engine) as connection:
        return _planned_within(connection, asked, progress)


def confirm(
    engine: Engine, planned: PreparedLoad, visitor: Visitor, mapping: str = "", *, note: str = "",
    progress: Progress = unheard,
) -> Load:  # fmt: skip
    """Carry out exactly the plan that was shown, in one transaction, and return the load's record.

    `mapping` names the mapping that made the files ours. Raises NotAllowed unless the visitor edits; Outdated, with a
    fresh plan, where the collection has changed since; Refused where that fresh plan has errors; Cancelled where
    `progress` raises it; DatabaseFault where the collection cannot be written. Each time nothing is changed.
    """
    require(visitor, Standing.EDITOR, "load evidence")
    with ahead.reading(engine) as connection:
        now = ahead.version(connection)
        words = words_of(connection, planned.plan, between(progress, 0.0, 0.3)) if now == planned.version else NO_WORDS
    with words, database.writing(engine) as connection:
        database.prepare(connection)
        now = ahead.version(connection)
        if now == planned.version:
            carrying = _carrying(visitor.name, mapping, note)
            return carrying(connection, planned, words, between(progress, 0.3, 1.0))
    fresh = _prepare(engine, planned.asked)
    reason = f"the collection has changed since this plan was made (data version {planned.version[0]}, now {now[0]}); "
    raise Outdated(f"{reason}nothing was changed; look at the plan made anew, then confirm that", fresh)


def load_at_once(
    engine: Engine, files: Files, replaced: Collection[str] = (), additions: Sequence[Addition] = (), *,
    who: str = "", mapping: str = "", codebook_folder: Path = FOLDER, progress: Progress = unheard,
) -> Load:  # fmt: skip
    """Check, plan and carry out at once, for those who need not look first; raises as prepare and confirm.

    Checked and planned while others may write, and planned anew where they did.
    """
    return load_with_warnings(
        engine, files, replaced, additions, who=who, mapping=mapping, codebook_folder=codebook_folder, progress=progress
    )[0]


def load_with_warnings(
    engine: Engine, files: Files, replaced: Collection[str] = (), additions: Sequence[Addition] = (), *,
    who: str = "", mapping: str = "", codebook_folder: Path = FOLDER, leave_out: bool = False,
    progress: Progress = unheard,
) -> tuple[Load, tuple[Fault, ...]]:  # fmt: skip
    """Load as load_at_once does, and return with the record what a person should look at.

    With `leave_out`, rows at fault are left out, and told.
    """
    asked = LoadRequest(files, tuple(sorted(replaced)), tuple(additions), read_codebook(codebook_folder), leave_out)
    planned, load = ahead.carried_out(
        engine,
        lambda connection, progress: _planned_within(connection, asked, progress, looked_at=False),
        _carrying(who, mapping, ""),
        progress,
    )
    return load, planned.warnings


class _CheckedFiles(NamedTuple):
    """What was found before anything is compared: the codebook to be, the records, and all faults."""

    tables: Tables
    new: list[Addition]
    shadowed: tuple[tuple[str, str], ...]
    synced: Synced
    checked: Checked
    files: Files


@garbage_collector_off()
def _checked_files(connection: Connection, asked: LoadRequest, progress: Progress) -> _CheckedFiles:
    progress(0.0, "Checking")
    earlier = added_codes.stored(connection)
    tables = added_codes.placed(asked.codebook_rows, earlier)
    new, faults = added_codes.checked(asked.additions, tables)
    faults += added_codes.orphans(earlier, tables)
    tables = added_codes.placed(tables, new)
    synced = compare_codebook(connection, tables)
    stored = connection.execute(text("SELECT ref, strand FROM source")).fetchall()
    known = {row.ref for row in stored if row.strand not in asked.replaced}
    codebook = codebook_of(tables)
    files, checked = (
        without_faulty(asked.files, lambda files: check(files, codebook, known, progress))
        if asked.leave_out
        else (asked.files, check(asked.files, codebook, known, progress))
    )
    faults += [*checked.faults, *_of_the_whole(connection, files, asked.replaced, synced)]
    if not (asked.additions or any(not fault.warning for fault in faults)):
        faults += _nothing(files)
    shadowed = _shadowed(earlier, asked.codebook_rows)
    return _CheckedFiles(tables, new, shadowed, synced, checked._replace(faults=faults), files)


@garbage_collector_off()
def _planned_within(
    connection: Connection, asked: LoadRequest, progress: Progress, looked_at: bool = True
) -> PreparedLoad:
    """Return the plan; without its tables where nobody will look at them."""
    looked = _checked_files(connection, asked, between(progress, 0.0, 0.7))
    if looked.checked.errors:
        raise Refused(looked.checked.faults)
    progress(0.7, "Comparing with the collection")
    checked = standing.kept(connection, looked.checked, codebook_of(looked.tables))
    found = plan(connection, checked, asked.replaced, looked.new)
    rows = fields = counts = pd.DataFrame()
    alike = Likely(pd.DataFrame())
    if looked_at:
        progress(0.8, "Comparing field by field")
        rows, fields = plan_tables.tables(connection, found)
        progress(0.85, "Looking for likely duplicates")
        alike = likely(connection, found)
        progress(0.95, "Counting")
        counts = plan_tables.counts(connection, found, codebook_of(looked.tables), looked.synced.reparented)
    progress(1.0, "Planned")
    return PreparedLoad(
        found, asked, looked.tables, ahead.version(connection), looked.synced, looked.shadowed,
        (*checked.faults, *found.notes), tuple(looked.files.accounts), rows, fields, counts, alike,
    )  # fmt: skip


def _nothing(files: Files) -> list[Fault]:
    """Return the error that files bring nothing in, with why, where that is so."""
    if any(table.rows for table in (*files.sources, *files.findings)):
        return []
    name = ", ".join(entry["name"] for entry in files.hashes)
    return [Fault(name, f"nothing of it is brought in: {why_nothing(files.accounts)}")]


def _of_the_whole(connection: Connection, files: Files, replaced: Collection[str], synced: Synced) -> list[Fault]:
    """Return what is wrong with what files would do together: codes left behind, strands withdrawn whole."""
    faults: list[Fault] = []
    if synced.gone:
        named = {cells[0] for table in files.findings for _, cells in table.rows}
        faults += still_carried(connection, synced.gone, named, replaced)
    for strand in sorted(replaced):
        if not any(cells[1] == strand for table in files.sources for _, cells in table.rows):
            reason = "the files hold no source of that strand, so all of it would be withdrawn"
            faults.append(Fault(f"--replace {strand}", reason))
        elif not files.findings:
            reason = "the files hold sources but no findings, so all findings of that strand would be withdrawn"
            faults.append(Fault(f"--replace {strand}", reason))
    return faults


def _carrying(who: str, mapping: str, note: str) -> ahead.Carrying[PreparedLoad]:
    """Return what carries a plan out inside a transaction that writes."""

    def carry(connection: Connection, planned: PreparedLoad, words: WordsAhead, progress: Progress) -> Load:
        synced = sync_codebook(connection, planned.tables)
        added_codes.forget(connection, planned.shadowed)
        asked = planned.asked
        record = Load(who=who, files=asked.files.hashes, mapping=mapping, note=note, replaced=",".join(asked.replaced))
        record.rows = [account.record() for account in planned.accounts]
        return carry_out(connection, planned.plan, record, synced.changes, progress, words)

    return carry


def _shadowed(earlier: Sequence[Addition], codebook_rows: Tables) -> tuple[tuple[str, str], ...]:
    """Return the codes, with their facets, that earlier loads added and that the codebook's own files hold by now."""
    filed = {(facet, row["code"]) for facet, model in added_codes.TABLES.items() for row in codebook_rows[model]}
    return tuple((a.facet, a.code) for a in earlier if (a.facet, a.code) in filed)
