"""A meeting's record as a workbook: every slide, answer, text and note with its numbers, and text that is text."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from data.exporting import meeting_record
from data.exporting.meeting_record import Record, SlideRecord
from data.meeting.results import Option, Results, Text
from data.presenting.briefing import Question, Slide
from data.presenting.question_kinds import RANK, TEXT
from data.queries.counting import Counts
from models import Meeting, Note

HARD = "=HYPERLINK(1) <b>👩‍👩‍👧</b> _x0041_"
MEETING = Meeting(id=7, room="CDFH", title="Places", briefing="places", content="", region="TLC", version="1 (a)",
                  started=datetime(2026, 11, 24, 18, 30, tzinfo=UTC), leader_name="Presenter")  # fmt: skip
RANKED = (Option("a", "Libraries", 5, 21, 3), Option("b", HARD, 5, 12, 2))
IN_FILE = HARD.replace("_x", "_x005F_x")  # as the file has it, so that a spreadsheet shows HARD
SLIDES = (
    SlideRecord(1, Slide("a", "", "levers", "lever=L1", question=Question(RANK.name, "Rank them.")), "Said",
                ("Moved.",), "Lever: one", Counts(23, 21, 19), Results(5, 8, RANKED, ()),
                {"community": RANKED}, {"TLC": RANKED}),
    SlideRecord(2, Slide("b", "", "text", question=Question(TEXT.name, "What is missing?")), "Asked", (), "All",
                Counts(9, 8, 7), Results(2, 8, (), (Text(1, HARD, True), Text(2, "a\x00b", False)), 12), {}, {}),
    SlideRecord(3, Slide("c", "", "text"), "Bare", (), "All", Counts(9, 8, 7), Results(0, 0, (), ()), {}, {}),
)  # fmt: skip
NOTES = (Note(id=1, meeting_id=7, slide="b", said=HARD, sector="community", themes=["T1", "T4.3"],
              levers={"L1.2": "lacking"}, region="TLC"),
         Note(id=2, meeting_id=7, slide="gone", said="Later."))  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Any:
    out = io.BytesIO()
    meeting_record.write(Record(MEETING, SLIDES, NOTES, 8, 3, "2 (b)", 2_000), out)
    return load_workbook(io.BytesIO(out.getvalue()))


def rows(book: Any, sheet: str) -> list[tuple[Any, ...]]:
    return [tuple(cell.value for cell in row) for row in book[sheet].iter_rows(min_row=5)]


def test_the_cover_says_when_how_many_and_on_which_evidence(book):
    assert dict(rows(book, "Cover")) == {
        "Title": "Places",
        "About": "Held on 24 November 2026, from 18:30 GMT, in room CDFH; 8 devices took part. 2,000 more devices "
        "were left out by the presenter; their answers are told at each question, and counted in no other number. "
        "Numbers are of data version 2 (b). The meeting began on data version 1 (a), so numbers on its slides may have "
        "differed. They leave out 3 findings of the collection that not everyone may see. Nobody was asked for a name; "
        "groups of fewer than 5 answers are not told apart.",
        "Briefing": "places", "Region": "TLC", "Led by": "Presenter", "Slides": "3", "Participants": "8",
        "Left out": "2000", "Withheld": "3", "Data version": "2 (b)",
    }  # fmt: skip


def test_each_slide_stands_with_its_filter_numbers_and_question(book):
    assert rows(book, "Slides") == [
        (1, "Said", "Moved.", "levers", "Lever: one", "lever=L1", 23, 21, 19, "Rank them.", 5, 0),
        (2, "Asked", "[z]", "text", "All", "[z]", 9, 8, 7, "What is missing?", 2, 12),
        (3, "Bare", "[z]", "text", "All", "[z]", 9, 8, 7, "[z]", "[z]", "[z]"),
    ]


def test_answers_stand_by_option_and_by_group_with_points_of_a_ranking(book):
    assert rows(book, "Answers") == [
        (1, "Rank them.", 5, "Libraries", 5, 21, 3), (1, "Rank them.", 5, IN_FILE, 5, 12, 2),
    ]  # fmt: skip
    assert rows(book, "Answers by group") == [
        (1, what, group, *option)
        for what, group in (("sector", "community"), ("region", "TLC"))
        for option in (("Libraries", 5, 21, 3), (IN_FILE, 5, 12, 2))
    ]


def test_texts_and_notes_stand_as_they_were_given_and_never_run(book):
    assert rows(book, "Short texts") == [(2, IN_FILE, "yes"), (2, "a\ufffdb", "no")]
    assert rows(book, "Notes") == [
        (2, IN_FILE, "community", "TLC", "T1;T4.3", "L1.2 lacking"), ("[z]", "Later.", "[z]", "[z]", "[z]", "[z]"),
    ]  # fmt: skip
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} == {"s", "n"}
