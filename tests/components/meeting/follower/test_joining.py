"""The address that a room is told to join at: where phones reach this server, beneath the path that it is served at."""

import pytest
import segno

from components.meeting.follower import joining

PHONE = "192.168.43.1"


@pytest.fixture(params=["", "/sub/site"])
def base(request, monkeypatch) -> str:
    """Serve at the root of a site, and beneath a path of one."""
    monkeypatch.setattr(joining, "base_path", lambda: request.param)
    monkeypatch.setattr(joining.addresses, "own", lambda: [PHONE])
    monkeypatch.setattr(joining.st, "get_option", {"server.port": 8501}.get)
    return request.param


def read_at(monkeypatch, host: str, url: str) -> None:
    """Read the presenter's page at a host and an address."""
    monkeypatch.setattr(joining.st, "context", type("Context", (), {"headers": {"Host": host}, "url": url}))


def test_on_the_machine_itself_it_is_the_machine_s_own_in_the_room(base: str, monkeypatch):
    read_at(monkeypatch, "127.0.0.1:8501", "http://127.0.0.1:8501/meeting")
    assert joining.links("CDFH") == [f"http://{PHONE}:8501{base}/follow?room=CDFH"]
    assert joining.address("CDFH") == f"{PHONE}:8501{base}/follow"


def test_behind_a_proxy_it_is_the_name_that_the_page_is_read_at(base: str, monkeypatch):
    read_at(monkeypatch, "evidence.example.org", f"https://evidence.example.org{base}/meeting")
    assert joining.links("CDFH") == [f"https://evidence.example.org{base}/follow?room=CDFH"]
    assert joining.address("CDFH") == f"https://evidence.example.org{base}/follow"


def test_the_code_that_phones_scan_is_of_that_address(base: str, monkeypatch):
    read_at(monkeypatch, "127.0.0.1:8501", "http://127.0.0.1:8501/meeting")
    written = joining.written(type("Meeting", (), {"room": "CDFH"}))
    code = segno.make(f"http://{PHONE}:8501{base}/follow?room=CDFH", error="m").svg_data_uri(scale=5, border=2)
    assert f"<strong>{PHONE}:8501{base}/follow</strong>" in written
    assert str(joining.Markup.escape(code)) in written
