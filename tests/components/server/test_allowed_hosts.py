"""Which names a server answers for: those of the setting, else its own, and what readers are given."""

import pytest

from components.server import allowed_hosts
from data.collection.sign_in import SettingsFault, SignIn


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    """Set what the server's settings say; nothing where a test sets nothing."""
    held = {"server.allowedHosts": [], "browser.serverAddress": "localhost"}
    monkeypatch.setattr(allowed_hosts.st, "get_option", held.get)
    monkeypatch.setattr(allowed_hosts.socket, "gethostname", lambda: "Laptop.lan")
    monkeypatch.setattr(allowed_hosts.visitor, "sign_in_settings", SignIn)
    allowed_hosts._machine.cache_clear()
    yield held
    allowed_hosts._machine.cache_clear()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8501", "[::1]:8501", "192.168.43.1", "localhost:8501", "laptop.lan", "Laptop.local:8501"]
)
def test_its_numbers_and_its_own_names_are_a_server_s(host: str):
    assert allowed_hosts.is_allowed(host)


@pytest.mark.parametrize(
    "host",
    ["", "example.org", "127.0.0.1.example.org", "localhost.example.org", "[", "127.0.0.1:x", "a@127.0.0.1",
     "127.0.0.1/x", "127.0.0.1?"],
)  # fmt: skip
def test_no_other_name_is(host: str):
    assert not allowed_hosts.is_allowed(host)


def test_what_readers_are_given_by_the_settings_is(settings, monkeypatch):
    settings["browser.serverAddress"] = "Evidence.example.org"
    monkeypatch.setattr(allowed_hosts.visitor, "sign_in_settings", lambda: SignIn(host="signed.example.org"))
    assert allowed_hosts.is_allowed("evidence.example.org") and allowed_hosts.is_allowed("signed.example.org:443")

    def spoilt() -> SignIn:
        raise SettingsFault("no")

    monkeypatch.setattr(allowed_hosts.visitor, "sign_in_settings", spoilt)
    assert allowed_hosts.is_allowed("evidence.example.org") and not allowed_hosts.is_allowed("signed.example.org")


def test_where_the_setting_names_some_no_other_is_answered_not_even_this_machine(settings, monkeypatch):
    settings["server.allowedHosts"] = ["evidence.example.org", "*.partner.example.org"]
    monkeypatch.setattr("streamlit.config.get_option", settings.get)
    assert [allowed_hosts.is_allowed(host) for host in ("evidence.example.org:8443", "a.partner.example.org")] == (
        [True] * 2
    )
    assert [allowed_hosts.is_allowed(host) for host in ("localhost", "127.0.0.1:8501", "partner.example.org", "")] == (
        [False] * 4
    )
