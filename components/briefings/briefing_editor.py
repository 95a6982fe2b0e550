"""One briefing on the editor's screen: its slides in order, the form of the one chosen, and how it will look."""

import streamlit as st
from markupsafe import Markup

from components.briefings import briefing_edits, briefing_links, slide_draft, slide_form
from components.figures import plain_text
from components.frame.shell import page_path
from components.slides import slide
from components.store import kept_briefings, store
from data.presenting.briefing import Briefing, Slide, free_ref
from data.presenting.editions import KeptBriefing
from data.queries.spread import home_parts

CHOSEN = "briefings_slide"


def show(kept: KeptBriefing, briefing: Briefing) -> None:
    """Draw a briefing to be edited."""
    st.html('<p class="eyebrow">What do we show the room?</p>')
    st.page_link(page_path("briefings"), label="All briefings", icon=":material/arrow_back:")
    st.html(Markup('<h1 class="answer">{}</h1>').format(briefing.title))
    briefing_edits.show_notice()
    _title(kept, briefing)
    slide_draft.show_of_slides_gone(kept, briefing)
    chosen = _chosen(briefing)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _slides(kept, briefing, chosen)
    with right:
        if chosen:
            _preview(briefing, chosen)
            slide_form.show(kept, briefing, chosen, _choose)


def _title(kept: KeptBriefing, briefing: Briefing) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"briefing_title_{kept.code}_{briefing.title}"  # it stays while others change what is no title
        st.text_input("Title", briefing.title, key=key, width=480, on_change=briefing_edits.rename,
                      args=(kept, briefing, key))  # fmt: skip
        briefing_links.link("Present", {"briefing": briefing.code})
        if len(kept_briefings.editions(kept.code)) > 1:
            st.button(f"Undo: {plain_text.label(kept.what)}", icon=":material/undo:", on_click=briefing_edits.undo,
                      args=(kept,))  # fmt: skip


def _chosen(briefing: Briefing) -> Slide | None:
    if CHOSEN not in st.session_state:
        _choose(slide_draft.typed_last(briefing))  # a session that was lost goes on where it was
    chosen = briefing.slide(st.session_state[CHOSEN]) or (briefing.slides[0] if briefing.slides else None)
    if chosen:
        _choose(chosen.ref)  # it stays chosen where another comes to its place
    return chosen


def _choose(ref: str) -> None:
    st.session_state[CHOSEN] = ref


def _slides(kept: KeptBriefing, briefing: Briefing, chosen: Slide | None) -> None:
    st.html(f'<h2 class="figure-title">{len(briefing.slides)} slides</h2>')
    with st.container(key="briefing_rows", gap="small"):
        for place, one in enumerate(briefing.slides, start=1):
            with st.container(border=True, key=f"briefing_row_{one.ref}"):
                _row(kept, briefing, place, one, one == chosen)
    st.button("Add a slide", icon=":material/add:", on_click=_add, args=(kept, briefing))


def _row(kept: KeptBriefing, briefing: Briefing, place: int, one: Slide, chosen: bool) -> None:
    st.button(
        f"{place}\\. {plain_text.label(said(briefing, one))}", key=f"briefing_choose_{one.ref}", type="tertiary",
        on_click=_choose, args=(one.ref,), icon=":material/edit:" if chosen else None,
    )  # fmt: skip
    last = place == len(briefing.slides)
    with st.container(horizontal=True, gap="small"):
        row = f"slide {place}", one.ref
        _row_button("Up", "arrow_upward", row, briefing_edits.move, (kept, briefing, one.ref, -1), place == 1)
        _row_button("Down", "arrow_downward", row, briefing_edits.move, (kept, briefing, one.ref, 1), last)
        _row_button("Copy", "content_copy", row, briefing_edits.double, (kept, briefing, one.ref))
        _row_button("Take out", "delete", row, briefing_edits.take_out, (kept, briefing, one.ref))


def _row_button(label: str, icon: str, row, action, args, disabled: bool = False) -> None:  # type: ignore[no-untyped-def]
    place, ref = row
    # Its key is the slide's, not the place's: pressed twice, it does nothing to a slide that has come there meanwhile.
    st.button(label, key=f"briefing_{icon}_{ref}", icon=f":material/{icon}:", help=f"{label}: {place}",
              type="tertiary", on_click=action, args=args, disabled=disabled)  # fmt: skip


@store.beside_the_page()
def said(briefing: Briefing, one: Slide) -> str:
    """Return a slide's message as a room would be told it now; where the region is left open, for the first of them."""
    return slide.prepared(example(briefing, one)).said.message


def example(briefing: Briefing, one: Slide) -> Slide:
    """Return a slide as it can be drawn: where its briefing leaves the region open, for the first region."""
    return briefing.about(home_parts(store.codebook())[0]).slide(one.ref) or one


def _add(kept: KeptBriefing, briefing: Briefing) -> None:
    ref = free_ref(briefing.slides)
    if briefing_edits.put(kept, briefing, Slide(ref, "What this slide says", "text")):
        _choose(ref)


@store.beside_the_page()
def _preview(briefing: Briefing, chosen: Slide) -> None:
    with st.container(border=True, key="briefing_preview"):
        st.html(slide.as_html(example(briefing, chosen), level=2))
    if briefing.parameter:
        place = store.codebook().name("region", home_parts(store.codebook())[0])
        st.html(Markup('<p class="note">Shown for {}; the region is chosen when it is presented.</p>').format(place))
