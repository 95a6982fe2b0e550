"""What a room sees now, as HTML alone: the slide, its question, and its results where they are shown."""

from markupsafe import Markup

from components import slide as slides
from components import store, theme
from components.meeting import asked, result_bars
from data.meeting.following import State
from data.meeting.results import Results
from data.meeting.tables import Meeting
from data.presenting.briefings import Question

STYLE = f"""
{slides.STYLE.strip()}
{result_bars.STYLE.strip()}
<style>
.room-open {{ border-left: 5px solid {theme.ACCENT}; padding: .2rem .8rem; margin: .4rem 0; }}
</style>
"""


def written(meeting: Meeting, state: State) -> Markup:
    """Return what a follower of a meeting sees; texts in it are escaped."""
    return _written(meeting.id or 0, state)


@store.remembered
def _written(number: int, state: State) -> Markup:
    """Return the same, made once for all followers: whatever changes it changes the state's revision."""
    if state.ended:
        return _said("This meeting has ended. Thank you for taking part.")
    if state.blank:
        return _said("The presenter has paused the slides.")
    shown = asked.slide(asked.meeting(number))
    page = _open(shown.question) if shown.question and state.open == shown.ref else Markup("")
    page += slides.as_html(shown, level=2)
    if shown.question:
        page += _question(shown.question, state)
    if shown.question and state.shown == shown.ref:
        page += of_results(shown.question, asked.results_of(number, shown), heading="h3")
    return page


def _said(words: str) -> Markup:
    return Markup('<p class="pause">{}</p>').format(words)


def _open(question: Question) -> Markup:
    """Say above the slide that its question is open: on a phone the form is out of sight beneath."""
    return Markup('<p class="room-open"><strong>Open for answers, beneath:</strong> {}</p>').format(question.text)


def _question(question: Question, state: State) -> Markup:
    told = "Answer below." if state.open == state.slide else "The presenter opens it for answers."
    return Markup('<section class="room-question"><h3>{}</h3><p>{}</p></section>').format(question.text, told)


def of_results(question: Question, found: Results, heading: str = "h2") -> Markup:
    """Return the results of a question for the room: counts by option, or the short texts that were let through."""
    return result_bars.written(question, found, heading)
