"""Days as files write them: an ISO date, what Excel keeps of one, or, where a whole column agrees, other ways."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

ISO = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{8})([T ]\d{2}:\d{2}.*)?", re.ASCII | re.DOTALL)
SERIAL = re.compile(r"\d{5}(\.\d+)?", re.ASCII)
EXCELS_ZERO = dt.date(1899, 12, 30)
"""The day from which Excel for Windows counts, for days after February 1900."""
SERIALS = (20_000, 60_000)
"""The numbers that are taken as Excel's days: from October 1954 to April 2064."""
TIME = re.compile(r",?\s+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[AaPp]\.?[Mm]\.?)?$", re.ASCII)
WAYS = {
    "%d/%m/%Y": "day/month/year", "%m/%d/%Y": "month/day/year", "%d.%m.%Y": "day.month.year",
    "%d-%m-%Y": "day-month-year", "%m-%d-%Y": "month-day-year", "%Y/%m/%d": "year/month/day",
    "%d %B %Y": "day month year", "%d %b %Y": "day month year", "%d-%b-%Y": "day-month-year",
    "%B %d, %Y": "month day, year", "%b %d, %Y": "month day, year",
}  # fmt: skip
"""The ways, besides ISO, in which a column may write its days."""


def iso(value: str) -> str:
    """Return a day as an ISO date (2026-11-23), taking an ISO date, with a time too, or Excel's number of a day.

    Raises ValueError for anything else and for days that no calendar has.
    """
    if found := ISO.fullmatch(value):
        return dt.date.fromisoformat(found[1]).isoformat()
    if SERIAL.fullmatch(value) and SERIALS[0] <= float(value) <= SERIALS[1]:
        return (EXCELS_ZERO + dt.timedelta(days=int(float(value)))).isoformat()
    raise ValueError(value)


def is_iso(value: str) -> bool:
    """Tell whether `iso` takes a value."""
    try:
        iso(value)
    except ValueError:
        return False
    return True


def way_of(values: Iterable[str]) -> str:
    """Return the one of WAYS in which a column writes its days, empty where there is none or two would differ.

    It must read every value that any way reads; so a column in which no day is above the 12th, and 3/4/2026 may be in
    March or in April, has none.
    """
    others = {value for value in values if value and not is_iso(value)}
    readings = {way: {value: day for value in others if (day := _read(value, way))} for way in WAYS}
    most = max((len(found) for found in readings.values()), default=0)
    readable = {value for found in readings.values() for value in found}
    best = [way for way, found in readings.items() if found and len(found) == most == len(readable)]
    return best[0] if best and all(readings[way] == readings[best[0]] for way in best) else ""


def readable(values: Sequence[str]) -> bool:
    """Tell whether every value of a column is read as one day and no other."""
    way = way_of(values)
    return all(is_iso(in_iso(value, way)) for value in values)


def in_iso(value: str, way: str) -> str:
    """Return a day written in one of WAYS as an ISO date; any other value as it is."""
    day = _read(value, way) if way and not is_iso(value) else None
    return day.isoformat() if day else value


def _read(value: str, way: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(TIME.sub("", value.strip()), way).date()
    except ValueError:
        return None
