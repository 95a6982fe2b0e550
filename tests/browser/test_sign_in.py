"""Sign-in with a real provider of OpenID Connect on this machine: who comes in as what, and who is sent away."""

import re
from collections.abc import Iterator

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import expect

from components.frame.shell import PLACES
from data.collection.access import Standing
from tests.browser.reader import Reader
from tests.browser.server import Server, free_port, serving

EDITOR, UNVERIFIED, STRANGER = "ada@example.org", "grace@example.org", "stranger@example.org"
FOR_EDITORS = [place for place in PLACES if place.standing is Standing.EDITOR]


@pytest.fixture(scope="module")
def guarded(shipped_file, tmp_path_factory) -> Iterator[Server]:
    """Return a dashboard with sign-in by a provider that runs beside it."""
    users = [
        User(sub="1", claims={"email": EDITOR, "email_verified": True}),
        User(sub="2", claims={"email": UNVERIFIED}),
        User(sub="3", claims={"email": STRANGER, "email_verified": True}),
    ]
    port = free_port()
    with run_server_in_thread(user_claims=users) as provider:
        secrets = tmp_path_factory.mktemp("secrets") / "secrets.toml"
        secrets.write_text(
            f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{"0123456789abcdef" * 2}"
client_id = "dashboard"
client_secret = "secret"
server_metadata_url = "http://127.0.0.1:{provider.server_port}/.well-known/openid-configuration"
[access]
editors = ["{EDITOR.upper()}", "{UNVERIFIED}"]
""",
            encoding="utf-8",
        )
        with serving(shipped_file, port, ["--secrets.files", str(secrets)]) as server:
            yield server


def sign_in(reader: Reader, subject: str) -> None:
    """Sign in from the frame, choose a user at the provider, and wait to be back."""
    reader.page.get_by_role("button", name="Sign in").first.click()
    reader.page.get_by_role("button", name=subject, exact=True).click()
    reader.page.wait_for_url(re.compile(re.escape(reader.address) + "/(?!oauth2)"))
    expect(reader.page.get_by_role("button", name="Sign out")).to_be_visible()
    reader.wait_until_drawn()


def refused(reader: Reader) -> str:
    """Open every page for editors by its address; return what the last says, after each has refused."""
    for place in FOR_EDITORS:
        expect(reader.menu(place.title)).to_have_count(0)
        reader.open(place.script)
        expect(reader.page.locator("h1")).to_have_text(re.compile("^Only editors may "))
        expect(reader.page.get_by_test_id("stFileUploader")).to_have_count(0)
    return reader.words()


def test_an_editor_signs_in_sees_more_and_signs_out(guarded, new_reader):
    reader = new_reader(guarded)
    reader.open("overview")
    assert "Sign in with an address that the keeper of this dashboard has listed." in refused(reader)
    reader.open("overview")
    sign_in(reader, "1")
    assert f"{EDITOR} An editor" in " ".join(reader.page.get_by_test_id("stSidebar").inner_text().split())
    for place in FOR_EDITORS:
        reader.turn_to(place.script)
        expect(reader.page.locator("h1")).not_to_have_text(re.compile("^Only editors may "))
    reader.page.get_by_role("button", name="Sign out").click()
    reader.page.get_by_role("button", name="End session").click()  # which the provider asks for its own part
    expect(reader.page.get_by_role("button", name="Sign in").first).to_be_visible()
    refused(reader)


def test_a_stranger_and_an_unverified_address_stay_viewers_and_are_told_why(guarded, new_reader):
    for subject, told in (
        ("3", f"You are signed in as {STRANGER}, a viewer"),
        ("2", "the provider of sign-in does not say that this address is verified"),
    ):
        reader = new_reader(guarded)
        reader.open("overview")
        sign_in(reader, subject)
        assert told in refused(reader)
