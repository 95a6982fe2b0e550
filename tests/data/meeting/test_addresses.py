"""The laptop's own addresses: those that a phone may reach, found without sending anything."""

import socket

import pytest

from data.meeting import addresses


class Sockets:
    """Stand-ins for what the system answers; a datagram socket that would send fails the test."""

    def __init__(self, spoken_from: dict[str, str], named: list[str]) -> None:
        self.spoken_from, self.named = spoken_from, named

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
    ("spoken_from", "named", "own"),
    [
        ({}, [], []),
        ({}, ["127.0.1.1"], []),
        ({"192.0.2.1": "192.168.1.20"}, ["127.0.1.1"], ["192.168.1.20"]),
        ({"192.0.2.1": "192.168.1.20", "10.255.255.255": "10.0.0.4"}, [], ["192.168.1.20", "10.0.0.4"]),
        ({"10.255.255.255": "10.0.0.4"}, ["10.0.0.4", "192.168.43.1"], ["10.0.0.4", "192.168.43.1"]),
        ({"192.0.2.1": "0.0.0.0"}, ["224.0.0.1"], []),
    ],
)
def test_each_network_gives_an_address_and_none_that_phones_cannot_reach(monkeypatch, spoken_from, named, own):
    stand_in = Sockets(spoken_from, named)
    monkeypatch.setattr(addresses.socket, "socket", stand_in.socket)
    monkeypatch.setattr(addresses.socket, "gethostbyname_ex", lambda name: (name, [], named))
    assert addresses.own() == own


def test_a_machine_whose_name_nobody_knows_has_what_it_speaks_from(monkeypatch):
    stand_in = Sockets({"192.0.2.1": "192.168.1.20"}, [])
    monkeypatch.setattr(addresses.socket, "socket", stand_in.socket)

    def unknown(name: str):
        raise socket.gaierror("unknown")

    monkeypatch.setattr(addresses.socket, "gethostbyname_ex", unknown)
    assert addresses.own() == ["192.168.1.20"]
