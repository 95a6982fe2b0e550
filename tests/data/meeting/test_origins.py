"""An address is kept as what names nobody, is another in the next meeting, and is gone when the meeting has ended."""

from datetime import timedelta

import pytest
from sqlmodel import select

from data.collection import database
from data.meeting import origins, rooms
from data.safekeeping import own_file
from models import Meeting, Origin, Participant, now
from tests.data.meeting.conftest import BRIEFING, PRESENTER, Room, device

PHONE = "192.168.8.20"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (PHONE, PHONE),
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        (f"::ffff:{PHONE}", PHONE),
        ("::ffff:127.0.0.1", ""),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("fe80::1%wlan0", "fe80::/64"),
        ("no address", "no address"),
    ],
)
def test_a_place_is_an_address_or_the_network_in_which_one_machine_has_many(address: str, place: str):
    assert origins.place(address) == place


def kept(room: Room) -> list[tuple[int, str]]:
    """Return each address that is kept, by its meeting."""
    with database.asking(room.engine) as session:
        return [(origin.meeting_id, origin.hashed) for origin in session.exec(select(Origin))]


def test_an_address_is_kept_once_as_a_hash_by_a_key_of_its_meeting(room: Room):
    other = rooms.start(room.engine, BRIEFING, "", PRESENTER).id or 0
    for meeting, number in ((room.number, 1), (room.number, 2), (other, 1)):
        rooms.join(room.engine, meeting, device(number), PHONE)
    found = kept(room)
    assert [meeting for meeting, _ in found] == [room.number, other]
    assert len({hashed for _, hashed in found}) == 2
    assert all(PHONE not in hashed and len(hashed) == 64 for _, hashed in found)
    with database.asking(room.engine) as session:
        keys = {meeting.address_key for meeting in session.exec(select(Meeting))}
    assert len(keys) == 2
    assert all(len(key) == 64 for key in keys)


def came_from(room: Room) -> list[int | None]:
    with database.asking(room.engine) as session:
        return [one.origin_id for one in session.exec(select(Participant).order_by(Participant.id))]  # type: ignore[arg-type]


def test_a_device_is_where_it_came_from_last(room: Room):
    for number, address in ((1, PHONE), (2, "192.168.8.21"), (1, "192.168.8.21")):
        rooms.join(room.engine, room.number, device(number), address)
    assert came_from(room) == [2, 2]
    rooms.introduce(room.engine, room.number, device(1), "academia", "", room.codebook)
    assert came_from(room) == [2, 2]


def test_addresses_and_their_key_are_gone_once_the_meeting_has_ended(room: Room):
    rooms.join(room.engine, room.number, device(1), PHONE)
    rooms.end(room.engine, room.number, PRESENTER)
    assert (kept(room), came_from(room), room.now.address_key) == ([], [None], "")


def test_those_of_a_meeting_that_nobody_ended_are_gone_when_the_next_one_starts(room: Room):
    rooms.join(room.engine, room.number, device(1), PHONE)
    with own_file.ask_and_write(room.engine) as session:
        rooms.held(session, room.number).started = now() - timedelta(hours=13)
    assert len(kept(room)) == 1
    rooms.start(room.engine, BRIEFING, "", PRESENTER)
    assert (kept(room), came_from(room), room.now.address_key) == ([], [None], "")
