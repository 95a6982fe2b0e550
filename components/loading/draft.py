"""What a person is bringing in, step by step, until they confirm it; a copy of it outlives their session."""

from collections.abc import Mapping as Held
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

import streamlit as st
from markupsafe import Markup

from components.loading import long_work
from components.store import kept_drafts
from data.importing.codebook.additions import Addition
from data.importing.loads.prepared_load import PreparedLoad
from data.importing.mapping.mapping import Mapping
from data.importing.readers.raw import RawFile
from models import Load

HELD = "import_draft"
SUBJECT = "load"
"""What the copy that outlives the session is kept as."""
WORKS = ("read", "columns", "words", "mapped", "checked", "confirmed")
"""The tasks of an import, whose outcomes are forgotten when another begins."""


class Step(StrEnum):
    """The steps of bringing evidence in, in their order."""

    CHOOSE = "Choose files"
    MAP = "Say what their words mean"
    CHECK = "Check"
    PLAN = "See what would change"
    CONFIRM = "Confirm"


@dataclass(frozen=True)
class Upload:
    """One file as it was given, with the encoding and separator a person chose for it, if any."""

    name: str
    contents: bytes = field(repr=False, hash=False)
    id: str
    encoding: str = ""
    separator: str = ""


class Awaited(NamedTuple):
    """A file that an earlier session was given and that was too large to be kept: it is to be given again."""

    name: str
    size: int
    encoding: str
    separator: str


@dataclass
class ImportDraft:
    """An import under way; each step fills in its part, and a step gone back to empties those after it."""

    step: Step = Step.CHOOSE
    wish: Step | None = None
    """The step that the person has asked to go on to, once this one has taken in all that they chose before."""
    uploads: tuple[Upload, ...] = ()
    raw: tuple[RawFile, ...] = ()
    mapping: Mapping = field(default_factory=lambda: Mapping(""))
    base: Mapping | None = None
    """The mapping as this step found it; what the person chooses is laid over it."""
    own_columns: Held[tuple[str, str], str] = field(default_factory=dict)
    """What the person has chosen that columns fill, by sheet and header."""
    words_of: object = None
    """The mapping of columns that the list of words was made from; where it changes, the list is made anew."""
    base_words: Any = None
    """The meanings of words that the person had decided when the list was made."""
    own_words: Any = None
    """Those with what the person has decided since."""
    left_open: frozenset[tuple[str, str]] = frozenset()
    """Words, by field, that the person has left without the meaning that is suggested."""
    additions: tuple[Addition, ...] = ()
    replaced: tuple[str, ...] = ()
    access: str = ""
    """The access given to all of it; empty: as the files say."""
    leave_out: bool = False
    """Whether faulty rows are left out, so that they do not stop the others."""
    planned: PreparedLoad | None = None
    asked: bool = False
    """Whether the person has confirmed."""
    note: str = ""
    load: Load | None = None
    found: datetime | None = None
    """When that was last changed which an earlier session had begun, until a step is taken from it."""
    awaited: tuple[Awaited, ...] = ()
    unreadable: bool = False
    """Whether what an earlier session had begun can no longer be read."""
    written: tuple[str, ...] = ()
    """The ids of the files that the copy has."""
    unkept: bool = False
    """Whether this is in the session alone, as it is too much to keep or there is no database yet."""


def begun() -> bool:
    """Tell whether this session has an import."""
    return HELD in st.session_state


def current() -> ImportDraft:
    """Return this session's import."""
    if HELD not in st.session_state:
        st.session_state[HELD] = ImportDraft()
    held: ImportDraft = st.session_state[HELD]
    return held


def start_over() -> None:
    """Forget this session's import and what is kept of it; for callbacks."""
    for name in WORKS:
        long_work.forget(name)
    kept_drafts.forget(SUBJECT)
    st.session_state[HELD] = ImportDraft()


def go(step: Step) -> None:
    """Go to a step; what later ones found is found anew; for callbacks."""
    draft = current()
    draft.step, draft.wish, draft.asked, draft.found = step, None, False, None
    if step is Step.MAP and draft.base is not None:
        columns, left_open = draft.own_columns, draft.left_open
        begin_from(draft.mapping)
        draft.own_columns, draft.left_open = columns, left_open  # what was left open is not suggested once more
    if step in (Step.CHOOSE, Step.MAP):
        draft.leave_out = False  # it was chosen of other faults than the next check may find
    long_work.forget("confirmed")


def begin_from(mapping: Mapping) -> None:
    """Take a mapping as what the tables of columns and words start from; for callbacks."""
    draft = current()
    draft.base = draft.mapping = mapping
    draft.own_columns, draft.left_open = {}, frozenset()
    draft.words_of, draft.own_words = None, mapping.words
    draft.additions = mapping.additions


def show_steps(now: Step) -> None:
    """Draw the steps with the present one marked."""
    items = Markup("").join(
        Markup("<li{}>{}</li>").format(Markup(' aria-current="step"') if step is now else "", step.value)
        for step in Step
    )
    st.html(Markup('<ol class="steps" aria-label="Steps of bringing evidence in">{}</ol>').format(items))


def say(sentence: str) -> None:
    """Say how things stand, so that a screen reader hears it too."""
    st.html(Markup('<p class="lead" role="status">{}</p>').format(sentence))


def buttons(back: Step | None, onward: str, step: Step | None, ready: bool = True, why_not: str = "") -> None:
    """Draw the ways back and on, last of a step; where it cannot go on, say why.

    Going on waits for this run: a choice made in the instant before the press cuts the run short that would have taken
    it in, so the press alone must not go on from what an earlier run found.
    """
    shares = [1, 2, 3] if back else [2, 4]
    left, *_ = columns = st.columns(shares)
    if back:
        left.button("Back", key="step_back", on_click=go, args=(back,), width="stretch")
    if step:
        columns[-2].button(
            onward, key="step_on", on_click=_wish, args=(step,), type="primary", disabled=not ready, width="stretch"
        )
    if not ready and why_not:
        st.html(Markup('<p class="note">{}</p>').format(why_not))
    draft = current()
    wished, draft.wish = draft.wish, None
    if step and wished is step and ready:
        go(step)
        st.rerun()


def _wish(step: Step) -> None:
    current().wish = step
