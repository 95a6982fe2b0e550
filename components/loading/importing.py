"""Bringing evidence in, a step at a time: the step that this session's import is at."""

from components.loading import checking, choosing, confirming, mapping, planning
from components.loading.draft import Draft, Step, show_steps
from data.access import Visitor

ANSWERS = {
    Step.CHOOSE: "Choose the files to bring in.",
    Step.MAP: "Say what their columns and words mean here.",
    Step.CHECK: "See whether anything is wrong, before anything changes.",
    Step.PLAN: "See exactly what would change.",
    Step.CONFIRM: "Confirm, and it is done; it can be taken back.",
}


def answer(draft: Draft) -> str:
    """Return the page's heading: what this step is for."""
    return f"Load {draft.load.id} is done." if draft.load else ANSWERS[draft.step]


def show(draft: Draft, who: Visitor) -> None:
    """Draw the steps and the present one."""
    show_steps(draft.step)
    if draft.step is Step.CHOOSE:
        choosing.show(draft)
    elif draft.step is Step.MAP:
        mapping.show(draft)
    elif draft.step is Step.CHECK:
        checking.show(draft)
    elif draft.step is Step.PLAN:
        planning.show(draft)
    else:
        confirming.show(draft, who)
