"""The laptop's own addresses: those that a phone may reach, found without sending anything."""

import socket

import pytest

from data.meeting import addresses


class Sockets:
    """Stand-ins for what the system answers; a datagram socket that would send fails the test."""

    def __init__(self, spoken_from: dict[str, str]) -> None:
        self.spoken_from = spoken_from

    def socket(self, family: int, kind: int) -> "Sockets":
        assert (family, kind) == (socket.AF_INET, socket.SOCK_DGRAM)
        return self

    def __enter__(self) -> "Sockets":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def connect(self, to: tuple[str, int]) -> None:
        if to[0] not in self.spoken_from:
            raise OSError("network is unreachable")
        self.to = to[0]

    def getsockname(self) -> tuple[str, int]:
        return self.spoken_from[self.to], 9


@pytest.mark.parametrize(
    ("spoken_from", "own"),
    [
        ({}, []),
        ({"192.0.2.1": "192.168.1.20"}, ["192.168.1.20"]),
        ({"192.0.2.1": "192.168.1.20", "10.255.255.255": "10.0.0.4"}, ["192.168.1.20", "10.0.0.4"]),
        ({"10.255.255.255": "10.0.0.4", "192.168.43.2": "192.168.43.1"}, ["10.0.0.4", "192.168.43.1"]),
        ({"192.0.2.1": "192.168.1.20", "192.168.137.2": "192.168.1.20"}, ["192.168.1.20"]),
        ({"192.0.2.1": "0.0.0.0", "10.255.255.255": "127.0.1.1"}, []),
    ],
)
def test_each_network_gives_an_address_and_none_that_phones_cannot_reach(monkeypatch, spoken_from, own):
    monkeypatch.setattr(addresses.socket, "socket", Sockets(spoken_from).socket)
    assert addresses.own() == own


def test_no_server_of_names_is_asked(monkeypatch):
    def asked(*_: object) -> None:
        raise AssertionError("a name was looked up")

    for name in ("gethostbyname", "gethostbyname_ex", "getaddrinfo"):
        monkeypatch.setattr(addresses.socket, name, asked)
    addresses.own()
