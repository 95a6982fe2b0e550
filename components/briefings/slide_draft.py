"""What an editor has typed of a slide and not saved: it outlives the session, and what another does to the slide."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from components.briefings import briefing_edits
from components.store import kept_drafts
from data.collection import drafts
from data.facets import FACET_NAMES
from data.presenting.briefing import OPTIONS_FROM, VIEWS, Briefing, Question, Slide, free_ref
from data.presenting.editions import KeptBriefing
from data.presenting.question_kinds import KINDS as QUESTION_KINDS

NO_QUESTION = "no question"
FREE = "those below"
KINDS = (NO_QUESTION, *QUESTION_KINDS)
SOURCES = {FREE: FREE, **{facet: f"the broad entries of: {FACET_NAMES[facet]}" for facet in OPTIONS_FROM}}
FIELDS = ("message", "view", "filter", "holds", "text", "kind", "from", "asked", "options", "notes", "right")
CHOSEN_AMONG = {"view": tuple(VIEWS), "kind": KINDS, "from": tuple(SOURCES), "right": (False, True)}
OF = "of"
"""Under which a draft keeps which slide it began with."""
ROUND = "slide_round"
"""Raised with each form, so that nothing of one is left in the next."""


@dataclass(frozen=True)
class Begun:
    """A form of a slide as it began: with what, of which state of the slide, and with what was typed before, if any."""

    subject: str
    key: str
    of: str
    start: Mapping[str, object]
    typed: drafts.KeptDraft | None

    def overtaken(self, slide: Slide) -> bool:
        """Tell whether the slide is another by now than the form began with."""
        return self.of != state_of(slide)


def state_of(slide: Slide) -> str:
    """Return what tells one state of a slide from another, in every process alike."""
    return hashlib.sha256(repr(slide).encode()).hexdigest()[:16]


def subject(briefing: Briefing, ref: str = "") -> str:
    """Return the subject of a slide's draft; without a ref, what those of the briefing begin with."""
    return f"slide:{briefing.code}/{ref}"


def fields(slide: Slide) -> dict[str, object]:
    """Return a slide as its form has it."""
    asked = slide.question or Question(NO_QUESTION, "")
    words = {name: getattr(slide, name) for name in ("message", "view", "filter", "holds", "text", "notes")}
    return words | {
        "kind": asked.kind, "from": asked.options_from or FREE, "asked": asked.text,
        "options": "\n".join(asked.options), "right": False,
    }  # fmt: skip


def as_slide(typed: Mapping[str, object], slide: Slide) -> Slide:
    """Return the slide that a form's fields say, under the ref and with the numbers of another."""
    said = {name: str(typed[name]).strip() for name in ("message", "view", "filter", "holds", "text", "notes")}
    return Slide(slide.ref, **said, question=_asked(typed), written_for=slide.written_for)


def _asked(typed: Mapping[str, object]) -> Question | None:
    kind = str(typed["kind"])
    if kind == NO_QUESTION:
        return None
    source = "" if typed["from"] == FREE or not QUESTION_KINDS[kind].takes_options else str(typed["from"])
    lines = () if source else tuple(line.strip() for line in str(typed["options"]).splitlines() if line.strip())
    return Question(kind, str(typed["asked"]).strip(), lines, source)


def begun(briefing: Briefing, slide: Slide) -> Begun:
    """Return the form of a slide under way, or a new one, which begins with what was typed before.

    It begins anew where the slide has changed and nothing was typed, and where its fields have left the screen.
    """
    state, of = st.session_state, subject(briefing, slide.ref)
    form: Begun | None = state.get(_name(of))
    on_screen = form is not None and f"{form.key}_message" in state
    if form is None or not on_screen or (form.overtaken(slide) and not _typed(form)):
        form = state[_name(of)] = _begin(of, slide)
    return form


def _begin(of: str, slide: Slide) -> Begun:
    draft = kept_drafts.found(of)
    start = fields(slide) | (_known(draft.content) if draft else {})
    seen = str(draft.content.get(OF, "")) if draft else state_of(slide)
    number = st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    return Begun(of, f"slide_{slide.ref}_{seen}_{number}", seen, start, draft)


def _known(content: Mapping[str, object]) -> dict[str, object]:
    """Return what of a draft its fields can hold."""
    return {
        name: value for name, value in content.items()
        if name in FIELDS and (value in CHOSEN_AMONG[name] if name in CHOSEN_AMONG else isinstance(value, str))
    }  # fmt: skip


def _typed(form: Begun) -> bool:
    return form.typed is not None or kept_drafts.is_written(form.subject) or now(form) != form.start


def now(form: Begun) -> dict[str, object]:
    """Return what the fields hold this moment; for callbacks."""
    return {name: st.session_state.get(f"{form.key}_{name}", form.start[name]) for name in FIELDS}


def let_go(of: str) -> None:
    """Begin the form anew: what was typed is saved, or not wanted; for callbacks."""
    kept_drafts.forget(of)
    st.session_state.pop(_name(of), None)


def _name(of: str) -> str:
    return f"begun_{of}"


def typed_last(briefing: Briefing) -> str:
    """Return the ref of the slide of which something was typed last and not saved, or nothing."""
    of = subject(briefing)
    refs = [draft.subject.removeprefix(of) for draft in kept_drafts.every(of)]
    return next((ref for ref in refs if briefing.slide(ref)), "")


def show_of_slides_gone(kept: KeptBriefing, briefing: Briefing) -> None:
    """Offer what was typed of slides that another has taken out since."""
    of = subject(briefing)
    for draft in kept_drafts.every(of):
        if briefing.slide(draft.subject.removeprefix(of)):
            continue
        with st.container(border=True, key=f"gone_{draft.subject}"):
            st.html(
                Markup('<p class="note" role="status">You had begun to change a slide that was taken out since: {}</p>')
                .format(str(draft.content.get("message", "")))
            )  # fmt: skip
            with st.container(horizontal=True):
                st.button("Put it back as a last slide", key=f"gone_back_{draft.subject}", on_click=_put_back,
                          args=(kept, briefing, draft))  # fmt: skip
                st.button("Let it go", key=f"gone_let_go_{draft.subject}", on_click=let_go, args=(draft.subject,))


def _put_back(kept: KeptBriefing, briefing: Briefing, draft: drafts.KeptDraft) -> None:
    empty = Slide(free_ref(briefing.slides), "", "text")
    if briefing_edits.put(kept, briefing, as_slide(fields(empty) | _known(draft.content), empty)):
        let_go(draft.subject)
