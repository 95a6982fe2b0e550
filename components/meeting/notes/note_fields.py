"""What a note's form holds, as plain values that a draft keeps, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from data.meeting.notes import Noted

FIELDS = ("slide", "said", "sector", "themes", "levers", "region")
ROLE = "role_"
"""What the field of a lever's role begins with."""
SEEN = "seen"
"""Under which a draft of a change keeps what the note said when it was opened."""


def fields(levers: Iterable[str]) -> tuple[str, ...]:
    """Return the fields of a form in which these levers are chosen."""
    return (*FIELDS, *(f"{ROLE}{code}" for code in levers))


def plain(noted: Noted) -> dict[str, Any]:
    """Return what a note says as the form's fields have it."""
    levers = noted.levers or {}
    return {
        "slide": noted.slide,
        "said": noted.said,
        "sector": noted.sector,
        "themes": list(noted.themes),
        "levers": list(levers),
        "region": noted.region,
        **{f"{ROLE}{code}": role for code, role in levers.items()},
    }


def noted(held: Mapping[str, Any], began: Noted) -> Noted:
    """Return the note that a draft begins with; what it does not hold is as it began."""
    values = {**plain(began), **held}
    levers = {str(code): str(values.get(f"{ROLE}{code}") or "") for code in values["levers"]}
    said, slide, sector, region = (str(values[name] or "") for name in ("said", "slide", "sector", "region"))
    return Noted(slide, said, sector, tuple(map(str, values["themes"])), levers, region)


def seen(held: Mapping[str, Any]) -> Noted | None:
    """Return what the note said when it was opened, where a draft tells."""
    told = held.get(SEEN)
    return noted(told, Noted("", "")) if isinstance(told, dict) else None
