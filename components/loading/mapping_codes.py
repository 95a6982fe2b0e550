"""Codes that the codebook is to gain for what has no code in it yet."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components import plain
from components.loading.draft import current
from data.codebook import Codebook
from data.importing.additions import TABLES, Addition
from data.importing.mapping import Mapping
from data.importing.mapping.new_codes import extended, next_code, wrong
from data.wording import number_of

TOLD = "codes_told"


def chosen(mapping: Mapping, codebook: Codebook) -> Mapping:
    """Draw the codes to be added and the form for one more; return the mapping with them."""
    held = current().additions
    title = f"Add to the codebook: {number_of(len(held), 'code')}" if held else "Add to the codebook"
    with st.expander(plain.label(title), expanded=bool(held)):
        for addition in held:
            left, right = st.columns([4, 1], vertical_alignment="center")
            below = f", below {addition.parent}" if addition.parent else ""
            left.html(Markup('<p class="note">{}</p>').format(
                f"{addition.facet} {addition.code}{below}: {addition.name}. {addition.definition}"
            ))  # fmt: skip
            right.button("Take away", key=f"take_away_{addition.facet}_{addition.code}", on_click=_take_away,
                         args=(addition,))  # fmt: skip
        _form(extended(codebook, held), held)
        if told := st.session_state.pop(TOLD, ""):
            st.html(Markup('<p class="note" role="alert">{}</p>').format(told))
    return mapping.with_additions(held)


def _form(codebook: Codebook, held: Sequence[Addition]) -> None:
    left, right = st.columns(2)
    facet = left.selectbox("Kind of code", list(TABLES), key="code_facet")
    wider = {"": "None: it stands at the top", **{entry.code: f"{entry.code} {entry.name}"
                                                   for entry in codebook.entries(facet)}}  # fmt: skip
    parent = right.selectbox("Below", list(wider), format_func=wider.__getitem__, key=f"code_parent_{facet}")
    code = left.text_input("Code", value=next_code(codebook, facet, parent, held), key=f"code_code_{facet}_{parent}")
    name = right.text_input("Name", key="code_name", max_chars=120)
    definition = st.text_input("What it means", key="code_definition", max_chars=500)
    st.button("Add the code", key="code_add", on_click=_add, args=(facet, parent, code, name, definition, codebook),
              disabled=not name.strip())  # fmt: skip


def _add(facet: str, parent: str, code: str, name: str, definition: str, codebook: Codebook) -> None:
    addition = Addition(facet, code.strip(), parent, name.strip(), definition.strip())
    faults = wrong([addition], codebook)
    draft = current()
    if faults or any((held.facet, held.code) == (facet, addition.code) for held in draft.additions):
        st.session_state[TOLD] = faults[0].reason if faults else f"{addition.code} is to be added already."
        return
    draft.additions = (*draft.additions, addition)
    for key in ("code_name", "code_definition"):
        st.session_state[key] = ""


def _take_away(addition: Addition) -> None:
    draft = current()
    draft.additions = tuple(replaced for replaced in draft.additions if replaced != addition)
