"""Who is at this screen: whom the sign-in names, or whose browser showed a token; else a viewer."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from components.requests.server_address import listens_on_loopback
from components.store import grants, presenter_entry
from data.collection import sign_in
from data.collection.access import Standing, Visitor
from data.collection.sign_in import SettingsFault, SignIn

LOCAL_USER = Visitor("local user", Standing.EDITOR)
ANYONE = Visitor("", Standing.VIEWER)
LASTS = timedelta(days=7)
"""How long a browser stays the local user's where the server runs on: longer than a week of work."""


def current() -> Visitor:
    """Return who is looking at this page: what the first of `WAYS` that knows them says."""
    return next((found for way in WAYS if (found := way())), ANYONE)


def still(standing: Standing) -> Callable[[], bool]:
    """Return what tells, beside this page and later too, whether whoever is here has a standing still."""
    who = current()
    if not who.may(standing):
        return lambda: False
    if who == LOCAL_USER:
        return partial(grants.is_good, grants.presented(), who.name, LASTS)
    if who == presenter_entry.PRESENTER:
        return partial(grants.is_good, presenter_entry.held(), who.name, presenter_entry.LASTS)
    return partial(_is_listed, st.user.to_dict(), standing)


def _is_listed(claims: Mapping[str, Any], standing: Standing) -> bool:
    try:
        return sign_in_settings().visitor(claims).may(standing)
    except SettingsFault:
        return False


def signed_in() -> Visitor | None:
    """Return the visitor that the provider of sign-in names, or None where nobody is signed in or it is not set up."""
    claims = st.user.to_dict()
    if not claims.get("is_logged_in"):
        return None
    try:
        settings = sign_in_settings()
    except SettingsFault:
        return None
    return settings.visitor(claims) if settings.providers else None


def with_passphrase() -> Visitor | None:
    """Return the presenter whom the meeting's passphrase names, or None."""
    return presenter_entry.entered()  # looked up at the call: that module asks the store, and the store asks this one


def with_token() -> Visitor | None:
    """Return the local user where this browser opened the address that was printed at the start, else None."""
    return LOCAL_USER if token_offered() and grants.shown(LOCAL_USER.name, LASTS) else None


WAYS: tuple[Callable[[], Visitor | None], ...] = (signed_in, with_passphrase, with_token)
"""The ways to know a visitor, in the order in which they are tried; each returns None where it knows nobody."""


def sign_in_settings() -> SignIn:
    """Return sign-in as .streamlit/secrets.toml sets it; raise SettingsFault where that cannot be read."""
    try:
        return sign_in.read(st.secrets.to_dict())
    except StreamlitSecretNotFoundError as error:
        if error.error_id == "no-secrets-found":
            return SignIn()
        raise SettingsFault(f"the secrets are not TOML: {error.__cause__ or error}") from error
    except UnicodeDecodeError:
        raise SettingsFault("the secrets are not UTF-8; save the file as UTF-8") from None


def token_offered() -> bool:
    """Tell whether the address printed at the start makes an editor: on a server of this machine, without sign-in.

    Settings of sign-in that cannot be read were meant to keep people out, so nobody is the local user then.
    """
    try:
        return listens_on_loopback() and not sign_in_settings().providers
    except SettingsFault:
        return False
