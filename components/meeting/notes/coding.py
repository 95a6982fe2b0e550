"""The codes of a note or a draft as widgets: themes, levers each with its role, regions."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from components.figures import plain_text
from components.store import store
from models import Role


def remember(key: str, value: object) -> None:
    """Give a widget what it holds until someone changes it."""
    if key not in st.session_state:
        st.session_state[key] = value


def coded_now(key: str) -> tuple[tuple[str, ...], dict[str, str], str]:
    """Return themes, levers with roles, and region as the widgets have them this moment; for callbacks.

    What a button was given when it was drawn is older than what was typed just before it was pressed.
    """
    now = st.session_state
    levers = {code: now.get(f"{key}_role_{code}") or "" for code in now[f"{key}_levers"]}
    return tuple(now[f"{key}_themes"]), levers, now[f"{key}_region"]


def themes(key: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """Draw a choice of themes and return their codes."""
    return _several("Themes", "theme", f"{key}_themes", chosen)


def regions(key: str, chosen: Sequence[str]) -> tuple[str, ...]:
    """Draw a choice of regions and return their codes."""
    return _several("Regions", "region", f"{key}_regions", chosen)


def region(key: str, held: str) -> str:
    """Draw a choice of one region, or none, and return its code."""
    remember(f"{key}_region", held)
    chosen: str = st.selectbox("Region", ("", *store.codebook().codes("region")), key=f"{key}_region",
                               format_func=lambda code: _name("region", code) if code else "Not said")  # fmt: skip
    return chosen


def levers(key: str, held: Mapping[str, str]) -> dict[str, str]:
    """Draw a choice of levers, and of each its role; return roles by code, empty where none was chosen."""
    chosen = _several("Policy levers", "lever", f"{key}_levers", tuple(held))
    return {code: _role(f"{key}_role_{code}", code, held.get(code)) for code in chosen}


def _role(key: str, code: str, held: str | None) -> str:
    remember(key, held)
    name = plain_text.label(store.codebook().name("lever", code))
    return st.segmented_control(f"Role of: {name}", [role.value for role in Role], key=key) or ""


def _several(label: str, facet: str, key: str, held: Sequence[str]) -> tuple[str, ...]:
    remember(key, list(held))
    codes = store.codebook().codes(facet)
    return tuple(st.multiselect(label, codes, key=key, format_func=partial(_name, facet), placeholder="None"))


def _name(facet: str, code: str) -> str:
    return f"{code} {store.codebook().name(facet, code)}"
