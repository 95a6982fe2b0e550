"""Mappings by name: one that fits the file is offered, any can be started from, and what was decided is kept."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.loading import long_work
from components.loading.draft import ImportDraft, begin_from, say
from components.store import pending_presses
from data.collection.codebook import Codebook
from data.faults import Refused
from data.importing.mapping import Mapping
from data.importing.mapping.saved import LONGEST_NAME, fitting, names, save, saved
from data.importing.readers.raw import RawFile

TOLD = "mapping_told"
WISHED = "mapping_save_wished"


def offer(draft: ImportDraft, files: Sequence[RawFile]) -> None:
    """Offer the saved mapping that fits the file, and the choice of any other."""
    held = names()
    if told := st.session_state.pop(TOLD, ""):
        say(told)
    if not held:
        return
    fit = fitting(files[0])
    if fit and (draft.base is None or fit.mapping.name != draft.base.name):
        known = f"The mapping “{fit.mapping.name}” knows {fit.share:.0%} of the columns of {files[0].name}."
        st.html(Markup('<p class="lead">{}</p>').format(known))
        st.button(
            plain_text.label(f"Use “{fit.mapping.name}”"),
            key="mapping_use",
            on_click=_use,
            args=(fit.mapping.name,),
            type="primary",
        )
    chosen = st.selectbox("Start from a saved mapping", held, index=None, key="mapping_start",
                          placeholder="None: from what the columns and words suggest")  # fmt: skip
    if chosen:
        st.button("Start from it", key="mapping_start_from", on_click=_use_chosen)


def _use_chosen() -> None:
    if name := st.session_state["mapping_start"]:  # as it is chosen now, if no run has seen it yet
        _use(name)


def _use(name: str) -> None:
    try:
        begin_from(saved(name))
        st.session_state[TOLD] = f"The mapping “{name}” is used."
    except (Refused, OSError) as refusal:
        st.session_state[TOLD] = long_work.in_words(refusal)


def named(mapping: Mapping, codebook: Codebook) -> Mapping:
    """Draw the name of the mapping and the button that keeps it; return the mapping with that name."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input("Name of this mapping", value=mapping.name, max_chars=LONGEST_NAME, key="mapping_name",
                           help="The next file of this team is read by it, here and on the command line.")  # fmt: skip
    mapping = replace(mapping, name=name.strip() or mapping.name)
    right.button("Save it", key="mapping_save", on_click=pending_presses.note, args=(WISHED,), width="stretch")
    if pending_presses.take(WISHED):
        _save(mapping, codebook)
        st.rerun()
    return mapping


def _save(mapping: Mapping, codebook: Codebook) -> None:
    try:
        save(mapping, codebook)
        st.session_state[TOLD] = f"The mapping “{mapping.name}” is saved."
    except (Refused, OSError) as refusal:
        st.session_state[TOLD] = long_work.in_words(refusal)
