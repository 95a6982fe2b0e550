"""Which pages may connect: this server's own, under whatever address it is read, and those that the settings name."""

import pytest
from starlette.datastructures import Headers

from components.requests import own_origin


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    """Set what the server's settings name; nothing where a test sets nothing."""
    held = {"browser.serverAddress": "", "server.corsAllowedOrigins": []}
    monkeypatch.setattr(own_origin.st, "get_option", held.get)
    return held


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://192.168.43.1:8501", "192.168.43.1:8501", True),
        ("http://laptop.local:8501", "laptop.local:8501", True),
        ("https://evidence.example.org", "evidence.example.org", True),
        ("http://[::1]:8501", "[::1]:8501", True),
        ("http://127.0.0.1:3000", "127.0.0.1:8501", False),
        ("http://localhost:8501", "127.0.0.1:8501", False),
        ("null", "127.0.0.1:8501", False),
        ("", "127.0.0.1:8501", False),
        ("file://", "127.0.0.1:8501", False),
        ("file://127.0.0.1:8501", "127.0.0.1:8501", False),
        ("http://127.0.0.1:8501/", "127.0.0.1:8501", False),
        ("http://[", "127.0.0.1:8501", False),
        ("http://a@127.0.0.1:8501", "127.0.0.1:8501", False),
        ("http://example.org", "192.168.43.1:8501", False),
        ("http://192.168.43.1:9999", "192.168.43.1:8501", False),
        ("http://192.168.43.1.example.org:8501", "192.168.43.1:8501", False),
    ],
)
def test_a_page_may_connect_to_the_host_it_came_from(origin: str, host: str, own: bool):
    assert own_origin.is_own(Headers({"origin": origin, "host": host})) is own


def test_what_is_no_page_sends_no_origin_and_may():
    assert own_origin.is_own(Headers({"host": "192.168.43.1:8501"}))
    assert not own_origin.is_page(Headers({"host": "192.168.43.1:8501"}))


def test_pages_that_the_settings_name_may(settings):
    settings["browser.serverAddress"] = "evidence.example.org"
    settings["server.corsAllowedOrigins"] = ["https://partner.example.org"]
    for origin in ("https://evidence.example.org", "https://evidence.example.org:8443", "https://partner.example.org"):
        assert own_origin.is_own(Headers({"origin": origin, "host": "10.0.0.4:8501"}))
    for origin in ("https://other.example.org", "http://partner.example.org", "https://partner.example.org:8443"):
        assert not own_origin.is_own(Headers({"origin": origin, "host": "10.0.0.4:8501"}))
