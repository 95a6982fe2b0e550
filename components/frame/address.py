"""The filter and the address bar: one value, read from the URL, shown in the panel, written back when it changes.

Beside the filter's keys stand those of the page's own choices of how it shows what the filter holds.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.frame import view_choice, view_choices
from components.store import store
from data.collection.tracking import is_tracking
from data.facets import FACETS
from data.filters.filter import Filter, Ignored, parse

FIRST = "overview"
"""The page that stands at the address without a name."""
SHOWN = "shown_filter"
PAGE = "shown_page"
IGNORED = "ignored_parts"
VIEW_IGNORED = "ignored_choices"
VIEW_ASKED, VIEW_SAID = "view_asked", "view_said"
"""What the URL asks of the page's own choices, where this run takes it from there; and what it said of them last."""
DRAWN = "panel_drawn"
"""The filter that the panel was last drawn with."""
PUT_AWAY = "panel_put_away"
"""Whether the newest run drew no panel: its widgets then forget what they hold."""
FOREIGN = ("embed", "embed_options")
"""Keys of the URL that belong to Streamlit itself."""


def asked(page: str) -> Filter:
    """Return the filter of this run: the URL's where it was followed or edited, else what the panel holds.

    A URL that asks for something else than is shown wins, unless it is bare and the reader only changed page by the
    menu: then the filter goes along. One that Back or Forward leads to wins always: what the browser's panel holds may
    be what it held before. What was not understood is kept for `ignored`.
    """
    query = _own(st.query_params.to_dict())
    shown: Filter | None = st.session_state.get(SHOWN)
    same_page = st.session_state.get(PAGE) == page
    st.session_state[PAGE] = page
    keys = {choice.key for choice in view_choices.of_page(page)}
    view = {key: value for key, value in query.items() if key in keys}
    asks = shown is None or from_history() or not same_page or view != st.session_state.get(VIEW_SAID)
    st.session_state[VIEW_ASKED] = view if asks else None
    narrowing = {key: value for key, value in query.items() if key not in keys}
    if shown is None or from_history() or (narrowing != shown.to_query() and (query or same_page)):
        wanted, parts = parse(narrowing, store.codebook())
        st.session_state[IGNORED] = parts
        show(wanted)
        return wanted
    return shown


def from_history() -> bool:
    """Tell whether the browser's own Back or Forward asked for this run: its address is then meant, also a bare one."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def _own(query: Mapping[str, str]) -> dict[str, str]:
    """Return what an address asks of this page: without Streamlit's own keys, and those that only say where from."""
    return {key: value for key, value in query.items() if key not in FOREIGN and not is_tracking(key)}


def leave() -> None:
    """Note that a page without the panel is on screen: no address is of the page before it any more."""
    st.session_state[PAGE], st.session_state[VIEW_SAID] = "", {}


def ignored() -> tuple[Ignored, ...]:
    """Return the parts of the URL that were not understood when it was last read."""
    parts: tuple[Ignored, ...] = st.session_state.get(IGNORED, ())
    of_view: tuple[Ignored, ...] = st.session_state.get(VIEW_IGNORED, ())
    return parts + of_view


def show(wanted: Filter) -> None:
    """Make this the filter that the panel shows; call it before the panel is drawn, or in a callback."""
    st.session_state[SHOWN] = wanted
    for facet in FACETS:
        st.session_state[widget_key(facet)] = list(wanted.chosen(facet))
    st.session_state[widget_key("q")] = wanted.q


def widget_key(key: str) -> str:
    """Return the key under which the panel's widget for a filter key keeps its value."""
    return f"filter_{key}"


def edited(shown: Filter) -> Filter:
    """Take what the reader has just set in the panel over what it shows; return the filter it makes."""
    wanted, parts = _in_panel(shown)
    if wanted != st.session_state.get(SHOWN):
        st.session_state[IGNORED] = parts
        st.session_state[SHOWN] = wanted
    return wanted


def held() -> Filter:
    """Return the filter as the panel holds it now, for callbacks: a choice of which no run knows yet is in it.

    Where a search is typed and a bar is chosen at once, the search is as new to the callback as the bar.
    """
    shown: Filter = st.session_state.get(SHOWN, Filter())
    return shown if st.session_state.get(PUT_AWAY) else _in_panel(shown)[0]


def _in_panel(shown: Filter) -> tuple[Filter, tuple[Ignored, ...]]:
    """Return a filter with what the reader has set in the panel since it was drawn, and what of it is left out.

    What the panel holds as it was drawn is no choice: a filter that a callback has set meanwhile stays. A search goes
    the way a URL does, with the same limits.
    """
    state = st.session_state
    drawn: Filter | None = state.get(DRAWN)
    held = {facet: tuple(state[key] or ()) for facet in FACETS if (key := widget_key(facet)) in state}
    chosen = {facet: codes for facet, codes in held.items() if drawn is None or {*codes} != {*drawn.chosen(facet)}}
    search = str(state.get(widget_key("q"), shown.q))
    search = shown.q if drawn is not None and search == drawn.q else search
    return parse({**shown.narrowed(**chosen).without("q").to_query(), "q": search}, store.codebook())


def drawn(wanted: Filter) -> None:
    """Take note that the panel is drawn with a filter, and say it in the address."""
    st.session_state[DRAWN] = wanted
    write(wanted)


def write(wanted: Filter) -> None:
    """Make the address say the filter and the page's choices; one entry in the browser's history, where it differs."""
    choices = view_choices.of_page(st.session_state.get(PAGE, ""))
    asked = st.session_state.pop(VIEW_ASKED, None)
    before = st.session_state.get(VIEW_SAID)
    parts = view_choice.settle(choices, wanted, asked)
    st.session_state[VIEW_SAID] = said = view_choice.to_query(choices, wanted)
    if asked is not None or said != before:
        st.session_state[VIEW_IGNORED] = parts
    query = {**wanted.to_query(), **said}
    held = st.query_params.to_dict()
    if _own(held) != query:
        st.query_params.from_dict({**{key: held[key] for key in FOREIGN if key in held}, **query})


def narrow(choices: Mapping[str, str | tuple[str, ...]]) -> None:
    """Narrow the filter to these codes, each in place of what its facet held; for callbacks."""
    changed(narrowed(choices))


def narrowed(choices: Mapping[str, str | tuple[str, ...]]) -> Filter:
    """Return the filter as it would be with these codes."""
    return held().narrowed(**choices)


def changed(wanted: Filter) -> None:
    """Take a filter that the reader chose, in a callback: show it, and say it in the address."""
    st.session_state[IGNORED] = ()
    show(wanted)
    write(wanted)


def loosen(*keys: str) -> None:
    """Let these keys of the filter go; for callbacks."""
    changed(held().without(*keys))


def widen() -> None:
    """Take in findings about the whole that the chosen regions lie in; for callbacks."""
    changed(replace(held(), wider=True))


def way(page: str, wanted: Filter, view: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the address of a page with a filter and choices of its view, from wherever in the dashboard it stands."""
    query = urlencode({**wanted.to_query(), **view}, safe=",:")
    return "?".join(filter(None, ("./" if page == FIRST else page, query)))


def link(wanted: Filter) -> str:
    """Return the full address of this page with this filter and what is chosen on it, as a reader may copy it."""
    base = (st.context.url or "").split("?")[0]
    base = f"{base}/" if base and not urlsplit(base).path else base
    query = urlencode({**wanted.to_query(), **st.session_state.get(VIEW_SAID, {})}, safe=",:")
    return f"{base}?{query}" if query else base
