"""A choice of how a page shows what the filter holds: told in the address beside the filter, and held by its page.

What is not said in the address is as the page opens by itself. Choices of other pages are never carried along.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import streamlit as st

from data.filters.filter import Filter, Ignored, escaped, values_in
from data.filters.wording import listed

HELD, SEEN_FOR = "view_held", "view_seen_for"
"""What each choice of the page holds, by its widget's key; and the filter that it was last held beside."""
MOST_OFFERED = 12
"""Words of a choice that a message names; of more, it names none."""
Value = str | tuple[str, ...]


@dataclass(frozen=True)
class ViewChoice:
    """One choice: its page, its key in the address, its words there, and what stands where nothing is said.

    `default` is the first word where it is not given; of `many`, none is chosen at first. One that `follows` a key of
    the filter is made anew when that changes, as a map opens that shows the region; one that `stays` does not where the
    key is let go.
    """

    page: str
    key: str
    words: Callable[[Filter], Sequence[str]]
    default: Callable[[Filter], str] | None = None
    many: bool = False
    follows: str = ""
    stays: bool = False

    @property
    def widget(self) -> str:
        """The key of the widget that draws it."""
        return f"{self.page}_{self.key}"

    def usual(self, wanted: Filter) -> Value:
        """Return what stands where the address says nothing."""
        if self.many:
            return ()
        return self.default(wanted) if self.default else next(iter(self.words(wanted)), "")

    def value(self) -> str:
        """Return the word that is chosen now; nothing before the page was opened."""
        found = st.session_state.get(HELD, {}).get(self.widget, "")
        return found if isinstance(found, str) else ""

    def values(self) -> tuple[str, ...]:
        """Return the words that are chosen now, of a choice of many."""
        found = st.session_state.get(HELD, {}).get(self.widget, ())
        return found if isinstance(found, tuple) else ()

    def put(self, value: Value) -> None:
        """Choose for the reader; call it in a callback, or before the widget is drawn."""
        st.session_state.setdefault(HELD, {})[self.widget] = value
        shown = list(value) if isinstance(value, tuple) else value
        if st.session_state.get(self.widget) != shown:
            st.session_state[self.widget] = shown

    def read(self, text: str, wanted: Filter) -> tuple[Value, list[Ignored]]:
        """Return what the address asks for, and what of it is no word of this choice."""
        known = {word.casefold(): word for word in self.words(wanted)}
        asked = values_in(text) if self.many else [text] if text else []
        found = tuple(known[word.casefold()] for word in asked if word.casefold() in known)
        ignored = [Ignored(self.key, word, _instead(word, known)) for word in asked if word.casefold() not in known]
        return (found if self.many else found[0] if found else self.usual(wanted)), ignored

    def now(self, wanted: Filter, before: Filter) -> Value:
        """Return what the reader has chosen, where that can still be chosen."""
        held = st.session_state.get(HELD, {}).get(self.widget)
        drawn = st.session_state.get(self.widget, held)
        words = self.words(wanted)
        if self.many:
            return tuple(word for word in drawn or () if word in words)
        return self.usual(wanted) if drawn not in words or self._anew(drawn, wanted, before) else drawn

    def _anew(self, drawn: str, wanted: Filter, before: Filter) -> bool:
        """Tell whether the filter that has changed makes this choice: it follows, or was but the usual one."""
        if self.follows:
            chosen = getattr(wanted, self.follows)
            return chosen != getattr(before, self.follows) and bool(chosen or not self.stays)
        return wanted != before and drawn == self.usual(before)


def _instead(word: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(word.casefold()[:200], known, n=1, cutoff=0.6)
    if near:
        return f'this page shows nothing so; did you mean "{known[near[0]]}"?'
    few = 0 < len(known) <= MOST_OFFERED
    return f"this page shows nothing so{'; write ' + listed(known.values(), 'or') if few else ''}"


def settle(choices: Iterable[ViewChoice], wanted: Filter, asked: Mapping[str, str] | None) -> tuple[Ignored, ...]:
    """Settle what each choice of a page holds, from the address where that asks, else from what the reader chose.

    Call it before the widgets are drawn, or in a callback. Returns what of the address was not understood.
    """
    state, ignored = st.session_state, list[Ignored]()
    before = state.get(SEEN_FOR, wanted)
    settled: dict[ViewChoice, Value] = {}
    for choice in choices:
        if asked is None:
            settled[choice] = choice.now(wanted, before)
        else:
            settled[choice], faults = choice.read(asked.get(choice.key, ""), wanted)
            ignored += faults
    state[HELD], state[SEEN_FOR] = {}, wanted
    for choice, value in settled.items():
        choice.put(value)
    return tuple(ignored)


def to_query(choices: Iterable[ViewChoice], wanted: Filter) -> dict[str, str]:
    """Return what the address says of a page's choices: key and words, what is usual left out."""
    held = st.session_state.get(HELD, {})
    found = {choice: held.get(choice.widget, choice.usual(wanted)) for choice in choices}
    return {
        choice.key: ",".join(map(escaped, value)) if isinstance(value, tuple) else value
        for choice, value in found.items()
        if value != choice.usual(wanted)
    }
