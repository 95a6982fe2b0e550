"""The record of a meeting as a workbook: slides with filters and numbers, answers with counts, texts, notes."""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from data.collection import clock
from data.exporting.cells import NOT_APPLICABLE, CellKind
from data.exporting.request import NAME
from data.exporting.sheets import Book, SheetColumn
from data.filters.wording import number_of
from data.meeting.results import FEWEST, Option, Results
from data.presenting.briefing import Question, Slide
from data.presenting.question_kinds import ANSWERS, MEASURES
from data.queries.counting import Counts
from models import Meeting, Note

NONE = NOT_APPLICABLE
Groups = Mapping[str, tuple[Option, ...]]


@dataclass(frozen=True)
class SlideRecord:
    """One slide as the record tells it: its message now, its filter in words, how much stands under it, the answers."""

    place: int
    slide: Slide
    message: str
    notes: tuple[str, ...]
    words: str
    counts: Counts
    results: Results
    by_sector: Groups
    by_region: Groups


@dataclass(frozen=True)
class Record:
    """All that a meeting left, and the evidence it is told on."""

    meeting: Meeting
    slides: Sequence[SlideRecord]
    notes: Sequence[Note]
    joined: int
    withheld: int
    version: str
    left_out: int = 0
    """Devices that the presenter left out; they are not among those that joined."""


def write(record: Record, out: BinaryIO) -> None:
    """Write the record as a workbook of the same conventions as every download."""
    with closing(Book()) as book:
        title = f"Record of the roundtable “{record.meeting.title}”"
        book.describe(title, NAME, "roundtable, record, social infrastructure", about(record))
        _meeting(book, record, title)
        _slides(book, record)
        _answers(book, record)
        _groups(book, record)
        _texts(book, record)
        _notes(book, record)
        book.save(out)


def about(record: Record) -> str:
    """Say in a paragraph when the meeting was, how many took part, and on which evidence its numbers stand."""
    meeting = record.meeting
    moved = (
        f" The meeting began on data version {meeting.version}, so numbers on its slides may have differed."
        if meeting.version != record.version
        else ""
    )
    return (
        f"Held on {clock.day(meeting.started)}, from {clock.hour(meeting.started)}, in room {meeting.room}; "
        f"{number_of(record.joined, 'device')} took part.{_left_out(record.left_out)} "
        f"Numbers are of data version {record.version}.{moved} "
        f"{_withheld(record.withheld)} "
        f"Nobody was asked for a name; groups of fewer than {FEWEST} answers are not told apart."
    )


def _left_out(devices: int) -> str:
    if not devices:
        return ""
    left = f"{number_of(devices, 'more device')} {'was' if devices == 1 else 'were'} left out by the presenter"
    return f" {left}; their answers are told at each question, and counted in no other number."


def _withheld(findings: int) -> str:
    if not findings:
        return "They leave out nothing of the collection."
    return f"They leave out {number_of(findings, 'finding')} of the collection that not everyone may see."


def _meeting(book: Book, record: Record, title: str) -> None:
    columns = [SheetColumn("What", "what is told", 26), SheetColumn("Is", "what it is", 100, blank=NONE)]
    rows = [
        ("Title", record.meeting.title), ("About", about(record)), ("Briefing", record.meeting.briefing),
        ("Region", record.meeting.region), ("Led by", record.meeting.leader_name), ("Slides", len(record.slides)),
        ("Participants", record.joined), ("Left out", record.left_out), ("Withheld", record.withheld),
        ("Data version", record.version),
    ]  # fmt: skip
    book.table("Cover", title, "What this record holds and how to read it.", columns, len(rows), "").fill(rows)


def _slides(book: Book, record: Record) -> None:
    columns = [
        SheetColumn("Slide", "its place", 8, CellKind.NUMBER),
        SheetColumn("Message", "as the evidence has it now", 70),
        SheetColumn("To note", "where its numbers have moved", 40, blank=NONE),
        SheetColumn("Shows", "the view", 24),
        SheetColumn("Filter", "in words", 50),
        SheetColumn("Filter in the address", "to open the same view", 40, blank=NONE),
        SheetColumn("Findings", "under it", 10, CellKind.NUMBER),
        SheetColumn("Sources", "of those", 10, CellKind.NUMBER),
        SheetColumn("Studies", "of those", 10, CellKind.NUMBER),
        SheetColumn("Question", "asked of the room", 50, blank=NONE),
        SheetColumn("Answered", "devices", 10, CellKind.NUMBER, NONE),
        SheetColumn("Left out", "answers, by the presenter", 10, CellKind.NUMBER, NONE),
    ]
    rows = [
        (s.place, s.message, " ".join(s.notes), s.slide.view, s.words, s.slide.filter, *s.counts,
         *((s.slide.question.text, s.results.answered, s.results.left_out) if s.slide.question else ("", None, None)))
        for s in record.slides
    ]  # fmt: skip
    about = "Each slide, with its filter and the numbers under it as anyone may see them."
    book.table("Slides", "Slides", about, columns, len(rows), "").fill(rows)


def _option_row(option: Option, question: Question) -> tuple[object, ...]:
    told = (ANSWERS, *question.of_kind.shown)
    return option.name, *(option.number(measure) if measure in told else None for measure in MEASURES)


ANSWER_COLUMNS = (
    SheetColumn("Option", "what could be answered", 44),
    SheetColumn(ANSWERS.name, ANSWERS.about, 10, CellKind.NUMBER),
    *(SheetColumn(measure.name, measure.about, 10, CellKind.NUMBER, NONE) for measure in MEASURES[1:]),
)


def _answers(book: Book, record: Record) -> None:
    columns = [SheetColumn("Slide", "its place", 8, CellKind.NUMBER), SheetColumn("Question", "asked", 50),
               SheetColumn("Answered", "devices", 10, CellKind.NUMBER), *ANSWER_COLUMNS]  # fmt: skip
    rows = [
        (s.place, s.slide.question.text, s.results.answered, *_option_row(option, s.slide.question))
        for s in record.slides
        if s.slide.question
        for option in s.results.options
    ]
    book.table("Answers", "Answers", "What the room answered, by option.", columns, len(rows), "").fill(rows)


def _groups(book: Book, record: Record) -> None:
    columns = [SheetColumn("Slide", "its place", 8, CellKind.NUMBER), SheetColumn("By", "sector or region", 10),
               SheetColumn("Group", "of those who said", 30), *ANSWER_COLUMNS]  # fmt: skip
    rows = [
        (s.place, what, group, *_option_row(option, s.slide.question))
        for s in record.slides
        if s.slide.question
        for what, groups in (("sector", s.by_sector), ("region", s.by_region))
        for group, options in groups.items()
        for option in options
    ]
    about = f"The same by what participants said of themselves, for groups of at least {FEWEST} answers."
    book.table("Answers by group", "Answers by group", about, columns, len(rows), "").fill(rows)


def _texts(book: Book, record: Record) -> None:
    columns = [SheetColumn("Slide", "its place", 8, CellKind.NUMBER), SheetColumn("Text", "as written", 90),
               SheetColumn("Shown to the room", "let through by the presenter", 20)]  # fmt: skip
    rows = [
        (s.place, text.said, "yes" if text.let_through else "no") for s in record.slides for text in s.results.texts
    ]
    about = "Short texts from the room, anonymous; read them for names before they go further."
    book.table("Short texts", "Short texts", about, columns, len(rows), "").fill(rows)


def _notes(book: Book, record: Record) -> None:
    places = {s.slide.ref: s.place for s in record.slides}
    columns = [SheetColumn("Slide", "its place", 8, CellKind.NUMBER, NONE), SheetColumn("Said", "as noted", 90),
               SheetColumn("Sector", "of the speaker", 18, blank=NONE),
               SheetColumn("Region", "code", 10, blank=NONE), SheetColumn("Themes", "codes", 24, blank=NONE),

               SheetColumn("Levers", "codes, each with its role", 30, blank=NONE)]  # fmt: skip
    rows = [
        (places.get(n.slide), n.said, n.sector, n.region, ";".join(n.themes),
         ";".join(f"{code} {role}" for code, role in n.levers.items()))
        for n in record.notes
    ]  # fmt: skip
    about = "What the rapporteur noted; speakers have no name. [c] is a code that not everyone may know of."
    book.table("Notes", "Notes", about, columns, len(rows), "").fill(rows)
