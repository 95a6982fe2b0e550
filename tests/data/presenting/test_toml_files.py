"""Briefings as TOML: written as they are read, and every fault told by file, slide and key."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.faults import Refused
from data.presenting import toml_files
from data.presenting.briefing import VIEWS, Briefing, Question, Slide, WrittenFor
from data.presenting.briefing_checks import check
from data.presenting.numbers import FAMILY_OF, WORDS
from data.presenting.question_kinds import AGREE, ONE, RANK, SEVERAL, TEXT

SAID = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60).map(
    lambda text: " ".join(text.replace("{", "").replace("}", "").split()) or "so"
)
LINES = st.lists(SAID, min_size=1, max_size=3).map("\n\n".join)
NUMBERS = sorted(set(FAMILY_OF) - WORDS)
OPTIONS = st.lists(SAID, min_size=2, max_size=5, unique=True).map(tuple)
QUESTIONS = st.one_of(
    st.none(),
    st.builds(Question, st.sampled_from([ONE.name, SEVERAL.name, RANK.name]), SAID, OPTIONS),
    st.builds(Question, st.just(RANK.name), SAID, st.just(()), st.sampled_from(["lever", "theme"])),
    st.builds(Question, st.sampled_from([AGREE.name, TEXT.name]), SAID),
)
KEPT = st.one_of(
    st.none(),
    st.builds(
        WrittenFor,
        SAID,
        st.dates(),
        st.dictionaries(st.sampled_from(NUMBERS), st.integers(0, 10**9)).map(lambda d: tuple(sorted(d.items()))),
    ),
)
SLIDES = st.lists(
    st.builds(
        Slide,
        ref=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True),
        message=SAID,
        view=st.sampled_from(sorted(VIEWS)),
        filter=st.sampled_from(["", "region=TLC", "lever=L6.1&role=applied", "q=a%26b"]),
        text=st.one_of(st.just(""), LINES),
        holds=st.sampled_from(["", "findings > 3", "applied.strengthened * 2 > applied.voting and sure >= 0"]),
        notes=st.one_of(st.just(""), LINES),
        question=QUESTIONS,
        written_for=KEPT,
    ),
    max_size=4,
    unique_by=lambda slide: slide.ref,
).map(tuple)


@given(st.builds(Briefing, st.just("of-a-test"), SAID, SLIDES, st.sampled_from(["", "region"])))
def test_a_briefing_that_is_written_and_read_again_is_the_same(briefing):
    assert toml_files.read(toml_files.write(briefing), briefing.code) == briefing


@given(st.text())
def test_no_text_does_more_than_be_refused(text):
    try:
        toml_files.read(text, "of-a-test")
    except Refused as refusal:
        assert refusal.faults


BROKEN = """
titel = "A title"
[[slides]]
message = "{findngs} and more"
view = "lever"
ref = "Not A Ref"
notes = 3
[[slides]]
message = "Fine"
view = "levers"
filter = "lever=L6"
holds = "findings > place"
[slides.question]
kind = "choose one"
text = "Which?"
[slides.written_for]
on = "yesterday"
[slides.written_for.numbers]
findings = "many"
"""


def test_every_fault_is_told_at_once_by_file_slide_and_key():
    with pytest.raises(Refused) as refusal:
        toml_files.read(BROKEN, "broken")
    told = [str(fault).split(" is not one of ")[0] for fault in refusal.value.faults]
    assert told == [
        'broken.toml: titel: there is no such key; did you mean "title"?',
        "broken.toml: title: it is missing or empty",
        'broken.toml: slide 1, view: "lever"',
        'broken.toml: slide 1, notes: it is "3"; it should be a text in quotes',
        'broken.toml: slide 1, ref: a ref is small letters, digits and hyphens, not "Not A Ref"',
        'broken.toml: slide 1, message: there is no number called "findngs"',
        "broken.toml: slide 2, written_for.numbers.findings: it is not a whole number",
        'broken.toml: slide 2, written_for.on: it is "yesterday"; it should be a day, such as 2026-11-24 without '
        "quotes",
        'broken.toml: slide 2, holds: "place" is no number that a claim can compare',
        'broken.toml: slide 2, question.options: to choose one there must be options, or options_from = "lever"',
    ]


def test_text_that_is_not_toml_is_told_with_its_line():
    with pytest.raises(Refused, match=r"broken.toml: it is not TOML: .*line 2"):
        toml_files.read('title = "A"\nslides = many\n', "broken")


def of_one(**more) -> Briefing:
    return Briefing("of-a-test", "A title", (Slide(**{"ref": "a", "message": "So", "view": "levers", **more}),))


@pytest.mark.parametrize(
    ("slide", "told"),
    [
        ({"filter": "lever=L99"}, "slide 1, filter: lever=L99: there is no such lever"),
        ({"filter": "colour=red"}, "slide 1, filter: colour=red: there is no such filter"),
        ({"filter": "region={region}"}, "parameter: a filter leaves the region open ({region})"),
        ({"message": "x" * 301}, "slide 1, message: it has 301 characters; 300 is the most"),
        ({"notes": "a\x07b"}, "slide 1, notes: it holds control characters; take them out"),
        ({"view": "themes", "filter": "lever=L6"}, "slide 1, view: a lever's effect is not read without its role"),
        ({"message": "{impeded:study}", "filter": "lever=L6"}, 'use "applied.impeded" or "gone.impeded"'),
        ({"question": Question("rank", "Which?", ("a", "a"))}, "slide 1, question.options: two options are alike"),
        ({"question": Question("agree", "So?", ("a", "b"))}, '"agree" takes no options'),
    ],
)
def test_what_cannot_be_kept_is_told_by_slide_and_key(codebook, slide, told):
    assert any(told in str(fault) for fault in check(of_one(**slide), codebook))


@pytest.mark.parametrize("filter_", ["lever=L6&role=applied", "theme=T1"])
def test_directions_may_be_shown_where_a_lever_stands_with_its_role(codebook, filter_):
    assert check(of_one(view="themes", message="{impeded:study}", filter=filter_), codebook) == []


def test_what_is_written_for_a_reviewer_reads_as_lines():
    slide = Slide(
        "a", "So", "text", notes="One.\n\nTwo.", written_for=WrittenFor("d", date(2026, 1, 2), (("sure", 1),))
    )
    assert toml_files.write(Briefing("b", "T", (slide,))) == (
        'title = "T"\n\n[[slides]]\nref = "a"\nmessage = "So"\nview = "text"\nnotes = """One.\n\nTwo."""\n\n'
        '[slides.written_for]\nversion = "d"\non = 2026-01-02\n\n[slides.written_for.numbers]\nsure = 1\n'
    )
