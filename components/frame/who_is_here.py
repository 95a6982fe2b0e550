"""What the frame says of who is at the screen and what they may do, with the ways in and out."""

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.store import grants, presenter_entry, visitor
from data.collection.access import Standing
from data.collection.sign_in import SettingsFault, SignIn

MAY = {
    Standing.VIEWER: "A viewer: sees what is public.",
    Standing.PARTICIPANT: "A participant: also sees what roundtables may.",
    Standing.EDITOR: "An editor: sees all, and may load, settle and undo.",
}
LOCAL = "This browser was let in as the editor, by the address that the dashboard printed when it started."
OVER = (
    "This browser edits no more: it left, its time is over, or the dashboard was started again. To go on "
    "editing, open the address that was printed at the start."
)
RESTART = "Then start the dashboard again."


def show() -> None:
    """Say who is here and what they may do, with the way to sign in or out; nothing where there is neither."""
    who = visitor.current()
    if who == visitor.LOCAL_USER:
        st.html(Markup('<p class="banner">{}</p>').format(LOCAL))
        st.button("Stop editing here", key="editor_leave", on_click=_leave, type="tertiary")
        return
    if not who.name and visitor.token_offered() and grants.presented():
        st.html(Markup('<p class="banner" role="status">{}</p>').format(OVER))
    if who.name:
        st.html(Markup('<p class="banner"><strong>{}</strong><br>{}</p>').format(who.name, MAY[who.standing]))
    if who == presenter_entry.PRESENTER:
        presenter_entry.way_out()
        return
    try:
        settings = visitor.sign_in_settings()
    except SettingsFault as fault:
        st.html(Markup('<p class="banner">Nobody can sign in. {}</p>').format(put_right(fault)))
        return
    if visitor.signed_in():
        st.button("Sign out", key="sign_out", on_click=st.logout, type="tertiary")
    elif settings.providers and not who.name:
        ways_in(settings, "frame")


def _leave() -> None:
    grants.leave(grants.presented())


def put_right(fault: SettingsFault) -> str:
    """Say what is wrong with the settings of sign-in, and what to do."""
    return f"The settings in .streamlit/secrets.toml cannot be used: {fault}. {RESTART}"


def ways_in(settings: SignIn, where: str) -> None:
    """Draw a button to sign in with each provider."""
    for provider in settings.providers:
        st.button(
            f"Sign in with {plain_text.label(provider)}" if provider else "Sign in",
            key=f"sign_in_{where}_{provider}",
            on_click=st.login,
            args=(provider or None,),
            type="tertiary" if where == "frame" else "primary",
        )
