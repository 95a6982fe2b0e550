"""What do we know about this place?"""

import streamlit as st

from components.briefings import opening
from components.findings import study_cards
from components.frame import shell
from components.views import region_map, region_pair, region_view

wanted = shell.current_filter()
opening.show(
    "regions",
    wanted,
    lambda: region_view.answer(wanted),
    lambda: region_view.levers(wanted),
    ratios=True,
    tables=region_view.download_tables(wanted),
    numbers=lambda: region_view.numbers(wanted),
)
region_view.show_counted(wanted)
sheet = region_map.choose()
beside = st.columns(2, gap="large") if sheet == "UK" else (st.container(), st.container())
with beside[0]:
    region_map.show(wanted, sheet)
with beside[1]:
    region_view.show_profile(wanted, sheet)
region_pair.show(wanted)
study_cards.show_beneath(wanted, "regions")
