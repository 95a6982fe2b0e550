"""What an editor has typed and not yet kept, held in the database by who, in which browser, and of what.

Streamlit hears of a text when its field is left, and of a session's end not at all. So a few lines of script of our own
hear what is typed in the fields of a form and tell it after a pause, to a fragment that writes it down and draws
nothing; what the other fields hold, the session knows.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.store import store, visitor
from data.collection import clock, drafts
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault, check
from data.collection.drafts import KeptDraft

BROWSER, COOKIE = "drafts_browser", "drafts"
"""The token that tells one browser's drafts from another's, in the session and in the browser's cookie."""
WRITTEN = "drafts_written"
"""What was last written down of each subject, by this session."""
PAUSE = 1_500
"""Milliseconds without a key after which what is typed is told."""
SCRIPT = """
const states = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  document.cookie = `${data.cookie}=${data.browser}; path=/; samesite=strict; max-age=1209600`;
  const state = states.get(parentElement) ?? { typed: {} };
  states.set(parentElement, state);
  const told = () => { clearTimeout(state.timer); setStateValue("typed", { ...state.typed }); };
  const listener = ({ target }) => {
    if (!target.matches?.("textarea, input[type=text]:not([role=combobox])")) return;
    const name = data.fields.find((field) => target.closest(`.st-key-${CSS.escape(field)}`));
    if (!name) return;
    state.typed[name] = target.value;
    clearTimeout(state.timer);
    state.timer = setTimeout(told, data.pause);
  };
  document.addEventListener("input", listener);
  return () => { clearTimeout(state.timer); document.removeEventListener("input", listener); };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("typed_fields", js=SCRIPT)


def browser() -> str:
    """Return the token of this browser: the cookie's, or a new one, which the browser is then given."""
    if BROWSER not in st.session_state:
        known = st.context.cookies.get(COOKIE, "")
        st.session_state[BROWSER] = known if known.isalnum() and len(known) == 32 else secrets.token_hex(16)
    token: str = st.session_state[BROWSER]
    return token


def found(subject: str) -> KeptDraft | None:
    """Return what was typed of a subject and not kept; nothing where there is no database to ask."""
    return next((kept for kept in every(subject) if kept.subject == subject), None)


def every(beginning: str) -> list[KeptDraft]:
    """Return the drafts whose subject begins so, the newest first."""
    try:
        check(store.engine())
        return drafts.every(store.engine(), visitor.current(), browser(), beginning)
    except DatabaseFault:
        return []


def keep(subject: str, content: Mapping[str, object], files: Sequence[tuple[str, bytes]] | None = None) -> bool:
    """Write a draft down where it is another than was written last; return whether it stands in the database.

    Where it does not, the session alone has it.
    """
    written = st.session_state.setdefault(WRITTEN, {})
    if files is None and written.get(subject) == content:
        return True
    try:
        check(store.engine())  # a draft makes no database
        if not drafts.keep(store.engine(), visitor.current(), browser(), subject, content, files):
            return False
    except (DatabaseFault, NotAllowed):
        return False
    written[subject] = dict(content)
    return True


def is_written(subject: str) -> bool:
    """Tell whether this session has written something down of a subject, and not forgotten it."""
    return subject in st.session_state.get(WRITTEN, {})


def forget(subject: str) -> None:
    """Forget what was typed of a subject: it is kept for good, or let go; for callbacks."""
    written = st.session_state.setdefault(WRITTEN, {})
    if written.pop(subject, None) is None and found(subject) is None:
        return
    try:
        check(store.engine())
        drafts.forget(store.engine(), visitor.current(), browser(), subject)
    except DatabaseFault:
        return


def watch(
    subject: str,
    key: str,
    fields: Sequence[str],
    began: Mapping[str, object],
    beside: Mapping[str, object] | None = None,
) -> None:
    """Write down what the widgets `{key}_{field}` hold as it is typed, once it differs from what they began with.

    `beside` is kept with it. To be called after the widgets are drawn.
    """
    st.fragment(_watch)(subject, key, tuple(fields), dict(began), dict(beside or {}))


def _watch(
    subject: str, key: str, fields: tuple[str, ...], began: dict[str, object], beside: dict[str, object]
) -> None:
    names = {f"{key}_{field}": field for field in fields}
    held = _hear(f"{key}_typed".replace("__", "_"), list(names))
    now = {field: st.session_state.get(name, began.get(field)) for name, field in names.items()}
    for name, text in (held.typed or {}).items():
        if name in names and isinstance(text, str):
            now[names[name]] = text
    now = {field: list(value) if isinstance(value, tuple) else value for field, value in now.items()}
    if now != {field: began.get(field) for field in fields} or is_written(subject):
        keep(subject, {**now, **beside})


def _hear(key: str, names: list[str]) -> Any:
    told = {"fields": names, "pause": PAUSE, "cookie": COOKIE, "browser": browser()}
    return _component()(key=key, data=told, on_typed_change=lambda: None, height=1)


def know_browser() -> None:
    """Give the browser the token that its drafts are found by, on a page where nothing that is typed is heard."""
    _hear("drafts_known", [])


def say_found(draft: KeptDraft, let_go: Callable[..., None], *of: object, more: str = "") -> None:
    """Say that a form began with what was typed before, and offer to begin without it."""
    st.html(
        Markup('<p class="note" role="status">Here is what you had typed by {}, and not kept.{}</p>').format(
            clock.day_and_hour(draft.at), more
        )
    )
    st.button("Begin without it", key=f"let_go_{draft.subject}", on_click=let_go, args=of)
