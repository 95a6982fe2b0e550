"""The beat by which a part of a page is drawn anew: a component that asks for it every so many seconds.

`st.fragment(run_every=)` would do, but for one thing: its timer sends all that the browser holds, a press that is just
then on its way too, and the press is then sent once more by itself. Within such a fragment the second comes when the
buttons are drawn for the next slide, so that one press on Next moved the room two slides. What a component asks for
goes the way that a press goes, and each is sent once.
"""

from functools import cache
from typing import Any

import streamlit as st

SCRIPT = """
export default function ({ data, setTriggerValue }) {
  const timer = setInterval(() => setTriggerValue("due", true), data.milliseconds);
  return () => clearInterval(timer);
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("pulse", js=SCRIPT)


def beat(seconds: float) -> None:
    """Have the fragment that this stands in drawn anew every so many seconds; draw it last, as it takes a line."""
    _component()(key="pulse", data={"milliseconds": round(seconds * 1000)}, on_due_change=lambda: None, height=1)
