"""What a press asked for, until the run that follows carries it out.

A button's callback is given what an earlier run saw, and a press cuts short the run that would have taken in what was
chosen just before. So the callback only notes the press; the run that follows knows every choice, and carries it out.
"""

import streamlit as st


def note(name: str, of: object = True) -> None:
    """Note that a button was pressed, and what it was pressed for; for callbacks."""
    st.session_state[name] = of


def take(name: str) -> object:
    """Return what a button was pressed for, once; None where it was not pressed since this was last asked."""
    return st.session_state.pop(name, None)
