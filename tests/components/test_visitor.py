"""Who is at the screen, by what a request carries, how the server listens, and how sign-in is set up."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.secrets import Secrets

from components import visitor
from data.access import Standing, Visitor
from tests.data.test_sign_in import AUTH

LOCAL = visitor.LOCAL_USER
ANYONE = visitor.ANYONE
EDITOR = Visitor("ada@example.org", Standing.EDITOR)
ADA = {"is_logged_in": True, "email": "ada@example.org", "email_verified": True}
BROWSER = {"Host": "127.0.0.1:8501", "Origin": "http://127.0.0.1:8501"}


@pytest.fixture
def screen(monkeypatch, tmp_path):
    """Return a function that says who is here, for headers, the address served, secrets as text, and claims."""

    def who(headers=BROWSER, address="127.0.0.1", secrets=None, claims=None):
        path = tmp_path / "secrets.toml"
        if secrets is not None:
            path.write_bytes(secrets if isinstance(secrets, bytes) else secrets.encode())
        held = Secrets()
        options = {"server.address": address}
        monkeypatch.setattr("streamlit.runtime.secrets.config", SimpleNamespace(get_option=lambda name: [str(path)]))
        stand_in = SimpleNamespace(
            context=SimpleNamespace(headers=headers),
            get_option=options.get,
            secrets=held,
            user=SimpleNamespace(to_dict=lambda: claims or {}),
        )
        monkeypatch.setattr(visitor, "st", stand_in)
        return visitor.current()

    return who


def toml(**access: list[str]) -> str:
    auth = "\n".join(f'{key} = "{value}"' for key, value in AUTH.items())
    lists = "\n".join(f"{key} = {value!r}" for key, value in access.items())
    return f"[auth]\n{auth}\n[access]\n{lists}\n"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        BROWSER,
        {"Host": "localhost:8501", "Origin": "http://localhost:8501"},
        {"Host": "[::1]:8501", "Origin": "http://[::1]:8501"},
        {"Host": "127.0.0.1:8501"},
    ],
)
def test_a_browser_on_this_machine_is_the_local_user(screen, headers):
    assert screen(headers) == LOCAL


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example.org:8501", "Origin": "http://rebound.example.org:8501"},
        {"Host": "127.0.0.1.example.org", "Origin": "http://127.0.0.1.example.org"},
        {"Host": "localhost.example.org"},
        {"Host": "192.168.0.7:8501"},
        {"Host": ""},
        {"Host": "["},
        {"Origin": "http://127.0.0.1:8501"},
        {**BROWSER, "Origin": "https://evidence.example.org"},
        {**BROWSER, "Origin": "null"},
        *({**BROWSER, name: "203.0.113.9"} for name in (
            "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-Ip",
            "Cf-Connecting-Ip", "X-Client-Ip", "True-Client-Ip",
        )),
    ],
    ids=str,
)  # fmt: skip
def test_a_request_from_elsewhere_is_nobody_s_though_it_arrives_on_loopback(screen, headers):
    assert screen(headers) == ANYONE


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
