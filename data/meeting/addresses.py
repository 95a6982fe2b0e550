"""The machine's own addresses in the networks it is in, so that phones in the room find it; nothing is sent."""

import socket
from ipaddress import ip_address

ELSEWHERE = ("192.0.2.1", "10.255.255.255")
"""Addresses that nobody has (RFC 5737), or that end a private network: to connect a datagram socket to one sends
nothing, but tells from which of its own addresses the machine would speak."""


def own() -> list[str]:
    """Return the machine's IPv4 addresses that others may reach, if any, the one it speaks from first."""
    found = [*(_spoken_from(address) for address in ELSEWHERE), *_named()]
    return [address for address in dict.fromkeys(found) if address and _reachable(address)]


def _spoken_from(address: str) -> str:
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            asking.connect((address, 9))
            return str(asking.getsockname()[0])
    except OSError:
        return ""


def _named() -> list[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []


def _reachable(address: str) -> bool:
    found = ip_address(address)
    return not (found.is_loopback or found.is_unspecified or found.is_multicast)
