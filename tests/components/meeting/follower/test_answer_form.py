"""The form of each kind of question: native controls with labels, nothing of a text run, there only while open."""

from dataclasses import replace

import pytest
from lxml import html

from components.meeting.follower import answer_form
from components.store import store
from data.meeting.following import MeetingState
from data.presenting import toml_files
from data.presenting.briefing import Question, Slide
from data.presenting.question_kinds import ONE, RANK, SEVERAL
from models import Meeting
from tests.data.meeting.conftest import BRIEFING, QUESTIONS

HOSTILE = '"><img src=x onerror=alert(1)> **bold** & =1+1'


pytestmark = pytest.mark.usefixtures("shown")


def form(question: Question) -> html.HtmlElement:
    """Return the form that a browser would make of a question's HTML."""
    return html.fromstring(str(answer_form.of_slide(Slide("a", "About a", "text", question=question))))


def labelled(drawn: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """Return the type and value of each control of the answer by the words of its label."""
    ids = {label.get("for"): label.text_content() for label in drawn.iter("label") if label.get("for")}
    found = {}
    for control in drawn.xpath(".//*[@name='answer']"):
        within = next(control.iterancestors("label"), None)
        name = ids[control.get("id")] if within is None else within.text_content()
        found[name] = (control.get("type", control.tag), control.get("value", ""))
    return found


@pytest.mark.parametrize(
    ("slide", "controls"),
    [
        ("one", {name: ("radio", name) for name in ("Libraries", "Pubs", "Parks")}),
        ("several", {name: ("checkbox", name) for name in ("Libraries", "Pubs", "Parks")}),
        (
            "agree",
            {
                "1: Strongly disagree": ("radio", "1"), "2: Disagree": ("radio", "2"),
                "3: Neither agree nor disagree": ("radio", "3"), "4: Agree": ("radio", "4"),
                "5: Strongly agree": ("radio", "5"),
            },
        ),
        ("rank", {f"{place} choice": ("select", "") for place in ("1st", "2nd", "3rd", "4th", "5th")}),
        ("said", {"Your answer, in at most 500 characters": ("textarea", "")}),
    ],
)  # fmt: skip
def test_each_kind_of_question_has_native_controls_each_with_a_label(slide: str, controls):
    drawn = form(QUESTIONS[slide])
    assert labelled(drawn) == controls
    assert drawn.find("fieldset/legend").text == QUESTIONS[slide].text
    assert [button.text for button in drawn.iter("button")] == ["Send my answer"]


def test_every_place_of_a_ranking_offers_every_option_and_none():
    drawn = form(QUESTIONS["rank"])
    for select in drawn.iter("select"):
        assert [option.get("value") for option in select.iter("option")] == ["", *"abcdef"]
    assert len(form(Question(RANK.name, "Rank", ("a", "b"))).xpath(".//select")) == 2


def test_what_is_to_be_known_first_is_tied_to_the_fields():
    for slide, hint in (
        ("said", "The presenter reads it first"),
        ("rank", "Rank up to 5"),
        ("several", "Choose all"),
    ):
        drawn = form(QUESTIONS[slide])
        described = drawn.get_element_by_id(drawn.find("fieldset").get("aria-describedby"))
        assert described.text.startswith(hint)
    assert form(QUESTIONS["said"]).find(".//textarea").get("maxlength") == "500"


@pytest.mark.parametrize("kind", [ONE.name, SEVERAL.name, RANK.name])
def test_markup_in_a_question_or_an_option_is_the_text_it_is(kind: str):
    drawn = form(Question(kind, HOSTILE, (HOSTILE, "Parks")))
    assert drawn.find("fieldset/legend").text == HOSTILE
    assert drawn.xpath(".//img") == []
    assert HOSTILE in {control.get("value") for control in drawn.xpath(".//input | .//option")}


def test_options_from_the_codebook_stand_under_their_names():
    drawn = form(Question(ONE.name, "Which theme?", options_from="theme"))
    assert {value for _, value in labelled(drawn).values()} == set(store.codebook().parts("theme", None))
    assert set(labelled(drawn)) == {
        store.codebook().name("theme", code) for code in store.codebook().parts("theme", None)
    }


def test_the_form_is_there_only_while_the_question_of_the_rooms_slide_is_open():
    meeting = Meeting(room="", title="", briefing="x", content=toml_files.write(BRIEFING))
    opened = MeetingState(3, "one", False, "one", "", False)
    assert "Which matters most?" in answer_form.written(meeting, opened)
    assert answer_form.written(meeting, opened._replace(blank=True)) == answer_form.written(meeting, opened)
    assert answer_form.written(meeting, opened._replace(shown="one")) == answer_form.written(meeting, opened)
    for closed in (opened._replace(open=""), opened._replace(slide="several"), opened._replace(ended=True)):
        assert answer_form.written(meeting, closed) == ""


def test_two_slides_with_the_same_question_have_forms_of_their_own():
    one = Slide("a", "About a", "text", question=QUESTIONS["one"])
    assert answer_form.of_slide(one) != answer_form.of_slide(replace(one, ref="b"))
