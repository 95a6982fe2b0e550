"""What a presenter is told at the start, and how the server is started so that it asks nothing of the internet."""

import sys

from components.server import roundtable
from data.meeting import passphrase

TOLD_IN_A_NETWORK = """
  The presenter's passphrase, shown only now:  acorn bakery cabin daisy

  On this laptop:  http://127.0.0.1:8502/meeting
  In the room:     http://192.168.1.20:8502/follow, http://10.0.0.4:8502/follow
"""
TOLD_IN_NONE = """
  The presenter's passphrase, shown only now:  acorn bakery cabin daisy

  On this laptop:  http://127.0.0.1:8502/meeting
  This machine is in no network yet: join one, or open a hotspot; phones cannot reach it before.
"""


def test_the_passphrase_and_every_address_are_told():
    words = "acorn bakery cabin daisy"
    assert roundtable.told(words, 8502, ["192.168.1.20", "10.0.0.4"]) == TOLD_IN_A_NETWORK
    assert roundtable.told(words, 8502, []) == TOLD_IN_NONE


def test_the_server_listens_on_every_network_and_is_given_the_address_it_would_else_ask_for():
    assert roundtable.command(8502) == [
        *(sys.executable, "-m", "streamlit", "run", "components/server/serving.py", "--server.address", "0.0.0.0"),
        *("--server.port", "8502", "--browser.serverAddress", "127.0.0.1"),
    ]


def test_what_a_phone_says_of_its_address_is_believed_of_a_named_proxy_alone(monkeypatch):
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert roundtable.environment("acorn bakery")["FORWARDED_ALLOW_IPS"] == ""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "192.168.1.2")
    told = roundtable.environment("acorn bakery")
    assert (told["FORWARDED_ALLOW_IPS"], passphrase._is("acorn bakery", told[passphrase.SETTING])) == (
        "192.168.1.2", True,
    )  # fmt: skip
