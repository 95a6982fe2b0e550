"""What a phone and the wall are told of a room: the question once, options in no order that nobody gave them."""

import pytest
from lxml import html

from components.meeting.follower import answer_form, meeting_queries, result_bars, room_page, title_page
from components.store import store
from data.meeting import leading, results, rooms
from tests.data.meeting.conftest import PRESENTER, QUESTIONS, Room, room  # noqa: F401

pytestmark = pytest.mark.usefixtures("shown")
RANKED = QUESTIONS["rank"]


@pytest.fixture
def led(room: Room, monkeypatch: pytest.MonkeyPatch) -> Room:  # noqa: F811
    """Return a room whose database the components ask."""
    monkeypatch.setenv("DATABASE_URL", str(room.engine.url))
    store.forget()
    return room


def told(of: Room) -> str:
    """Return all that a phone shows of a room, its form first."""
    state = meeting_queries.state(of.number)
    return str(answer_form.written(of.now, state) + room_page.written(of.now, state))


def test_a_phone_names_the_question_once_whether_it_is_open_closed_or_answered(led: Room):
    led.lead(leading.move, "one")
    assert told(led).count("Which matters most?") == 1
    led.lead(leading.open_question, True)
    assert told(led).count("Which matters most?") == 1
    assert told(led).index("Which matters most?") < told(led).index("About one")
    led.answer(1, "Pubs")
    led.lead(leading.show_results, True)
    assert told(led).count("Which matters most?") == 1
    led.lead(leading.open_question, False)
    assert told(led).count("Which matters most?") == 1


def test_before_the_slides_a_phone_has_the_title_and_the_place_as_text(led: Room):
    meeting = rooms.start(led.engine, rooms.briefing_of(led.now), "TLC", PRESENTER, place="<b>The hall</b>")
    page = html.fromstring(str(title_page.written(meeting)))
    assert page.find("h2").text == "Asks all"
    assert page.find("p[@class='place']").text == "<b>The hall</b> · North East"
    assert page.xpath(".//b") == []


def options(*points: int) -> results.Results:
    """Return a ranking of a to c with these points."""
    got = tuple(results.Option(code, code, 1, number, 0) for code, number in zip("abc", points, strict=True))
    return results.Results(int(any(points)), 3, got, ())


def rows(found: results.Results) -> list[str]:
    return [
        cell.text for cell in html.fromstring(str(result_bars.written(RANKED, found))).xpath(".//tr/th[@scope='row']")
    ]


def test_a_ranking_is_in_the_order_of_its_points_and_in_none_before_anyone_voted():
    assert rows(options(3, 9, 3)) == ["b", "a", "c"]
    unranked = html.fromstring(str(result_bars.written(RANKED, options(0, 0, 0))))
    assert [item.text for item in unranked.xpath(".//ul/li")] == ["a", "b", "c"]
    assert unranked.xpath(".//table | .//ol") == []
    assert "Nobody has answered yet." in unranked.text_content()
    assert "0 of 3 participants answered" in unranked.text_content()
