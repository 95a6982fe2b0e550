"""The machine's own addresses in the networks it is in, so that phones in the room find it; nothing is sent.

The machine's own name is not looked up: where the system does not know it, that would ask a server of names.
"""

import socket
from ipaddress import ip_address

ELSEWHERE = ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255")
"""Addresses that nobody has (RFC 5737), or that end a private network: to connect a datagram socket to one sends
nothing, but tells from which of its own addresses the machine would speak."""
HOTSPOTS = ("192.168.137.2", "10.42.0.2", "192.168.2.2", "192.168.43.2", "172.20.10.2")
"""A first guest's address in the network of a hotspot, as Windows, Linux, macOS, Android and iOS open one: a laptop
that opens it is in two networks, and speaks to its guests from another address."""


def own() -> list[str]:
    """Return the machine's IPv4 addresses that others may reach, if any, the one it speaks from first."""
    found = [_spoken_from(address) for address in (*ELSEWHERE, *HOTSPOTS)]
    return [address for address in dict.fromkeys(found) if address and _reachable(address)]


def _spoken_from(address: str) -> str:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect((address, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return ""


def _reachable(address: str) -> bool:
    found = ip_address(address)
    return not (found.is_loopback or found.is_unspecified or found.is_multicast)
