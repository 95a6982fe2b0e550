"""The part of a follower's page that changes by itself: what the room sees, sent by the server's stream."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from components.figures import templates
from components.meeting.follower import answer_post, stream
from components.requests.server_address import base_path
from data.meeting.following import MeetingState
from models import Meeting

DEVICE = "follower_device"
WAYS = ("overview", "sources")
"""The pages that a follower may leave for; each begins with what the slide shows."""


SCRIPTS = ("answering.js", "follower.js")
"""What the component's script is made of, in this order: one module, as a part of it could not be asked for."""


@cache
def _component() -> Any:
    folder = Path(__file__).parent
    script = "\n".join((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return st.components.v2.component("follower", html=str(templates.drawn(__file__)), js=script, isolate_styles=False)


def show(meeting: Meeting, state: MeetingState) -> tuple[str, str]:
    """Draw what the room sees, with the form of an open question, and keep both up with the room.

    Return the key of this device, empty until it is known, and the page that its holder leaves for, if they do.
    """
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
