"""One answer a device and question, changeable until closed; what is none is refused in words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from data.meeting import leading
from data.meeting.answers import LONGEST_TEXT, checked
from data.meeting.meeting_fault import MeetingFault
from data.presenting.briefing import Question
from data.presenting.question_kinds import AGREE
from data.presenting.question_kinds import TEXT as WORDS
from data.safekeeping import own_file
from models import Answer
from tests.data.meeting.conftest import PRESENTER, QUESTIONS, Room

TEXT = Question(WORDS.name, "What is missing?")
CLOSED = "This question is closed; answers count no more."


@pytest.mark.parametrize(
    ("slide", "value"),
    [
        ("one", ["Pubs"]),
        ("several", ["Parks", "Libraries"]),
        ("rank", ["c", "a", "f"]),
        ("agree", ["4"]),
        ("said", ["More benches"]),
    ],
)
def test_each_kind_of_question_is_answered_as_it_is_asked(room: Room, slide: str, value: list[str]):
    room.ask(slide)
    room.answer(1, *value)
    assert room.given(slide) == [value]


def test_a_device_changes_its_answer_as_often_as_it_likes_and_counts_once(room: Room):
    room.ask("one")
    for value in ("Pubs", "Parks", "Libraries"):
        room.answer(1, value)
    room.answer(2, "Pubs")
    assert room.given("one") == [["Libraries"], ["Pubs"]]


def test_an_empty_answer_takes_it_back(room: Room):
    room.ask("one")
    room.answer(1, "Pubs")
    room.answer(1)
    assert room.given("one") == []


def test_the_table_itself_holds_one_answer_a_device_and_question(room: Room):
    room.ask("one")
    room.answer(1, "Pubs")
    with pytest.raises(IntegrityError), own_file.ask_and_write(room.engine) as session:
        session.add(Answer(participant_id=1, slide="one", meeting_id=room.number, value=["Parks"]))


def test_closed_questions_take_no_answers_and_keep_those_they_have(room: Room):
    room.ask("one")
    room.answer(1, "Pubs")
    room.lead(leading.open_question, False)
    with pytest.raises(MeetingFault, match=CLOSED):
        room.answer(1, "Parks")
    with pytest.raises(MeetingFault, match=CLOSED):
        room.answer(2, "Parks")
    assert room.given("one") == [["Pubs"]]


def test_a_question_closes_with_its_slide_and_goes_on_where_it_is_opened_again(room: Room):
    room.ask("one")
    room.answer(1, "Pubs")
    room.lead(leading.move, "several")
    with pytest.raises(MeetingFault, match=CLOSED):
        room.answer(1, "Parks", slide="one")
    room.ask("one")
    room.answer(2, "Parks")
    assert room.given("one") == [["Pubs"], ["Parks"]]


def test_only_the_slide_that_is_open_can_be_answered(room: Room):
    room.ask("one")
    for slide in ("several", "opening", "no-such-slide", ""):
        with pytest.raises(MeetingFault, match="This question is closed"):
            room.answer(1, "Pubs", slide=slide or " ")


@pytest.mark.parametrize(
    ("slide", "value", "told"),
    [
        ("one", ["Pubs", "Parks"], "Choose at most 1."),
        ("one", ["Museums"], "That is not one of the answers to this question; choose from the list."),
        ("one", ["pubs"], "That is not one of the answers to this question; choose from the list."),
        ("rank", ["a", "b", "c", "d", "e", "f"], "Choose at most 5."),
        ("agree", ["6"], "That is not one of the answers to this question; choose from the list."),
        ("agree", ["1", "2"], "Choose at most 1."),
        ("said", ["one", "two"], "Give one text."),
    ],
)
def test_an_answer_that_is_none_is_refused_and_the_one_before_it_stays(room: Room, slide: str, value, told: str):
    room.ask(slide)
    before = {"one": "Pubs", "rank": "a", "agree": "3", "said": "More benches"}[slide]
    room.answer(1, before)
    with pytest.raises(MeetingFault) as refused:
        room.answer(1, *value)
    assert str(refused.value) == told
    assert room.given(slide) == [[before]]


def test_an_option_chosen_twice_counts_once():
    assert checked(QUESTIONS["several"], ["Pubs", "Pubs", "Parks"], {"Pubs": "", "Parks": ""}) == ["Pubs", "Parks"]
    assert checked(Question(AGREE.name, "?"), ["2", "2"], AGREE.steps) == ["2"]


@pytest.mark.parametrize(
    "said",
    [
        "<script>alert(1)</script><b>bold</b>",
        '=HYPERLINK("http://example.org","click")',
        "+44 1234",
        "**bold** :red[x] $x^2$ [link](http://example.org)",
        "👩‍👩‍👧 🇬🇧 é ﷽ 中文",
        "two\nlines",
        "x" * LONGEST_TEXT,
    ],
)
def test_markup_formulae_and_emoji_are_kept_as_the_text_they_are(said: str):
    assert checked(TEXT, [said], {}) == [said]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("x" * 100_000, "That is 100,000 characters; 500 at most are taken."),
        ("x" * (LONGEST_TEXT + 1), "That is 501 characters; 500 at most are taken."),
        ("a\x00b", "There are characters in it that are no text; write it without them."),
        ("a\x1b[31mred", "There are characters in it that are no text; write it without them."),
        ("\ud800", "There are characters in it that are no text; write it without them."),
        ("left\u202etfel", "There are characters in it that are no text; write it without them."),
        ("\u2066isolated", "There are characters in it that are no text; write it without them."),
    ],
)
def test_what_is_no_short_text_is_refused(said: str, told: str):
    with pytest.raises(MeetingFault) as refused:
        checked(TEXT, [said], {})
    assert str(refused.value) == told


@pytest.mark.parametrize(("said", "kept"), [("  a\r\nb\tc\r ", ["a\nb c"]), (" \n ", []), ("", [])])
def test_line_ends_and_tabs_become_plain_and_a_text_of_nothing_is_no_answer(said: str, kept: list[str]):
    assert checked(TEXT, [said], {}) == kept


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_kept_short_and_printable_or_refused(said: str):
    try:
        kept = checked(TEXT, [said], {})
    except MeetingFault:
        return
    assert len(kept) <= 1
    assert all(len(text) <= LONGEST_TEXT and "\x00" not in text and text == text.strip() for text in kept)
    assert all(text.encode("utf-8") for text in kept)


def test_a_text_that_its_writer_changes_is_hidden_until_it_is_let_through_again(room: Room):
    room.ask("said")
    room.answer(1, "fine")
    participant = room.results("said").texts[0].participant
    leading.let_through(room.engine, room.number, PRESENTER, participant, "said", True, "fine")
    room.lead(leading.show_results, True)
    before = room.now.revision
    room.answer(1, "fine")
    assert (room.results("said").texts[0].let_through, room.now.revision) == (True, before)
    room.answer(1, "rude")
    assert (room.results("said").texts[0].let_through, room.now.revision) == (False, before + 1)


def test_answers_of_many_devices_at_once_are_all_kept_once(room: Room):
    room.ask("one")
    with ThreadPoolExecutor(16) as many:
        list(many.map(lambda number: room.answer(number % 60, "Pubs"), range(120)))
    found = room.results("one")
    assert (found.answered, found.joined, found.options[1].chosen) == (60, 60, 60)
