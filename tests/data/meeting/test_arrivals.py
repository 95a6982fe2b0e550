"""Where answers came from and how fast, by hand: an address is a letter, and what a device answered is not told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlmodel import col

from data.collection import database
from data.meeting import arrivals, rooms
from data.meeting.arrivals import NO_ARRIVALS, Address, busiest_minute, letter
from data.safekeeping import own_file
from models import Answer, now
from tests.data.meeting.conftest import Room, device

ZERO = datetime(2026, 11, 27, 19, 0, tzinfo=UTC)
ONE, ANOTHER = "192.168.8.20", "192.168.8.21"


def test_nobody_comes_from_anywhere_before_the_first(room: Room):
    assert room.arrivals("one") == NO_ARRIVALS
    assert not NO_ARRIVALS.crowded
    assert not NO_ARRIVALS.fast


def test_each_address_stands_with_its_devices_and_answers_that_with_most_first_by_the_letter_it_came_with(room: Room):
    room.ask("several")
    room.answer(5, "Pubs", address=ANOTHER)
    room.ask("one")
    room.answer(1, "Pubs", address=ONE)
    for number in (2, 3):
        room.answer(number, "Parks", address=ANOTHER)
    rooms.join(room.engine, room.number, device(4), ANOTHER)
    with own_file.ask_and_write(room.engine) as session:
        session.execute(update(Answer).where(col(Answer.participant_id) == 3).values(at=now() - timedelta(seconds=61)))
    room.leave_out(2)
    room.leave_out_address("B")
    found = room.arrivals("one")
    assert [one._replace(origin=0) for one in found.addresses] == [
        Address(0, "A", devices=4, answers=2, last_minute=1, left_out=1, closed=False),
        Address(0, "B", devices=1, answers=1, last_minute=1, left_out=1, closed=True),
    ]
    assert found.busiest == 1


def test_a_room_of_thirty_behind_one_address_that_answers_at_once_is_not_unusual(room: Room):
    room.ask("one")
    for number in range(30):
        room.answer(number, "Pubs", address=ONE)
    found = room.arrivals("one")
    assert (found.crowded, found.fast, found.busiest) == (False, False, 30)


def test_more_than_so_many_devices_of_one_address_are_unusual_until_they_are_left_out(room: Room, monkeypatch):
    monkeypatch.setattr(arrivals, "MANY_DEVICES", 3)
    for number in range(4):
        assert not room.arrivals("one").crowded
        rooms.join(room.engine, room.number, device(number), ONE)
    assert room.arrivals("one").crowded
    room.leave_out(0)
    assert not room.arrivals("one").crowded


def test_more_than_so_many_answers_a_minute_are_unusual_wherever_they_come_from(room: Room, monkeypatch):
    monkeypatch.setattr(arrivals, "MANY_A_MINUTE", 3)
    room.ask("one")
    for number in range(4):
        assert not room.arrivals("one").fast
        room.answer(number, "Pubs", address=f"192.168.8.{number}")
    assert room.arrivals("one").fast
    room.leave_out(0)
    assert not room.arrivals("one").fast


def test_devices_are_listed_the_newest_first_a_page_at_a_time_by_their_number_without_what_they_answered(room: Room):
    room.ask("one")
    for number, address in enumerate((ONE, ANOTHER, ONE, ONE), start=1):
        rooms.join(room.engine, room.number, device(number), address)
    room.answer(3, "Pubs", address=ONE)
    room.leave_out(4)

    def listed(origin: int | None, first: int, most: int) -> list[tuple[int, str, bool, bool]]:
        found = database.ask(room.engine, arrivals.devices, room.number, "one", origin, first, most)
        return [(one.number, one.letter, one.answered is not None, one.left_out) for one in found]

    [first, _] = room.arrivals("one").addresses
    four, three, two, one = (4, "A", False, True), (3, "A", True, False), (2, "B", False, False), (1, "A", False, False)
    assert listed(None, 0, 10) == [four, three, two, one]
    assert listed(None, 1, 2) == [three, two]
    assert listed(first.origin, 0, 2) == [four, three]
    assert listed(first.origin, 2, 2) == [one]


@pytest.mark.parametrize(("place", "said"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_letters_go_on_after_z(place: int, said: str):
    assert letter(place) == said


@given(st.lists(st.integers(0, 400)))
def test_the_busiest_minute_is_the_fullest_of_those_that_begin_with_an_answer(seconds: list[int]):
    times = [ZERO + timedelta(seconds=second) for second in sorted(seconds)]
    fullest = max((sum(begun <= other < begun + 60 for other in seconds) for begun in seconds), default=0)
    assert busiest_minute(times) == fullest
