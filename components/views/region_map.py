"""The map on the page: the choice of map, what a click does, what its shades and dots mean, and its numbers."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, exhibit, maps, plain_text, templates, theme
from components.frame import address
from components.frame.view_choices import MAP
from components.store import store
from components.views import region_view
from data import palette
from data.collection import geography
from data.filters.filter import MOST_REFS, Filter
from data.filters.wording import number_of
from data.queries.spread import home_parts
from data.sentences import on_regions

NAMES = {"UK": "UK map", "World": "World map"}
DRAWN, NOTICE = "regions_map_drawn", "regions_notice"
Areas = tuple[geography.Area, ...]
MOST_PLACES = 1_000
"""Places that a map draws, those with most findings; a browser stays quick with these."""


def choose() -> str:
    """Draw the choice between the maps and return it; a newly chosen region opens the map that shows it."""
    st.segmented_control(
        "Map",
        list(geography.SHEETS),
        key=MAP.widget,
        required=True,
        format_func=NAMES.__getitem__,
        label_visibility="collapsed",
    )
    return MAP.value()


def show(wanted: Filter, sheet: str) -> None:
    """Draw a map with its message, legend, choice of place and numbers; without its boundaries, all but the map."""
    if notice := st.session_state.pop(NOTICE, ""):
        st.info(plain_text.label(notice))
    try:
        areas = store.boundaries(sheet)
    except geography.BoundaryFault as fault:
        exhibit.heading(
            "The map cannot be drawn", f"{str(fault)[:1].upper()}{str(fault)[1:]}. All else on this page holds."
        )
        exhibit.numbers(_numbers(wanted, sheet))
        return
    title = on_regions.most_named(counts_of(wanted, sheet))
    sentence, off_shapes = _placed(wanted, areas, sheet), _off_shapes(wanted, sheet, areas)
    exhibit.heading(title, sentence)
    key, drawing = f"regions_map_{sheet}", st.session_state.setdefault(DRAWN, 0)
    st.pydeck_chart(
        deck(wanted, sheet, areas, maps.VIEWS[sheet], drawing),
        key=key,
        height=maps.VIEWS[sheet].height,
        on_select=lambda: _picked(key),
        selection_mode="single-object",
        alt=f"{NAMES[sheet]}. {title}. {off_shapes} {sentence}",
    )
    st.html(_legend(wanted, sheet, off_shapes))
    _choose_place(_drawn(wanted, sheet, areas))
    exhibit.numbers(_numbers(wanted, sheet))


@store.remembered
def counts_of(wanted: Filter, sheet: str) -> pd.DataFrame:
    """Return code, name, phrase, findings, sources, studies of each area of a map, whatever region is filtered for."""
    counts = region_view.of_regions(wanted)
    return counts[counts["code"].isin(_codes(sheet))]


@store.remembered
def _drawn(wanted: Filter, sheet: str, areas: Areas) -> pd.DataFrame:
    drawn = _points(wanted, sheet, areas).head(MOST_PLACES)
    return drawn.assign(leading=[on_regions.leading(row) for row in drawn.to_dict("records")])


@store.remembered
def deck(wanted: Filter, sheet: str, areas: Areas, view: maps.MapView, drawing: int = 0) -> maps.CompactDeck:
    """Return a map of a filter's findings, as `view` opens it; `drawing` is told in maps.evidence_map."""
    drawn = _drawn(wanted, sheet, areas)
    made: maps.CompactDeck = maps.evidence_map(areas, counts_of(wanted, sheet), _outlined(wanted), drawn, view, drawing)
    return made


def _codes(sheet: str) -> tuple[str, ...]:
    codebook = store.codebook()
    return home_parts(codebook) if sheet == "UK" else (geography.HOME, *codebook.overseas())


def _outlined(wanted: Filter) -> set[str]:
    """Return the codes to outline: the chosen regions, what lies in them, and what they lie in."""
    codebook = store.codebook()
    return {code for chosen in wanted.region for code in codebook.within("region", chosen)} | {
        code for chosen in wanted.region for code in codebook.ancestors("region", chosen)
    }


@store.remembered
def _points(wanted: Filter, sheet: str, areas: Areas) -> pd.DataFrame:
    """Return the places of a map, most findings first."""
    places = store.places(wanted)
    if sheet == "World":
        return places
    west, south, east, north = _bounds(areas)
    home = store.home_points(wanted)
    on_map = [
        (latitude, longitude) in home and west <= longitude <= east and south <= latitude <= north
        for latitude, longitude in zip(places["latitude"], places["longitude"], strict=True)
    ]
    return places.loc[[place for place, drawn in enumerate(on_map) if drawn]]


@store.remembered
def _bounds(areas: Areas) -> tuple[float, float, float, float]:
    return geography.bounds(areas)


@store.remembered
def _placed(wanted: Filter, areas: Areas, sheet: str) -> str:
    points = _points(wanted, sheet, areas)
    here = int(points["findings"].sum())
    drawn = int(points["findings"].head(MOST_PLACES).sum())
    everywhere = int(store.places(wanted)["findings"].sum())
    return on_regions.on_points(store.counts(wanted), drawn, everywhere - here, here - drawn, "of the World map")


@store.remembered
def _off_shapes(wanted: Filter, sheet: str, areas: Areas) -> str:
    spread = store.spread(wanted.without("region"))
    if sheet == "UK":
        return on_regions.off_home(spread)
    outlines, counts = {area.code for area in areas}, counts_of(wanted, sheet)
    missing = counts[(counts["findings"] > 0) & ~counts["code"].isin(outlines)]
    return on_regions.off_world(spread, list(missing["phrase"]))


@store.remembered
def _numbers(wanted: Filter, sheet: str) -> Markup:
    counts = counts_of(wanted, sheet)
    table = counts.loc[counts["findings"] > 0, ["name", "findings", "sources", "studies"]]
    return count_tables.html_table(table, f"Findings by {'country' if sheet == 'World' else 'region or nation'}")


@store.remembered
def _legend(wanted: Filter, sheet: str, off_shapes: str) -> Markup:
    """Return what shades and dots mean, each with its colour, symbol and words."""
    classes = maps.shades(counts_of(wanted, sheet)["findings"])
    shades = [("none", palette.SEQUENCE[0])] + [
        (f"{first:,}" if first == last else f"{first:,} to {last:,}", colour) for first, last, colour in classes
    ]
    what = "country" if sheet == "World" else "region"
    notes = [f"Choose a {what} or a dot to see its findings."]
    if wanted.region:
        notes.insert(0, "Shades count findings whatever their region, so that places can be compared; the chosen one "
                        "is outlined, and the dots are its own.")  # fmt: skip
    if sheet == "World":
        notes.append(
            "Drag the map, or use its buttons, to see more of it. Boundaries are Natural Earth's, which draws disputed "
            "borders as they are held, not as they are claimed."
        )
    return templates.drawn(
        __file__, what=what, shades=shades, off_shapes=off_shapes, dots=meanings_of_dots(), notes=" ".join(notes)
    )


def meanings_of_dots() -> list[tuple[str, str]]:
    """Return what each colour of a dot means, in words and then the colour."""
    dots = [(theme.with_symbol(direction), maps.dot_colour(direction)) for direction in theme.VOTED]
    return [*dots, ("no one direction leads", maps.dot_colour(maps.NO_LEAD))]


def picked_on(key: str) -> tuple[str, dict[str, Any]]:
    """Return the layer in which something was clicked on a map, and the thing; no layer where nothing was."""
    picked: dict[str, list[dict[str, Any]]] = st.session_state[key]["selection"]["objects"]
    return next(((layer, things[0]) for layer, things in picked.items() if things), ("", {}))


def _picked(key: str) -> None:
    """Narrow to the area or place that was clicked; an area that is the whole choice already is let go."""
    layer, thing = picked_on(key)
    if not layer:
        return
    # Layers of another name hold no selection: the map stays bright, and the same place can be picked again.
    st.session_state[DRAWN] += 1
    if layer.startswith(maps.AREAS):
        code = str(thing["properties"]["code"])
        if address.narrowed({}).region == (code,):
            address.loosen("region")
        elif code in store.codebook().facets["region"]:
            address.narrow({"region": code})
    elif layer.startswith(maps.PLACES):
        longitude, latitude = thing["position"]
        places = store.places(address.narrowed({}))
        here = places[(places["latitude"] == latitude) & (places["longitude"] == longitude)]
        if len(here):
            _narrow_to_place(here.iloc[0])


def _choose_place(drawn: pd.DataFrame) -> None:
    """Draw the places as a list, for who does not point at a map."""
    if drawn.empty:
        return
    key = f"regions_place_{st.session_state[DRAWN]}"
    rows = drawn.reset_index(drop=True)

    def label(number: int) -> str:
        row = rows.loc[number]
        leading = f", most {theme.with_symbol(row['leading'])}" if row["leading"] else ""
        return f"{row['place'] or 'a place without a name'}: {number_of(int(row['findings']), 'finding')}{leading}"

    def take() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            st.session_state[DRAWN] += 1
            _narrow_to_place(rows.loc[chosen])

    st.selectbox(
        "Choose a place", range(len(rows)), None, label, key=key, on_change=take, placeholder="Places by findings"
    )


def _narrow_to_place(place: pd.Series) -> None:
    refs = str(place["refs"]).split(",")
    if len(refs) > MOST_REFS:
        st.session_state[NOTICE] = (
            f"{place['place']} has {number_of(len(refs), 'finding')}, more than the {MOST_REFS} that one link can "
            "name. Search for its name instead."
        )
        return
    address.narrow({"finding": tuple(refs)})
