"""The form in which a follower answers, as HTML alone: every text in it is escaped, and nobody who answers is in it.

It is the same for the whole room, so that the stream brings it to every phone at once; answering.js fills it with what
a device has answered and sends what is given. What arrives is checked in data/meeting/answers.py.
"""

from markupsafe import Markup

from components.figures import templates
from components.meeting.follower import meeting_queries
from components.store import store
from data.meeting.answers import LONGEST_TEXT
from data.meeting.following import MeetingState
from data.presenting.briefing import Slide
from models import Meeting

PLACES = ("1st", "2nd", "3rd", "4th", "5th")


def written(meeting: Meeting, state: MeetingState) -> Markup:
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
    kind, choices = question.of_kind, question.choices(store.codebook())
    return templates.drawn(
        __file__,
        slide=shown.ref,
        asked=question.text,
        hint=kind.device_hint,
        control=kind.control,
        choices=kind.named(choices),
        places=PLACES[: min(kind.most or len(choices), len(choices))],
        longest=LONGEST_TEXT,
    )
