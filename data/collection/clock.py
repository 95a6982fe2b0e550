"""The clock of the room: times are kept in UTC, and read by people in the time zone of the place they meet in."""

import os
import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from rapidfuzz import process

from data.faults import ForPeople

SETTING = "ROOM_TIME_ZONE"
"""The environment variable that names the zone, as the IANA time zone database does."""
SHIPPED = "Europe/London"
KEPT_AS_TEXT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) UTC")
NEAR_ENOUGH = 70


class ZoneFault(ForPeople):
    """The setting names no time zone; the message says what would be right."""


def zone() -> ZoneInfo:
    """Return the room's time zone: what ROOM_TIME_ZONE names, or Europe/London; raises ZoneFault."""
    name = os.environ.get(SETTING) or SHIPPED
    try:
        return ZoneInfo(name)
    # A folder of the database, a path out of it or a name too long for a file are no zones either.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = sorted(available_timezones())
        near = process.extractOne(name, known, score_cutoff=NEAR_ENOUGH)
        perhaps = f"; did you mean {near[0]}?" if near else "."
        raise ZoneFault(
            f"{SETTING} is {name!r}, which is no time zone{perhaps} Name one as the IANA time zone database does, such "
            f"as {SHIPPED} or UTC, or leave the setting out for {SHIPPED}."
        ) from None


def local(at: datetime) -> datetime:
    """Return a time as the room's clock has it; one without a zone of its own, as a database gives it, is in UTC."""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone())


def today() -> date:
    """Return the day that it is in the room."""
    return local(datetime.now(UTC)).date()


def day(at: datetime) -> str:
    """Return the day of a time in words, such as "24 November 2026"."""
    return f"{local(at):%-d %B %Y}"


def hour(at: datetime) -> str:
    """Return the time of day with its zone, such as "18:30 GMT"."""
    return f"{local(at):%H:%M %Z}"


def day_and_hour(at: datetime) -> str:
    """Return a time in words, such as "24 November 2026, 18:30 GMT"."""
    return f"{day(at)}, {hour(at)}"


def stamp(at: datetime) -> str:
    """Return a time for a line or a cell, such as "2026-11-24 18:30 GMT"."""
    return f"{local(at):%Y-%m-%d %H:%M %Z}"


def to_the_second(at: datetime) -> str:
    """Return a time as a log has it, such as "2026-11-24 18:30:05 GMT"."""
    return f"{local(at):%Y-%m-%d %H:%M:%S %Z}"


def stamp_of(text: str) -> str:
    """Return a time that is kept as text, such as "2026-06-24 18:30 UTC", as `stamp` does; any other text as it is."""
    kept = KEPT_AS_TEXT.fullmatch(text)
    return stamp(datetime.fromisoformat(kept[1])) if kept else text
