"""Settle where codings of a finding differ: the settled code becomes the agreed one, with who and why.

A settlement is a change like a load: one transaction, a record of it, the finding as it was before, a new data version;
it is undone like one. data/importing/loads/settled.py says what becomes of it when files are loaded again.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from data.collection import audit, database
from data.collection import codebook as codebooks
from data.collection.access import Standing, Visitor, require
from data.collection.codebook import Codebook
from data.faults import ForPeople, not_a_code, not_one_of, quoted
from data.importing.checking.records import FindingRecord
from data.importing.loads.amending import amend, current
from data.importing.loads.settled import FACETS, SettledCoding, chosen, latest, of_record, values
from models import Access, Direction, Role, Settlement

LONGEST_REASON = 1_000
ACTION = "settle"


class Unsettled(ForPeople):
    """A choice cannot become the agreed coding; `faults` say what is wrong with it, and nothing was changed."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults and make the message of them."""
        self.faults = tuple(faults)
        super().__init__("; ".join(faults))


class Settled(NamedTuple):
    """What a settlement did: the facets that it changed, and the load that records it; none where all stayed."""

    finding: str
    changed: tuple[str, ...]
    load_id: int | None


def settle(engine: Engine, visitor: Visitor, ref: str, seen: SettledCoding, choice: SettledCoding, why: str) -> Settled:
    """Make a choice the agreed coding of a finding, and keep who settled it and why.

    `seen` is the agreed coding that the visitor decided on. Raises NotAllowed for anyone but an editor, and Unsettled
    where the choice, the reason or the finding is not sound, or someone has changed the finding meanwhile.
    """
    require(visitor, Standing.EDITOR, "settle codings")
    with database.writing(engine) as connection:
        if not database.has_tables(connection) or not (found := current(connection, "finding", [ref])):
            raise Unsettled([f"the collection has no finding {quoted(ref)}; it may have been withdrawn"])
        with Session(bind=connection) as session:
            faults = _faults(choice, why, codebooks.read(session, Access.TEAM))
        if of_record(found[ref]) != chosen(*seen):
            faults.insert(0, "the finding has been changed since this page was drawn; look again at what is agreed now")
        if faults:
            raise Unsettled(faults)
        return _carry_out(connection, visitor, found[ref], chosen(*choice), why.strip())


def _faults(choice: SettledCoding, why: str, codebook: Codebook) -> list[str]:
    names = {facet: {entry.code: entry.name for entry in codebook.entries(facet)} for facet in ("theme", "lever")}
    faults = []
    if choice.direction not in tuple(Direction):
        faults.append(f"direction {not_one_of(choice.direction, tuple(map(str, Direction)))}")
    faults += [not_a_code(code, "theme", names["theme"]) for code in choice.themes if code not in names["theme"]]
    for lever, role in choice.levers:
        if lever not in names["lever"]:
            faults.append(not_a_code(lever, "lever", names["lever"]))
        if role not in tuple(Role):
            faults.append(f"role {not_one_of(role, tuple(map(str, Role)))}")
    if not why.strip():
        faults.append("say why: a settled code stands with its reason")
    elif len(why.strip()) > LONGEST_REASON:
        faults.append(f"the reason is {len(why.strip()):,} characters long; at most {LONGEST_REASON:,}")
    return faults


def _carry_out(
    connection: Connection, visitor: Visitor, before: FindingRecord, choice: SettledCoding, why: str
) -> Settled:
    old, new = values(of_record(before)), values(choice)
    changed = tuple(facet for facet in FACETS if old[facet] != new[facet])
    filed = _filed(connection, before.ref, old)
    load_id = None
    if changed:
        record = before._replace(direction=choice.direction, themes=choice.themes, levers=choice.levers)
        load_id = amend(connection, visitor.name, ACTION, [record], f"{before.ref}: {why}").id
    at = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    with Session(bind=connection) as session:
        session.add_all(
            Settlement(finding=before.ref, facet=facet, value=new[facet], filed=filed[facet], why=why,
                       who=visitor.name, at=at, load_id=load_id)
            for facet in FACETS
        )  # fmt: skip
        session.flush()
    audit.record(connection, visitor.name, ACTION, f"finding {before.ref}", old, {**new, "why": why, "load": load_id})
    return Settled(before.ref, changed, load_id)


def _filed(connection: Connection, ref: str, now: dict[str, str]) -> dict[str, str]:
    """Return what the files said of each facet: where a settlement stands, what they said when it was made."""
    settled = {facet: held for (_, facet), held in latest(connection, [ref]).items()}
    return {**now, **{facet: held.filed for facet, held in settled.items() if held.value == now[facet]}}
