"""Where devices come from: addresses kept for as long as a meeting goes on, and only as what names nobody."""

import hmac
from hashlib import sha256
from ipaddress import AddressValueError, IPv6Address, ip_network
from secrets import token_hex

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from models import Meeting, Origin, Participant, now

THIS_MACHINE = ("127.0.0.1", "::1")
ONE_NETWORK = 64
"""Bits of an IPv6 address that one network shares: each machine in it has as many addresses as it likes."""


def place(address: str) -> str:
    """Return what of an address tells one place from another; this machine's own, or none, is nothing."""
    address = address.partition("%")[0]
    if address in THIS_MACHINE:
        return ""
    try:
        found = IPv6Address(address)
    except AddressValueError:
        return address
    if found.ipv4_mapped:
        return place(str(found.ipv4_mapped))
    return str(ip_network((found, ONE_NETWORK), strict=False))


def note(session: Session, meeting: Meeting, device: Participant, address: str) -> None:
    """Note where a device of a meeting under way comes from now; where that is left out, it is from then on."""
    origin = _kept(session, meeting, address)
    if device.origin_id == origin.id:
        return
    device.origin_id = origin.id
    if origin.left_out and not device.left_out:
        device.left_out, device.left_out_by = now(), origin.left_out_by


def _kept(session: Session, meeting: Meeting, address: str) -> Origin:
    if not meeting.address_key:
        meeting.address_key = token_hex(32)
        session.add(meeting)
    hashed = hmac.new(meeting.address_key.encode(), place(address).encode(), sha256).hexdigest()
    here = select(Origin).where(Origin.meeting_id == meeting.id, Origin.hashed == hashed)
    found = session.exec(here).first()
    if found is None:
        found = Origin(meeting_id=meeting.id or 0, hashed=hashed)
        session.add(found)
        session.flush()
    return found


def forget(session: Session, meeting: Meeting) -> None:
    """Let go of all addresses of a meeting, and of the key they were hashed with; who was left out stays so."""
    session.execute(update(Participant).where(col(Participant.meeting_id) == meeting.id).values(origin_id=None))
    session.execute(delete(Origin).where(col(Origin.meeting_id) == meeting.id))
    meeting.address_key = ""
    session.add(meeting)
