"""Taking a load back: what that would do, in words and field by field; then, once confirmed, doing it."""

import streamlit as st
from markupsafe import Markup

from components.loading import long_work, plan_step
from components.loading.draft import say
from components.loading.long_work import Work
from components.store import store
from data.collection.access import Visitor
from data.filters.wording import number_of
from data.importing.loads import undoing
from data.importing.loads.undoing import CannotUndo, PlannedUndo
from models import Load

ASKED = "undo_asked"


def offer(load: int, who: Visitor) -> None:
    """Draw the button that takes a load back, then the question, then what came of it."""
    if st.session_state.get(ASKED) != load:
        st.button("Undo this load", key=f"undo_{load}", on_click=_ask, args=(load,))
        return
    if confirmed(load):
        _carry_out(load, who)
        return
    engine = store.engine()
    of = (load, store.current().number)
    found = long_work.done("undo_plan", of, "Looking at what it did", lambda _: undoing.prepare_undo(engine, load))
    if isinstance(found.fault, CannotUndo):
        st.html(Markup('<p class="lead" role="alert">{}</p>').format(long_work.in_words(found.fault)))
        st.button("Leave it", key="undo_leave", on_click=leave)
        return
    if long_work.failed("undo_plan", found):
        return
    say(f"Undoing load {load}: {sentence(found.value)}")
    left, right = st.columns(2)
    left.button("Yes, undo it", key="undo_yes", on_click=_sure, args=(load,), type="primary", width="stretch")
    right.button("Leave it", key="undo_leave", on_click=leave, width="stretch")
    plan_step.show_fields(found.value.fields)
    plan_step.show_counts(found.value.counts)


def confirmed(load: int) -> bool:
    """Tell whether this visitor has just confirmed the undoing of a load, be it under way or done."""
    return st.session_state.get(ASKED) == load and bool(st.session_state.get(f"undo_sure_{load}"))


def sentence(plan: PlannedUndo) -> str:
    """Say in a sentence what undoing would do."""
    parts = []
    for kind, difference, _ in plan.plan.differences():
        numbers = ((len(difference.withdrawn), "leaves the collection", "leave the collection"),
                   (len(difference.changed), "is as before", "are as before"),
                   (len(difference.added), "comes back", "come back"))  # fmt: skip
        said = [f"{number:,} {one if number == 1 else more}" for number, one, more in numbers if number]
        if said:
            parts.append(f"{kind}s: {', '.join(said)}")
    if plan.plan.retired:
        parts.append(f"{number_of(len(plan.plan.retired), 'code leaves', 'codes leave')} the codebook")
    if plan.kept:
        parts.append(f"{number_of(len(plan.kept), 'code stays', 'codes stay')}, as later findings use them")
    return f"{'; '.join(parts)}. It is a load of its own, and can be undone in turn."


def leave() -> None:
    """Ask no longer; for callbacks."""
    st.session_state.pop(ASKED, None)
    long_work.forget("undo_plan")


def _ask(load: int) -> None:
    st.session_state[ASKED] = load
    st.session_state.pop(f"undo_sure_{load}", None)
    long_work.forget("undone")


def _sure(load: int) -> None:
    st.session_state[f"undo_sure_{load}"] = True


def _carry_out(load: int, who: Visitor) -> None:
    engine = store.engine()

    def task(under_way: Work) -> Load:
        return undoing.undo(engine, load, who, progress=under_way.report)

    found = long_work.done("undone", load, "Undoing", task)
    if isinstance(found.fault, CannotUndo):
        st.html(Markup('<p class="lead" role="alert">{}</p>').format(long_work.in_words(found.fault)))
    elif not long_work.failed("undone", found):
        record: Load = found.value
        say(f"Load {load} is undone, as load {record.id}: data version {record.version}.")
