"""The opening slide of a room: the title and the place, before the briefing's first slide; on the wall, how to join."""

from markupsafe import Markup

from components.figures import theme
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


STYLE = f"""
<style>
.title-page .place {{ color: {theme.MUTED}; margin: .3rem 0; overflow-wrap: anywhere; }}
.title-page.wall {{ display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4vw;
  min-height: 72vh; }}
.title-page.wall > div:first-child {{ flex: 1 1 24em; }}
.title-page.wall .message {{ font-size: max(1.9rem, 4.4vw); line-height: 1.14; font-weight: 650; margin: 0; }}
.title-page.wall .place {{ font-size: max(1.3rem, 2.2vw); margin-top: 2vh; }}
.title-page.wall .join img {{ width: min(60vw, 42vh); }}
.title-page.wall .join p {{ font-size: max(1.1rem, 1.6vw); }}
.title-page.wall .join .letters {{ font-size: max(2.4rem, 5vw); line-height: 1.2; }}
</style>
"""
