"""What a presenter leaves out counts nowhere, is kept, and counts again once it is taken in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.meeting import drafting, leading, leaving_out, rooms
from data.meeting.leading import Led
from data.meeting.meeting_fault import MeetingFault
from data.safekeeping import own_file
from models import Answer, Participant
from tests.data.meeting.conftest import BRIEFING, PRESENTER, WINDOW, Room, device

FLOOD, HALL, PHONE = "203.0.113.9", "192.168.8.20", "192.168.8.21"
CHOICES = ("Libraries", "Pubs", "Parks")
PHONES = 300


def counts(room: Room, slide: str = "one") -> dict[str, int]:
    return {option.code: option.chosen for option in room.results(slide).options}


def test_two_thousand_votes_of_one_address_are_seen_and_left_out_in_one_act_and_the_others_are_the_results(room: Room):
    room.ask("one")
    for number in range(30):
        room.answer(number, CHOICES[number % 3], address=f"192.168.8.{number}")
    room.answer(30, "Pubs", address=FLOOD)
    with own_file.ask_and_write(room.engine) as session:  # the others of the flood at once, to be quick
        origin = rooms.participant(session, room.number, device(30)).origin_id
        flood = [Participant(meeting_id=room.number, device=f"{number}", origin_id=origin)
                 for number in range(31, rooms.MOST_DEVICES)]  # fmt: skip
        session.add_all(flood)
        session.flush()
        session.add_all(Answer(participant_id=one.id or 0, slide="one", meeting_id=room.number, value=["Pubs"])
                        for one in flood)  # fmt: skip
    with pytest.raises(MeetingFault, match="This room is full"):
        room.answer(3_000, "Parks", address=HALL)
    [crowd, *others] = room.arrivals("one").addresses
    assert (crowd.devices, crowd.answers, len(others), room.arrivals("one").crowded) == (1_970, 1_970, 30, True)
    assert counts(room) == {"Libraries": 10, "Pubs": 1_980, "Parks": 10}

    before = room.now.revision
    room.leave_out_address(crowd.letter)
    assert room.now.revision == before + 1
    found = room.results("one")
    assert (counts(room), found.answered, found.joined, found.left_out) == (dict.fromkeys(CHOICES, 10), 30, 30, 1_970)

    room.answer(3_000, "Parks", address=HALL)
    for number in range(5_000, 5_030):
        room.answer(number, "Pubs", address=FLOOD)
    found = room.results("one")
    assert (found.answered, found.joined, found.left_out) == (31, 31, 2_000)
    with pytest.raises(MeetingFault, match="This room is full"):
        room.answer(6_000, "Pubs", address=FLOOD)


def test_three_hundred_phones_behind_one_address_get_in_at_once_and_answer_and_none_is_left_out(room: Room):
    room.ask("one")
    letters = room.now.room

    def come(number: int) -> None:
        found = rooms.enter(room.engine, letters, HALL)
        rooms.join(room.engine, found, device(number), HALL)
        room.answer(number, CHOICES[number % 3], slide="one", address=HALL)

    with ThreadPoolExecutor(16) as many:
        list(many.map(come, range(PHONES)))
    found = room.results("one")
    assert (found.answered, found.joined, found.left_out) == (PHONES, PHONES, 0)
    assert counts(room) == dict.fromkeys(CHOICES, 100)
    [hall] = room.arrivals("one").addresses
    assert (hall.devices, hall.answers, hall.left_out, hall.closed) == (PHONES, PHONES, 0, False)


def test_a_device_that_is_left_out_counts_in_no_question_and_others_of_its_address_do(room: Room):
    room.ask("several")
    room.answer(1, "Pubs", address=HALL)
    room.ask("one")
    for number in (1, 2):
        room.answer(number, "Pubs", address=HALL)
    room.leave_out(1)
    assert [(room.results(slide).answered, room.results(slide).left_out) for slide in ("several", "one")] == [
        (0, 1),
        (1, 1),
    ]
    assert (room.results("one").joined, database.ask(room.engine, rooms.left_out, room.number)) == (1, 1)


def test_what_is_left_out_is_in_no_group_and_completes_none(room: Room):
    room.ask("one")
    for number in range(11):
        room.introduce([number], "academia" if number < 6 else "community")
        room.answer(number, "Pubs", address=HALL)
    room.lead(leading.open_question, False)
    room.leave_out(0)
    assert room.by_group("one", "sector") == {
        "academia": {"Libraries": 0, "Pubs": 5, "Parks": 0},
        "community": {"Libraries": 0, "Pubs": 5, "Parks": 0},
    }
    room.leave_out(1)
    assert room.by_group("one", "sector") == {}


def test_a_text_that_is_left_out_is_not_listed_nor_drafted(room: Room):
    room.ask("said")
    for number in (1, 2):
        room.answer(number, f"from {number}", address=HALL)
    room.leave_out(1)
    assert [text.said for text in room.results("said").texts] == ["from 2"]
    assert [draft.finding for draft in database.ask(room.engine, drafting.drafts, room.number)] == ["from 2"]


def test_all_that_was_left_out_is_kept_with_who_left_it_out_and_when_and_counts_again_once_taken_in(room: Room):
    room.ask("one")
    for number in (1, 2):
        room.answer(number, "Pubs", address=FLOOD)
    room.answer(3, "Parks", address=HALL)
    room.leave_out_address("A")

    def marks() -> list[tuple[bool, str]]:
        with database.asking(room.engine) as session:
            assert len(session.exec(select(Answer)).all()) == 3
            found = session.exec(select(Participant).order_by(Participant.id))  # type: ignore[arg-type]
            return [(one.left_out is not None, one.left_out_by) for one in found]

    assert marks() == [(True, "Presenter"), (True, "Presenter"), (False, "")]
    room.leave_out_address("A", on=False)
    assert marks() == [(False, "")] * 3
    room.answer(4, "Pubs", address=FLOOD)
    assert counts(room) == {"Libraries": 0, "Pubs": 3, "Parks": 1}


def test_one_device_is_taken_in_while_the_rest_of_its_address_stays_out(room: Room):
    room.ask("one")
    for number in (1, 2):
        room.answer(number, "Pubs", address=FLOOD)
    room.leave_out_address("A")
    room.leave_out(1, on=False)
    room.answer(1, "Parks", address=FLOOD)
    room.answer(3, "Pubs", address=FLOOD)
    assert (counts(room), room.results("one").left_out) == ({"Libraries": 0, "Pubs": 0, "Parks": 1}, 2)


def test_a_device_that_is_left_out_stays_so_wherever_it_goes_and_one_that_comes_to_such_an_address_is(room: Room):
    room.ask("one")
    room.answer(1, "Pubs", address=FLOOD)
    room.answer(2, "Pubs", address=HALL)
    room.leave_out_address("A")
    room.answer(1, "Parks", address=PHONE)
    room.answer(2, "Parks", address=FLOOD)
    assert (room.results("one").answered, room.results("one").left_out) == (0, 2)


def test_the_room_is_told_where_what_it_sees_is_another_and_not_of_what_does_not_count(room: Room):
    room.ask("one")
    room.answer(1, "Pubs", address=FLOOD)
    room.lead(leading.show_results, True)
    before = room.now.revision
    room.leave_out_address("A")
    room.leave_out_address("A")
    assert room.now.revision == before + 1
    room.answer(1, "Parks", address=FLOOD)
    room.answer(2, "Parks", address=FLOOD)
    assert room.now.revision == before + 1
    room.leave_out_address("A", on=False)
    assert (room.now.revision, counts(room)["Parks"]) == (before + 2, 2)


def test_what_is_left_out_stays_so_after_the_meeting_has_ended(room: Room):
    room.ask("one")
    room.answer(1, "Pubs", address=FLOOD)
    room.answer(2, "Parks", address=HALL)
    room.leave_out_address("A")
    rooms.end(room.engine, room.number, PRESENTER)
    assert (counts(room), room.results("one").left_out) == ({"Libraries": 0, "Pubs": 0, "Parks": 1}, 1)
    with pytest.raises(MeetingFault, match="This meeting has ended"):
        room.lead(leaving_out.leave_out, 1, False)


def test_only_the_window_that_leads_leaves_out(room: Room):
    room.ask("one")
    room.answer(1, "Pubs", address=FLOOD)
    [crowd] = room.arrivals("one").addresses
    for act, what in ((leaving_out.leave_out, 1), (leaving_out.leave_out_address, crowd.origin)):
        with pytest.raises(Led, match="Presenter leads this meeting now; take over first"):
            act(room.engine, room.number, PRESENTER, "another-window", what, True)
        with pytest.raises(NotAllowed):
            act(room.engine, room.number, Visitor("", Standing.VIEWER), WINDOW, what, True)
    assert counts(room)["Pubs"] == 1


def test_devices_and_addresses_of_another_meeting_are_not_left_out_from_here(room: Room):
    room.ask("one")
    room.answer(1, "Pubs", address=FLOOD)
    [crowd] = room.arrivals("one").addresses
    other = rooms.start(room.engine, BRIEFING, "", PRESENTER).id or 0
    leading.take(room.engine, other, PRESENTER, WINDOW)
    for act, what, said in (
        (leaving_out.leave_out, 1, "There is no such device in this meeting."),
        (leaving_out.leave_out_address, crowd.origin, "There is no such address in this meeting."),
    ):
        with pytest.raises(MeetingFault) as refused:
            act(room.engine, other, PRESENTER, WINDOW, what, True)
        assert str(refused.value) == said
    assert counts(room)["Pubs"] == 1
