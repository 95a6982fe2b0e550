"""Draft findings of a meeting, a card each: which to bring in, their text, codes and access, and words to look at."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from components.loading.plan_step import ACCESSES
from components.meeting.notes import coding
from components.store import store
from data.meeting import personal_names
from data.meeting.draft_findings import NOTE, DraftFinding
from models import Access, Confidence, Direction

FIELDS = (("direction", "Direction", Direction), ("confidence", "Confidence", Confidence), ("access", "Access", Access))


def chosen(number: int, drafts: Sequence[DraftFinding], places: dict[str, int]) -> list[DraftFinding]:
    """Draw a card a draft and return those to bring in as they are coded now; notes are chosen from the start."""
    known = [entry.name for facet in ("region", "theme", "lever") for entry in store.codebook().entries(facet)]
    found = (_card(f"draft_{number}_{draft.key}", draft, places.get(draft.slide, 0), known) for draft in drafts)
    return [draft for draft in found if draft]


def _card(key: str, draft: DraftFinding, place: int, known: Sequence[str]) -> DraftFinding | None:
    with st.container(border=True, key=key):
        where = f", slide {place}" if place else ", no longer in the meeting's notes"
        here = ", in the collection already" if draft.published else ""
        st.html(Markup('<p class="note">{}{}{}</p>').format(draft.came_from.capitalize(), where, here))
        coding.remember(f"{key}_include", draft.published or draft.came_from == NOTE)
        if not st.checkbox("Bring it in", key=f"{key}_include"):
            st.html(Markup('<p class="noted"><bdi>{}</bdi></p>').format(draft.finding))
            return None
        return _coded(key, draft, known)


def _shown(field: str, word: str) -> str:
    return ACCESSES.get(word, word) if field == "access" else word


def _coded(key: str, draft: DraftFinding, known: Sequence[str]) -> DraftFinding:
    coding.remember(f"{key}_finding", draft.finding)
    text = st.text_area("Finding", key=f"{key}_finding", height=100)
    if perhaps := personal_names.perhaps(text, known):
        words = ", ".join(perhaps)
        st.html(Markup('<p class="note" role="status">Perhaps names: <strong>{}</strong></p>').format(words))
    themes, levers = coding.themes(key, draft.themes), coding.levers(key, draft.levers)
    regions = coding.regions(key, draft.regions)
    picked: dict[str, str] = {}
    for column, (field, label, vocabulary) in zip(st.columns(len(FIELDS)), FIELDS, strict=True):
        coding.remember(f"{key}_{field}", getattr(draft, field))
        picked[field] = column.selectbox(label, [word.value for word in vocabulary], key=f"{key}_{field}",
                                         format_func=partial(_shown, field))  # fmt: skip
    return replace(draft, finding=text, themes=themes, levers=levers, regions=regions, **picked)  # type: ignore[arg-type]
