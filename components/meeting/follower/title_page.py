"""The opening slide of a room: the title and the place, before the briefing's first slide; on the wall, how to join."""

from markupsafe import Markup

from components.meeting.follower import joining
from components.store import store
from models import Meeting

SOON = "The slides begin soon."


def written(meeting: Meeting, level: int = 2) -> Markup:
    """Return the title and the place of a meeting as a phone shows them; texts in it are escaped."""
    return Markup('<section class="title-page"><h{0} class="message">{1}</h{0}>{2}<p>{3}</p></section>').format(
        level, meeting.title, _place(meeting), SOON
    )


def on_wall(meeting: Meeting) -> Markup:
    """Return the same for the wall, with the code, the address and the letters to join with."""
    return Markup('<section class="title-page wall"><div><h1 class="message">{}</h1>{}</div>{}</section>').format(
        meeting.title, _place(meeting), joining.written(meeting)
    )


def place(meeting: Meeting) -> str:
    """Say where a meeting is, and which region its slides are about, as far as either is known."""
    region = store.codebook().name("region", meeting.region) if meeting.region else ""
    return " · ".join(filter(None, (meeting.place, region)))


def _place(meeting: Meeting) -> Markup:
    said = place(meeting)
    return Markup('<p class="place">{}</p>').format(said) if said else Markup("")
