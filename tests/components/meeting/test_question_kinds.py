"""Every kind of question is whole: written, checked, asked, answered, counted, shown and filed from its row alone."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from components.briefings import slide_draft
from components.meeting.follower import answer_form, result_bars
from components.meeting.notes import record_slides
from components.slides import deck, thumbnail
from data.exporting import meeting_record
from data.exporting.meeting_record import Record, SlideRecord
from data.meeting.answers import checked
from data.meeting.results import Option, Results, Text, counted, in_order
from data.presenting import briefing_checks, question_kinds, toml_files
from data.presenting.briefing import Briefing, Question, Slide
from data.presenting.question_kinds import KINDS, MEASURES, Control, QuestionKind
from data.queries.counting import Counts
from models import Meeting

pytestmark = pytest.mark.usefixtures("shown")
every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
ROOT = Path(__file__).parents[3]
MEETING = Meeting(room="CDFH", title="Places", briefing="places", content="", version="1 (a)",
                  started=datetime(2026, 11, 24, 18, 30, tzinfo=UTC), leader_name="Presenter")  # fmt: skip


def asked(kind: QuestionKind) -> Question:
    return Question(kind.name, "What of this?", ("Libraries", "Pubs") if kind.takes_options else ())


def choices(kind: QuestionKind) -> dict[str, str]:
    return kind.steps or {option: option for option in asked(kind).options}


def given(kind: QuestionKind) -> list[str]:
    """Return an answer of the kind: its second option and, where it takes several, its first."""
    codes = list(choices(kind))[1::-1]
    return ["More benches"] if kind.in_words else codes[: kind.most or len(codes)]


def results(kind: QuestionKind) -> Results:
    options = counted(asked(kind), choices(kind), [given(kind)])
    return Results(1, 2, options, (Text(1, "More benches", True),) if kind.in_words else ())


@every_kind
def test_a_row_says_what_its_kind_is(kind: QuestionKind):
    assert kind.hint.endswith((".", "?"))
    assert kind.in_words == (not kind.takes_options and not kind.scale)
    assert bool(kind.shown) == (not kind.in_words)
    assert set(kind.shown) <= set(MEASURES)
    assert not kind.by_size or kind.shown
    assert kind.control in set(Control)


def test_an_option_has_a_number_for_each_measure():
    assert Option._fields == ("code", "name", *(measure.field for measure in MEASURES))


@every_kind
def test_a_file_and_an_editor_write_it(kind: QuestionKind):
    slide = Slide("a", "About a", "text", question=asked(kind))
    briefing = Briefing("b", "B", (slide,))
    assert briefing_checks.check(briefing) == []
    assert toml_files.read(toml_files.write(briefing), "b") == briefing
    assert kind.name in slide_draft.KINDS
    assert slide_draft.as_slide(slide_draft.fields(slide), slide) == slide


@every_kind
def test_options_are_refused_or_wanted(kind: QuestionKind):
    other = Question(kind.name, "What of this?", () if kind.takes_options else ("Libraries", "Pubs"))
    faults = briefing_checks.check(Briefing("b", "B", (Slide("a", "About a", "text", question=other),)))
    assert [fault.column for fault in faults] == ["question.options"]


@every_kind
def test_the_room_reads_its_hint_and_what_may_be_answered(kind: QuestionKind):
    question = asked(kind)
    page, small = deck.question_page(question).text.splitlines(), str(thumbnail.of_question(question))
    named = list(kind.named(choices(kind)).values())
    assert page == [kind.hint, *(["", *named] if named else [])]
    assert kind.hint in small
    assert all(name in small for name in choices(kind).values())


@every_kind
def test_a_device_is_told_how_and_has_a_control_for_each_answer(kind: QuestionKind):
    drawn = html.fromstring(str(answer_form.of_slide(Slide("a", "About a", "text", question=asked(kind)))))
    assert [hint.text for hint in drawn.find_class("answer-hint")] == [kind.device_hint] * bool(kind.device_hint)
    offered = {control.get("value") for control in drawn.xpath(".//input[@value] | .//option[@value!='']")}
    assert offered == set(choices(kind))
    assert {control.get("type", control.tag) for control in drawn.xpath(".//*[@name='answer']")} == {kind.control}


@every_kind
def test_an_answer_is_kept_counted_and_shown(kind: QuestionKind):
    question, found = asked(kind), results(kind)
    assert checked(question, given(kind), choices(kind)) == given(kind)
    assert {option.code for option in found.options if option.chosen} == set(given(kind)) & set(choices(kind))
    drawn = html.fromstring(str(result_bars.written(question, found)))
    if kind.in_words:
        assert [item.text for item in drawn.xpath(".//li")] == ["More benches"]
        return
    assert [head.text for head in drawn.xpath(".//th[@scope='col']")][1:] == [measure.name for measure in kind.shown]
    assert [
        [row.findtext("th"), *(cell.text for cell in row.find_class("number"))] for row in drawn.xpath(".//tbody/tr")
    ] == [
        [option.name, *(f"{option.number(measure):,}" for measure in kind.shown)]
        for option in in_order(question, found.options)
    ]


@every_kind
def test_the_record_holds_it(kind: QuestionKind):
    slide = Slide("a", "About a", "text", question=asked(kind))
    told = SlideRecord(1, slide, "About a", (), "All", Counts(9, 8, 7), results(kind), {}, {})
    record = Record(MEETING, (told,), (), 2, 0, "1 (a)")
    _, _, page = record_slides.pages(record)
    assert page.text == ("More benches" if kind.in_words else "")
    assert [one.name for part in page.parts for one in part.series] == [measure.name for measure in kind.shown[:1]]
    out = io.BytesIO()
    meeting_record.write(record, out)
    book = load_workbook(io.BytesIO(out.getvalue()))
    filed = [[cell.value for cell in row][3:] for row in book["Answers"].iter_rows(min_row=5)]
    always = (MEASURES[0], *kind.shown)
    assert (
        filed
        == [
            [option.name, *(option.number(one) if one in always else "[z]" for one in MEASURES)]
            for option in results(kind).options
        ]
        + [["[z]"] * (1 + len(MEASURES))] * kind.in_words
    )
    texts = [[cell.value for cell in row][1] for row in book["Short texts"].iter_rows(min_row=5)]
    assert texts == ["More benches" if kind.in_words else "[z]"]


def test_no_other_module_knows_one_kind_from_another():
    sources = {
        path: path.read_text("utf-8")
        for top in ("data", "components", "pages")
        for path in (ROOT / top).rglob("*.[pj][ys]")
    }
    constants = {name for name, value in vars(question_kinds).items() if isinstance(value, QuestionKind)}
    assert len(constants) == len(KINDS)
    home = Path(question_kinds.__file__)
    for path, text in sources.items():
        if path == home:
            continue
        imported = re.findall(r"question_kinds import (?:\(([^)]*)\)|(.*))", text)
        names = {name.strip() for pair in imported for part in pair for name in part.split(",")}
        assert not names & constants, path
        assert not [kind.hint for kind in KINDS.values() if kind.hint in text], path
