"""From a meeting to evidence: notes and short texts as draft findings of the roundtable strand, under one source.

A draft is a finding to be coded: a person chooses which to keep, codes them, and gives them access. What is kept goes
the way of any load: checked, planned, looked at, applied whole, and undone where it was a mistake.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from sqlmodel import Session, col, select

from data.collection import clock
from data.importing.strand_files import Files, Table
from data.meeting.draft_findings import NOTE, TEXT, DraftFinding, source_ref
from data.meeting.notes import notes
from data.meeting.published import as_published, published
from data.meeting.rooms import briefing_of, held
from data.schema import FINDING_COLUMNS, OPTIONAL, SOURCE_COLUMNS
from models import Access, Answer, Meeting, Participant, StrandCode

FILE = "meeting record"
UNSAID = OPTIONAL[1:]
"""Columns of which a draft says nothing, so that what the collection holds in them stays as it is."""


def drafts(session: Session, meeting_id: int) -> list[DraftFinding]:
    """Return a draft for each note of a meeting, and for each short text that was written in it and not left out.

    Those that were published stand as they are in the collection, also where their note has been taken away since.
    """
    meeting = held(session, meeting_id)
    noted = [
        DraftFinding(f"note-{row.id}", NOTE, row.slide, row.said, row.sector, tuple(row.themes), dict(row.levers),
              (row.region,) if row.region else ())
        for row in notes(session, meeting_id)
    ]  # fmt: skip
    asking = {s.ref for s in briefing_of(meeting).slides if s.question and s.question.of_kind.in_words}
    rows = session.exec(
        select(Answer)
        .join(Participant, col(Participant.id) == col(Answer.participant_id))
        .where(col(Answer.meeting_id) == meeting_id, col(Answer.slide).in_(asking))
        .where(col(Participant.left_out).is_(None))
        .order_by(col(Answer.at), col(Answer.participant_id))
    )
    written = [DraftFinding(f"text-{row.slide}-{row.participant_id}", TEXT, row.slide, row.value[0]) for row in rows]
    held_already = published(session, meeting)
    found = [as_published(draft, held_already) for draft in (*noted, *written)]
    keys = {draft.key for draft in found}
    return [*found, *(draft for key, draft in held_already.items() if key not in keys)]


def as_files(
    meeting: Meeting, kept: Sequence[DraftFinding], coder: str, on: date, others: Sequence[DraftFinding] = ()
) -> Files:
    """Return drafts as the files of a load: one source for the meeting, and a finding for each draft.

    A draft keeps its ref however often the record is published, so that publishing again changes and does not double.
    `coder` and `on` are of those that have none yet. `others` are published already and stay: the source is open to
    all who may see any of them.
    """
    source = {
        "source_id": source_ref(meeting), "strand": StrandCode.ROUNDTABLE.value,
        "title": f"Roundtable “{meeting.title}”, {clock.day(meeting.started)}", "year": _year(meeting),
        "source_type": "roundtable", "method": "roundtable notes and answers", "read": "taken part in",
        "access": _widest(draft.access for draft in (*kept, *others)),
    }  # fmt: skip
    findings = [_finding(meeting, draft, coder, on) for draft in kept]
    content = json.dumps([source, *map(asdict, kept)], sort_keys=True, ensure_ascii=False)
    return Files(
        [_table("source", SOURCE_COLUMNS, [source])],
        [_table("findings", FINDING_COLUMNS, findings)],
        [{"name": f"{FILE} {source['source_id']}", "sha256": hashlib.sha256(content.encode()).hexdigest()}],
    )


def _finding(meeting: Meeting, draft: DraftFinding, coder: str, on: date) -> dict[str, str]:
    ref = source_ref(meeting)
    return {
        "finding_id": f"{ref}-{draft.key}", "source_id": ref, "finding": draft.finding.strip(),
        "regions": ";".join(draft.regions), "themes": ";".join(draft.themes), "levers": ";".join(draft.levers),
        "lever_roles": ";".join(draft.levers.values()), "direction": draft.direction, "confidence": draft.confidence,
        "confidence_reason": draft.reason, "population": draft.population, "period": _year(meeting),
        "coder": draft.coder or coder, "coded_on": draft.coded_on or on.isoformat(), "access": draft.access,
    }  # fmt: skip


def _year(meeting: Meeting) -> str:
    return f"{clock.local(meeting.started):%Y}"


def _table(sheet: str, columns: tuple[str, ...], rows: Sequence[Mapping[str, str]]) -> Table:
    columns = tuple(column for column in columns if column not in UNSAID)
    numbered = enumerate(rows, start=1)
    return Table(FILE, sheet, columns, [(at, [row.get(column, "") for column in columns]) for at, row in numbered])


def _widest(levels: Iterable[str]) -> str:
    """Return the access of a source that withholds none of its findings more than they say."""
    order = [access.value for access in Access]
    return min(levels, key=order.index, default=Access.TEAM.value)
