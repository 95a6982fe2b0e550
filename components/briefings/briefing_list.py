"""The briefings: what each holds, where it came from, and the ways to present, edit, copy, take along and delete it."""

import streamlit as st
from markupsafe import Markup

from components.briefings import briefing_editor, briefing_edits, briefing_links
from components.figures import plain_text
from components.frame.shell import page_path
from components.slides import slide_downloads, warming
from components.store import kept_briefings, upload_rights, visitor
from data.collection import clock
from data.filters.wording import number_of
from data.presenting import toml_files
from data.presenting.briefing import Briefing
from data.presenting.briefing_checks import LONGEST_TITLE
from data.presenting.editions import KeptBriefing

MADE = "briefings_made"


def show() -> None:
    """Draw the briefing that the address names, for an editor; else the list of them."""
    edits = visitor.current().edits
    if edits and (code := st.session_state.pop(MADE, "")):
        st.query_params["briefing"] = code
    opened = kept_briefings.opened(st.query_params.get("briefing", ""))
    if edits and opened:
        briefing_editor.show(*opened)
        return
    _list(edits)


def _list(edits: bool) -> None:
    st.html('<p class="eyebrow">What do we show the room?</p>')
    found = [opened for kept in kept_briefings.listed() if (opened := kept_briefings.opened(kept.code))]
    slides = sum(len(briefing.slides) for _, briefing in found)
    st.html(
        Markup('<h1 class="answer">{} with {} to show</h1>').format(
            number_of(len(found), "briefing"), number_of(slides, "slide")
        )
    )
    briefing_edits.show_notice()
    if not found:
        st.html('<p class="lead">Bring the shipped ones in with: <code>python -m data load --shipped</code></p>')
    for kept, briefing in found:
        _one(kept, briefing, edits)
    if edits:
        _new()
        _deleted()


def _one(kept: KeptBriefing, briefing: Briefing, edits: bool) -> None:
    asked = sum(slide.question is not None for slide in briefing.slides)
    open_region = " One region, chosen when it is presented." if briefing.parameter else ""
    with st.container(border=True, key=f"briefing_{kept.code}"):
        st.html(
            Markup('<h2 class="figure-title">{}</h2><p class="note">{}, {}.{} {}</p>').format(
                briefing.title,
                number_of(len(briefing.slides), "slide"),
                number_of(asked, "question to the room", "questions to the room"),
                open_region,
                _history(kept) if edits else "",
            )
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            briefing_links.link("Present", {"briefing": kept.code})
            if not briefing.parameter and briefing.slides:
                warming.warm(briefing, 1)
            if briefing.slides:
                slide_downloads.of_briefing(briefing)
            if edits:
                _tools(kept, briefing)


def _tools(kept: KeptBriefing, briefing: Briefing) -> None:
    st.page_link(page_path("briefings"), label="Edit", icon=":material/edit:", query_params={"briefing": kept.code})
    st.button("Copy", key=f"copy_{kept.code}", icon=":material/content_copy:", type="tertiary", on_click=_make,
              args=(f"Copy of {briefing.title}"[:LONGEST_TITLE], briefing))  # fmt: skip
    st.download_button(
        "Download as TOML", kept.content, f"{kept.code}{toml_files.ENDING}", "application/toml",
        key=f"toml_{kept.code}", icon=":material/download:", type="tertiary", on_click="ignore",
    )  # fmt: skip
    st.button("Delete", key=f"delete_{kept.code}", icon=":material/delete:", type="tertiary",
              on_click=briefing_edits.delete, args=(kept, briefing.title))  # fmt: skip


def _history(kept: KeptBriefing) -> str:
    origin = "Shipped, edited on screen." if kept.edited else "As shipped." if kept.shipped else "Made here."
    by = f" by {kept.by}" if kept.by else ""
    return f"{origin} Last change{by} on {clock.day_and_hour(kept.at)}: {kept.what}."


def _make(title: str, briefing: Briefing | None = None) -> None:
    if code := briefing_edits.make(title, briefing):
        st.session_state[MADE] = code


def _new() -> None:
    st.html('<h2 class="figure-title">A new briefing</h2>')
    left, right = st.columns(2, gap="large")
    with left, st.form("briefings_new", border=False):
        st.text_input("Title of the new briefing", key="briefings_title", max_chars=LONGEST_TITLE)
        st.form_submit_button("Make it", on_click=lambda: _make(st.session_state["briefings_title"].strip()))
    with right, st.form("briefings_in", border=False, clear_on_submit=True):
        upload_rights.let()
        st.file_uploader("A briefing as a TOML file", ["toml"], key="briefings_file", max_upload_size=1)
        st.form_submit_button("Take it in", on_click=_take_in)


def _take_in() -> None:
    file = st.session_state["briefings_file"]
    if file is None:
        return
    try:
        text = file.getvalue().decode("utf-8")
    except UnicodeDecodeError:
        st.session_state[briefing_edits.FAULTS] = [f"{file.name}: it is not UTF-8 text"]
        return
    if code := briefing_edits.take_in(file.name, text):
        st.session_state[MADE] = code


def _deleted() -> None:
    gone = kept_briefings.listed(deleted=True)
    if not gone:
        return
    st.html('<h2 class="figure-title">Deleted</h2>')
    for kept in gone:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(Markup('<p class="note">{}, on {}</p>').format(kept.code, clock.day_and_hour(kept.at)))
            st.button(f"Bring back {plain_text.label(kept.code)}", key=f"undo_{kept.code}", icon=":material/undo:",
                      on_click=briefing_edits.undo, args=(kept,))  # fmt: skip
