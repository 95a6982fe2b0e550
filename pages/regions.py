"""What do we know about this place?"""

import streamlit as st

from components import cards, opening, region_map, region_pair, region_view, shell

wanted = shell.current_filter()
opening.show(
    "regions",
    wanted,
    lambda: region_view.answer(wanted),
    lambda: region_view.levers(wanted),
    tables=lambda: region_view.download_tables(wanted),
)
left, right = st.columns([5, 6], gap="large")
with left:
    sheet = region_map.choose(wanted)
    region_map.show(wanted, sheet)
with right:
    region_view.show_profile(wanted, sheet)
region_pair.show(wanted)
cards.show_findings(wanted, "regions")
