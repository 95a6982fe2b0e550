"""The parts of the History page: loads, likely duplicates, studies, the log; one at a time, as some take a while."""

import pandas as pd
import streamlit as st

from components.history import (
    audit_log_view,
    duplicates_view,
    study_links_view,
)
from components.history import loads_view as of_loads
from components.history.loads_view import answer, loads
from data.collection.access import Visitor

__all__ = ["answer", "loads", "show"]

LOADS, DUPLICATES, STUDIES, LOG = "Loads", "Likely duplicates", "Sources of one study", "Log of all changes"


def show(held: pd.DataFrame, who: Visitor) -> None:
    """Draw the choice of a part, and the part chosen."""
    part = st.radio("Show", (LOADS, DUPLICATES, STUDIES, LOG), horizontal=True, key="history_part")
    if part == LOADS:
        of_loads.show(held, who)
    elif part == DUPLICATES:
        duplicates_view.show(who)
    elif part == STUDIES:
        study_links_view.show(who)
    else:
        audit_log_view.show()
