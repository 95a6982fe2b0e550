"""Bringing evidence in, a step at a time: the step that this session's import is at."""

from components.loading import (
    check_step,
    confirm_step,
    file_step,
    kept_import,
    plan_step,
)
from components.loading import draft as drafts
from components.loading.draft import ImportDraft, Step, show_steps
from components.loading.mapping import mapping_step
from components.store import kept_drafts
from data.collection.access import Visitor

ANSWERS = {
    Step.CHOOSE: "Choose the files to bring in.",
    Step.MAP: "Say what their columns and words mean here.",
    Step.CHECK: "See whether anything is wrong, before anything changes.",
    Step.PLAN: "See exactly what would change.",
    Step.CONFIRM: "Confirm, and it is done; it can be taken back.",
}


def current() -> ImportDraft:
    """Return this session's import; a new session goes on with what an earlier one had begun."""
    if not drafts.begun():
        kept_import.restore()
    return drafts.current()


def answer(draft: ImportDraft) -> str:
    """Return the page's heading: what this step is for."""
    return f"Load {draft.load.id} is done." if draft.load else ANSWERS[draft.step]


def show(draft: ImportDraft, who: Visitor) -> None:
    """Draw the steps and the present one; what was chosen in it is written down."""
    kept_drafts.know_browser()
    show_steps(draft.step)
    kept_import.say(draft)
    try:
        _show_step(draft, who)
    finally:  # whether the step was drawn whole or leads on to another
        kept_import.keep(drafts.current())


def _show_step(draft: ImportDraft, who: Visitor) -> None:
    if draft.awaited or draft.step is Step.CHOOSE:
        file_step.show(draft)
        return
    if draft.uploads and not draft.raw:
        draft.raw = tuple(file_step.read(draft.uploads))  # a session that begins amidst the steps
    if draft.step is Step.MAP:
        mapping_step.show(draft)
    elif draft.step is Step.CHECK:
        check_step.show(draft)
    elif draft.step is Step.PLAN:
        plan_step.show(draft)
    else:
        confirm_step.show(draft, who)
