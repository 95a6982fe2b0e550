"""What an editor does to a briefing on the screen: each kept at once, told in a notice, and refused in words."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components import kept_briefings, store, visitor
from data.access import NotAllowed
from data.importing.faults import Refused
from data.presenting import editing, keeping, toml_files
from data.presenting.briefings import Briefing, Slide
from data.presenting.checking import check
from data.presenting.keeping import Kept

NOTICE, FAULTS = "briefings_notice", "briefings_faults"


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
    except (keeping.Stale, NotAllowed) as refusal:
        st.session_state[FAULTS] = [str(refusal)]
    else:
        return True
    return False


def keep(kept: Kept, briefing: Briefing, what: str) -> bool:
    """Keep a changed briefing, unless another has changed it meanwhile or it is at fault; for callbacks."""

    def change() -> str:
        if faults := check(briefing, store.codebook()):
            raise Refused(faults)
        keeping.save(store.engine(), briefing, what, visitor.current(), kept.edition)
        return f"{what[:1].upper()}{what[1:]}."

    return _told(change)


def newest(kept: Kept, briefing: Briefing, of: Callable[[Briefing], object]) -> tuple[Kept, Briefing]:
    """Return a briefing as it is now, where that `of` it which is to be changed is still as it was on screen.

    So a change counts though another, of something else, was made in the instant before. Else the edition on screen is
    returned, which is refused as stale.
    """
    now = kept_briefings.opened(kept.code)
    return now if now and of(now[1]) == of(briefing) else (kept, briefing)


def _newest_of(kept: Kept, briefing: Briefing, ref: str) -> tuple[Kept, Briefing]:
    return newest(kept, briefing, lambda held: held.slide(ref))


def move(kept: Kept, briefing: Briefing, ref: str, by: int) -> None:
    """Move a slide up or down."""
    kept, briefing = _newest_of(kept, briefing, ref)
    what = f"moved slide {briefing.place_of(ref)} {'down' if by > 0 else 'up'}"
    keep(kept, editing.moved(briefing, ref, by), what)


def take_out(kept: Kept, briefing: Briefing, ref: str) -> None:
    """Take a slide out; undo brings it back."""
    kept, briefing = _newest_of(kept, briefing, ref)
    keep(kept, editing.without(briefing, ref), f"took out slide {briefing.place_of(ref)}")


def double(kept: Kept, briefing: Briefing, ref: str) -> None:
    """Put a copy of a slide after it."""
    kept, briefing = _newest_of(kept, briefing, ref)
    keep(kept, editing.doubled(briefing, ref), f"copied slide {briefing.place_of(ref)}")


def rename(kept: Kept, briefing: Briefing, key: str) -> None:
    """Give a briefing the title that was typed."""
    kept, briefing = newest(kept, briefing, lambda held: held.title)
    keep(kept, replace(briefing, title=str(st.session_state[key]).strip()), "changed the title")


def put(kept: Kept, briefing: Briefing, slide: Slide) -> bool:
    """Keep a slide in place of the one of its ref, or as a new last one."""
    place = briefing.place_of(slide.ref)
    return keep(kept, editing.put(briefing, slide), f"changed slide {place}" if place else "added a slide")


def undo(kept: Kept) -> None:
    """Take the newest change to a briefing back."""
    _told(lambda: f"Undone: {keeping.undo(store.engine(), kept.code, visitor.current(), kept.edition)}.")


def delete(kept: Kept, title: str) -> None:
    """Delete a briefing; it stays among the deleted ones, to be brought back."""

    def change() -> str:
        keeping.delete(store.engine(), kept.code, visitor.current(), kept.edition)
        return f"Deleted “{title}”; it can be brought back below."

    _told(change)


def make(title: str, briefing: Briefing | None = None) -> str:
    """Keep a new briefing under this title, empty or as a copy of another; return its code, or nothing if refused."""
    every = (*_kept(deleted=False), *_kept(deleted=True))
    code = editing.code_for(title, {kept.code for kept in every})
    new = replace(briefing, code=code, title=title) if briefing else Briefing(code, title)
    what = f"made, as a copy of {briefing.code}" if briefing else "made"

    def change() -> str:
        keeping.save(store.engine(), new, what, visitor.current(), None)
        return f"Made “{title}”."

    return code if _told(change) else ""


def take_in(name: str, text: str) -> str:
    """Keep a briefing that was handed in as TOML, under a code of its own; return the code, or nothing if refused."""
    stem = name.removesuffix(toml_files.ENDING)
    code = editing.code_for(stem, {kept.code for kept in (*_kept(deleted=False), *_kept(deleted=True))})

    def change() -> str:
        briefing = toml_files.read(text, code)
        if faults := check(briefing, store.codebook()):
            raise Refused(faults)
        keeping.save(store.engine(), briefing, f"taken in from {name}", visitor.current(), None)
        return f"Took in “{briefing.title}”."

    return code if _told(change) else ""


def _kept(deleted: bool) -> list[Kept]:
    return keeping.every(store.engine(), deleted)
