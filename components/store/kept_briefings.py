"""The briefings as a visitor may open them: shipped ones for everyone, all of them for editors."""

from components.store import store, visitor
from data.collection import database
from data.faults import Refused
from data.presenting import editions as keeping
from data.presenting import toml_files
from data.presenting.briefing import Briefing
from data.presenting.editions import KeptBriefing
from models import BriefingEdition

_read = store.remembered(toml_files.read)


def listed(deleted: bool = False) -> list[KeptBriefing]:
    """Return the briefings that this visitor may open, or for an editor those that were deleted.

    Asked anew each time, as an edit makes no new data version.
    """
    found = keeping.every(store.engine(), deleted)
    return [kept for kept in found if _may_open(kept)]


def opened(code: str) -> tuple[KeptBriefing, Briefing] | None:
    """Return a briefing as it is kept and as it is read, or nothing where this visitor has none of this code."""
    kept = database.ask(store.engine(), keeping.found, code)
    if kept is None or not _may_open(kept):
        return None
    try:
        return kept, _read(kept.content, code)
    except Refused:
        return None


def editions(code: str) -> list[BriefingEdition]:
    """Return every edition of a briefing, newest first."""
    return database.ask(store.engine(), keeping.editions, code)


def _may_open(kept: KeptBriefing) -> bool:
    return visitor.current().edits or (kept.shipped and not kept.edited)
