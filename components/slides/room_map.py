"""A map for a room: the same shades and dots as on the page of regions, with what they mean in type read from afar."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

import streamlit as st
from markupsafe import Markup

from components.figures import exhibit, maps
from components.figures.charts.bar_charts import count_bars
from components.figures.charts.presented import LARGE, MIDDLE
from components.figures.exhibit import Exhibit
from components.store import store
from components.views import region_map
from data.collection import geography
from data.filters.filter import Filter
from data.sentences import on_regions

VIEWS = MappingProxyType(
    {
        "UK": replace(maps.VIEWS["UK"], zoom=4.4, digits=LARGE, outline=5),
        "World": replace(maps.VIEWS["World"], zoom=0.95, outline=4),
    }
)
"""The maps as they open on half of a screen 1920 by 1080; on one too low for them the bars stand alone."""


class RoomMap(NamedTuple):
    """A map ready to be drawn, what it shows for who does not see it, and what its shades and dots mean."""

    deck: maps.CompactDeck
    alt: str
    legend: Markup


@store.remembered
def of(wanted: Filter, sheet: str) -> RoomMap | None:
    """Return the map of a filter's findings, "UK" or "World"; None where its boundaries cannot be read."""
    try:
        areas = store.boundaries(sheet)
    except geography.BoundaryFault:
        return None
    what = "country" if sheet == "World" else "region"
    alt = f"{region_map.NAMES[sheet]}: findings by {what}, with a dot for each place; the bars have the numbers."
    return RoomMap(region_map.deck(wanted, sheet, areas, VIEWS[sheet]), alt, _legend(what))


@store.remembered
def bars(wanted: Filter, sheet: str) -> Exhibit | str:
    """Return the numbers of a map as bars, most first, as they stand beside it, on a phone and in a file."""
    counts = region_map.counts_of(wanted, sheet)
    held = counts[counts["findings"] > 0].sort_values("findings", ascending=False, kind="stable")
    if held.empty:
        return "No finding here is about a part of this map."
    shown = held if sheet == "World" else counts.sort_values("findings", ascending=False, kind="stable")
    rest = "Regions are compared whatever region is chosen." if wanted.region else ""
    return exhibit.of(
        on_regions.most_named(counts),
        f"Findings by {'country' if sheet == 'World' else 'region or nation'}. {rest}".strip(),
        count_bars(shown),
        held[["name", "findings", "sources", "studies"]],
    )


def draw(ready: RoomMap, *, key: str, pick: Callable[[list[Any]], None] | None = None) -> None:
    """Draw a map; `pick` is called with the code of an area that is chosen, in a list."""

    def picked() -> None:
        layer, thing = region_map.picked_on(key)
        if pick and layer.startswith(maps.AREAS):
            pick([str(thing["properties"]["code"])])

    st.pydeck_chart(
        ready.deck, key=key, height="stretch", on_select=picked, selection_mode="single-object", alt=ready.alt
    )
    st.html(ready.legend)


def _legend(what: str) -> Markup:
    dots = Markup(" ").join(
        Markup('<span class="one"><span class="swatch dot" style="background:{}"></span> {}</span>').format(
            colour, said
        )
        for said, colour in region_map.meanings_of_dots()
    )
    return Markup(
        '<p class="room-legend" style="font-size:{}px">The darker, the more findings about the {}. '
        "Dots are places: {}</p>"
    ).format(MIDDLE, what, dots)
