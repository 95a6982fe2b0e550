"""What an editor does to a briefing on the screen: each kept at once, told in a notice, and refused in words."""

import threading
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.store import kept_briefings, store, turns, visitor
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault
from data.faults import Fault, Refused
from data.presenting import editing, editions, toml_files
from data.presenting.briefing import Briefing, Slide
from data.presenting.briefing_checks import check
from data.presenting.editions import KeptBriefing

NOTICE, FAULTS = "briefings_notice", "briefings_faults"
_ONE_AT_A_TIME = threading.Lock()


def show_notice() -> None:
    """Say what the last change did, or why it was refused, once."""
    done, faults = st.session_state.pop(NOTICE, ""), st.session_state.pop(FAULTS, ())
    if done:
        st.html(Markup('<p class="lead" role="status">{}</p>').format(done))
    if faults:
        said = Markup("").join(Markup("<li>{}</li>").format(fault) for fault in faults)
        st.html(
            Markup(
                '<div class="lead" role="alert"><p><strong>Nothing was changed:</strong></p><ul>{}</ul></div>'
            ).format(said)
        )


def _told(change: Callable[[], str]) -> bool:
    """Carry a change out and keep what is to be said of it; tell whether it was made."""
    try:
        st.session_state[NOTICE] = change()
    except Refused as refusal:
        st.session_state[FAULTS] = [str(fault) for fault in refusal.faults]
    except (editions.Stale, NotAllowed, DatabaseFault) as refusal:
        st.session_state[FAULTS] = [str(refusal)]
    else:
        return True
    return False


def keep(kept: KeptBriefing, briefing: Briefing, what: str) -> bool:
    """Keep a changed briefing, unless another has changed it meanwhile or it is at fault; for callbacks."""

    def change() -> str:
        if faults := _check(briefing):
            raise Refused(faults)
        editions.save(store.engine(), briefing, what, visitor.current(), kept.edition)
        return f"{what[:1].upper()}{what[1:]}."

    return _told(change)


@store.beside_the_page()
def _check(briefing: Briefing) -> list[Fault]:
    """Return what is wrong with a briefing by the codebook that anyone may see: a room knows no other codes."""
    return check(briefing, store.codebook())


Part = Callable[[Briefing], object]


def _edit(
    kept: KeptBriefing, briefing: Briefing, part: Part, changed: Callable[[Briefing], Briefing], what: str
) -> bool:
    """Keep a change to a part of a briefing that is still as it was on screen, whatever else has changed meanwhile.

    What was typed elsewhere is sent with the press that follows it at once: one of the two would be refused as stale.
    Where the part itself is another by now, the edition on screen is changed, which is refused.
    """
    with turns.lent(), _ONE_AT_A_TIME:
        now = kept_briefings.opened(kept.code)
        if now and part(now[1]) == part(briefing):
            kept, briefing = now
        return keep(kept, changed(briefing), what)


def move(kept: KeptBriefing, briefing: Briefing, ref: str, by: int) -> None:
    """Move a slide up or down."""
    what = f"moved slide {briefing.place_of(ref)} {'down' if by > 0 else 'up'}"
    _edit(kept, briefing, lambda held: held.slide(ref), lambda held: editing.moved(held, ref, by), what)


def take_out(kept: KeptBriefing, briefing: Briefing, ref: str) -> None:
    """Take a slide out; undo brings it back."""
    what = f"took out slide {briefing.place_of(ref)}"
    _edit(kept, briefing, lambda held: held.slide(ref), lambda held: editing.without(held, ref), what)


def double(kept: KeptBriefing, briefing: Briefing, ref: str) -> None:
    """Put a copy of a slide after it."""
    what = f"copied slide {briefing.place_of(ref)}"
    _edit(kept, briefing, lambda held: held.slide(ref), lambda held: editing.doubled(held, ref), what)


def rename(kept: KeptBriefing, briefing: Briefing, key: str) -> None:
    """Give a briefing the title that was typed."""
    title = str(st.session_state[key]).strip()
    now = kept_briefings.opened(kept.code)
    if now and now[1].title == title:
        return  # sent once more with the press that cut its run short
    if not _edit(kept, briefing, lambda held: held.title, lambda held: replace(held, title=title), "changed the title"):
        st.session_state[FAULTS] = [*st.session_state[FAULTS], f"you typed the title: {title or 'nothing'}"]


def put(kept: KeptBriefing, briefing: Briefing, slide: Slide) -> bool:
    """Keep a slide in place of the one of its ref, or as a new last one."""
    place = briefing.place_of(slide.ref)
    what = f"changed slide {place}" if place else "added a slide"
    return _edit(kept, briefing, lambda held: held.slide(slide.ref), lambda held: editing.put(held, slide), what)


def undo(kept: KeptBriefing) -> None:
    """Take the newest change to a briefing back."""
    _told(lambda: f"Undone: {editions.undo(store.engine(), kept.code, visitor.current(), kept.edition)}.")


def delete(kept: KeptBriefing, title: str) -> None:
    """Delete a briefing; it stays among the deleted ones, to be brought back."""

    def change() -> str:
        editions.delete(store.engine(), kept.code, visitor.current(), kept.edition)
        return f"Deleted “{title}”; it can be brought back below."

    _told(change)


def make(title: str, briefing: Briefing | None = None) -> str:
    """Keep a new briefing under this title, empty or as a copy of another; return its code, or nothing if refused."""
    every = (*_kept(deleted=False), *_kept(deleted=True))
    code = editing.code_for(title, {kept.code for kept in every})
    new = replace(briefing, code=code, title=title) if briefing else Briefing(code, title)
    what = f"made, as a copy of {briefing.code}" if briefing else "made"

    def change() -> str:
        editions.save(store.engine(), new, what, visitor.current(), None)
        return f"Made “{title}”."

    return code if _told(change) else ""


def take_in(name: str, text: str) -> str:
    """Keep a briefing that was handed in as TOML, under a code of its own; return the code, or nothing if refused."""
    stem = name.removesuffix(toml_files.ENDING)
    code = editing.code_for(stem, {kept.code for kept in (*_kept(deleted=False), *_kept(deleted=True))})

    def change() -> str:
        briefing = toml_files.read(text, code)
        if faults := _check(briefing):
            raise Refused(faults)
        editions.save(store.engine(), briefing, f"taken in from {name}", visitor.current(), None)
        return f"Took in “{briefing.title}”."

    return code if _told(change) else ""


def _kept(deleted: bool) -> list[KeptBriefing]:
    return editions.every(store.engine(), deleted)
