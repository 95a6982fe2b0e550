"""Codes that the codebook is to gain for what has no code in it yet."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.loading.draft import begin_from, current
from data.collection.codebook import Codebook
from data.filters.wording import number_of
from data.importing.codebook.additions import TABLES, Addition
from data.importing.mapping import Mapping
from data.importing.mapping.new_codes import extended, next_code, wrong
from data.importing.mapping.taking_codes import with_codes, without_codes, without_meaning
from data.importing.readers.raw import RawCode, RawFile

TOLD = "codes_told"
MOST_LISTED = 50
"""Codes to be added that are listed one by one."""


def ask(mapping: Mapping, codebook: Codebook, files: Sequence[RawFile]) -> None:
    """Draw the codes that the mapping adds, the files' own to take over, and the form for one more."""
    held = mapping.additions
    alone = all(file.codes and not file.tables for file in files)
    title = f"Add to the codebook: {number_of(len(held), 'code')}" if held else "Add to the codebook"
    with st.expander(plain_text.label(title), expanded=bool(held) or alone):
        for addition in held[:MOST_LISTED]:
            left, right = st.columns([4, 1], vertical_alignment="center")
            below = f", below {addition.parent}" if addition.parent else ""
            left.html(Markup('<p class="note">{}</p>').format(
                f"{addition.facet} {addition.code}{below}: {addition.name}. {addition.definition}"
            ))  # fmt: skip
            right.button("Take away", key=f"take_away_{addition.facet}_{addition.code}", on_click=_take_away,
                         args=(addition,))  # fmt: skip
        if len(held) > 1:
            more = f"and {len(held) - MOST_LISTED:,} more. " if len(held) > MOST_LISTED else ""
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.html(Markup('<p class="note">{}</p>').format(f"{more}{number_of(len(held), 'code')} in all."))
            right.button("Take all away", key="take_all_away", on_click=_take_away, args=tuple(held))
        _offer_theirs(mapping, codebook, [code for file in files for code in file.codes])
        _form(extended(codebook, held), held)
        if told := st.session_state.pop(TOLD, ""):
            st.html(Markup('<p class="note" role="alert">{}</p>').format(told))


def _offer_theirs(mapping: Mapping, codebook: Codebook, codes: Sequence[RawCode]) -> None:
    """Draw the files' codes that mean nothing here yet, to be taken into the codebook as they are."""
    theirs = {code.id: code for code in codes}
    offered = [code.id for code in without_meaning(list(theirs.values()), mapping, codebook)]
    if not offered:
        return
    st.html('<h3 class="figure-title">Codes of the file as they are</h3>')
    wanted = st.multiselect(
        "Codes of the file that mean nothing here yet", offered, format_func=lambda id: id.replace("::", " › "),
        key="theirs_ids", placeholder="None chosen: all of them",
        help="A code keeps its name and description, and stands below the code that it stands in there.",
    )  # fmt: skip
    _place("theirs", extended(codebook, mapping.additions))
    st.button(f"Add {number_of(len(wanted or offered), 'code')} of the file", key="theirs_add", on_click=_take_theirs,
              args=(tuple(theirs.values()), offered, codebook))  # fmt: skip
    st.html('<h3 class="figure-title">A code of your own</h3>')


def _place(key: str, codebook: Codebook) -> tuple[str, str]:
    """Draw which kind of code is added and below which of ours; return both."""
    left, right = st.columns(2)
    facet = left.selectbox("Kind of code", list(TABLES), key=f"{key}_facet")
    wider = {"": "None: it stands at the top", **{entry.code: f"{entry.code} {entry.name}"
                                                   for entry in codebook.entries(facet)}}  # fmt: skip
    parent = right.selectbox("Below", list(wider), format_func=wider.__getitem__, key=f"{key}_parent_{facet}")
    return facet, parent


def _placed(key: str) -> tuple[str, str]:
    """Return what stands in the fields of `_place` now; for callbacks, which may come before a run has seen it."""
    facet = st.session_state[f"{key}_facet"]
    return facet, st.session_state.get(f"{key}_parent_{facet}", "")


def _take_theirs(codes: Sequence[RawCode], offered: Sequence[str], codebook: Codebook) -> None:
    taken = st.session_state["theirs_ids"] or offered
    begin_from(with_codes(_decided(), codes, taken, *_placed("theirs"), codebook))
    st.session_state["theirs_ids"] = []


def _decided() -> Mapping:
    """Return the mapping as far as the person has decided it, without what the table of words only suggests."""
    draft = current()
    return replace(draft.mapping, words=draft.own_words or {}, additions=draft.additions)


def _form(codebook: Codebook, held: Sequence[Addition]) -> None:
    facet, parent = _place("code", codebook)
    left, right = st.columns(2)
    left.text_input("Code", value=next_code(codebook, facet, parent, held), key=_code_key(facet, parent, held))
    name = right.text_input("Name", key="code_name", max_chars=120)
    st.text_input("What it means", key="code_definition", max_chars=500)
    st.button("Add the code", key="code_add", on_click=_add, args=(codebook,), disabled=not name.strip())


def _code_key(facet: str, parent: str, held: Sequence[Addition]) -> str:
    return f"code_code_{facet}_{parent}_{len(held)}"


def _add(codebook: Codebook) -> None:
    facet, parent = _placed("code")
    held = current().additions
    suggested = next_code(codebook, facet, parent, held)
    code = st.session_state.get(_code_key(facet, parent, held), suggested)  # a kind chosen just now has no field yet
    name, definition = st.session_state["code_name"], st.session_state["code_definition"]
    addition = Addition(facet, code.strip(), parent, name.strip(), definition.strip())
    faults = wrong([addition], codebook)
    draft = current()
    if faults or any((held.facet, held.code) == (facet, addition.code) for held in draft.additions):
        st.session_state[TOLD] = faults[0].reason if faults else f"{addition.code} is to be added already."
        return
    draft.additions = (*draft.additions, addition)
    for key in ("code_name", "code_definition"):
        st.session_state[key] = ""


def _take_away(*additions: Addition) -> None:
    begin_from(without_codes(_decided(), additions))
