"""Changes to a briefing: each slide keeps its ref, and a copy has one of its own."""

import pytest

from data.presenting import editing
from data.presenting.briefing import Briefing, Slide

THREE = Briefing("b", "B", tuple(Slide(ref, ref.upper(), "text") for ref in "abc"))


def refs(briefing: Briefing) -> str:
    return " ".join(slide.ref for slide in briefing.slides)


@pytest.mark.parametrize(
    ("changed", "left"),
    [
        (editing.moved(THREE, "a", 1), "b a c"),
        (editing.moved(THREE, "c", -1), "a c b"),
        (editing.moved(THREE, "a", -1), "a b c"),
        (editing.moved(THREE, "c", 1), "a b c"),
        (editing.without(THREE, "b"), "a c"),
        (editing.doubled(THREE, "a"), "a slide-4 b c"),
        (editing.put(THREE, Slide("d", "D", "text")), "a b c d"),
    ],
)
def test_slides_stand_in_the_order_asked_for(changed, left):
    assert refs(changed) == left


def test_a_slide_that_is_put_takes_the_place_of_its_former_self():
    assert editing.put(THREE, Slide("b", "New", "text")).slides[1].message == "New"


@pytest.mark.parametrize(
    ("title", "code"),
    [("Café & Society", "cafe-society"), ("North East", "north-east-2"), ("!?", "briefing"), ("x" * 300, "x" * 56)],
)
def test_a_new_briefing_is_named_after_its_title(title, code):
    assert editing.code_for(title, {"north-east"}) == code
