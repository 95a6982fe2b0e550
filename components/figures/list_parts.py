"""Long lists a part at a time."""

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator


def choose(at: DeltaGenerator, total: int, size: int, key: str, label: str = "Part") -> int:
    """Draw the choice of a part of a list of so many rows, and return its number, counted from 1.

    A list that has become shorter shows its last part; one that is a single part has nothing to choose.
    """
    parts = max(1, -(-total // size))
    st.session_state[key] = min(int(st.session_state.get(key, 1)), parts)
    return int(at.number_input(f"{label}, of {parts:,}", 1, parts, key=key, disabled=parts == 1))


def told(noun: str, number: int, total: int, size: int) -> Markup:
    """Return which of a list are shown, such as "Studies 6 to 10 of 378."; the part is counted from 1."""
    first, last = (number - 1) * size + 1, min(number * size, total)
    return Markup('<p class="note">{} {:,} to {:,} of {:,}.</p>').format(noun, first, last, total)
