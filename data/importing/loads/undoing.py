"""Take a load back: every row as it was before it, as a load of its own that can be taken back in turn."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection, Engine, text

from data.collection import database
from data.collection.access import Standing, Visitor, require
from data.faults import ForPeople
from data.filters.wording import number_of
from data.importing.checking.checks import Checked
from data.importing.codebook import additions as added_codes
from data.importing.codebook.additions import TABLES, Addition
from data.importing.codebook.codebook_files import codebook_of, held_tables, sync_codebook
from data.importing.loads import ahead, plan_tables
from data.importing.loads.comparison import Plan
from data.importing.loads.recording import carry_out
from data.importing.loads.restored_rows import RestoredRows, changes_of, coded_with, codes_of, tables_with
from data.importing.loads.words_ahead import WordsAhead
from data.progress import Progress, unheard
from models import Load

SHOWN = 5
"""Rows that a refusal names; it counts the others."""


class CannotUndo(ForPeople):
    """A load cannot be taken back as things are; the message says why, `first` which loads to take back before it."""

    def __init__(self, reason: str, first: Iterable[int] = ()) -> None:
        """Keep the loads that stand in the way, newest first."""
        super().__init__(reason)
        self.first = tuple(sorted(first, reverse=True))


@dataclass(frozen=True, eq=False)
class PlannedUndo:
    """What taking a load back would do, as in Planned; `kept` are codes it added that stay, as later rows use them."""

    load: int
    plan: Plan
    kept: tuple[Addition, ...]
    rows: pd.DataFrame = field(repr=False)
    fields: pd.DataFrame = field(repr=False)
    counts: pd.DataFrame = field(repr=False)


def prepare_undo(engine: Engine, load_id: int) -> PlannedUndo:
    """Return what taking a load back would do, and change nothing; raises CannotUndo as undo does."""
    with database.explained(engine), engine.connect() as connection, connection.begin() as transaction:
        plan, kept, tables = _plan(connection, load_id)
        rows, fields = plan_tables.tables(connection, plan)
        counts = plan_tables.counts(connection, plan, codebook_of({**held_tables(connection), **tables}))
        transaction.rollback()
    return PlannedUndo(load_id, plan, kept, rows, fields, counts)


def undo(engine: Engine, load_id: int, visitor: Visitor, note: str = "", progress: Progress = unheard) -> Load:
    """Restore every row that a load added, changed or withdrew to what it was before it, ids included.

    Codes that it added go, unless rows that stay use them. The undo is a load itself: undone, it redoes. Raises
    NotAllowed unless the visitor edits; CannotUndo, with nothing changed, where there is no such load, it is undone
    already, later loads changed the same rows or rest on them, or the codebook no longer holds what rows need.
    """
    require(visitor, Standing.EDITOR, "undo a load")
    with database.explained(engine):
        if not ahead.is_there(engine):
            raise CannotUndo(f"there is no load {load_id}; nothing has been loaded yet")

    def make(connection: Connection, progress: Progress) -> _Found:
        progress(0.0, "Looking at what it did")
        return _plan(connection, load_id)

    def carry(connection: Connection, found: _Found, words: WordsAhead, progress: Progress) -> Load:
        synced = sync_codebook(connection, found.tables)
        record = Load(who=visitor.name, action="undo", undoes=load_id, note=note)
        return carry_out(connection, found.plan, record, synced.changes, progress, words)

    return ahead.carried_out(engine, make, carry, progress)[1]


def undone_by(loads: Iterable[tuple[int, int | None]]) -> dict[int, int]:
    """Return, for loads as (id, undoes), which is undone by which, with undone undos left out."""
    found: dict[int, int] = {}
    void: set[int] = set()
    for number, undoes in sorted(loads, reverse=True):
        if undoes is not None and number not in void:
            found[undoes] = number
            void.add(undoes)
    return found


class _Found(NamedTuple):
    """What taking a load back would do, the codes that it added and that stay, and the codebook's tables after it."""

    plan: Plan
    kept: tuple[Addition, ...]
    tables: added_codes.Tables


def _plan(connection: Connection, load_id: int) -> _Found:
    later = _later_loads(connection, load_id)
    _refuse_touched(connection, load_id, later)
    changes = changes_of(connection, load_id)
    if not changes:
        raise CannotUndo(f"load {load_id} changed no source, finding or added code, so there is nothing to undo")
    if any(change.row_id is None and change.kind in ("source", "finding") for change in changes):
        raise CannotUndo(f"load {load_id} was made before what an undo needs was recorded, so it cannot be taken back")
    restored = RestoredRows(changes)
    _refuse_unsupported(connection, load_id, restored, later)
    additions, retired, kept = codes_of(connection, changes, restored)
    tables = tables_with(connection, additions, retired)
    _refuse_uncoded(load_id, restored, tables)
    checked = Checked(restored.sources, restored.findings, [])
    plan = Plan(
        checked, restored.differences["source"], restored.differences["finding"], restored.study_filed,
        additions, retired,
    )  # fmt: skip
    return _Found(plan, kept, tables)


def _later_loads(connection: Connection, load_id: int) -> set[int]:
    """Return the loads after one that still count: neither undone since, nor the undoing of one after it."""
    loads = [(row.id, row.undoes) for row in connection.execute(text("SELECT id, undoes FROM load"))]
    if load_id not in dict(loads):
        raise CannotUndo(f"there is no load {load_id}; the history lists them all")
    undone = undone_by(loads)
    if load_id in undone:
        raise CannotUndo(f"load {load_id} is undone already, by load {undone[load_id]}; undo that to have it back")
    return {
        number for number, undoes in loads
        if number > load_id and number not in undone and not (undoes is not None and undoes > load_id)
    }  # fmt: skip


def _refuse_touched(connection: Connection, load_id: int, later: set[int]) -> None:
    rows = connection.execute(
        text("""
        SELECT late.load_id, late.kind, late.ref FROM change late JOIN change early USING (kind, ref)
        WHERE early.load_id = :load AND late.load_id > :load ORDER BY late.load_id, late.kind, late.ref"""),
        {"load": load_id},
    )
    met = [row for row in rows if row.load_id in later]
    if met:
        loads = sorted({row.load_id for row in met}, reverse=True)
        which = _listed([f"{row.kind} {row.ref}" for row in met])
        raise CannotUndo(
            f"load {load_id} cannot be undone by itself: {which} {_were(met)} changed since by {_loads(loads)}; "
            f"undo {_loads(loads)} first",
            loads,
        )


def _listed(names: Sequence[str]) -> str:
    names = list(dict.fromkeys(names))
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{more}"


def _were(rows: Sequence[object]) -> str:
    return "was" if len(rows) == 1 else "were"


def _loads(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"load {numbers[0]}"
    return f"loads {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _refuse_unsupported(connection: Connection, load_id: int, restored: RestoredRows, later: set[int]) -> None:
    """Refuse where a finding would be left without its source: one that stays, or one that comes back."""
    of_sources, of_findings = restored.differences["source"], restored.differences["finding"]
    gone = json.dumps(list(of_sources.withdrawn.values()))
    leaving = {*of_findings.withdrawn, *restored.findings}
    sql = "SELECT f.ref FROM finding f WHERE f.source_id IN (SELECT value FROM json_each(:ids)) ORDER BY f.ref"
    left = [row.ref for row in connection.execute(text(sql), {"ids": gone}) if row.ref not in leaving]
    if left:
        loads = _last_touching(connection, "finding", left, later)
        raise CannotUndo(
            f"load {load_id} cannot be undone by itself: findings that came since rest on sources that it added "
            f"({_listed(left)}, of {_loads(loads)}); undo {_loads(loads)} first",
            loads,
        )
    there = {row.ref for row in connection.execute(text("SELECT ref FROM source"))}
    there = (there - {*of_sources.withdrawn}) | {*restored.sources}
    missing = {record.source for record in restored.findings.values()} - there
    if missing:
        loads = _last_touching(connection, "source", sorted(missing), later)
        raise CannotUndo(
            f"load {load_id} cannot be undone by itself: findings would come back whose sources were withdrawn since "
            f"({_listed(sorted(missing))}, by {_loads(loads)}); undo {_loads(loads)} first",
            loads,
        )


def _last_touching(connection: Connection, kind: str, refs: Sequence[str], later: set[int]) -> list[int]:
    sql = """
        SELECT DISTINCT load_id FROM change
        WHERE kind = :kind AND ref IN (SELECT value FROM json_each(:refs)) ORDER BY load_id DESC"""
    found = connection.execute(text(sql), {"kind": kind, "refs": json.dumps(list(refs))})
    return [row.load_id for row in found if row.load_id in later]


def _refuse_uncoded(load_id: int, restored: RestoredRows, tables: Mapping[Any, list[dict[str, Any]]]) -> None:
    known = {facet: {row["code"] for row in tables[model]} for facet, model in TABLES.items()}
    for record in restored.findings.values():
        for facet, codes in known.items():
            if missing := sorted(coded_with(record, facet) - codes):
                raise CannotUndo(
                    f"load {load_id} cannot be undone: finding {record.ref} was coded {', '.join(missing)}, "
                    f"{'which' if len(missing) == 1 else 'and these'} the codebook no longer holds; put "
                    f"{number_of(len(missing), f'{facet} code')} back into its files first"
                )
