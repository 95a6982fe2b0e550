"""The form in which an editor settles a finding: direction, themes, levers with their roles, and why."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components import plain, store, theme, visitor
from data.access import NotAllowed
from data.coders import settling
from data.coders.differences import choice_of, proposal
from data.coders.rounds import AGREED, Coded, Round
from data.coders.settling import Unsettled
from data.coders.standing import Choice
from data.coders.standing import chosen as sorted_choice
from data.database import DatabaseFault
from data.filters import Filter
from data.wording import listed
from models import Direction, Role

SAID = "agreement_said"
FIELDS = ("direction", "themes", "levers")


def show(wanted: Filter, chosen: Sequence[Round], ref: str) -> None:
    """Draw the form for an editor; others are told who may settle."""
    if not visitor.current().edits:
        st.html('<p class="note">Editors settle differences here; you see what was settled, and why.</p>')
        return
    agreed = store.codings(wanted)[AGREED].coded[ref]
    seen = choice_of(agreed)
    keys = {field: f"settle_{field}_{ref}" for field in (*FIELDS, "why", "seen")}
    if st.session_state.get(keys["seen"]) != seen:
        # The agreed coding has changed since the form was filled: begin from what is agreed now.
        st.session_state[keys["seen"]] = seen
        _fill(keys, seen)
    _offers(chosen, ref, agreed, keys)
    codebook = store.codebook()
    roles = {
        (lever, str(role)): f"{codebook.name('lever', lever)}: {role}"
        for lever in codebook.codes("lever")
        for role in Role
    }

    def named(code: str) -> str:
        return codebook.name("theme", code)

    with st.form(f"settle_{ref}", border=False):
        st.selectbox("Direction", list(map(str, Direction)), format_func=theme.with_symbol, key=keys["direction"])
        st.multiselect("Themes", codebook.codes("theme"), format_func=named, key=keys["themes"])
        levers = "Policy levers, each with its role"
        st.multiselect(levers, list(roles), format_func=roles.__getitem__, key=keys["levers"])
        st.text_area("Why (required)", key=keys["why"], max_chars=settling.LONGEST_REASON, height=80)
        st.form_submit_button("Make this the agreed code", type="primary", on_click=_settle, args=(ref, seen, keys))


def _fill(keys: dict[str, str], choice: Choice) -> None:
    for field in FIELDS:
        value = getattr(choice, field)
        st.session_state[keys[field]] = value if isinstance(value, str) else list(value)


def _offers(chosen: Sequence[Round], ref: str, agreed: Coded, keys: dict[str, str]) -> None:
    """Draw a button for each coding that fills the form with what it gave."""
    offered = [coding for coding in chosen if coding.name != AGREED and ref in coding.coded]
    st.html('<p class="note">Settle it: begin from one of the codings or from what is agreed now, then say why.</p>')
    row = st.container(horizontal=True)
    for coding in offered:
        row.button(
            f"Fill in: {plain.label(coding.title)}", on_click=_take, args=(chosen, coding.name, ref, agreed, keys),
            key=f"settle_take_{coding.name}_{ref}",
        )  # fmt: skip
    row.button("Fill in: agreed now", on_click=_fill, args=(keys, choice_of(agreed)), key=f"settle_take_agreed_{ref}")


def _take(chosen: Sequence[Round], name: str, ref: str, agreed: Coded, keys: dict[str, str]) -> None:
    direction, themes, levers, without_role = proposal(chosen, name, ref, agreed)
    _fill(keys, sorted_choice(direction, themes, levers))
    if without_role:
        names = listed((store.codebook().name("lever", code) for code in without_role), "and")
        st.session_state[SAID] = (False, (f"{names} came without a role: choose it with its role, or leave it out.",))


def _settle(ref: str, seen: Choice, keys: dict[str, str]) -> None:
    state = st.session_state
    choice = Choice(state[keys["direction"]], tuple(state[keys["themes"]]), tuple(map(tuple, state[keys["levers"]])))
    try:
        done = settling.settle(store.engine(), visitor.current(), ref, seen, choice, state[keys["why"]] or "")
    except Unsettled as refusal:
        state[SAID] = (False, refusal.faults)
    except (NotAllowed, DatabaseFault) as refusal:
        state[SAID] = (False, (str(refusal),))
    else:
        changed = f"changed: {listed(done.changed, 'and')}" if done.changed else "the agreed code stays as it was"
        state[SAID] = (True, (f"{ref} is settled; {changed}",))
        state[keys["why"]] = ""


def show_done() -> None:
    """Say what the last settlement did, or why it was refused, once."""
    done, said = st.session_state.pop(SAID, (True, ()))
    if said:
        items = Markup("").join(Markup("<li>{}</li>").format(f"{text[:1].upper()}{text[1:]}") for text in said)
        before = "" if done else "Nothing was changed:"
        st.html(
            Markup('<div class="lead" role="{}"><p><strong>{}</strong></p><ul class="gaps">{}</ul></div>').format(
                "status" if done else "alert", before, items
            )
        )
