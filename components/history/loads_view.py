"""The history: every load with who, when, which files and what it did; one opened, field by field, and its undoing."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.loading import undo_step
from components.loading.check_step import show_accounts, show_table
from components.store import store
from data.collection import clock, database
from data.collection.access import Visitor
from data.curating import row_history as past
from data.curating.load_changes import changes_of_load
from data.filters.wording import number_of

MOST_CHANGES = 5_000
SHOWN = {
    "id": "Load", "when": "When", "who": "Who", "action": "What", "added": "Added",
    "changed": "Changed", "withdrawn": "Withdrawn", "undone_by": "Undone by", "files": "Files", "mapping": "Mapping",
    "note": "Note", "version": "Data version",
}  # fmt: skip


def answer(loads: pd.DataFrame) -> str:
    """Say how much was done, when last, and by whom."""
    if loads.empty:
        return "Nothing has been brought in yet."
    newest = loads.iloc[0]
    undone = int(loads["undone_by"].notna().sum())
    return (
        f"{number_of(len(loads), 'load')}, of which {undone:,} undone; the newest is load {newest['id']}, of "
        f"{clock.day(newest['at'])}, by {newest['who'] or 'someone unnamed'}."
    )


def loads() -> pd.DataFrame:
    """Return every load, newest first."""
    return database.ask(store.engine(), past.history)


def show(loads: pd.DataFrame, who: Visitor) -> None:
    """Draw the list of loads, and the one that is opened."""
    if loads.empty:
        return
    listed = loads.assign(
        when=[clock.stamp(at) for at in loads["at"]],
        undone_by=["" if pd.isna(by) else f"load {by}" for by in loads["undone_by"]],
    )
    show_table(listed[list(SHOWN)].rename(columns=SHOWN), f"{number_of(len(loads), 'load')}, newest first")
    names = {int(row.id): _name(row) for row in loads.itertuples()}
    chosen = st.selectbox(
        "Open a load", list(names), format_func=names.__getitem__, key="history_load", index=None,
        placeholder="Choose one to see its changes, or to undo it", on_change=undo_step.leave,
    )  # fmt: skip
    if chosen is not None:
        _open(loads[loads["id"] == chosen].iloc[0], who)


def _name(row) -> str:  # type: ignore[no-untyped-def]
    what = row.action if pd.isna(row.undoes) else f"undo of load {row.undoes}"
    files = f": {row.files}" if row.files else ""
    return f"{row.id}, {clock.day_and_hour(row.at)}, {what}{files}"


def _open(load: pd.Series, who: Visitor) -> None:
    number = int(load["id"])
    with st.container(border=True, key=f"load_{number}"):
        st.html(_about(load))
        show_accounts(load["rows"])
        if pd.isna(load["undone_by"]) or undo_step.confirmed(number):  # what came of it is told where it was confirmed
            undo_step.offer(number, who)
        else:
            st.html(Markup('<p class="note">{}</p>').format(
                f"It is undone by load {load['undone_by']}; undo that one to have it back."
            ))  # fmt: skip
        changes = database.ask(store.engine(), changes_of_load, number, MOST_CHANGES)
        if changes.empty:
            st.html('<p class="note">It changed no source, finding or added code.</p>')
            return
        st.html('<h2 class="figure-title">What it did, field by field</h2>')
        cut = f"; no more than {MOST_CHANGES:,} rows are listed" if len(changes) >= MOST_CHANGES else ""
        show_table(changes, f"{number_of(len(changes), 'line')}{cut}")


def _about(load: pd.Series) -> Markup:
    pairs = {
        "Who": load["who"] or "not recorded",
        "When": clock.day_and_hour(load["at"]),
        "Files": load["files"] or "none",
        "SHA-256": load["sha256"] or "none",
        "Mapping": load["mapping"] or "none",
        "Strands replaced": load["replaced"] or "none",
        "Sources and findings": f"{load['added']:,} added, {load['changed']:,} changed, "
        f"{load['withdrawn']:,} withdrawn, {load['unchanged']:,} left as they were",
        "Note": load["note"] or "none",
        "Data version after it": f"{load['version']} ({load['digest'][:12]})",
    }
    said = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs.items())
    heading = f"Load {load['id']}: {load['action']}"
    return Markup('<article class="card"><h2 class="figure-title">{}</h2><dl>{}</dl></article>').format(heading, said)
