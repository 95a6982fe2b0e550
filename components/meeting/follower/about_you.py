"""What a follower may say of themselves, each of it optional: a form drawn once, whatever the room's slides do."""

import streamlit as st
from markupsafe import Markup

from components.store import store
from data.collection.database import DatabaseFault
from data.meeting import rooms
from data.meeting.meeting_fault import MeetingFault
from data.queries.spread import home_parts

NOBODY_SAYS = "Rather not say"


def show(meeting: int, device: str) -> None:
    """Draw the form for sector and region, and keep what is sent."""
    words = store.codebook()
    regions = ["", *home_parts(words)]
    with st.expander("About you (optional)"), st.form("about_you", border=False):
        st.html(
            '<p class="note">No name, no account. Answers are shown by sector or region only for groups of at least '
            "five people. The address that a phone comes from is kept only scrambled, and until the meeting ends, so "
            "that a flood of answers can be left out.</p>"
        )
        sector = st.selectbox("Sector", ["", *rooms.SECTORS], format_func=lambda code: code or NOBODY_SAYS)
        region = st.selectbox(
            "Region or nation", regions, format_func=lambda code: words.name("region", code) if code else NOBODY_SAYS
        )
        if st.form_submit_button("Keep this"):
            _say(_kept(meeting, device, sector or "", region or ""))


def _kept(meeting: int, device: str, sector: str, region: str) -> str:
    try:
        rooms.introduce(store.engine(), meeting, device, sector, region, store.codebook())
    except (MeetingFault, DatabaseFault) as fault:
        return str(fault)
    return "Kept, for this meeting only."


def _say(words: str) -> None:
    st.html(Markup('<p class="note" role="status">{}</p>').format(words))
