"""Settle where codings of a finding differ: the settled code becomes the agreed one, with who and why.

A settlement is a change like a load: one transaction, a record of it, the finding as it was before, a new data version.

Which word stands when files are loaded again: a facet that was settled keeps its settled value as long as the file
says what it said when it was settled (`filed`). Where the file has come to say something else, the file is the later
word and stands; and where the settled value is no longer the collection's, because the settlement was undone or
another load has changed it since, the settlement has ended and the file stands.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select, text
from sqlmodel import Session, col

from data import codebook as codebooks
from data import database
from data.access import Standing, Visitor, require
from data.codebook import Codebook
from data.importing.applying import apply, collection_digest, stored_rows
from data.importing.checking import Checked, FindingRecord, digest
from data.importing.faults import not_a_code, not_one_of, quoted
from data.importing.planning import Difference, Plan
from models import Direction, Load, Role, Settlement

FACETS = ("direction", "themes", "levers")
"""What is settled, each facet for itself; levers are settled with their roles."""
LONGEST_REASON = 1_000
ACTION = "settle"


class Unsettled(Exception):
    """A choice cannot become the agreed coding; `faults` say what is wrong with it, and nothing was changed."""

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults and make the message of them."""
        self.faults = tuple(faults)
        super().__init__("; ".join(faults))


class Choice(NamedTuple):
    """What a finding is to be coded as: codes sorted, each lever with its role."""

    direction: str
    themes: tuple[str, ...]
    levers: tuple[tuple[str, str], ...]


class Settled(NamedTuple):
    """What a settlement did: the facets that it changed, and the load that records it; none where all stayed."""

    finding: str
    changed: tuple[str, ...]
    load_id: int | None


def chosen(direction: str, themes: Sequence[str], levers: Sequence[tuple[str, str]]) -> Choice:
    """Return a choice with its codes sorted and none repeated, as they are stored."""
    return Choice(direction, tuple(sorted(set(themes))), tuple(sorted(set(levers))))


def values(choice: Choice) -> dict[str, str]:
    """Return each facet of a choice as a settlement holds it: codes joined by semicolons, each lever with its role."""
    return {
        "direction": choice.direction,
        "themes": ";".join(choice.themes),
        "levers": ";".join(f"{lever} {role}" for lever, role in choice.levers),
    }


def settle(engine: Engine, visitor: Visitor, ref: str, seen: Choice, choice: Choice, why: str) -> Settled:
    """Make a choice the agreed coding of a finding, and keep who settled it and why.

    `seen` is the agreed coding that the visitor decided on. Raises NotAllowed for anyone but an editor, and Unsettled
    where the choice, the reason or the finding is not sound, or someone has changed the finding meanwhile.
    """
    require(visitor, Standing.EDITOR, "settle codings")
    with (
        database.explained(engine),
        engine.connect().execution_options(writing=True) as connection,
        connection.begin(),
    ):
        with Session(bind=connection) as session:
            faults = _faults(choice, why, codebooks.read(session))
        number, before = _stored(connection, ref)
        if not before or not number:
            raise Unsettled([f"the collection has no finding {quoted(ref)}; it may have been withdrawn"])
        now = of_record(before)
        if now != chosen(*seen):
            faults.insert(0, "the finding has been changed since this page was drawn; look again at what is agreed now")
        if faults:
            raise Unsettled(faults)
        return _carry_out(connection, visitor, number, before, choice, why.strip())


def _faults(choice: Choice, why: str, codebook: Codebook) -> list[str]:
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


def _stored(connection: Connection, ref: str) -> tuple[int | None, FindingRecord | None]:
    number = connection.scalar(text("SELECT id FROM finding WHERE ref = :ref"), {"ref": ref})
    if number is None:
        return None, None
    return number, record_of(stored_rows(connection, "finding", [number])[number])


def record_of(row: dict[str, object]) -> FindingRecord:
    """Return a row of `stored_rows` as the record that a load would make of it."""

    def parts(column: str) -> tuple[str, ...]:
        return tuple(part for part in str(row[column]).split(";") if part)

    levers = tuple(sorted(zip(parts("levers"), parts("lever_roles"), strict=True)))
    codes = {"regions": tuple(sorted(parts("regions"))), "themes": tuple(sorted(parts("themes"))), "levers": levers}
    return FindingRecord(**{name: codes[name] if name in codes else row[name] for name in FindingRecord._fields})  # type: ignore[arg-type]


def of_record(record: FindingRecord) -> Choice:
    """Return the coding that a record of a finding holds."""
    return Choice(record.direction, record.themes, record.levers)


def _carry_out(
    connection: Connection, visitor: Visitor, number: int, before: FindingRecord, choice: Choice, why: str
) -> Settled:
    choice = chosen(*choice)
    record = before._replace(direction=choice.direction, themes=choice.themes, levers=choice.levers)
    old, new = values(of_record(before)), values(choice)
    changed = tuple(facet for facet in FACETS if old[facet] != new[facet])
    at = datetime.now(UTC).replace(microsecond=0)
    filed = _filed(connection, before.ref, old)
    with Session(bind=connection) as session:
        load_id = _apply(connection, session, visitor, number, record, changed, at) if changed else None
        session.add_all(
            Settlement(finding=before.ref, facet=facet, value=new[facet], filed=filed[facet], why=why,
                       who=visitor.name, at=at.isoformat(" "), load_id=load_id)
            for facet in FACETS
        )  # fmt: skip
        session.flush()
    return Settled(before.ref, changed, load_id)


def _apply(
    connection: Connection,
    session: Session,
    visitor: Visitor,
    number: int,
    record: FindingRecord,
    changed: Sequence[str],
    at: datetime,
) -> int:
    plan = Plan(
        Checked({}, {record.ref: record}, []),
        Difference(),
        Difference(changed={record.ref: number}, digests={record.ref: digest(record)}),
    )
    version = database.data_version(session).number + 1
    note = f"{record.ref} settled: {', '.join(changed)}"
    load = Load(at=at, who=visitor.name, action=ACTION, note=note, files=[], changed=1, version=version)
    session.add(load)
    session.flush()
    apply(connection, plan, load.id or 0)
    load.digest = collection_digest(connection)
    session.add(load)
    session.flush()
    return load.id or 0


def _filed(connection: Connection, ref: str, now: dict[str, str]) -> dict[str, str]:
    """Return what the files said of each facet: where a settlement stands, what they said when it was made."""
    standing = {
        facet: filed for (_, facet), (value, filed) in _latest(connection, [ref]).items() if value == now[facet]
    }
    return {**now, **standing}


def _latest(connection: Connection, refs: Sequence[str] | None = None) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the newest settlement of each finding and facet: its value, and what the files said."""
    s = Settlement
    query = (
        select(col(s.finding), col(s.facet), col(s.value), col(s.filed)).where(col(s.facet) != "").order_by(col(s.id))
    )
    if refs is not None:
        query = query.where(col(s.finding).in_(refs))
    return {(ref, facet): (value, filed) for ref, facet, value, filed in connection.execute(query)}


def kept(connection: Connection, checked: Checked) -> Checked:
    """Return checked records with the settled value in each facet whose file says what it said when it was settled."""
    settled = {key: held for key, held in _latest(connection).items() if key[0] in checked.findings}
    if not settled:
        return checked
    refs = {ref for ref, _ in settled}
    codes = {
        table: set(connection.execute(text(f"SELECT code FROM {table}")).scalars()) for table in ("theme", "lever")
    }
    numbers = {row.ref: row.id for row in connection.execute(text("SELECT ref, id FROM finding")) if row.ref in refs}
    rows = stored_rows(connection, "finding", numbers.values())
    findings = dict(checked.findings)
    for ref, number in numbers.items():
        now, record = of_record(record_of(rows[number])), findings[ref]
        file = values(of_record(record))
        for facet in FACETS:
            stands = settled.get((ref, facet)) == (values(now)[facet], file[facet])
            if stands and _in_codebook(now, facet, codes):
                record = record._replace(**{facet: getattr(now, facet)})
        findings[ref] = record
    return checked._replace(findings=findings)


def _in_codebook(choice: Choice, facet: str, codes: dict[str, set[str]]) -> bool:
    """Tell whether the codebook still has all that a facet was settled as; where a code has gone, the file stands."""
    if facet == "themes":
        return codes["theme"].issuperset(choice.themes)
    return facet != "levers" or codes["lever"].issuperset(lever for lever, _ in choice.levers)
