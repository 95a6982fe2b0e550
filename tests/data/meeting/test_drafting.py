"""From a meeting to evidence: each note and short text a draft, published as any load, changed and never doubled."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from data.collection import database
from data.importing.loads import prepared_load, undoing
from data.meeting import drafting, notes
from data.meeting.draft_findings import DraftFinding, source_ref
from data.meeting.notes import Noted
from models import Finding, Source
from tests.data.meeting.conftest import PRESENTER, Room

DAY = date(2026, 11, 24)


@pytest.fixture
def noted(room: Room) -> Room:
    """Return a meeting with a note and, from two devices, a short text."""
    codes = {"L1": "proposed", "L1.2": "lacking"}
    notes.note(room.engine, room.number, PRESENTER, Noted("one", "The hall was let go.", "community", ("T4.3",), codes,
                                                          "TLC"))  # fmt: skip
    room.ask("said")
    room.answer(1, "More buses.")
    room.answer(2, "=1+1 <b>")
    return room


def drafts(room: Room) -> list[DraftFinding]:
    return database.ask(room.engine, drafting.drafts, room.number)


def publish(
    room: Room, kept: list[DraftFinding], others: list[DraftFinding] | None = None
) -> prepared_load.PreparedLoad:
    files = drafting.as_files(room.now, kept, "C9", DAY, others or [])
    plan = prepared_load.prepare(room.engine, files)
    prepared_load.confirm(room.engine, plan, PRESENTER)
    return plan


def held(room: Room) -> dict[str, tuple[str, str, str]]:
    with database.asking(room.engine) as session:
        rows = session.exec(select(Finding).join(Source).where(Source.ref == source_ref(room.now))).all()
        return {row.ref: (row.finding, row.access, row.coder) for row in rows}


def test_each_note_and_each_short_text_is_a_draft_for_editors_alone_of_very_low_confidence(noted):
    codes = {"L1": "proposed", "L1.2": "lacking"}
    note = DraftFinding("note-1", "note", "one", "The hall was let go.", "community", ("T4.3",), codes, ("TLC",))
    assert drafts(noted) == [
        note, DraftFinding("text-said-1", "short text", "said", "More buses."),
        DraftFinding("text-said-2", "short text", "said", "=1+1 <b>"),
    ]  # fmt: skip
    assert (note.access, note.confidence, note.direction) == ("team", "very low", "context")


def test_drafts_become_files_of_one_source_of_the_roundtable_strand_and_a_finding_each(noted):
    meeting = noted.now
    files = drafting.as_files(meeting, drafts(noted)[:1], "C9", DAY)
    ref = f"RT-{meeting.started:%Y%m%d}-{meeting.room}-{meeting.id}"
    source, finding = files.sources[0], files.findings[0]
    assert dict(zip(source.columns, source.rows[0][1], strict=True)) == {
        "source_id": ref, "strand": "roundtable", "title": f"Roundtable “Asks all”, {meeting.started:%-d %B %Y}",
        "authors": "", "organisation": "", "year": f"{meeting.started:%Y}", "source_type": "roundtable",
        "method": "roundtable notes and answers", "url": "", "doi": "", "accessed": "", "read": "taken part in",
        "study": "", "access": "team",
    }  # fmt: skip
    assert dict(zip(finding.columns, finding.rows[0][1], strict=True)) == {
        "finding_id": f"{ref}-note-1", "source_id": ref, "finding": "The hall was let go.", "place": "",
        "regions": "TLC", "latitude": "", "longitude": "", "themes": "T4.3", "levers": "L1;L1.2",
        "lever_roles": "proposed;lacking", "direction": "context", "confidence": "very low",
        "confidence_reason": "one voice at a roundtable, noted as it was said", "population": "community",
        "period": f"{meeting.started:%Y}", "coder": "C9", "coded_on": "2026-11-24", "access": "team",
    }  # fmt: skip


def test_publishing_again_changes_what_is_there_and_doubles_nothing(noted):
    ref = source_ref(noted.now)
    first = publish(noted, drafts(noted)[:2])
    assert first.totals == {"added": 3, "changed": 0, "withdrawn": 0, "unchanged": 0, "codebook_changes": 0}
    again = drafts(noted)
    assert [draft.published for draft in again] == [True, True, False]
    assert not prepared_load.prepare(noted.engine, drafting.as_files(noted.now, again[:2], "C1", DAY)).changes_something
    second = publish(noted, [replace(again[0], finding="The hall was sold."), again[2]], [again[1]])
    assert second.totals == {"added": 1, "changed": 1, "withdrawn": 0, "unchanged": 1, "codebook_changes": 0}
    assert held(noted) == {
        f"{ref}-note-1": ("The hall was sold.", "team", "C9"),
        f"{ref}-text-said-1": ("More buses.", "team", "C9"),
        f"{ref}-text-said-2": ("=1+1 <b>", "team", "C9"),
    }


def test_a_published_draft_stands_as_it_was_coded_also_where_its_note_is_gone(noted):
    coded = replace(drafts(noted)[0], direction="impeded", themes=("T1", "T6.4"), access="roundtable")
    publish(noted, [coded])
    as_it_is = replace(coded, coder="C9", coded_on="2026-11-24", published=True)
    assert drafts(noted)[0] == as_it_is
    notes.remove(noted.engine, noted.number, PRESENTER, 1)
    assert drafts(noted)[-1] == replace(as_it_is, slide="")


def test_a_source_is_open_to_all_who_may_see_any_of_its_findings(noted):
    note, text, _ = drafts(noted)
    publish(noted, [replace(note, access="public")])
    publish(noted, [text], [drafts(noted)[0]])
    with database.asking(noted.engine) as session:
        assert session.exec(select(Source.access).where(Source.ref == source_ref(noted.now))).one() == "public"


def test_a_load_of_drafts_is_undone_whole(noted):
    publish(noted, drafts(noted))
    with database.asking(noted.engine) as session:
        number = database.data_version(session).number
    undoing.undo(noted.engine, number, PRESENTER)
    assert held(noted) == {}
    assert [draft.published for draft in drafts(noted)] == [False, False, False]
