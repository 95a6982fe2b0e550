"""Who is at this screen: whom the sign-in names, or on a laptop that serves only itself its one user; else a viewer."""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from components import passphrase
from data import sign_in
from data.access import Standing, Visitor
from data.sign_in import SettingsFault, SignIn

LOCAL_USER = Visitor("local user", Standing.EDITOR)
ANYONE = Visitor("", Standing.VIEWER)
FORWARDED = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
"""Headers that a proxy sets, beside any x-forwarded-…: such a request comes from elsewhere, though by loopback."""


def current() -> Visitor:
    """Return who is looking at this page: what the first of `WAYS` that knows them says."""
    return next((found for way in WAYS if (found := way())), ANYONE)


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
    return passphrase.entered()  # looked up at the call: that module asks the store, and the store asks this one


def on_this_machine() -> Visitor | None:
    """Return the local user where the dashboard serves this machine alone and sign-in is not set up, else None.

    Settings of sign-in that cannot be read were meant to keep people out, so nobody is the local user then.
    """
    try:
        served_alone = not sign_in_settings().providers and serves_this_machine_only()
    except SettingsFault:
        return None
    return LOCAL_USER if served_alone else None


WAYS: tuple[Callable[[], Visitor | None], ...] = (signed_in, with_passphrase, on_this_machine)
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


def serves_this_machine_only() -> bool:
    """Tell whether the server listens on loopback alone, and this request was made on this machine."""
    return listens_on_loopback() and made_here(st.context.headers)


def listens_on_loopback() -> bool:
    """Tell whether the server listens on this machine's own address alone, whoever asks."""
    return _is_loopback(str(st.get_option("server.address") or ""))


def made_here(headers: Mapping[str, str]) -> bool:
    """Tell from a request's headers whether a browser on this machine made it, with no proxy between.

    A proxy shows by the headers it adds, or by an Origin that is another host's. A page elsewhere whose name was
    made to point here (DNS rebinding) shows by the Host its browser asked for. A run without a browser, as in a
    test, has no headers at all.
    """
    if not headers:
        return True
    names = [name.lower() for name in headers]
    if any(name in FORWARDED or name.startswith("x-forwarded-") for name in names):
        return False
    origin = headers.get("Origin", "")
    return _is_loopback(_host(f"//{headers.get('Host', '')}")) and (not origin or _is_loopback(_host(origin)))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
