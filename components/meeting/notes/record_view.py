"""A meeting's record: its numbers, its files, and the way from its notes to evidence."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables
from components.frame import downloads
from components.frame.shell import name_tab, page_path
from components.meeting.notes import publishing, record_files
from components.meeting.presenter import lead
from components.slides import deck
from components.store import made_files
from data.collection.access import Visitor
from data.exporting import meeting_record
from data.exporting.meeting_record import Record
from models import Meeting


def show(who: Visitor) -> None:
    """Draw the record of the meeting that the address names."""
    meeting = lead.opened()
    if meeting is None:
        st.title("There is no such meeting", anchor=False)
        st.page_link(page_path("meeting"), label="To the roundtables", icon=":material/arrow_back:")
        return
    number = meeting.id or 0
    held = record_files.record(number)
    name_tab("Record", meeting.title)
    st.html(Markup('<h1 class="answer">What “{}” left</h1>').format(meeting.title))
    st.html(Markup('<p class="lead">{}</p>').format(meeting_record.about(held)))
    _files(meeting)
    _numbers(held)
    st.page_link(page_path("rapporteur"), label="Rapporteur's notes", icon=":material/edit_note:",
                 query_params={"meeting": str(number)})  # fmt: skip
    publishing.show(meeting, who)


def _files(meeting: Meeting) -> None:
    number = meeting.id or 0
    with st.container(horizontal=True):
        made_files.button(
            "Download Excel",
            lambda: record_files.workbook(number),
            record_files.file_name(meeting, "xlsx"),
            downloads.EXCEL,
            type="primary",
            key="record_excel",
            help="Slides, answers, texts and notes, a sheet each.",
        )
        made_files.button("Download PowerPoint", lambda: record_files.powerpoint(number),
                          record_files.file_name(meeting, "pptx"), deck.POWERPOINT, key="record_powerpoint",
                          help="The slides with charts that can be edited, and what the room answered.")  # fmt: skip


def _numbers(held: Record) -> None:
    rows = [
        (told.place, told.message, told.words, told.counts.findings, told.counts.studies,
         *((told.results.answered, told.results.left_out) if told.slide.question else ("no question", "")),
         sum(note.slide == told.slide.ref for note in held.notes))
        for told in held.slides
    ]  # fmt: skip
    names = ["Slide", "Message", "Filter", "Findings", "Studies", "Answers", "Left out", "Notes"]
    shown = pd.DataFrame(rows, columns=names)
    if not any(told.results.left_out for told in held.slides):
        shown = shown.drop(columns="Left out")
    count_tables.show(shown, "Each slide, with numbers as anyone may see them")
