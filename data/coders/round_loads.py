"""Bring rounds of codings, and the reasons of settlements, into the collection: whole, or not at all.

They stand beside the agreed coding and change none of it, so the data version stays. A round that takes the name of
another stands in its place; the other is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select, text, update
from sqlmodel import Session, col

from data.coders.coding_files import REASONS, CodingFile, CodingRow, check, check_name, check_reasons, covered, read
from data.coders.rounds import in_use
from data.collection import audit, database
from data.collection import codebook as codebooks
from data.collection.access import Standing, Visitor, require
from data.faults import Fault, Refused, perhaps
from data.shipped import CODINGS
from models import Access, Coding, CodingCode, CodingRound, Settlement

FOLDER = CODINGS
SHIPPED_BY = Visitor("shipped with the evidence", Standing.EDITOR)
SETTLING_READER = Visitor("a settling reader", Standing.EDITOR)
SETTLED = "settled.csv"


@dataclass(frozen=True)
class Shipped:
    """A file of codings that comes with the evidence."""

    file: str
    name: str
    title: str
    covers: tuple[str, ...] = ()


SHIPPED = (
    Shipped("first_coding.csv", "first", "First coding"),
    Shipped("second_coding.csv", "second", "Second coding"),
    Shipped("check_coding.csv", "check", "Blind check"),
    Shipped("check_roles.csv", "roles", "Blind check of roles", ("role",)),
)
"""The last was given the levers and coded their roles alone."""


def bring(
    engine: Engine, path: Path, name: str, visitor: Visitor, title: str = "", covers: Sequence[str] = ()
) -> CodingRound:
    """Bring a file of codings in as the round of that name; return its record.

    Raises NotAllowed for anyone but an editor, and Refused with every fault, and then nothing has changed.
    """
    require(visitor, Standing.EDITOR, "bring codings in")
    file = read(path)
    if wrong := check_name(name):
        file.faults.append(Fault("--name", wrong))
    with database.writing(engine) as connection:
        if not database.has_tables(connection):
            raise Refused([Fault(file.name, "there are no findings to code yet; load them first")])
        findings = {row.ref for row in connection.execute(text("SELECT ref FROM finding"))}
        rows = _sound(connection, file, findings)
        return _write(connection, file, rows, CodingRound(
            name=name, title=title or f"{name.capitalize()} coding", covers=list(covered(file, covers)),
            file=file.name, sha256=file.sha256, who=visitor.name,
        ))  # fmt: skip


def bring_shipped(engine: Engine, folder: Path = FOLDER) -> list[str]:
    """Bring in the codings and reasons that come with the evidence, where they are not there yet; return their names.

    A shipped round that someone has replaced or withdrawn stays so until its file changes. Raises Refused.
    """
    brought = []
    files = [(one, read(folder / one.file)) for one in SHIPPED]
    with database.writing(engine) as connection:
        held = {tuple(row) for row in connection.execute(select(col(CodingRound.name), col(CodingRound.sha256)))}
        for one, file in files:
            if file.faults or (one.name, file.sha256) not in held:
                rows = _sound(connection, file, None)
                _write(connection, file, rows, CodingRound(
                    name=one.name, title=one.title, covers=list(covered(file, one.covers)), file=file.name,
                    sha256=file.sha256, who=SHIPPED_BY.name,
                ))  # fmt: skip
                brought.append(one.name)
        if _bring_reasons(connection, folder / SETTLED, SETTLING_READER):
            brought.append("reasons")
    return brought


def bring_reasons(engine: Engine, path: Path, visitor: Visitor) -> int:
    """Bring in the reasons of settlements from a file; return how many are new. Raises NotAllowed and Refused."""
    require(visitor, Standing.EDITOR, "bring reasons in")
    with database.writing(engine) as connection:
        database.prepare(connection)
        return _bring_reasons(connection, path, visitor)


def _bring_reasons(connection: Connection, path: Path, visitor: Visitor) -> int:
    file = read(path, REASONS, REASONS[:2])
    rows = check_reasons(file)
    if file.faults:
        raise Refused(file.faults)
    s = Settlement
    known = {
        tuple(row)
        for row in connection.execute(select(col(s.finding), col(s.why), col(s.at)).where(col(s.facet) == ""))
    }
    new = [row for row in dict.fromkeys(rows) if row not in known]
    with Session(bind=connection) as session:
        session.add_all(Settlement(finding=ref, why=why, at=at, who=visitor.name) for ref, why, at in new)
        session.flush()
        if new:
            audit.record(session, visitor.name, "load reasons", file.name, None, {"reasons": len(new)})
    return len(new)


def _sound(connection: Connection, file: CodingFile, findings: set[str] | None) -> list[CodingRow]:
    with Session(bind=connection) as session:
        rows = check(file, codebooks.read(session, Access.TEAM), findings)
    if file.faults:
        raise Refused(file.faults)
    return rows


def _write(connection: Connection, file: CodingFile, rows: Sequence[CodingRow], record: CodingRound) -> CodingRound:
    with Session(bind=connection, expire_on_commit=False) as session:
        session.add(record)
        session.flush()
        number = record.id or 0
        session.execute(
            Coding.__table__.insert(),  # type: ignore[attr-defined]
            [{"round_id": number, **_coding(row)} for row in rows],
        )
        codes = [
            {"round_id": number, "finding": row.finding, "facet": facet, "code": code, "role": role}
            for row in rows
            for facet, held in (("theme", [(code, "") for code in row.themes]), ("lever", row.levers))
            for code, role in held
        ]
        if codes:
            session.execute(CodingCode.__table__.insert(), codes)  # type: ignore[attr-defined]
        after = {"round": number, "file": record.file, "sha256": record.sha256, "findings": len(rows)}
        audit.record(session, record.who, "load coding", f"coding {record.name}", None, after)
        session.expunge(record)
    return record


def _coding(row: CodingRow) -> dict[str, str]:
    return {"finding": row.finding, "direction": row.direction, "coder": row.coder, "coded_on": row.coded_on}


def withdraw(engine: Engine, name: str, visitor: Visitor) -> CodingRound:
    """Withdraw the round of that name, so that the one it replaced, if any, stands again; nothing is deleted.

    Raises NotAllowed, and Refused where there is none.
    """
    require(visitor, Standing.EDITOR, "withdraw codings")
    with database.writing(engine) as connection, Session(bind=connection, expire_on_commit=False) as session:
        held = {row.name: row for row in in_use(session)} if database.has_tables(connection) else {}
        if name not in held:
            raise Refused([Fault("codings", f"there is no coding of the name {name}{perhaps(name, held)}")])
        record = held[name]
        session.execute(update(CodingRound).where(col(CodingRound.id) == record.id).values(withdrawn=True))
        audit.record(session, visitor.name, "withdraw coding", f"coding {name}", {"round": record.id})
        session.expunge(record)
        return record
