"""What is posted as an answer, by a phone or by someone who writes the message: counted once, or refused in words."""

import asyncio
import json
import sqlite3
from pathlib import Path

import pytest

from benchmarks.sessions import events, reading
from components import store
from components.meeting import answer_post
from components.meeting.answer_post import LARGEST, MALFORMED, RECEIVED, TAKEN_BACK, Sent, read
from data import database
from data.meeting import arrivals, leading, results, rooms
from data.meeting.tables import Meeting
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import PRESENTER, WINDOW
from tests.event_loops import in_a_loop

PHONES = 300
CLOSED = "This question is closed; answers count no more."
NO_OPTION = "That is not one of the answers to this question; choose from the list."
NO_TEXT = "There are characters in it that are no text; write it without them."


@pytest.mark.parametrize(
    ("slide", "value"),
    [
        ("one", ["Pubs"]),
        ("several", ["Libraries", "Parks"]),
        ("rank", ["c", "a", "f"]),
        ("agree", ["4"]),
        ("said", ["<b>More</b> benches\n=1+1 👩‍👧"]),
    ],
)
def test_an_answer_is_counted_changed_nothing_lost_and_taken_back(roundtable: Roundtable, slide: str, value):
    meeting = roundtable.start()
    roundtable.ask(meeting, slide)
    assert [roundtable.answer(meeting, slide, value) for _ in range(2)] == [(200, RECEIVED)] * 2
    assert roundtable.given(meeting, slide) == [value]
    assert roundtable.answer(meeting, slide, []) == (200, TAKEN_BACK)
    assert roundtable.given(meeting, slide) == []


@pytest.mark.parametrize(
    ("slide", "value", "told"),
    [
        ("one", ["Museums"], NO_OPTION),
        ("one", ["=1+1"], NO_OPTION),
        ("one", ["<b>Pubs</b>"], NO_OPTION),
        ("one", ["\ud800"], NO_OPTION),
        ("one", ["Pubs", "Parks"], "Choose at most 1."),
        ("rank", list("abcdef"), "Choose at most 5."),
        ("said", ["null\x00byte"], NO_TEXT),
        ("said", ["\x1b[31mred"], NO_TEXT),
        ("said", ["\ud800"], NO_TEXT),
        ("said", ["x" * 501], "That is 501 characters; 500 at most are taken."),
        ("said", ["one", "two"], "Give one text."),
    ],
)
def test_an_answer_that_the_form_could_not_give_is_refused_in_words(roundtable: Roundtable, slide, value, told):
    meeting = roundtable.start()
    roundtable.ask(meeting, slide)
    assert roundtable.answer(meeting, slide, value) == (409, told)
    assert roundtable.given(meeting, slide) == []


def test_a_space_alone_is_no_answer_and_is_not_called_one(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "said")
    assert roundtable.answer(meeting, "said", [" \n"]) == (200, TAKEN_BACK)


def test_a_text_of_100000_characters_is_not_taken(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "said")
    assert roundtable.answer(meeting, "said", ["x" * 100_000]) == (413, "An answer of more than 16 kB is not taken.")
    assert roundtable.given(meeting, "said") == []


def test_only_the_question_that_is_open_in_a_meeting_under_way_takes_answers(roundtable: Roundtable):
    meeting = roundtable.start()
    assert roundtable.answer(meeting, "one", ["Pubs"]) == (409, CLOSED)
    roundtable.ask(meeting, "one")
    for other in ("several", "opening", "no-such-slide", ""):
        assert roundtable.answer(meeting, other, ["Pubs"]) == (409, CLOSED)
    leading.open_question(roundtable.engine, meeting.id or 0, PRESENTER, WINDOW, False)
    assert roundtable.answer(meeting, "one", ["Pubs"]) == (409, CLOSED)
    rooms.end(roundtable.engine, meeting.id or 0, PRESENTER)
    assert roundtable.answer(meeting, "one", ["Pubs"]) == (409, "This meeting has ended.")
    assert roundtable.given(meeting, "one") == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b"[" * LARGEST,
        b"1" * LARGEST,
        b'{"device": "device-of-one", "slide": "one"}',
        b'{"device": 12345678, "slide": "one", "value": ["Pubs"]}',
        b'{"device": "device-of-one", "slide": ["one"], "value": ["Pubs"]}',
        b'{"device": "device-of-one", "slide": "one", "value": "Pubs"}',
        b'{"device": "device-of-one", "slide": "one", "value": [1]}',
        b'{"device": "device-of-one", "slide": "one", "value": [["Pubs"]]}',
        b'{"device": "device-of-one", "slide": "one", "value": {"0": "Pubs"}}',
    ],
)
def test_what_is_no_answer_at_all_is_refused_with_what_one_is(roundtable: Roundtable, body: bytes):
    assert read(body) is None
    assert in_a_loop(roundtable.send(roundtable.start(), body)) == (400, MALFORMED)


@pytest.mark.parametrize("device", ["", "short", "x" * 101, "a\x00b-a\x00b-a\x00b", "\ud800" * 8])
def test_a_device_without_a_key_of_its_own_is_refused(roundtable: Roundtable, device: str):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    told = "This device has no key of its own; reload the page."
    assert roundtable.answer(meeting, "one", ["Pubs"], device) == (409, told)
    assert roundtable.given(meeting, "one") == []


def test_pages_of_other_sites_forms_and_unknown_streams_are_refused(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    sent = {"device": "device-of-one", "slide": "one", "value": ["Pubs"]}

    async def walk():
        stranger = Meeting(room="", title="", briefing="", content="", stream=meeting.room)
        return [
            (await roundtable.send(meeting, sent, Origin="http://example.org"))[0],
            (await roundtable.send(meeting, sent, Origin="null"))[0],
            (await roundtable.send(meeting, sent, Origin=None))[0],
            (await roundtable.send(meeting, sent, Content_Type="text/plain"))[0],
            (await roundtable.send(meeting, sent, Content_Type="application/x-www-form-urlencoded"))[0],
            (await roundtable.send(stranger, sent))[0],
            (await roundtable.send(meeting, sent, Origin=f"http://{roundtable.host}"))[0],
        ]

    assert in_a_loop(walk()) == [403, 403, 403, 415, 415, 404, 200]
    assert roundtable.given(meeting, "one") == [["Pubs"]]


def test_a_database_that_cannot_be_used_is_told_in_a_sentence_without_its_path(tmp_path: Path, monkeypatch):
    path = tmp_path / "other.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE another (id INTEGER)")
    other.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    store.forget()
    assert answer_post._kept("stream", Sent("device-of-one", "one", ["Pubs"]), "") == (503, answer_post.TROUBLE)
    store.forget()


def test_an_answer_and_a_move_are_confirmed_while_a_load_holds_the_database(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")
    with database.writing(roundtable.engine) as load:
        load.exec_driver_sql("DELETE FROM finding_search")
        said = roundtable.answer(meeting, "one", ["Pubs"])
        roundtable.ask(meeting, "agree")
        load.rollback()
    assert (said, roundtable.given(meeting, "one")) == ((200, RECEIVED), [["Pubs"]])
    assert roundtable.now(meeting).slide == "agree"


def test_a_whole_room_that_answers_within_a_second_is_counted_once_each(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "agree")

    async def one(number: int):
        await asyncio.sleep(number / PHONES)
        sent = {"device": f"device-{number:04}", "slide": "agree", "value": [f"{number % 5 + 1}"]}
        return await roundtable.send(meeting, sent)

    async def all_of_them():
        return await asyncio.gather(*(one(number) for number in range(PHONES)))

    assert set(in_a_loop(all_of_them())) == {(200, RECEIVED)}
    given = roundtable.given(meeting, "agree")
    assert sorted(given) == sorted([f"{number % 5 + 1}"] for number in range(PHONES))
    [here] = database.ask(roundtable.engine, arrivals.arrivals, meeting.id, "agree").addresses
    assert (here.devices, here.answers, here.left_out) == (PHONES, PHONES, 0)
    assert roundtable.now(meeting).ended is None


def test_the_form_comes_with_the_stream_and_goes_while_no_session_runs_again(roundtable: Roundtable):
    meeting = roundtable.start()
    arrived: list[dict[str, str]] = []

    async def walk():
        held = asyncio.create_task(
            events(roundtable.host, f"/room-stream/{meeting.stream}", lambda told: arrived.append(json.loads(told)))
        )
        await _until(lambda: arrived)
        await asyncio.to_thread(roundtable.ask, meeting, "several")
        await _until(lambda: arrived[-1]["open"])
        await asyncio.to_thread(leading.open_question, roundtable.engine, meeting.id or 0, PRESENTER, WINDOW, False)
        await _until(lambda: not arrived[-1]["open"])
        held.cancel()

    in_a_loop(walk())
    first, opened, closed = arrived[0], next(told for told in arrived if told["open"]), arrived[-1]
    assert (first["form"], closed["form"]) == ("", "")
    assert "Which do you use?" in opened["form"]
    assert opened["form"].count('type="checkbox"') == 3


def test_markup_in_an_answer_reaches_the_room_as_the_text_it_is(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "said")
    said = "<img src=x onerror=alert(1)> **bold** =1+1 👩‍👧"
    arrived: list[str] = []

    async def walk():
        async with reading(roundtable.host, "follow", f"room={meeting.room}") as follower:
            told = json.loads(follower.find("bidi_component", "follower").sent.json)
            sent = {"device": "device-of-one", "slide": told["slide"], "value": [said]}
            assert await roundtable.send(meeting, sent) == (200, RECEIVED)
            held = asyncio.create_task(events(roundtable.host, told["stream"], arrived.append))
            await asyncio.to_thread(_let_through, roundtable, meeting, said)
            await _until(lambda: any("bold" in message for message in arrived))
            held.cancel()

    in_a_loop(walk())
    html = json.loads(arrived[-1])["html"]
    assert "&lt;img src=x onerror=alert(1)&gt; **bold** =1+1 👩‍👧" in html
    assert "<img" not in html


async def _until(held) -> None:
    async with asyncio.timeout(20):
        while not held():
            await asyncio.sleep(0.05)


def _let_through(roundtable: Roundtable, meeting: Meeting, said: str) -> None:
    number = meeting.id or 0
    with database.asking(roundtable.engine) as session:
        participant = results._answers(session, number, "said")[0][0].participant_id
    leading.let_through(roundtable.engine, number, PRESENTER, participant, "said", True, said)
    leading.show_results(roundtable.engine, number, PRESENTER, WINDOW, True)
