"""What a room is shown and what is kept of it is as if what is withheld had never been loaded, whoever presents."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from components.briefings import slide_form
from components.meeting.follower import answer_post, meeting_queries
from components.meeting.follower.answer_post import Sent
from components.meeting.follower.stream import what_is_told
from components.meeting.notes import record_files
from components.slides import deck, page_slides
from components.store import store
from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.database import asking
from data.meeting import leading, notes, rooms
from data.meeting.following import MeetingState
from data.meeting.notes import Noted
from data.presenting.briefing import VIEWS, Briefing, Question, Slide
from data.presenting.question_kinds import ONE
from models import Access, Meeting
from tests.two_collections import Two, in_meetings, in_slides, in_workbook, plain

HEIGHT = re.compile(r' cy="\d+"')
"""Of a box of text, which is higher by the one sentence."""
PRESENTER = Visitor("Presenter", Standing.EDITOR)
ASKS = Question(ONE.name, "Which matters most?", options_from="lever")
BRIEFING = Briefing("every-view", "Every view", tuple(
    Slide(view.replace(" ", "-"), page_slides.MESSAGES.get(view, page_slides.OTHER), view,
          "region=TLC" if view == "place themes" else "", question=ASKS if view == "levers" else None,
          text="{findings:finding}, {regions.held} regions, {countries.held} countries")
    for view in VIEWS
))  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with in_meetings(tmp_path_factory.mktemp("two"), BRIEFING, PRESENTER, "levers") as (found, numbers):
        for engine, number in zip(found, numbers, strict=True):
            leading.open_question(engine, number, PRESENTER, "window", True)
            notes.note(engine, number, PRESENTER, Noted("levers", "Said", "community", ["T1.2"], {"L6.1": "applied"}))
            with database.meetings(engine).begin() as connection:
                connection.exec_driver_sql("UPDATE meeting SET started = '2026-11-26 10:00:00'")
        yield found


@pytest.fixture
def both(two: Two, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], list[Any]]:
    """Return a function that gives what an editor's page makes of each of the two."""

    def made_of_each(make: Callable[[], Any]) -> list[Any]:
        found = []
        for engine in two:
            monkeypatch.setenv("DATABASE_URL", str(engine.url))
            with store.beside_the_page(Access.TEAM):
                found.append(make())
        return found

    return made_of_each


def of_meeting(make: Callable[[Meeting], Any]) -> Callable[[], Any]:
    return lambda: make(meeting_queries.meeting(1))


def test_the_numbers_that_are_kept_with_a_message_are_those_that_anyone_may_see(both):
    kept, first = both(lambda: [slide_form.written_today(one, BRIEFING).written_for.numbers for one in BRIEFING.slides])
    assert kept == first
    assert dict(kept[0])["findings"] == 4


def test_a_slide_that_an_editor_wrote_tells_the_room_of_no_number_that_moved(both):
    def moved() -> list[object]:
        written = [slide_form.written_today(one, BRIEFING) for one in BRIEFING.slides]
        with store.beside_the_page():
            return [store.slide_said(one.wanted(store.codebook()), one).moved for one in written]

    assert both(moved) == [[()] * len(VIEWS)] * 2


def test_the_names_and_numbers_that_an_editor_may_write_are_those_of_the_room(both):
    whole, without = both(lambda: str(slide_form._named(BRIEFING.slides[0])))
    assert whole == without


def test_the_stream_tells_every_slide_and_its_form_alike(both):
    def told(meeting: Meeting) -> list[dict[str, object]]:
        with store.beside_the_page():
            return [
                {name: plain(str(part)) for name, part in
                 what_is_told(meeting, MeetingState(1, one.ref, False, one.ref, one.ref, False)).items()}
                for one in BRIEFING.slides
            ]  # fmt: skip

    whole, without = both(of_meeting(told))
    assert whole == without


def test_a_record_as_a_page_a_workbook_and_slides_says_the_same_but_for_how_many(both):
    whole, without = both(lambda: (in_workbook(record_files.workbook(1)), in_slides(record_files.powerpoint(1))))
    apart = [pair for pair in zip(whole[0], without[0], strict=True) if pair[0] != pair[1]]
    assert apart == [("Cover: 3", "Cover: 0")]
    assert [HEIGHT.sub("", part) for part in whole[1]] == [HEIGHT.sub("", part) for part in without[1]]


def test_an_answer_that_names_a_withheld_lever_is_refused_as_one_that_never_was(both):
    def answered(meeting: Meeting) -> tuple[int, str]:
        return answer_post._kept(meeting.stream, Sent("device-0001", "levers", ["QL9"]), "")

    whole, without = both(of_meeting(answered))
    assert whole == without
    assert whole[0] == 409


def test_a_briefing_as_slides_is_the_same(both):
    short = Briefing("short", "Short", BRIEFING.slides[:2])
    whole, without = both(lambda: in_slides(deck.of_briefing(short)))
    assert whole == without


def test_what_is_noted_with_a_code_that_is_withheld_stands_in_the_record_without_it(two, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(two.whole.url))
    number = rooms.start(two.whole, BRIEFING, "", PRESENTER).id or 0
    notes.note(two.whole, number, PRESENTER, Noted("levers", "Said", themes=["T1.2", "Q8.1"], levers={"QL9": "applied"},
                                                   region="TLC-Q"))  # fmt: skip
    (note,) = record_files.record(number).notes
    assert (note.themes, note.levers, note.region) == (["[c]", "T1.2"], {"[c]": "applied"}, "[c]")
    with asking(two.whole) as session:
        assert [row.region for row in notes.notes(session, number)] == ["TLC-Q"]
