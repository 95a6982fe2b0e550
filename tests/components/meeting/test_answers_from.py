"""The speaker's window tells where answers come from: calmly, by letters, and with a hand to leave some out."""

import re

from benchmarks.sessions import Reader, reading
from components.meeting.answer_post import RECEIVED
from components.meeting.answers_from import SHARED, TITLE, unusual
from data import codebook, database
from data.meeting import answers, arrivals
from data.meeting.arrivals import Address, Arrivals
from data.meeting.tables import Meeting
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import WINDOW, device
from tests.event_loops import in_a_loop

HALL, FLOOD = "192.168.8.20", "203.0.113.9"
CROWD = arrivals.MANY_DEVICES + 1
CAME = re.compile(r'<p class="came-from"><strong>(.*?)</strong> · (.*?)</p>')
COUNTS = re.compile(r'<th scope="row">([^<]+)</th>.*?<td class="number">([^<]+)</td>')


def answer(roundtable: Roundtable, meeting: Meeting, address: str, numbers: range, value: str = "Pubs") -> None:
    words = database.ask(roundtable.engine, codebook.read)
    for number in numbers:
        answers.answer(roundtable.engine, meeting.id or 0, device(number), "one", [value], words, address)


def window(roundtable: Roundtable, meeting: Meeting):
    return reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}")


def since(reader: Reader, begun: int) -> str:
    """Return all that was drawn since so many texts."""
    return " ".join(reader.texts[begun:])


async def press(reader: Reader, label: str) -> str:
    """Press a button, and return what the window then draws."""
    begun = len(reader.texts)
    await reader.use(reader.find("button", label), trigger_value=True)
    return since(reader, begun)


def buttons(reader: Reader) -> list[str]:
    """Return the buttons that leave out or take in."""
    labels = [widget.label for widget in reader.widgets if widget.kind == "button"]
    return [label for label in labels if label.startswith(("Leave out", "Take address", "Take device"))]


def test_a_room_of_thirty_behind_one_address_shows_no_alarm_and_tells_where_it_comes_from_where_asked(
    roundtable: Roundtable,
):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    answer(roundtable, meeting, HALL, range(30))

    async def walk():
        async with window(roundtable, meeting) as speaker:
            await roundtable.enter(speaker)
            assert "Unusual" not in since(speaker, 0)
            assert (SHARED in since(speaker, 0), buttons(speaker)) == (False, [])
            begun = len(speaker.texts)
            await speaker.use(speaker.find("checkbox", TITLE), bool_value=True)
            [(name, said)] = CAME.findall(since(speaker, begun))
            assert (name, said.partition(" · ")[0], "Unusual" in since(speaker, begun)) == (
                "Address A", "30 devices", False,
            )  # fmt: skip
            assert buttons(speaker) == ["Leave out address A"]

    in_a_loop(walk())


def test_a_flood_is_pointed_out_without_its_address_left_out_in_one_press_and_taken_in_by_another(
    roundtable: Roundtable,
):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    answer(roundtable, meeting, HALL, range(3), "Parks")
    answer(roundtable, meeting, FLOOD, range(100, 100 + CROWD))

    async def walk():
        async with window(roundtable, meeting) as speaker:
            await roundtable.enter(speaker)
            drawn = since(speaker, 0)
            assert f"Unusual: {CROWD} devices come from one address." in drawn
            assert SHARED in drawn
            assert (FLOOD in drawn, HALL in drawn) == (False, False)
            assert [name for name, _ in CAME.findall(drawn)] == ["Address B", "Address A"]
            assert dict(COUNTS.findall(drawn)) == {"Libraries": "0", "Pubs": str(CROWD), "Parks": "3"}

            drawn = await press(speaker, "Leave out address B")
            assert f"3 of 3 participants answered; {CROWD} answers left out by the presenter" in drawn
            assert dict(COUNTS.findall(drawn)) == {"Libraries": "0", "Pubs": "0", "Parks": "3"}
            assert "left out, with all that comes from there" in CAME.findall(drawn)[0][1]
            assert ("Unusual" in drawn, buttons(speaker)) == (False, ["Take address B in again", "Leave out address A"])

            drawn = await press(speaker, "Take address B in again")
            assert dict(COUNTS.findall(drawn)) == {"Libraries": "0", "Pubs": str(CROWD), "Parks": "3"}

    in_a_loop(walk())


def test_one_device_is_left_out_from_a_list_of_ten_at_a_time_the_newest_first(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    answer(roundtable, meeting, HALL, range(12))

    async def walk():
        async with window(roundtable, meeting) as speaker:
            await roundtable.enter(speaker)
            await speaker.use(speaker.find("checkbox", TITLE), bool_value=True)
            begun = len(speaker.texts)
            await speaker.use(speaker.find("selectbox", "List devices"), string_value="Of address A")
            drawn = since(speaker, begun)
            assert [name for name, _ in CAME.findall(drawn)] == [
                "Address A",
                *(f"Device {n}" for n in range(12, 2, -1)),
            ]
            assert "Devices, the newest first, 1 to 10 of 12." in drawn
            drawn = await press(speaker, "Leave out device 12")
            assert "11 of 11 participants answered; 1 answer left out by the presenter" in drawn
            assert "Take device 12 in again" in buttons(speaker)

    in_a_loop(walk())


def test_a_phone_that_is_left_out_is_told_what_is_true_and_the_same_as_any(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    assert roundtable.answer(meeting, "one", ["Pubs"]) == (200, RECEIVED)
    [here] = database.ask(roundtable.engine, arrivals.arrivals, meeting.id, "one").addresses

    async def walk():
        async with window(roundtable, meeting) as speaker:
            await roundtable.enter(speaker)
            await speaker.use(speaker.find("checkbox", TITLE), bool_value=True)
            await press(speaker, "Leave out address A")

    in_a_loop(walk())
    assert roundtable.answer(meeting, "one", ["Parks"]) == (200, RECEIVED)
    assert roundtable.answer(meeting, "one", ["Parks"], "device-of-another") == (200, RECEIVED)
    assert roundtable.given(meeting, "one") == []
    [now] = database.ask(roundtable.engine, arrivals.arrivals, meeting.id, "one").addresses
    assert (here.left_out, now.left_out, now.devices, now.closed) == (0, 2, 2, True)


def test_a_window_that_only_watches_sees_where_they_come_from_and_may_leave_none_out(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    answer(roundtable, meeting, HALL, range(CROWD))

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead=another-window") as speaker:
            await roundtable.enter(speaker)
            assert f"Unusual: {CROWD} devices come from one address." in since(speaker, 0)
            assert speaker.find("button", "Leave out address A").sent.disabled

    in_a_loop(walk())


def test_what_is_unusual_is_said_in_one_sentence():
    crowd = Address(1, "A", devices=1_970, answers=1_970, last_minute=400, left_out=0, closed=False)
    fast = arrivals.MANY_A_MINUTE + 1
    assert [
        unusual(Arrivals(of, busiest)) for of, busiest in (((), 0), ((crowd,), 9), ((), fast), ((crowd,), fast))
    ] == [
        "",
        "Unusual: 1,970 devices come from one address.",
        "Unusual: 301 answers came within one minute.",
        "Unusual: 1,970 devices come from one address and 301 answers came within one minute.",
    ]
