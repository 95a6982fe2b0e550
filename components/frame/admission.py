"""Pages that ask for a standing: a visitor without it is told how to get it, in place of the page."""

import streamlit as st
from markupsafe import Markup

from components.frame import shell, who_is_here
from components.frame.who_is_here import MAY, RESTART
from components.store import presenter_entry, visitor
from data.collection.access import Standing, Visitor
from data.collection.sign_in import SettingsFault, SignIn

EXAMPLE = """[auth]
redirect_uri = "https://evidence.example.org/oauth2callback"
cookie_secret = "at least 32 random characters"
client_id = "from your provider"
client_secret = "from your provider"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"

[access]
editors = ["name@example.org"]
participants = []
"""


def admit(script: str, what: str) -> Visitor:
    """Open a page with its question and return who is here, if they may do `what`, a verb; else stop the page."""
    place = next(place for place in (*shell.PLACES, *shell.ROOM) if place.script == script)
    who = visitor.current()
    st.html(Markup('<p class="eyebrow">{}</p>').format(place.question))
    if not who.may(place.standing):
        those = "editors" if place.standing is Standing.EDITOR else "participants and editors"
        st.html(Markup('<h1 class="answer">{}</h1>').format(f"Only {those} may {what}."))
        _say_how(who, place.standing)
        st.stop()
    if who == presenter_entry.PRESENTER:
        presenter_entry.keep()
    return who


def _say_how(who: Visitor, wanted: Standing) -> None:
    if presenter_entry.offered():
        _say("Whoever has the presenter's passphrase may.")
        presenter_entry.door()
        return
    try:
        settings = visitor.sign_in_settings()
    except SettingsFault as fault:
        _say(who_is_here.put_right(fault))
        return
    if visitor.token_offered():
        _say("Open the address that the dashboard printed where it was started: it makes that browser the editor's.")
    elif not settings.providers:
        _say_how_to_turn_on(wanted)
    elif visitor.signed_in():
        _say_why_not(who, wanted, settings)
    else:
        _say("Sign in with an address that the keeper of this dashboard has listed.")
        who_is_here.ways_in(settings, "page")


def _say(*sentences: str) -> None:
    paragraphs = Markup("").join(Markup("<p>{}</p>").format(sentence) for sentence in sentences)
    st.html(Markup('<div class="lead" role="status">{}</div>').format(paragraphs))


def _say_how_to_turn_on(wanted: Standing) -> None:
    _say(
        "Nobody can sign in here: the dashboard is reached from other machines, and sign-in is not set up.",
        f"To turn it on, write this into .streamlit/secrets.toml on the server, with your address as one of the "
        f"{wanted}s. {RESTART} docs/deployment.md says more. Started with make run, it serves "
        "the machine alone, and prints an address that makes whoever opens it the editor.",
    )
    st.code(EXAMPLE, language="toml")


def _say_why_not(who: Visitor, wanted: Standing, settings: SignIn) -> None:
    claims = st.user.to_dict()
    if claims.get("email") and not settings.believes(claims):
        _say(
            f"You are signed in as {who.name}, but the provider of sign-in does not say that this address is verified, "
            "so it counts as anyone's. Verify it with the provider, then sign out and in again."
        )
        return
    _say(
        f"You are signed in as {who.name}, {MAY[who.standing][:1].lower()}{MAY[who.standing][1:]}",
        f"To become one who may, have the keeper of this dashboard add the address to {wanted}s under [access] in "
        f".streamlit/secrets.toml. {RESTART}",
    )
