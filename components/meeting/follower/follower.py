"""The part of a follower's page that changes by itself: what the room sees, sent by the server's stream."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.meeting.follower import answer_form, answer_post, room_page, stream
from components.requests.server_address import base_path
from data.meeting.following import State
from models import Meeting

DEVICE = "follower_device"
HTML = """
<div class="room">
  <div class="room-lost" role="status"></div>
  <div class="room-said" role="status" aria-live="polite"></div>
  <div class="room-answer"></div>
  <p class="room-answered" role="status"></p>
  <div class="room-page"></div>
  <p class="room-ways">
    <button type="button" data-to="overview">Explore for yourself</button>
    <button type="button" data-to="sources">Sources under this slide</button>
  </p>
</div>
"""
WAYS = ("overview", "sources")
"""The pages that a follower may leave for; each begins with what the slide shows."""
CSS = """
.room-lost:not(:empty) { position: fixed; inset: auto 0 0 0; z-index: 1000; background: #801650; color: #FFFFFF;
  padding: .6rem 1rem; }
.room-said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.room-ways { display: flex; flex-wrap: wrap; gap: .5rem 1.2rem; margin: .6rem 0; }
.room-ways button { font: inherit; color: var(--st-link-color); background: none; border: 0; padding: .3rem 0;
  min-height: 24px; text-decoration: underline; cursor: pointer; }
.room-ways button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
"""


SCRIPTS = ("answering.js", "follower.js")
"""What the component's script is made of, in this order: one module, as a part of it could not be asked for."""


@cache
def _component() -> Any:
    folder = Path(__file__).parent
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return st.components.v2.component("follower", html=HTML, css=CSS, js=script, isolate_styles=False)


def show(meeting: Meeting, state: State) -> tuple[str, str]:
    """Draw what the room sees, with the form of an open question, and keep both up with the room.

    Return the key of this device, empty until it is known, and the page that its holder leaves for, if they do.
    """
    st.html(room_page.STYLE + answer_form.STYLE)
    held = _component()(
        key="follower",
        data={
            **stream.what_is_told(meeting, state),
            "stream": f"{base_path()}{stream.PATH}/{meeting.stream}",
            "answers": f"{base_path()}{answer_post.PATH}/{meeting.stream}",
            "device": st.session_state.get(DEVICE, ""),
        },
        on_leave_change=lambda: None,
        on_turned_change=lambda: None,
        on_device_change=lambda: None,
    )
    st.session_state[DEVICE] = str(held.device or st.session_state.get(DEVICE, ""))
    return st.session_state[DEVICE], held.leave if held.leave in WAYS else ""
