"""The form in which an editor settles a finding: direction, themes, levers with their roles, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text, theme
from components.store import kept_drafts, store, visitor
from data.coders import settlements
from data.coders.coding_differences import choice_of, proposal
from data.coders.rounds import AGREED, CodedFinding, Round
from data.coders.settlements import Unsettled
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault
from data.filters.filter import Filter
from data.filters.wording import listed
from data.importing.loads.settled import SettledCoding, values
from data.importing.loads.settled import chosen as sorted_choice
from models import Direction, Role

SAID = "agreement_said"
FIELDS = ("direction", "themes", "levers")
SEEN = "seen"
"""Under which a draft keeps what was agreed when it began."""


def show(wanted: Filter, chosen: Sequence[Round], ref: str) -> None:
    """Draw the form for an editor; others are told who may settle."""
    if not visitor.current().edits:
        st.html('<p class="note">Editors settle differences here; you see what was settled, and why.</p>')
        return
    agreed = store.codings(wanted)[AGREED].coded[ref]
    now = choice_of(agreed)
    keys = {field: f"settle_{field}_{ref}" for field in (*FIELDS, "why", "seen", "draft")}
    _begin(ref, keys, now)
    seen: dict[str, str] = st.session_state[keys["seen"]]
    overtaken = seen != values(now)
    if overtaken:
        _say_overtaken(ref, keys, now)
    elif draft := st.session_state[keys["draft"]]:
        kept_drafts.say_found(draft, _let_go, ref, keys)
    _offers(chosen, ref, agreed, keys)
    codebook = store.codebook()
    roles = {
        (lever, str(role)): f"{codebook.name('lever', lever)}: {role}"
        for lever in codebook.codes("lever")
        for role in Role
    }

    def named(code: str) -> str:
        return codebook.name("theme", code)

    with st.container(key=f"settle_{ref}"):
        st.selectbox("Direction", list(map(str, Direction)), format_func=theme.with_symbol, key=keys["direction"])
        st.multiselect("Themes", codebook.codes("theme"), format_func=named, key=keys["themes"])
        levers = "Policy levers, each with its role"
        st.multiselect(levers, list(roles), format_func=roles.__getitem__, key=keys["levers"])
        st.text_area("Why (required)", key=keys["why"], max_chars=settlements.LONGEST_REASON, height=80)
        st.button("Make this the agreed code", type="primary", key=f"settle_send_{ref}", disabled=overtaken,
                  on_click=_settle, args=(ref, now, keys))  # fmt: skip
        began = _plain(ref, now)
        kept_drafts.watch(_subject(ref), "settle", tuple(began), began, {SEEN: seen})


def _subject(ref: str) -> str:
    return f"settle:{ref}"


def _plain(ref: str, choice: SettledCoding) -> dict[str, object]:
    """Return what the form begins with, by the names of its fields."""
    held = {field: getattr(choice, field) for field in FIELDS} | {"why": ""}
    return {f"{field}_{ref}": value if isinstance(value, str) else list(value) for field, value in held.items()}


def _begin(ref: str, keys: dict[str, str], now: SettledCoding) -> None:
    """Fill the form, where it is not on screen yet, with what was typed before and not sent, else with what is agreed.

    It begins anew where what is agreed has changed and nothing was chosen or typed meanwhile.
    """
    state = st.session_state
    agreed = state.get(keys["seen"]) == values(now)
    if keys["why"] in state and (agreed or kept_drafts.is_written(_subject(ref))):
        return
    draft = state[keys["draft"]] = kept_drafts.found(_subject(ref))
    _fill(keys, now)
    state[keys["why"]], state[keys["seen"]] = "", values(now)
    if draft:
        state[keys["seen"]] = draft.content.get(SEEN)
        _take_up(ref, keys, draft.content)


def _take_up(ref: str, keys: dict[str, str], held: Mapping[str, Any]) -> None:
    """Fill the form with what a draft holds, as far as its fields offer that."""
    codebook = store.codebook()
    offered = {"direction": list(map(str, Direction)), "themes": codebook.codes("theme"),
               "levers": [(lever, str(role)) for lever in codebook.codes("lever") for role in Role]}  # fmt: skip
    if held.get(f"direction_{ref}") in offered["direction"]:
        st.session_state[keys["direction"]] = held[f"direction_{ref}"]
    themes = map(str, held.get(f"themes_{ref}") or ())
    st.session_state[keys["themes"]] = [code for code in themes if code in offered["themes"]]
    levers = (tuple(pair) for pair in held.get(f"levers_{ref}") or ())
    st.session_state[keys["levers"]] = [pair for pair in levers if pair in offered["levers"]]
    st.session_state[keys["why"]] = str(held.get(f"why_{ref}") or "")


def _say_overtaken(ref: str, keys: dict[str, str], now: SettledCoding) -> None:
    st.html(
        '<p class="note" role="status">What is agreed was changed after you had begun: above it stands as it is now, '
        "and below what you chose and typed.</p>"
    )
    with st.container(horizontal=True):
        st.button("Go on with mine", key=f"settle_mine_{ref}", on_click=_go_on, args=(keys, now))
        st.button("Begin from what is agreed now", key=f"settle_theirs_{ref}", on_click=_let_go, args=(ref, keys))


def _go_on(keys: dict[str, str], now: SettledCoding) -> None:
    """Take what is agreed now as seen; what stands in the form stays."""
    st.session_state[keys["seen"]] = values(now)


def _let_go(ref: str, keys: dict[str, str]) -> None:
    """Begin the form anew: what was typed is sent, or not wanted; for callbacks."""
    kept_drafts.forget(_subject(ref))
    st.session_state.pop(keys["seen"], None)


def _fill(keys: dict[str, str], choice: SettledCoding) -> None:
    for field in FIELDS:
        value = getattr(choice, field)
        st.session_state[keys[field]] = value if isinstance(value, str) else list(value)


def _offers(chosen: Sequence[Round], ref: str, agreed: CodedFinding, keys: dict[str, str]) -> None:
    """Draw a button for each coding that fills the form with what it gave."""
    offered = [coding for coding in chosen if coding.name != AGREED and ref in coding.coded]
    st.html('<p class="note">Settle it: begin from one of the codings or from what is agreed now, then say why.</p>')
    row = st.container(horizontal=True)
    for coding in offered:
        row.button(
            f"Fill in: {plain_text.label(coding.title)}", on_click=_take, args=(chosen, coding.name, ref, agreed, keys),
            key=f"settle_take_{coding.name}_{ref}",
        )  # fmt: skip
    row.button("Fill in: agreed now", on_click=_fill, args=(keys, choice_of(agreed)), key=f"settle_take_agreed_{ref}")


def _take(chosen: Sequence[Round], name: str, ref: str, agreed: CodedFinding, keys: dict[str, str]) -> None:
    direction, themes, levers, without_role = proposal(chosen, name, ref, agreed)
    _fill(keys, sorted_choice(direction, themes, levers))
    if without_role:
        names = listed((store.codebook().name("lever", code) for code in without_role), "and")
        st.session_state[SAID] = (False, (f"{names} came without a role: choose it with its role, or leave it out.",))


def _settle(ref: str, seen: SettledCoding, keys: dict[str, str]) -> None:
    state = st.session_state
    choice = SettledCoding(
        state[keys["direction"]], tuple(state[keys["themes"]]), tuple(map(tuple, state[keys["levers"]]))
    )
    try:
        done = settlements.settle(store.engine(), visitor.current(), ref, seen, choice, state[keys["why"]] or "")
    except Unsettled as refusal:
        state[SAID] = (False, refusal.faults)
    except (NotAllowed, DatabaseFault) as refusal:
        state[SAID] = (False, (str(refusal),))
    else:
        changed = f"changed: {listed(done.changed, 'and')}" if done.changed else "the agreed code stays as it was"
        state[SAID] = (True, (f"{ref} is settled; {changed}",))
        _let_go(ref, keys)


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
