"""The lead: one window moves the room; another is told who leads, and may take over; nobody else moves anything."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.meeting import following, leading, rooms
from data.meeting.leading import Led
from data.meeting.meeting_fault import MeetingFault
from data.safekeeping import own_file
from models import OPENING, Meeting, Pane, now
from tests.data.meeting.conftest import BRIEFING, PRESENTER, WINDOW, Room

SECOND = Visitor("Second", Standing.EDITOR)
OTHER = "another-window"
MOVES = {
    "move": (leading.move, ("one",)),
    "blank": (leading.blank, (True,)),
    "open": (leading.open_question, (True,)),
    "show": (leading.show_results, (True,)),
    "pane": (leading.show_pane, (Pane.FINDINGS,)),
    "join": (leading.show_join, (True,)),
}


def state(room: Room) -> following.MeetingState:
    return database.ask(room.engine, following.state, room.number)


@pytest.mark.parametrize("standing", [Standing.VIEWER, Standing.PARTICIPANT])
@pytest.mark.parametrize("move", MOVES)
def test_a_follower_moves_nothing_even_with_the_token_of_the_window_that_leads(room: Room, move: str, standing):
    before = room.now
    change, arguments = MOVES[move]
    with pytest.raises(NotAllowed, match="only editors may lead a meeting"):
        change(room.engine, room.number, Visitor("", standing), WINDOW, *arguments)
    with pytest.raises(NotAllowed, match="only editors may lead a meeting"):
        leading.take(room.engine, room.number, Visitor("", standing), OTHER, True)
    with pytest.raises(NotAllowed, match="only editors may let answers through"):
        leading.let_through(room.engine, room.number, Visitor("", standing), 1, "said", True, "")
    assert room.now == before


def test_a_second_presenter_is_told_who_leads_and_may_take_over(room: Room):
    with pytest.raises(Led) as told:
        leading.take(room.engine, room.number, SECOND, OTHER)
    assert str(told.value) == "Presenter leads this meeting in another window."
    leading.take(room.engine, room.number, SECOND, OTHER, over=True)
    leading.move(room.engine, room.number, SECOND, OTHER, "one")
    with pytest.raises(Led) as told:
        room.lead(leading.move, "several")
    assert str(told.value) == "Second leads this meeting now; take over first."
    assert room.now.slide == "one"


def test_nobody_moves_a_meeting_that_nobody_leads(room: Room):
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Meeting).values(leader=""))
    with pytest.raises(Led, match="Take the lead first"):
        room.lead(leading.move, "one")


def test_the_lead_of_a_window_that_is_not_seen_for_half_a_minute_is_free(room: Room):
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Meeting).values(leader_seen=now() - timedelta(seconds=29)))
    with pytest.raises(Led):
        leading.take(room.engine, room.number, SECOND, OTHER)
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Meeting).values(leader_seen=now() - timedelta(seconds=31)))
    leading.take(room.engine, room.number, SECOND, OTHER)
    assert room.now.leader == OTHER


def test_each_move_and_each_look_of_the_leading_window_keeps_its_lead(room: Room):
    for again in (lambda: room.lead(leading.take), lambda: room.lead(leading.move, "one")):
        with own_file.ask_and_write(room.engine) as session:
            session.execute(update(Meeting).values(leader_seen=now() - timedelta(seconds=29)))
        again()
        seen = room.now.leader_seen
        assert seen is not None
        assert now() - seen < timedelta(seconds=10)


def test_followers_are_told_of_what_they_would_see_and_of_nothing_else(room: Room):
    assert state(room) == (0, OPENING, False, "", "", False)
    room.lead(leading.move, OPENING)
    room.lead(leading.take)
    room.lead(leading.show_join, True)
    assert state(room).revision == 0
    room.ask("one")
    assert state(room) == (2, "one", False, "one", "", False)
    room.lead(leading.show_results, True)
    room.lead(leading.blank, True)
    assert state(room) == (4, "one", True, "one", "one", False)
    room.lead(leading.move, "several")
    assert state(room) == (5, "several", False, "", "", False)
    rooms.end(room.engine, room.number, PRESENTER)
    assert state(room) == (6, "several", False, "", "", True)


@pytest.mark.parametrize("led", [leading.open_question, leading.show_results])
def test_a_question_that_opens_and_results_that_are_shown_stand_on_the_wall_at_once(room: Room, led):
    room.lead(leading.move, "one")
    room.lead(leading.show_pane, Pane.FINDINGS)
    room.lead(leading.blank, True)
    room.lead(led, True)
    assert (room.now.pane, room.now.blank) == (Pane.QUESTION, False)
    room.lead(led, False)
    assert room.now.pane == Pane.QUESTION  # what was asked stays until something else is shown
    room.lead(leading.show_pane, Pane.SLIDE)
    assert room.now.pane == Pane.SLIDE
    room.lead(led, True)
    room.lead(leading.move, "several")
    assert room.now.pane == Pane.SLIDE


def test_the_opening_and_a_slide_without_a_question_have_none_to_show(room: Room):
    with pytest.raises(MeetingFault, match="The room is before the first slide; go on to it first"):
        room.lead(leading.show_pane, Pane.FINDINGS)
    room.lead(leading.move, "opening")
    with pytest.raises(MeetingFault, match="This slide asks no question"):
        room.lead(leading.show_pane, Pane.QUESTION)
    room.lead(leading.move, "one")
    room.lead(leading.move, OPENING)
    for move in (leading.open_question, leading.show_results):
        with pytest.raises(MeetingFault, match="This slide asks no question"):
            room.lead(move, True)


def test_the_code_to_join_with_stays_on_the_wall_from_slide_to_slide_until_it_is_taken_off(room: Room):
    room.lead(leading.show_join, True)
    room.lead(leading.move, "one")
    assert room.now.joining
    room.lead(leading.show_join, False)
    assert not room.now.joining


def test_shown_results_are_new_to_followers_with_each_answer_and_each_change_of_one(room: Room):
    room.ask("one")
    before = state(room)
    room.answer(1, "Pubs")
    assert state(room) == before
    room.lead(leading.show_results, True)
    seen = [state(room)]
    for number, value in ((1, ["Parks"]), (2, ["Parks"]), (2, [])):
        room.answer(number, *value)
        seen.append(state(room))
    assert all(one != next_one for one, next_one in pairwise(seen))


def test_there_is_no_way_to_a_slide_or_question_that_is_not_there(room: Room):
    with pytest.raises(MeetingFault, match="This meeting's briefing has no slide nowhere"):
        room.lead(leading.move, "nowhere")
    for move in (leading.open_question, leading.show_results):
        with pytest.raises(MeetingFault, match="This slide asks no question"):
            room.lead(move, True)


def test_a_meeting_that_ended_is_led_no_more(room: Room):
    rooms.end(room.engine, room.number, PRESENTER)
    for move in (lambda: room.lead(leading.move, "one"), lambda: room.lead(leading.take)):
        with pytest.raises(MeetingFault, match="This meeting has ended"):
            move()


def test_short_texts_are_let_through_one_by_one_by_any_editor(room: Room):
    room.ask("said")
    room.answer(1, "More benches")
    room.answer(2, "Fewer benches")
    first = room.results("said").texts[0].participant
    leading.let_through(room.engine, room.number, SECOND, first, "said", True, "More benches")
    assert [(text.said, text.let_through) for text in room.results("said").texts] == [
        ("More benches", True),
        ("Fewer benches", False),
    ]
    leading.let_through(room.engine, room.number, SECOND, first, "said", False, "")
    assert not any(text.let_through for text in room.results("said").texts)


def test_an_answer_that_is_no_text_or_not_there_is_not_let_through(room: Room):
    room.ask("one")
    room.answer(1, "Pubs")
    participant = rooms.join(room.engine, room.number, "device-0001")
    with pytest.raises(MeetingFault, match="Only short texts are let through one by one"):
        leading.let_through(room.engine, room.number, PRESENTER, participant, "one", True, "Pubs")
    with pytest.raises(MeetingFault, match="There is no such answer in this meeting"):
        leading.let_through(room.engine, room.number, PRESENTER, 999, "said", True, "")


def test_an_answer_of_another_meeting_is_not_let_through_in_this_one(room: Room):
    room.ask("said")
    room.answer(1, "More benches")
    participant = room.results("said").texts[0].participant
    other = rooms.start(room.engine, BRIEFING, "", PRESENTER).id or 0
    with pytest.raises(MeetingFault, match="There is no such answer in this meeting"):
        leading.let_through(room.engine, other, PRESENTER, participant, "said", True, "More benches")


def test_a_text_that_changed_since_the_editor_read_it_is_not_let_through_unread(room: Room):
    room.ask("said")
    room.answer(1, "kind")
    participant = room.results("said").texts[0].participant
    room.answer(1, "rude")
    with pytest.raises(MeetingFault, match="Its writer has changed this text meanwhile; read it anew"):
        leading.let_through(room.engine, room.number, SECOND, participant, "said", True, "kind")
    assert [(text.said, text.let_through) for text in room.results("said").texts] == [("rude", False)]
