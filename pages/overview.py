"""What is here, and what does it say?"""

import streamlit as st

from components.briefings import opening
from components.findings import study_cards
from components.frame import shell
from components.views import coverage, lever_sides

wanted = shell.current_filter()
opening.show(
    "overview",
    wanted,
    lambda: lever_sides.answer(wanted),
    lambda: lever_sides.overall(wanted),
    ratios=True,
    named=("role",),
    numbers=lambda: lever_sides.numbers(wanted, "overview"),
)
lever_sides.show_counted(wanted, "overview")
main, aside = st.columns([2, 1], gap="large")
with main:
    lever_sides.show(wanted, "overview")
    coverage.show_thinnest(wanted)
with aside:
    coverage.show(wanted)
study_cards.show_beneath(wanted, "overview")
