"""Rooms: who may start and end one, how it is found, how guessing is limited, and what a device is known by."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.meeting import attempts, rooms
from data.meeting.meeting_fault import MeetingFault
from data.presenting.briefing import Briefing
from data.safekeeping import own_file
from models import OPENING, Attempt, Meeting, Participant, now
from tests.data.meeting.conftest import BRIEFING, PRESENTER, Room, device

NO_MEETING = "There is no meeting in that room now. Look at the four letters on the wall once more."
TOO_MANY = "There were too many wrong tries. Wait 3 seconds, then try again."


@pytest.mark.parametrize("standing", [Standing.VIEWER, Standing.PARTICIPANT])
def test_only_editors_start_and_end_meetings(room: Room, standing: Standing):
    someone = Visitor("", standing)
    with pytest.raises(NotAllowed, match="only editors may start a meeting"):
        rooms.start(room.engine, BRIEFING, "", someone)
    with pytest.raises(NotAllowed, match="only editors may end a meeting"):
        rooms.end(room.engine, room.number, someone)
    assert room.now.ended is None


def test_a_briefing_without_slides_starts_no_meeting(writable: Engine):
    with pytest.raises(MeetingFault, match="This briefing has no slides yet; add one first"):
        rooms.start(writable, Briefing("empty", "Empty"), "", PRESENTER)


def test_a_meeting_begins_before_its_first_slide_with_a_room_of_four_letters(room: Room):
    meeting = room.now
    assert (meeting.slide, meeting.title, meeting.by) == (OPENING, "Asks all", "Presenter")
    assert len(meeting.room) == 4
    assert set(meeting.room) <= set("CDFHJKLMNPQRTWXYZ")


def test_a_meeting_says_where_it_is_in_as_many_words_as_a_wall_has_a_line_for(room: Room):
    assert rooms.start(room.engine, BRIEFING, "", PRESENTER, place=" The hall, Durham ").place == "The hall, Durham"
    with pytest.raises(MeetingFault, match="The place has 81 characters; 80 at most fit the wall"):
        rooms.start(room.engine, BRIEFING, "", PRESENTER, place="x" * 81)


def test_no_two_rooms_under_way_have_the_same_letters(monkeypatch: pytest.MonkeyPatch):
    drawn = iter("CCCCCCCD")
    monkeypatch.setattr(rooms.secrets, "choice", lambda letters: next(drawn))
    assert rooms.new_room(frozenset({"CCCC"})) == "CCCD"


@pytest.mark.parametrize("written", ["{}", " {} ", "{}.", "{}\n"])
def test_a_room_is_found_however_its_letters_are_typed(room: Room, written: str):
    letters = room.now.room
    assert rooms.enter(room.engine, written.format(letters), "192.168.0.7") == room.number
    assert rooms.enter(room.engine, written.format(letters.lower()), "192.168.0.7") == room.number
    assert rooms.enter(room.engine, "-".join(letters), "192.168.0.7") == room.number


@pytest.mark.parametrize("written", ["", "A", "AAAA", "%", "' OR 1=1 --", "CCCCCCCCC", "😀"])
def test_no_other_letters_open_it(room: Room, written: str):
    with pytest.raises(MeetingFault) as refused:
        rooms.enter(room.engine, written, "192.168.0.7")
    assert str(refused.value) == NO_MEETING


def test_guessing_is_slowed_after_twenty_tries_from_one_address_and_others_go_on(room: Room):
    for _ in range(attempts.MOST_FROM_ONE):
        with pytest.raises(MeetingFault, match=NO_MEETING):
            rooms.enter(room.engine, "AAAA", "192.168.0.66")
    for _ in range(2):
        with pytest.raises(MeetingFault, match=TOO_MANY):
            rooms.enter(room.engine, room.now.room, "192.168.0.66")
    assert rooms.enter(room.engine, room.now.room, "192.168.0.7") == room.number
    _make_older(room, attempts.SLOWED)
    assert rooms.enter(room.engine, room.now.room, "192.168.0.66") == room.number
    with pytest.raises(MeetingFault, match=NO_MEETING):
        rooms.enter(room.engine, "AAAA", "192.168.0.66")
    with pytest.raises(MeetingFault, match=TOO_MANY):
        rooms.enter(room.engine, "AAAA", "192.168.0.66")


def test_three_hundred_wrong_tries_of_others_shut_the_door_to_nobody_with_the_right_code(room: Room):
    with own_file.ask_and_write(room.engine) as session:
        for number in range(attempts.MOST_IN_ALL):
            session.add(Attempt(what=rooms.ROOM, source=f"10.0.{number // 200}.{number % 200}"))
    assert rooms.enter(room.engine, room.now.room, "192.168.0.7") == room.number
    with pytest.raises(MeetingFault, match=NO_MEETING):
        rooms.enter(room.engine, "AAAA", "192.168.0.7")
    with pytest.raises(MeetingFault, match=TOO_MANY):
        rooms.enter(room.engine, "AAAA", "192.168.0.7")


def test_after_ten_minutes_one_may_try_again_and_after_a_month_tries_are_forgotten(room: Room):
    with own_file.ask_and_write(room.engine) as session:
        session.add_all(Attempt(what=rooms.ROOM, source="192.168.0.66") for _ in range(attempts.MOST_FROM_ONE))
        session.add(Attempt(what=rooms.ROOM, source="192.168.0.66", at=now() - timedelta(days=31)))
    _make_older(room, timedelta(minutes=11))
    assert rooms.enter(room.engine, room.now.room, "192.168.0.66") == room.number
    with pytest.raises(MeetingFault):
        rooms.enter(room.engine, "AAAA", "192.168.0.66")
    with database.asking(room.engine) as session:
        assert len(session.exec(select(Attempt)).all()) == attempts.MOST_FROM_ONE + 1


def _make_older(room: Room, age: timedelta) -> None:
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Attempt).where(col(Attempt.at) > now() - timedelta(days=1)).values(at=now() - age))


def test_each_wrong_try_is_logged_with_its_address_and_not_with_what_was_tried(room: Room, caplog):
    with caplog.at_level(logging.WARNING), pytest.raises(MeetingFault):
        rooms.enter(room.engine, "SECR", "192.168.0.66")
    assert [record.getMessage() for record in caplog.records] == ["wrong room code from 192.168.0.66"]


def test_a_room_that_ended_is_closed_and_its_letters_are_free(room: Room):
    letters = room.now.room
    room.ask("one")
    room.answer(1, "Pubs")
    rooms.end(room.engine, room.number, PRESENTER)
    with pytest.raises(MeetingFault, match=NO_MEETING):
        rooms.enter(room.engine, letters, "192.168.0.7")
    for late in (lambda: room.answer(1, "Parks", slide="one"), lambda: rooms.join(room.engine, room.number, device(2))):
        with pytest.raises(MeetingFault, match="This meeting has ended"):
            late()
    assert room.given("one") == [["Pubs"]]


def test_a_meeting_that_nobody_ended_is_over_after_twelve_hours(room: Room):
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Meeting).values(started=now() - timedelta(hours=13)))
    with pytest.raises(MeetingFault, match=NO_MEETING):
        rooms.enter(room.engine, room.now.room, "192.168.0.7")
    assert database.ask(room.engine, rooms.running_meetings) == []
    assert [meeting.id for meeting in database.ask(room.engine, rooms.past_meetings)] == [room.number]


def test_a_device_joins_once_however_often_it_comes(room: Room):
    first = [rooms.join(room.engine, room.number, device(number)) for number in (1, 2, 1, 1)]
    assert first[0] == first[2] == first[3] != first[1]
    assert database.ask(room.engine, rooms.joined, room.number) == 2


def test_a_device_is_another_in_the_next_meeting_and_its_key_is_nowhere_kept(room: Room):
    other = rooms.start(room.engine, BRIEFING, "", PRESENTER)
    for number in (room.number, other.id or 0):
        rooms.join(room.engine, number, device(1))
    with database.asking(room.engine) as session:
        kept = [row[0].device for row in session.exec(select(Participant)).all()]
    assert len(set(kept)) == 2
    assert not any(device(1) in text for text in kept)


@pytest.mark.parametrize("key", ["", "short", "x" * 101, "with\nline", "\x00" * 10])
def test_a_device_without_a_fit_key_is_not_taken_in(room: Room, key: str):
    with pytest.raises(MeetingFault, match="This device has no key of its own; reload the page"):
        rooms.join(room.engine, room.number, key)


def test_a_room_has_room_for_so_many_devices(room: Room, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rooms, "MOST_DEVICES", 2)
    for number in (1, 2):
        rooms.join(room.engine, room.number, device(number))
    with pytest.raises(MeetingFault, match="This room is full"):
        rooms.join(room.engine, room.number, device(3))
    rooms.join(room.engine, room.number, device(1))


@pytest.mark.parametrize(
    ("sector", "region", "told"),
    [
        ("king", "", "Choose a sector among policymaker, academia, civil society, community, other, or none."),
        ("", "FRA", "Choose one of the United Kingdom's regions and nations, or none."),
        ("", "ENG", "Choose one of the United Kingdom's regions and nations, or none."),
        ("<b>", "", "Choose a sector among policymaker, academia, civil society, community, other, or none."),
    ],
)
def test_sector_and_region_are_of_the_list_or_left_out(room: Room, sector: str, region: str, told: str):
    rooms.introduce(room.engine, room.number, device(1), "academia", "TLC", room.codebook)
    with pytest.raises(MeetingFault) as refused:
        rooms.introduce(room.engine, room.number, device(1), sector, region, room.codebook)
    assert str(refused.value) == told
    rooms.introduce(room.engine, room.number, device(2), "", "", room.codebook)
    with database.asking(room.engine) as session:
        said = [(row[0].sector, row[0].region) for row in session.exec(select(Participant)).all()]
    assert said == [("academia", "TLC"), ("", "")]
