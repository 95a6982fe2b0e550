"""What matters to communities?"""

import streamlit as st

from components import cards, opening, shell, theme_view

wanted = shell.current_filter()
opening.show(
    "themes",
    wanted,
    lambda: theme_view.answer(wanted),
    lambda: theme_view.of_communities(wanted),
    tables=lambda: theme_view.download_tables(wanted),
)
main, aside = st.columns([3, 2], gap="large")
with main:
    theme_view.show_directions(wanted)
with aside:
    theme_view.show_together(wanted)
cards.show_findings(wanted, "themes")
