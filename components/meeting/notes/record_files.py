"""A meeting's record, asked and counted as anyone may see it, and its files, made when they are asked for."""

import io

from components.meeting.follower import meeting_queries
from components.meeting.notes import record_slides
from components.slides import deck
from components.slides import slide as slides
from components.store import store
from data.collection import clock
from data.collection.codebook import Codebook
from data.exporting import meeting_record
from data.exporting.cells import WITHHELD
from data.exporting.meeting_record import Record, SlideRecord
from data.filters.wording import in_words
from data.presenting import message_notes
from data.presenting.briefing import Slide
from models import Meeting, Note


def record(number: int) -> Record:
    """Return all that a meeting left, with numbers of the evidence that everyone may see; raises MeetingFault."""
    with store.beside_the_page():
        meeting = meeting_queries.meeting(number)
        told = [
            _slide(number, place, slide)
            for place, slide in enumerate(meeting_queries.briefing(meeting).slides, start=1)
        ]
        joined, version = meeting_queries.joined(number), str(store.current())
        taken = [_as_told(note, store.codebook()) for note in meeting_queries.notes(number)]
        return Record(meeting, told, taken, joined, store.withheld(), version, meeting_queries.left_out(number))


def _as_told(note: Note, known: Codebook) -> Note:
    """Return a note with its codes as far as anyone may know of them; the others stand as withheld."""

    def told(facet: str, code: str) -> str:
        return code if not code or code in known.codes(facet) else WITHHELD

    return Note(
        id=note.id, meeting_id=note.meeting_id, slide=note.slide, said=note.said, sector=note.sector, by=note.by,
        at=note.at, region=told("region", note.region), themes=[told("theme", code) for code in note.themes],
        levers={told("lever", code): role for code, role in note.levers.items()},
    )  # fmt: skip


def _slide(number: int, place: int, slide: Slide) -> SlideRecord:
    ready = slides.prepared(slide)
    return SlideRecord(
        place,
        slide,
        ready.said.message,
        tuple(message_notes.noted(ready.said)),
        in_words(ready.wanted, store.codebook()),
        store.counts(ready.wanted),
        meeting_queries.results_of(number, slide),
        meeting_queries.by_group(number, slide, "sector"),
        meeting_queries.by_group(number, slide, "region"),
    )


def workbook(number: int) -> bytes:
    """Return a meeting's record as a workbook."""
    out = io.BytesIO()
    meeting_record.write(record(number), out)
    return out.getvalue()


def powerpoint(number: int) -> bytes:
    """Return a meeting's slides, with what was answered and noted at each, as a PowerPoint file."""
    held = record(number)
    with store.beside_the_page():
        return deck.written(record_slides.pages(held), held.meeting.title)


def file_name(meeting: Meeting, ending: str) -> str:
    """Return a name that says what the file is, of which day and of which room."""
    return f"roundtable-{clock.local(meeting.started):%Y-%m-%d}-{meeting.room}.{ending}"
