"""A follower tries what only a presenter may, by address and by crafted messages of widgets: all of it is refused."""

from collections.abc import Awaitable
from dataclasses import replace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import websockets

from benchmarks.sessions import Reader, reading
from components.meeting.answer_post import RECEIVED
from data.meeting import leading
from data.meeting.tables import OPENING, Meeting
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import PRESENTER, WINDOW
from tests.event_loops import in_a_loop


def controls(reader: Reader) -> set[str]:
    """Return the labels of all that can be pressed or filled on a page."""
    return {widget.label for widget in reader.widgets}


@pytest.mark.parametrize("page", ["meeting", "load", "history"])
def test_a_viewer_who_opens_an_editors_page_finds_only_the_door(roundtable: Roundtable, page: str):
    async def walk():
        async with reading(roundtable.host, page) as viewer, reading(roundtable.host, "overview") as other:
            return controls(viewer) - controls(other), viewer.texts, viewer.exceptions

    found, texts, exceptions = in_a_loop(walk())
    assert found == {"The presenter's passphrase", "Enter"}
    assert any("Only editors may" in text for text in texts)
    assert exceptions == 0


@pytest.mark.parametrize("page", ["speaker", "present"])
def test_a_viewer_with_the_address_of_the_presenters_window_sees_no_room_and_leads_nothing(
    roundtable: Roundtable, page
):
    meeting = roundtable.start()
    leading.take(roundtable.engine, meeting.id or 0, PRESENTER, WINDOW)
    before = roundtable.now(meeting)

    async def walk():
        async with reading(roundtable.host, page, f"meeting={meeting.id}&lead={WINDOW}") as viewer:
            return controls(viewer), viewer.texts, viewer.exceptions

    found, texts, exceptions = in_a_loop(walk())
    assert not {"Previous", "Next", "Blank", "Open the question", "Take over the lead"} & found
    assert not any(meeting.room in text or "About opening" in text for text in texts)
    assert exceptions == 0
    assert roundtable.now(meeting) == before


def test_the_presenters_buttons_pressed_by_a_followers_messages_do_nothing(roundtable: Roundtable):
    meeting = roundtable.start()

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as presenter:
            await roundtable.enter(presenter)
            for _ in range(2):
                await presenter.use(presenter.find("button", "Next"), trigger_value=True)
            buttons = [widget for widget in presenter.widgets if widget.kind == "button"]
            before = roundtable.now(meeting)
            assert before.slide == "one"
            assert {"Previous", "Next", "Blank", "Open the question"} <= {button.label for button in buttons}
            for page in ("speaker", "follow"):
                query = f"meeting={meeting.id}&lead={WINDOW}&room={meeting.room}"
                async with reading(roundtable.host, page, query) as follower:
                    for button in buttons:
                        await follower.send(button, trigger_value=True)  # in the presenter's fragment
                        await follower.use(replace(button, fragment=""), trigger_value=True)
            return before

    before = in_a_loop(walk())
    after = roundtable.now(meeting)
    assert _moves(after) == _moves(before)


def _moves(meeting: Meeting) -> tuple[str, bool, str, str, int, bool]:
    return (meeting.slide, meeting.blank, meeting.open, meeting.shown, meeting.revision, meeting.ended is None)


def test_a_presenter_who_has_left_moves_nothing_with_a_window_that_is_still_open(roundtable: Roundtable):
    meeting = roundtable.start()

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as presenter:
            await roundtable.enter(presenter)
            stale = presenter.find("button", "Next")
            presenter.page = "overview"
            await presenter.run()
            await presenter.use(presenter.find("button", "Leave"), trigger_value=True)
            presenter.page = "speaker"
            await presenter.use(replace(stale, fragment=""), trigger_value=True)
            return presenter.exceptions

    assert in_a_loop(walk()) == 0
    assert roundtable.now(meeting).slide == OPENING


def test_what_the_speakers_window_refuses_is_said_there_until_the_next_press(roundtable: Roundtable):
    meeting = roundtable.start()
    roundtable.ask(meeting, "said")
    roundtable.answer(meeting, "said", ["Benches"])
    refused = "Its writer has changed this text meanwhile; read it anew."

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as presenter:
            await roundtable.enter(presenter)
            let = presenter.find("button", "Let through")
            sent = {"device": "device-of-one", "slide": "said", "value": ["Something else"]}
            assert await roundtable.send(meeting, sent) == (200, RECEIVED)
            told = [await _said(presenter, presenter.use(let, trigger_value=True))]
            for _ in range(2):
                pulse = presenter.find("bidi_component", "pulse")
                told.append(await _said(presenter, presenter.trigger(pulse, "due", True)))
            let = presenter.find("button", "Let through")
            return [refused in said for said in (*told, await _said(presenter, presenter.use(let, trigger_value=True)))]

    assert in_a_loop(walk()) == [True, True, True, False]


async def _said(reader: Reader, what: Awaitable[None]) -> str:
    """Return all words that one run draws."""
    reader.texts.clear()
    await what
    return " ".join(reader.texts)


def test_a_stream_is_not_found_by_the_letters_of_its_room(roundtable: Roundtable):
    meeting = roundtable.start()
    for guess in (meeting.room, str(meeting.id), "x"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"http://{roundtable.host}/room-stream/{guess}")
        assert refused.value.code == 404


def test_a_page_of_another_site_is_not_connected(roundtable: Roundtable):
    async def connect(origin: str):
        async with websockets.connect(
            f"ws://{roundtable.host}/_stcore/stream", subprotocols=["streamlit"], origin=origin, open_timeout=60
        ):
            pass

    in_a_loop(connect(f"http://{roundtable.host}"))
    for other in ("http://example.org", f"http://example.org:{roundtable.server.port}"):
        with pytest.raises(websockets.InvalidStatus) as refused:
            in_a_loop(connect(other))
        assert refused.value.response.status_code == 403
