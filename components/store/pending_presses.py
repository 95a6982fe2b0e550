"""What a press asked for, until the run that follows carries it out.

A button's callback is given what an earlier run saw, and a press cuts short the run that would have taken in what was
chosen just before. So the callback only notes the wish; the run that follows knows every choice, and takes it.
"""

import streamlit as st


def make(name: str, of: object = True) -> None:
    """Note a wish, and of what it is; for callbacks."""
    st.session_state[name] = of


def take(name: str) -> object:
    """Return of what a wish is that was made since it was last taken, and take it; None where none was."""
    return st.session_state.pop(name, None)
