"""What visitors may take of the server: by its open files where nothing is set, by settings where they are right."""

import pytest

from components.requests import open_files, server_limits
from components.requests.server_limits import MB, LimitFault, Limits


@pytest.fixture(autouse=True)
def files(monkeypatch) -> None:
    """Have 1,024 open files, and nothing set."""
    monkeypatch.setattr(open_files, "limit", lambda: 1_024)
    for name in (
        server_limits.CONNECTIONS,
        server_limits.BY_ADDRESS,
        server_limits.HALF_SENT,
        server_limits.UPLOADS,
        server_limits.UPLOADS_BY_SESSION,
    ):
        monkeypatch.delenv(name, raising=False)


def test_where_nothing_is_set_one_address_may_fill_a_room_and_a_third_is_left_to_others():
    found = server_limits.read()
    assert found == Limits(928, 618, 10, 400 * MB, 1_000 * MB)
    assert (found.held, found.passing_by_address, found.waiting_by_address) == (812, 77, 232)
    assert found.by_address >= 2 * 300
    assert found.passing_by_address + found.waiting_by_address >= 300


def test_settings_stand_in_their_place_but_there_are_no_more_connections_than_files(monkeypatch):
    monkeypatch.setenv("CONNECTIONS", "100000")
    monkeypatch.setenv("CONNECTIONS_BY_ADDRESS", "50")
    monkeypatch.setenv("HALF_SENT_SECONDS", "3")
    monkeypatch.setenv("UPLOADS_MB", "")
    assert server_limits.read() == Limits(928, 50, 3, 400 * MB, 1_000 * MB)


@pytest.mark.parametrize("given", ["0", "-1", "1.5", "many", " 7", "٣"])
def test_what_is_no_limit_is_refused_in_words(monkeypatch, given: str):
    monkeypatch.setenv("HALF_SENT_SECONDS", given)
    with pytest.raises(LimitFault) as refused:
        server_limits.read()
    said = f"HALF_SENT_SECONDS is {given!r}; give a whole number above 0, or leave it out for 10."
    assert str(refused.value) == said
