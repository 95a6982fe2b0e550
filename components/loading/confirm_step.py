"""Confirming: who, and exactly what will happen; then what did, the way to the new findings, and the way back."""

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.frame import shell
from components.loading import long_work, plan_step, undo_step
from components.loading.draft import SUBJECT, ImportDraft, Step, buttons, current, go, say, start_over
from components.loading.long_work import Work
from components.store import kept_drafts, store
from data.collection.access import Visitor
from data.filters.filter import Filter
from data.filters.wording import listed, number_of
from data.importing.loads import prepared_load
from data.importing.loads.prepared_load import Outdated
from models import Load

MOST_LINKED = 100
"""Refs that one link to the findings names."""


def show(draft: ImportDraft, who: Visitor) -> None:
    """Draw the last step: the question, or what its answer came to."""
    if draft.load:
        _show_done(draft, draft.load, who)
    elif draft.asked:
        _carry_out(draft, who)
    else:
        _ask(draft, who)


def _ask(draft: ImportDraft, who: Visitor) -> None:
    if draft.planned is None:
        go(Step.CHECK)
        st.rerun()
        return
    st.html(Markup('<p class="lead">{}</p>').format(question(draft, who)))
    st.session_state.setdefault("import_note", draft.note)
    draft.note = st.text_input(
        "A note for the history", key="import_note", max_chars=500, placeholder="Why, or from whom"
    )
    left, right, _ = st.columns([1, 2, 3])
    left.button("Back", key="step_back", on_click=go, args=(Step.PLAN,), width="stretch")
    right.button("Bring it in", key="import_confirm", on_click=_confirm, type="primary", width="stretch")


def question(draft: ImportDraft, who: Visitor) -> str:
    """Say in words who is about to do exactly what."""
    assert draft.planned is not None
    files = listed([upload.name for upload in draft.uploads], "and")
    replaced = f" Strands replaced: {listed(draft.replaced, 'and')}." if draft.replaced else ""
    seen = f" All of it is for: {plan_step.ACCESSES[draft.access]}." if draft.access else ""
    return (
        f"{who.name} brings in {files}. {plan_step.sentence(draft.planned)}{replaced}{seen} "
        "It happens whole or not at all, is recorded under that name, and can be taken back."
    )


def _confirm() -> None:
    draft = current()
    draft.asked, draft.note = True, st.session_state.get("import_note", "")  # as it is now, if no run has seen it yet


def _carry_out(draft: ImportDraft, who: Visitor) -> None:
    plan, engine = draft.planned, store.engine()
    assert plan is not None
    mapping, note = draft.mapping.name, draft.note

    def task(under_way: Work) -> Load:
        return prepared_load.confirm(engine, plan, who, mapping, note=note, progress=under_way.report)

    found = long_work.done("confirmed", id(plan), "Bringing it in", task)
    if isinstance(found.fault, Outdated):
        draft.planned, draft.asked = found.fault.fresh, False
        long_work.forget("confirmed")
        long_work.forget("checked")
        say(f"{long_work.in_words(found.fault)} It would now do this: {plan_step.sentence(draft.planned)}")
        buttons(Step.CHECK, "See the plan made anew", Step.PLAN)
    elif long_work.failed("confirmed", found):
        buttons(Step.PLAN, "", None)
    else:
        draft.load = found.value
        kept_drafts.forget(SUBJECT)
        st.rerun()


def _show_done(draft: ImportDraft, load: Load, who: Visitor) -> None:
    assert draft.planned is not None
    say(f"Done, as load {load.id}, data version {load.version}. {plan_step.sentence(draft.planned)}")
    refs = tuple(draft.planned.plan.findings.added) + tuple(draft.planned.plan.findings.changed)
    left, right = st.columns(2)
    with left:
        if refs:
            show_findings(refs)
        elif sources := len(draft.planned.plan.sources.added):
            _show_sources(sources)
        st.page_link(shell.page_path("history"), label="See it in the history")
        st.button("Bring in something else", key="import_again", on_click=start_over)
    with right:
        undo_step.offer(load.id or 0, who)


def _show_sources(number: int) -> None:
    """Draw the way to sources that came without findings."""
    st.page_link(
        shell.page_path("sources"),
        label=plain_text.label(f"See the {number_of(number, 'new source')} among those without findings"),
    )


def show_findings(refs: tuple[str, ...]) -> None:
    """Draw the way to new or changed findings."""
    shown = Filter(finding=refs[:MOST_LINKED])
    some = f" (the first {MOST_LINKED})" if len(refs) > MOST_LINKED else ""
    st.page_link(
        shell.page_path("findings"),
        label=plain_text.label(f"See the {number_of(len(refs), 'new or changed finding')}{some}"),
        query_params=shown.to_query(),
    )
