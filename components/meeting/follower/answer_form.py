"""The form in which a follower answers, as HTML alone: every text in it is escaped, and nobody who answers is in it.

It is the same for the whole room, so that the stream brings it to every phone at once; answering.js fills it with what
a device has answered and sends what is given. What arrives is checked in data/meeting/answers.py.
"""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from components.meeting.follower import meeting_queries
from components.store import store
from data.meeting.answers import LONGEST_TEXT
from data.meeting.following import State
from data.presenting.briefing import Question, Slide
from data.presenting.question_kinds import Control, QuestionKind
from models import Meeting

FORM = Markup(
    '<form class="answer-form" data-slide="{}" autocomplete="off"><fieldset{}><legend>{}</legend>{}</fieldset>'
    '<button type="submit">Send my answer</button></form>'
)
HINT = Markup('<p class="answer-hint" id="answer-hint">{}</p>')
TICK = Markup('<label class="answer-tick"><input type="{}" name="answer" value="{}"><span>{}</span></label>')
PLACE = Markup(
    '<p class="answer-place"><label for="answer-{0}">{1} choice</label>'
    '<select id="answer-{0}" name="answer"><option value="">None</option>{2}</select></p>'
)
OPTION = Markup('<option value="{}">{}</option>')
TEXT = Markup(
    '<label for="answer-text">Your answer, in at most {0} characters</label>'
    '<textarea id="answer-text" name="answer" rows="4" maxlength="{0}"></textarea>'
)
PLACES = ("1st", "2nd", "3rd", "4th", "5th")
Choices = Mapping[str, str]


def written(meeting: Meeting, state: State) -> Markup:
    """Return the form of the question that is open on the slide that the room sees; nothing where none is."""
    shown = meeting_queries.briefing(meeting).slide(state.slide)
    if state.ended or state.open != state.slide or shown is None:
        return Markup("")
    return of_slide(shown)


@store.remembered
def of_slide(shown: Slide) -> Markup:
    """Return the form of a slide's question; nothing where it asks none."""
    question = shown.question
    if question is None:
        return Markup("")
    hint = question.of_kind.device_hint
    fields = _fields(question, question.choices(store.codebook()))
    described = Markup(' aria-describedby="answer-hint"') if hint else ""
    return FORM.format(shown.ref, described, question.text, (HINT.format(hint) if hint else Markup("")) + fields)


def _fields(question: Question, choices: dict[str, str]) -> Markup:
    """Return the controls of a question, each with its label and all of one name, in the order of what they answer."""
    return CONTROLS[question.of_kind.control](question.of_kind, choices)


def _ticks(kind: QuestionKind, choices: Choices) -> Markup:
    return _joined(TICK.format(kind.control, code, name) for code, name in kind.named(choices).items())


def _places(kind: QuestionKind, choices: Choices) -> Markup:
    options = _joined(OPTION.format(code, name) for code, name in kind.named(choices).items())
    places = PLACES[: min(kind.most or len(choices), len(choices))]
    return _joined(PLACE.format(number, place, options) for number, place in enumerate(places, start=1))


def _words(kind: QuestionKind, choices: Choices) -> Markup:
    return TEXT.format(LONGEST_TEXT)


CONTROLS: Mapping[Control, Callable[[QuestionKind, Choices], Markup]] = {
    Control.RADIO: _ticks, Control.TICKS: _ticks, Control.PLACES: _places, Control.WORDS: _words,
}  # fmt: skip
"""How each control of a kind of question is drawn."""


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
