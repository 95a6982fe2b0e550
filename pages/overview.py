"""What is here, and what does it say?"""

import streamlit as st

from components import cards, coverage, lever_sides, opening, shell, store
from data import statements

wanted = shell.current_filter()
opening.show(
    "overview",
    wanted,
    lambda: statements.both_sides(store.sides_of_levers(wanted), subject="policy levers were"),
    lambda: statements.direction_of(store.overall(wanted)),
)
main, aside = st.columns([2, 1], gap="large")
with main:
    lever_sides.show(wanted, "overview")
with aside:
    coverage.show(wanted)
cards.show_findings(wanted, "overview")
