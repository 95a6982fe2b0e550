"""Who is at the screen, by what their browser was given, how the server listens, and how sign-in is set up."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.secrets import Secrets

from components.requests import own_origin, server_address
from components.store import grants, visitor
from data.collection.access import Standing, Visitor
from tests.data.collection.test_sign_in import AUTH

LOCAL = visitor.LOCAL_USER
ANYONE = visitor.ANYONE
EDITOR = Visitor("ada@example.org", Standing.EDITOR)
ADA = {"is_logged_in": True, "email": "ada@example.org", "email_verified": True}
BROWSER = {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:8501"}


@pytest.fixture(autouse=True)
def key(monkeypatch):
    """Have the key of a server that is running."""
    monkeypatch.setenv(grants.KEY, "k" * 43)


@pytest.fixture
def screen(monkeypatch, tmp_path):
    """Return a function that says who is here, for headers, a grant, the address served, secrets as text, and claims.

    Where no grant is given, it is the one of a browser that opened the address printed at the start.
    """

    def who(headers=BROWSER, address="127.0.0.1", secrets=None, claims=None, grant=None):
        path = tmp_path / "secrets.toml"
        if secrets is not None:
            path.write_bytes(secrets if isinstance(secrets, bytes) else secrets.encode())
        held = Secrets()
        options = {"server.address": address, "server.port": 8501}
        monkeypatch.setattr("streamlit.runtime.secrets.config", SimpleNamespace(get_option=lambda name: [str(path)]))
        cookies = {"editor_8501": grants.made(LOCAL.name) if grant is None else grant}
        stand_in = SimpleNamespace(
            context=SimpleNamespace(headers=headers, cookies=cookies),
            get_option=options.get,
            secrets=held,
            user=SimpleNamespace(to_dict=lambda: claims or {}),
        )
        for module in (visitor, grants, own_origin, server_address):
            monkeypatch.setattr(module, "st", stand_in)
        return visitor.current()

    return who


def toml(**access: list[str]) -> str:
    auth = "\n".join(f'{key} = "{value}"' for key, value in AUTH.items())
    lists = "\n".join(f"{key} = {value!r}" for key, value in access.items())
    return f"[auth]\n{auth}\n[access]\n{lists}\n"


def test_a_browser_that_opened_the_address_printed_at_the_start_is_the_local_user(screen):
    assert screen() == LOCAL
    named = {"host": "evidence.example.org", "origin": "https://evidence.example.org", "x-forwarded-for": "203.0.113.9"}
    assert screen(headers=named) == LOCAL


@pytest.mark.parametrize(
    "headers",
    [
        {},
        BROWSER,
        {"host": "localhost"},
        {"host": "localhost", "origin": "http://localhost"},
        {"host": "[::1]:8501", "origin": "http://[::1]:8501"},
    ],
    ids=str,
)
def test_nobody_is_the_local_user_by_what_a_request_says_of_itself(screen, headers):
    assert screen(headers=headers, grant="") == ANYONE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"host": "127.0.0.1:8501"},
        {"host": "127.0.0.1:8501", "origin": "null"},
        {"host": "127.0.0.1:8501", "origin": "http://127.0.0.1:3000"},
        {"host": "127.0.0.1:8501", "origin": "https://evidence.example.org"},
    ],
    ids=str,
)
def test_a_grant_counts_for_a_page_of_this_server_only(screen, headers):
    assert screen(headers=headers) == ANYONE


def test_a_grant_of_another_key_of_another_kind_left_or_changed_is_none(screen, monkeypatch):
    good = grants.made(LOCAL.name)
    assert screen(grant=good) == LOCAL
    assert [screen(grant=grant) for grant in (good[:-1], f"{good}A", "x", "..", "é", grants.made("presenter"))] == (
        [ANYONE] * 6
    )
    left = grants.made(LOCAL.name)
    grants.leave(left)
    assert screen(grant=left) == ANYONE
    monkeypatch.setattr(visitor, "LASTS", visitor.LASTS * -1)
    assert screen(grant=good) == ANYONE
    monkeypatch.undo()
    monkeypatch.delenv(grants.KEY, raising=False)
    assert screen(grant=good) == ANYONE
    grants.begin()
    assert screen(grant=good) == ANYONE


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.168.0.7", "", None, "evidence.example.org"])
def test_a_server_that_others_reach_has_no_local_user(screen, address):
    assert screen(address=address) == ANYONE


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_a_server_on_loopback_has_one(screen, address):
    assert screen(address=address) == LOCAL


def test_where_sign_in_is_set_up_only_it_makes_an_editor(screen):
    secrets = toml(editors=["ada@example.org"])
    assert screen(secrets=secrets) == ANYONE
    assert screen(secrets=secrets, claims=ADA) == EDITOR
    assert screen(secrets=secrets, claims={**ADA, "is_logged_in": False}) == ANYONE
    assert screen(secrets=secrets, claims={**ADA, "email_verified": False}) == Visitor(EDITOR.name, Standing.VIEWER)
    assert screen(secrets=secrets, claims={**ADA, "email": "x@y.org"}) == Visitor("x@y.org", Standing.VIEWER)
    assert screen(headers={"Host": "evidence.example.org"}, address="0.0.0.0", secrets=secrets, claims=ADA) == EDITOR


def test_claims_count_for_nothing_where_sign_in_is_not_set_up(screen):
    assert screen(address="0.0.0.0", claims=ADA) == ANYONE
    assert screen(claims=ADA) == LOCAL


def test_secrets_that_hold_other_things_leave_the_local_user(screen):
    assert screen(secrets='[database]\nurl = "x"\n') == LOCAL


@pytest.mark.parametrize(
    ("secrets", "told"),
    [
        ("[auth\n", "the secrets are not TOML: Expected ']' at the end of a table declaration (at line 1, column 6)"),
        (b"\xff\xfe[auth]", "the secrets are not UTF-8; save the file as UTF-8"),
        ("[auth]\n", "[auth] has no redirect_uri; it needs redirect_uri, cookie_secret, each a text"),
    ],
)
def test_settings_that_cannot_be_used_make_nobody_an_editor_and_say_why(screen, secrets, told):
    assert screen(secrets=secrets) == ANYONE
    assert screen(secrets=secrets, claims=ADA) == ANYONE
    with pytest.raises(visitor.SettingsFault) as fault:
        visitor.sign_in_settings()
    assert str(fault.value) == told


def test_the_first_way_that_knows_a_visitor_decides(monkeypatch):
    known, later = Visitor("first", Standing.PARTICIPANT), Visitor("later", Standing.EDITOR)
    monkeypatch.setattr(visitor, "WAYS", (lambda: None, lambda: known, lambda: later))
    assert visitor.current() == known
    monkeypatch.setattr(visitor, "WAYS", (lambda: None,))
    assert visitor.current() == ANYONE


def test_what_is_kept_of_a_visitor_tells_later_whether_they_may_still(screen, monkeypatch):
    left = grants.made(LOCAL.name)
    screen(grant=left)
    local = visitor.still(Standing.EDITOR)
    screen(secrets=toml(editors=["ada@example.org"]), claims=ADA)
    listed = visitor.still(Standing.EDITOR)
    assert (local(), listed()) == (True, True)
    screen(secrets=toml(editors=[]), claims={})
    assert listed() is False
    screen(secrets="[auth", claims={})
    assert listed() is False
    grants.leave(left)
    assert local() is False


def test_a_presenter_may_until_they_leave(monkeypatch):
    monkeypatch.setattr(visitor, "WAYS", (lambda: visitor.presenter_entry.PRESENTER,))
    grant = grants.made(visitor.presenter_entry.PRESENTER.name)
    monkeypatch.setattr(visitor.presenter_entry, "held", lambda: grant)
    still = visitor.still(Standing.EDITOR)
    assert still() is True
    grants.leave(grant)
    assert still() is False


def test_who_may_not_now_may_not_later(monkeypatch):
    monkeypatch.setattr(visitor, "WAYS", (lambda: Visitor("guest", Standing.PARTICIPANT),))
    assert visitor.still(Standing.EDITOR)() is False
