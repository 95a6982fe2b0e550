"""What a finding said before: each change of it, by whom and when, field by field; drawn for editors alone."""

import streamlit as st
from markupsafe import Markup

from components.store import store
from data.collection import clock
from data.curating.row_history import Version
from data.filters.wording import number_of


def show(ref: str) -> None:
    """Draw how many earlier versions a finding has, with their differences inside; nothing where it has none."""
    found = store.versions(ref)
    earlier = sum(version.before is not None for version in found)
    if earlier:
        st.html(drawn(found, earlier))


def drawn(versions: tuple[Version, ...], earlier: int) -> Markup:
    """Return the versions as a list that opens."""
    items = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(_when(version), _what(version)) for version in versions
    )
    return Markup('<details class="card"><summary>{}</summary><dl>{}</dl></details>').format(
        number_of(earlier, "earlier version"), items
    )


def _when(version: Version) -> str:
    how = "" if version.action == "load" else f" ({version.action})"
    return f"{clock.day(version.at)}, load {version.load}{how}, {version.who or 'nobody named'}"


def _what(version: Version) -> Markup:
    if not version.fields:
        return Markup("{}").format(version.what)
    return Markup("<br>").join(
        Markup("{}: <del>{}</del> became <ins>{}</ins>").format(field.replace("_", " "), _shown(before), _shown(after))
        for field, before, after in version.fields
    )


def _shown(value: object) -> str:
    return "empty" if value is None or value == "" else str(value)
