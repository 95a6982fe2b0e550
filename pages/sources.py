"""Where does it come from?"""

import streamlit as st

from components.briefings import opening
from components.findings import source_table, source_view, uncoded_sources
from components.frame import shell
from components.store import store

wanted = shell.current_filter()
if not store.counts(wanted).findings and uncoded_sources.any_in(wanted):
    opening.show(
        "sources",
        wanted,
        lambda: uncoded_sources.answer(wanted),
        tables=lambda: uncoded_sources.download_tables(wanted),
        stands_alone=True,
    )
    uncoded_sources.show(wanted)
else:
    opening.show(
        "sources",
        wanted,
        lambda: source_view.answer(wanted),
        lambda: source_view.methods(wanted),
        lambda: source_view.follow_up(wanted),
        tables=lambda: source_view.download_tables(wanted) + uncoded_sources.download_tables(wanted),
        numbers=lambda: source_view.numbers(wanted),
    )
    source_table.show(wanted)
    uncoded_sources.show(wanted)
    left, right = st.columns(2, gap="large")
    with left:
        source_view.show_methods(wanted)
    with right:
        source_view.show_years(wanted)
