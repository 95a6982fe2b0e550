"""The frame of the dashboard: run with `streamlit run dashboard.py`."""

import streamlit as st

from components.figures import theme
from components.frame import downloads, shell
from components.store import turns

st.set_page_config(page_title=theme.NAME, layout="wide", initial_sidebar_state="auto")
downloads.withdraw()
with turns.taken():
    page = shell.navigation()
    with shell.told_in_its_place():
        shell.open_collection(page)
        shell.hand_over(page)
        page.run()
