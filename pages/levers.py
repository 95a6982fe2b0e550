"""What has been tried, and did it strengthen or impede?"""

import streamlit as st

from components.briefings import opening
from components.findings import study_cards
from components.frame import shell
from components.frame.voted import focus
from components.views import lever_profile, lever_sides

wanted = shell.current_filter()
opening.show(
    "levers",
    wanted,
    lambda: lever_profile.answer(wanted),
    lambda: lever_profile.definition(wanted),
    lambda: lever_profile.proposed(wanted),
    tables=lambda: lever_profile.download_tables(wanted),
    ratios=True,
    named=("role",),
    subject=lever_profile.subject(wanted),
    numbers=lambda: lever_sides.numbers(wanted, "levers", focus(wanted)),
)
lever_sides.show_counted(wanted, "levers")
lever_profile.choose(wanted)
main, aside = st.columns([2, 1], gap="large")
with main:
    lever_sides.show(wanted, "levers")
    lever_profile.show_places(wanted)
with aside:
    lever_profile.show_balance(wanted)
lever_profile.show_studies(wanted)
study_cards.show_beneath(wanted, "levers")
