"""Sources that report one study: which do, and linking and unlinking them by hand."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from components.loading import long_work
from components.loading.check_step import show_table
from components.loading.draft import say
from components.store import store
from data.collection.access import NotAllowed, Visitor
from data.collection.database import DatabaseFault
from data.curating import study_links
from data.curating.study_links import CannotLink
from data.filters.filter import Filter
from data.filters.wording import number_of
from models import Load

MOST_OFFERED = 1_000
TOLD = "study_links_told"


def show(who: Visitor) -> None:
    """Draw the choice of sources, what can be done with them, and the studies that several report."""
    shared = store.sharing(Filter())
    studies = shared["study"].nunique()
    told = st.session_state.pop(TOLD, "")
    say(f"{told} {number_of(len(shared), 'source')} share {number_of(studies, 'study')}; "
        "sources of one study vote once.".strip())  # fmt: skip
    words = st.text_input("Search sources", key="study_search", placeholder="A ref, or words of a title")
    sources = store.sources(Filter(), "ref", None)
    kept = sources["source_id"].isin(st.session_state.get("study_sources", []))
    offered = pd.concat([sources[kept], sources[_holds(sources, words) & ~kept].head(MOST_OFFERED)])
    names = {row.source_id: f"{row.source_id}  {row.title}" for row in offered.itertuples()}
    chosen = st.multiselect("Sources", list(names), format_func=names.__getitem__, key="study_sources",
                            placeholder="Choose sources that report one study")  # fmt: skip
    st.text_input("Why", key="study_note", max_chars=500, placeholder="Kept in the history")
    left, right, _ = st.columns([1, 1, 2])
    left.button("Link as one study", key="study_link", disabled=len(chosen) < 2, width="stretch",
                on_click=_do, args=(study_links.link_studies, who))  # fmt: skip
    right.button("Unlink each", key="study_unlink", disabled=not chosen, width="stretch",
                 on_click=_do, args=(study_links.unlink_studies, who))  # fmt: skip
    if not shared.empty:
        columns = {"study": "Study", "source_id": "Source", "title": "Title", "organisation": "Organisation"}
        show_table(shared[list(columns)].rename(columns=columns), "Sources that share a study, by study")


def _holds(sources: pd.DataFrame, words: str) -> pd.Series:
    text = sources["source_id"] + " " + sources["title"] + " " + sources["study"]
    return text.str.casefold().str.contains(words.casefold().strip(), regex=False)


def _do(change: Callable[..., Load], who: Visitor) -> None:
    """Change what is chosen and written now, which no run may have seen yet."""
    try:
        load = change(store.engine(), tuple(st.session_state["study_sources"]), who, st.session_state["study_note"])
        st.session_state[TOLD] = f"Done, as load {load.id}: {number_of(load.changed, 'source')} changed."
        st.session_state["study_sources"] = []
    except (CannotLink, NotAllowed, DatabaseFault) as refusal:
        st.session_state[TOLD] = long_work.in_words(refusal)
