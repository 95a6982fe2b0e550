"""What a room sees now, as HTML alone: the slide, its question, and its results where they are shown."""

from markupsafe import Markup

from components.meeting.follower import meeting_queries, result_bars, title_page
from components.slides import slide as slides
from components.store import store
from data.meeting.following import MeetingState
from data.meeting.results import Results
from data.presenting.briefing import Question
from models import OPENING, Meeting


def written(meeting: Meeting, state: MeetingState) -> Markup:
    """Return what a follower of a meeting sees; texts in it are escaped."""
    return _written(meeting.id or 0, state)


@store.remembered
def _written(number: int, state: MeetingState) -> Markup:
    """Return the same, made once for all followers: whatever changes it changes the state's revision."""
    if state.ended:
        return _said("This meeting has ended. Thank you for taking part.")
    if state.blank:
        return _said("The presenter has paused the slides.")
    meeting = meeting_queries.meeting(number)
    if state.slide == OPENING:
        return title_page.written(meeting)
    shown = meeting_queries.slide(meeting)
    page = slides.as_html(shown, level=2)
    if shown.question and state.open != shown.ref:
        page += _question(shown.question, state)
    if shown.question and state.shown == shown.ref:
        page += of_results(shown.question, meeting_queries.results_of(number, shown), heading="h3")
    return page


def _said(words: str) -> Markup:
    return Markup('<p class="pause">{}</p>').format(words)


def _question(question: Question, state: MeetingState) -> Markup:
    """Name a question that takes no answers now; one that does is named by its form, which stands first."""
    told = "It is closed." if state.shown == state.slide else "The presenter opens it for answers."
    return Markup('<section class="room-question"><h3>{}</h3><p>{}</p></section>').format(question.text, told)


def of_results(question: Question, found: Results, heading: str = "h2") -> Markup:
    """Return the results of a question for the room: counts by option, or the short texts that were let through."""
    return result_bars.written(question, found, heading)
