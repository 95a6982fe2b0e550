"""A table of which one row can be opened: the row stays open by its ref, whatever is sorted, filtered or drawn anew.

Streamlit keeps a chosen row by its number, which is another row once the rows are others.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.frame import paper


def choose(rows: pd.DataFrame, refs: Sequence[str], *, key: str, total: int = 0, **looks: Any) -> str:
    """Draw a table whose rows these refs name, and return the ref of the row that is open, or none.

    `total` is how many rows there are in all, if these are a part; `looks` go to st.dataframe. Where the open row goes
    from the table, that is said; it opens again when it is back.
    """
    state, refs = st.session_state, tuple(refs)
    open_, drawn, put = f"{key}_open", f"{key}_drawn", f"{key}_put"
    chosen = _numbers(state.get(key))
    if chosen is not None and chosen != state.get(put, []):
        held = state.get(drawn, refs)
        state[open_] = held[chosen[0]] if chosen and chosen[0] < len(held) else ""
    ref = str(state.get(open_, ""))
    gone = bool(ref) and ref not in refs and ref in state.get(drawn, ())
    state[drawn], state[put] = refs, [refs.index(ref)] if ref in refs else []
    if (chosen or []) != state[put]:
        state[key] = {"selection": {"rows": state[put], "columns": [], "cells": []}}
    st.dataframe(rows, key=key, on_select="rerun", selection_mode="single-row", hide_index=True, **looks)
    paper.rows(rows, str(looks["alt"]), total)
    if gone:
        st.html(Markup('<p class="note" role="status">{}, which was open, is not among these rows.</p>').format(ref))
    return ref if ref in refs else ""


def _numbers(held: Mapping[str, Any] | None) -> list[int] | None:
    """Return the numbers of the rows that a table in the browser says are chosen, or None where none was drawn."""
    return None if held is None else list(held["selection"]["rows"])
