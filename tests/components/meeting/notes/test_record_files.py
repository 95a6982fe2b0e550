"""A meeting's files: the numbers that anyone may see, charts for every figure that has bars, and answers after it."""

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from components.meeting.notes import record_files, record_slides
from components.slides import slide as slides
from components.store import store
from data.collection.access import Standing, Visitor
from data.meeting import answers, leading, leaving_out, notes, rooms
from data.meeting.notes import Noted
from data.meeting.results import Results
from data.presenting.briefing import Briefing, Question, Slide
from data.presenting.question_kinds import ONE

PRESENTER = Visitor("Presenter", Standing.EDITOR)
ASKS = Question(ONE.name, "Which matters most?", ("Libraries", "Pubs"))
BRIEFING = Briefing("short", "Short", (
    Slide("a", "{findings:finding} here", "levers", "region=TLC", question=ASKS, notes="Say it slowly."),
    Slide("b", "Limits", "limits"),
))  # fmt: skip


@pytest.fixture
def meeting(writable, codebook, monkeypatch) -> int:
    """Return the number of a meeting in which three devices answered and one thing was noted."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    store.forget()
    number = rooms.start(writable, BRIEFING, "", PRESENTER).id or 0
    leading.take(writable, number, PRESENTER, "window")
    leading.move(writable, number, PRESENTER, "window", "a")
    leading.open_question(writable, number, PRESENTER, "window", True)
    for device, answer in (("device-0001", "Pubs"), ("device-0002", "Pubs"), ("device-0003", "Libraries")):
        answers.answer(writable, number, device, "a", (answer,), codebook)
    notes.note(writable, number, PRESENTER, Noted("a", "=1+1", "community"))
    return number


def charts(slide: Any) -> list[list[tuple[str, tuple[float, ...]]]]:
    return [
        [(series.name, series.values) for series in shape.chart.plots[0].series]
        for shape in slide.shapes
        if shape.has_chart
    ]


def test_a_file_of_slides_has_the_meeting_each_slide_and_what_each_question_was_answered(meeting, csv_findings):
    deck = Presentation(io.BytesIO(record_files.powerpoint(meeting)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    held = sum("TLC" in row["regions"].split(";") for row in csv_findings)
    assert titles == ["Short", f"{held} findings here", "Which matters most?", "Limits"]
    assert charts(deck.slides[2]) == [[("Answers", (1.0, 2.0))]]
    assert deck.slides[1].notes_slide.notes_text_frame.text.startswith("Say it slowly.\n\nNoted: =1+1 (community)\n\n")
    assert deck.slides[2].shapes[-1].text_frame.text == "3 of 3 devices answered."
    assert not charts(deck.slides[3])


def test_a_chart_has_the_numbers_that_the_figure_on_the_wall_has(meeting):
    with store.beside_the_page():
        figure = slides.prepared(BRIEFING.slides[0]).figure.figure
    drawn = [(trace["name"], tuple(map(float, trace["x"]))) for trace in figure["data"]]
    deck = Presentation(io.BytesIO(record_files.powerpoint(meeting)))
    assert [series for chart in charts(deck.slides[1]) for series in chart] == drawn
    assert len(charts(deck.slides[1])) == 2


def test_a_question_that_nobody_answered_says_so_with_what_could_be_answered(meeting):
    with store.beside_the_page():
        told = record_files._slide(meeting, 1, BRIEFING.slides[0])
    page = record_slides._question(replace(told, results=Results(0, 3, told.results.options, ())), ASKS)
    assert page.text == "Nobody answered this question in the room.\nLibraries\nPubs"
    assert (page.parts, page.source) == ((), "0 of 3 devices answered.")


def test_what_the_presenter_left_out_is_in_no_count_and_told_in_both_files(meeting, writable):
    leaving_out.leave_out(writable, meeting, PRESENTER, "window", 1, True)
    deck = Presentation(io.BytesIO(record_files.powerpoint(meeting)))
    assert charts(deck.slides[2]) == [[("Answers", (1.0, 1.0))]]
    assert deck.slides[2].shapes[-1].text_frame.text == "2 of 2 devices answered. 1 answer left out by the presenter."
    book = load_workbook(io.BytesIO(record_files.workbook(meeting)))
    cover = {row[0].value: row[1].value for row in book["Cover"].iter_rows(min_row=5)}
    assert (cover["Participants"], cover["Left out"]) == ("2", "1")
    assert "2 devices took part. 1 more device was left out by the presenter; their answers are" in cover["About"]
    assert [[cell.value for cell in row][-2:] for row in book["Slides"].iter_rows(min_row=5)] == [
        [2, 1],
        ["[z]", "[z]"],
    ]


def test_the_workbook_has_the_answers_and_the_notes(meeting):
    book = load_workbook(io.BytesIO(record_files.workbook(meeting)))
    assert [tuple(cell.value for cell in row)[:5] for row in book["Answers"].iter_rows(min_row=5)] == [
        (1, "Which matters most?", 3, "Libraries", 1), (1, "Which matters most?", 3, "Pubs", 2),
    ]  # fmt: skip
    assert [cell.value for cell in book["Notes"][5]][:3] == [1, "=1+1", "community"]
