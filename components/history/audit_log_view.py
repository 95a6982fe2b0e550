"""The audit log, which only grows: every change with who, when, what, before and after; to search and to take away."""

import pandas as pd
import streamlit as st

from components.loading.check_step import show_table
from components.loading.draft import say
from components.store import made_files, store
from data.collection import audit, clock, database
from data.exporting.log_file import log_csv
from data.filters.wording import number_of

SEARCHED = 20_000
"""Lines, from the newest, that a search looks through."""
SHOWN = 500


def show() -> None:
    """Draw the search, the lines it finds, and the download of the whole log."""
    engine = store.engine()
    words = st.text_input("Search the log", key="audit_search", placeholder="A name, a ref, a load, a word")
    lines = database.ask(engine, audit.log, "", SEARCHED)
    found = lines[_holds(lines, words)] if words.strip() else lines
    within = f" among the newest {SEARCHED:,}" if len(lines) == SEARCHED else ""
    say(f"{number_of(len(found), 'line')}{within}{' with these words' if words.strip() else ''}.")
    newest = f"the newest {SHOWN} of them" if len(found) > SHOWN else "newest first"
    readable = found.head(SHOWN).assign(at=[clock.to_the_second(at) for at in found.head(SHOWN)["at"]])
    show_table(readable.rename(columns={"id": "line", "at": "when"}), f"The lines, {newest}")
    made_files.button(
        "Download the whole log",
        lambda: log_csv(database.ask(engine, audit.log, "", None)),
        "audit-log.csv",
        "text/csv",
        key="audit_download",
    )


def _holds(lines: pd.DataFrame, words: str) -> pd.Series:
    text = lines[["who", "action", "subject", "before", "after"]].agg(" ".join, axis=1)
    return text.str.casefold().str.contains(words.casefold().strip(), regex=False)
