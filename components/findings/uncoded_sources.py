"""Sources that hold no finding yet, as a reference manager brings them in: to be seen, and in no count."""

import pandas as pd
import streamlit as st

from components.figures import count_tables, exhibit, source_link
from components.frame import paper
from components.store import store
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import number_of

COLUMNS = {
    "title": "Title", "authors": "Authors", "organisation": "Organisation", "year": "Year",
    "publication": "Published in", "source_type": "Type",
    "link": "Link", "source_id": "Ref",
}  # fmt: skip
NOT_COUNTED = "Brought in and not coded yet. They are in no count of this dashboard."
ROWS = 1_000
"""Sources that the table shows at most; the workbook lists all."""


def any_in(wanted: Filter) -> bool:
    """Tell whether the filter holds such a source."""
    return not store.sources_without_findings(wanted).empty


def answer(wanted: Filter) -> str:
    """Say how many there are."""
    return f"{number_of(len(store.sources_without_findings(wanted)), 'source')} without findings yet."


def show(wanted: Filter) -> None:
    """Draw a table of them, where there are any."""
    rows = store.sources_without_findings(wanted)
    if rows.empty:
        return
    some = f" The first {ROWS:,} are listed." if len(rows) > ROWS else ""
    exhibit.heading(answer(wanted).rstrip("."), f"{NOT_COUNTED} The Excel file of this page lists them too.{some}")
    shown = rows.head(ROWS)
    columns = [name for name in COLUMNS if name != "publication" or shown["publication"].any()]
    listed = shown.assign(
        year=pd.to_numeric(shown["year"]).astype("Int64"),
        link=[url if source_link.is_web(url) else None for url in shown["url"]],
    )[columns].rename(columns=COLUMNS)
    paper.rows(listed, answer(wanted), len(rows))
    st.dataframe(
        listed,
        key="uncoded_sources",
        hide_index=True,
        width="stretch",
        placeholder="",
        row_height=count_tables.WRAPPED,
        column_config={
            "Title": st.column_config.TextColumn(width=360),
            "Year": st.column_config.NumberColumn(format="%d"),
            "Link": st.column_config.LinkColumn(display_text="Open the source"),
        },
        alt="Sources without findings, with authors, organisation, year, type and link",
    )


def download_tables(wanted: Filter) -> tuple[ViewTable, ...]:
    """Return them for the workbook, where there are any."""
    rows = store.sources_without_findings(wanted)
    if rows.empty:
        return ()
    table = rows.assign(link=rows["url"])[list(COLUMNS)].rename(columns=COLUMNS)
    return (ViewTable("Not coded yet", answer(wanted).rstrip("."), NOT_COUNTED, table),)
