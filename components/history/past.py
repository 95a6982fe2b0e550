"""The parts of the History page: loads, likely duplicates, studies, the log; one at a time, as some take a while."""

import pandas as pd
import streamlit as st

from components.history import audit_log, duplicates, study_links
from components.history import loads as of_loads
from components.history.loads import answer, loads
from data.collection.access import Visitor

__all__ = ["answer", "loads", "show"]

LOADS, DUPLICATES, STUDIES, LOG = "Loads", "Likely duplicates", "Sources of one study", "Log of all changes"


def show(held: pd.DataFrame, who: Visitor) -> None:
    """Draw the choice of a part, and the part chosen."""
    part = st.radio("Show", (LOADS, DUPLICATES, STUDIES, LOG), horizontal=True, key="history_part")
    if part == LOADS:
        of_loads.show(held, who)
    elif part == DUPLICATES:
        duplicates.show(who)
    elif part == STUDIES:
        study_links.show(who)
    else:
        audit_log.show()
