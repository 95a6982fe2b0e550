"""From notes to evidence: drafts that a person read and coded are checked, planned, confirmed, and can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from components.loading import (
    check_step,
    confirm_step,
    long_work,
    plan_step,
    undo_step,
)
from components.loading.draft import say
from components.loading.long_work import Work
from components.meeting.follower import meeting_queries
from components.meeting.notes import draft_cards
from components.store import pending_presses, store
from data.collection import clock
from data.collection.access import Visitor
from data.faults import Refused, fault_table
from data.importing.loads import prepared_load
from data.importing.loads.prepared_load import Outdated, PreparedLoad
from data.importing.strand_files import Files
from data.meeting import drafting
from data.meeting.draft_findings import DraftFinding
from models import Load, Meeting

CHECKED, CONFIRMED, BEGUN = "record_checked", "record_confirmed", "record_begun"


@dataclass
class Publishing:
    """Drafts as they were when their plan was asked for, that plan, and what came of it."""

    files: Files
    planned: PreparedLoad | None = None
    asked: bool = False
    load: Load | None = None

    @property
    def of(self) -> str:
        """Return what tells these drafts from any other."""
        return self.files.hashes[0]["sha256"]


def show(meeting: Meeting, who: Visitor) -> None:
    """Draw the drafts of a meeting, and what bringing in those chosen would do."""
    number = meeting.id or 0
    st.html('<h2 class="figure-title">From notes to evidence</h2>')
    drafts = meeting_queries.drafts(number)
    if not drafts:
        st.html('<p class="note">There are no notes and no short texts yet.</p>')
        return
    st.html(
        '<p class="note">Each becomes a finding of the roundtable strand, under one source for this meeting. Code it, '
        "take names out, and say who may see it: editors alone, unless you choose otherwise.</p>"
    )
    places = {slide.ref: place for place, slide in enumerate(meeting_queries.briefing(meeting).slides, start=1)}
    kept = draft_cards.chosen(number, drafts, places)
    files = _files(meeting, kept, drafts, who)
    ready = _ask(number, kept)
    if pending_presses.take(BEGUN) and ready:
        _begin(number, files)
    held = _held(number)
    if held and held.load:
        _done(held, held.load, who)
    elif held and held.of == files.hashes[0]["sha256"]:
        _plan(number, held, who)
    elif held:
        held.asked = False  # what was confirmed is not what stands here now, and must not come in when it does again


def _files(meeting: Meeting, kept: Sequence[DraftFinding], drafts: Sequence[DraftFinding], who: Visitor) -> Files:
    chosen = {draft.key for draft in kept}
    others = [draft for draft in drafts if draft.published and draft.key not in chosen]
    return drafting.as_files(meeting, kept, who.name, clock.today(), others)


def _held(number: int) -> Publishing | None:
    held: Publishing | None = st.session_state.get(f"publishing_{number}")
    return held


def _ask(number: int, kept: Sequence[DraftFinding]) -> bool:
    wanting = [draft for draft in kept if not all(draft.levers.values())]
    read = st.checkbox("I have read each for names", key=f"read_for_names_{number}")
    ready = read and bool(kept) and not wanting
    st.button(
        "See what would change",
        key="record_plan",
        type="primary",
        disabled=not ready,
        on_click=pending_presses.note,
        args=(BEGUN,),
    )
    why = (
        "Choose at least one to bring in." if not kept
        else "Give each policy lever its role." if wanting
        else "" if read else "Read each for names first, then say so."
    )  # fmt: skip
    if why:
        st.html(Markup('<p class="note" role="status">{}</p>').format(why))
    return ready


def _begin(number: int, files: Files) -> None:
    for name in (CHECKED, CONFIRMED):
        long_work.forget(name)
    undo_step.leave()
    st.session_state[f"publishing_{number}"] = Publishing(files)


def _plan(number: int, held: Publishing, who: Visitor) -> None:
    engine, files = store.engine(), held.files
    found = long_work.done(CHECKED, (held.of, store.current().number), "Checking",
                      lambda under_way: prepared_load.prepare(engine, files, progress=under_way.report))  # fmt: skip
    if isinstance(found.fault, Refused):
        st.html(Markup('<p class="lead" role="alert">{}</p>').format(long_work.in_words(found.fault)))
        check_step.show_faults(fault_table(found.fault.faults))
        return
    if long_work.failed(CHECKED, found):
        return
    plan: PreparedLoad = found.value
    held.planned = plan
    if held.asked:
        _carry_out(number, held, plan, who)
        return
    say(plan_step.sentence(plan))
    if plan.warnings:
        check_step.show_faults(plan.warning_table)
    plan_step.show_rows(plan.rows)
    plan_step.show_fields(plan.fields)
    if plan.changes_something:
        st.html(Markup('<p class="note">{} brings them in: whole or not at all, recorded under that name, and it can '
                       "be taken back.</p>").format(who.name))  # fmt: skip
        st.button("Bring them in", key="record_confirm", type="primary", on_click=_confirm, args=(number,))


def _confirm(number: int) -> None:
    if held := _held(number):
        held.asked = True


def _carry_out(number: int, held: Publishing, plan: PreparedLoad, who: Visitor) -> None:
    engine, note = store.engine(), f"From the record of meeting {number}"

    def task(under_way: Work) -> Load:
        return prepared_load.confirm(engine, plan, who, note=note, progress=under_way.report)

    found = long_work.done(CONFIRMED, id(plan), "Bringing them in", task)
    if isinstance(found.fault, Outdated):
        held.asked = False
        long_work.forget(CHECKED)
        say(f"{long_work.in_words(found.fault)} It would now do this: {plan_step.sentence(found.fault.fresh)}")
        st.button("See the plan made anew", key="record_anew", on_click=long_work.forget, args=(CONFIRMED,))
    elif not long_work.failed(CONFIRMED, found):
        held.load = found.value
        st.rerun()


def _done(held: Publishing, load: Load, who: Visitor) -> None:
    assert held.planned is not None
    say(f"Done, as load {load.id}, data version {load.version}. {plan_step.sentence(held.planned)}")
    findings = held.planned.plan.findings
    if refs := (*findings.added, *findings.changed):
        confirm_step.show_findings(tuple(refs))
    undo_step.offer(load.id or 0, who)
