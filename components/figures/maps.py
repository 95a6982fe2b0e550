"""Maps of the evidence: areas shaded by their number of findings, places as dots; boundaries and counts in, a deck out.

Nothing is fetched: the ground is an empty style and the shapes travel in the message itself.
"""

import base64
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd
import pydeck as pdk
from pydeck.bindings.json_tools import default_serialize

from components.figures import theme
from data import palette
from data.collection.geography import Area
from data.filters.wording import number_of
from data.sentences.on_regions import NO_CLAIM, PLACE_DIRECTIONS

AREAS, PLACES, CHOSEN, NUMBERS = "areas", "places", "chosen", "numbers"
"""What the ids of the layers begin with, from the lowest up; areas and places can be picked."""

EMPTY_STYLE = "data:application/json," + json.dumps({"version": 8, "sources": {}, "layers": []}, separators=(",", ":"))
"""A base map of nothing, named by an address that no browser has to fetch."""

NO_LEAD = "none"
CELL = 128
GLYPHS = MappingProxyType(
    {
        "strengthened": "M64 30 L96 88 L32 88 Z",
        "mixed": "M20 64 L58 40 L58 88 Z M108 64 L70 40 L70 88 Z",
        "impeded": "M64 98 L96 40 L32 40 Z",
        NO_LEAD: "",
    }
)
"""The symbol on a dot for each direction, drawn in a square of CELL pixels."""
SMALLEST, LARGEST, FAINTEST = 6.5, 20.0, 3.0
"""Pixels of radius: of one finding where there is room, of the place with most, and the least that can be seen."""
FONT = "'Source Sans, sans-serif'"


@dataclass(frozen=True)
class MapView:
    """Where a map opens, how near it can be brought, and in pixels its height, its outlines and its digits.

    With digits of no size the areas bear no numbers.
    """

    latitude: float
    longitude: float
    zoom: float
    height: int
    closest: float
    outline: float
    digits: int


VIEWS = MappingProxyType(
    {
        "UK": MapView(55.75, -3.2, 4.35, 620, 8, 3.5, 16),
        "World": MapView(29, 15, 0.7, 470, 4, 2.5, 0),
    }
)
"""Zoom doubles the scale: the United Kingdom fits a phone 390 pixels wide, the world a window 1280 pixels wide."""


class Shade(NamedTuple):
    """One class of the shading: the least and the most findings of the areas in it, and its colour."""

    first: int
    last: int
    colour: str


class CompactDeck(pdk.Deck):  # type: ignore[misc] # pydeck says no types
    """A deck whose message has no line breaks, one coordinate to a line it is four times as long, and is written once.

    Nothing in a deck is changed once it has been drawn.
    """

    _written = ""

    def to_json(self) -> str:
        """Return the deck as deck.gl reads it."""
        if not self._written:
            self._written = json.dumps(self, default=default_serialize, separators=(",", ":"))
        return self._written


def shades(numbers: Iterable[int]) -> tuple[Shade, ...]:
    """Return the classes of a map's shading, few to many, only those that some area is in.

    Classes are equal steps of proportion, so that one large number does not make all others alike. Areas without a
    finding are in none.
    """
    found = sorted(number for number in numbers if number > 0)
    if not found:
        return ()
    colours = palette.SEQUENCE[1:]
    span = log(found[-1] / found[0])
    classes: dict[int, list[int]] = {}
    for number in found:
        step = min(len(colours) - 1, int(len(colours) * log(number / found[0]) / span)) if span else 1
        classes.setdefault(step, []).append(number)
    return tuple(Shade(members[0], members[-1], colours[step]) for step, members in sorted(classes.items()))


def shade_of(number: int, classes: Sequence[Shade]) -> str:
    """Return the colour of a number in these classes; none is nearly white."""
    return next((shade.colour for shade in classes if shade.first <= number <= shade.last), palette.SEQUENCE[0])


def radius(findings: int, most: int) -> float:
    """Return a dot's radius in pixels, its area proportional to its findings as long as it can be seen."""
    largest = min(SMALLEST * sqrt(most), LARGEST)
    return round(max(largest * sqrt(findings / most), FAINTEST), 1)


def evidence_map(
    areas: Sequence[Area],
    counts: pd.DataFrame,
    chosen: Collection[str],
    places: pd.DataFrame,
    view: MapView,
    drawing: int = 0,
) -> pdk.Deck:
    """Return the map of these areas and places.

    `counts` has code, name, findings, a row an area; an area without one has no finding. `chosen` are the codes to
    outline. `places` has place, latitude, longitude, findings, strengthened, impeded, mixed and leading, a direction
    or nothing. What is picked in the layer AREAS has properties.code; in PLACES, position: longitude and latitude.
    `drawing` ends the layers' ids; a browser forgets what was picked in a layer that is gone.
    """
    findings = dict(zip(counts["code"], counts["findings"].astype(int), strict=True))
    names = dict(zip(counts["code"], counts["name"], strict=True))
    classes = shades(findings.get(area.code, 0) for area in areas)
    colours = {area.code: shade_of(findings.get(area.code, 0), classes) for area in areas}
    layers = [
        _areas(areas, findings, names, colours),
        _dots(places),
        _chosen([area for area in areas if area.code in chosen], view.outline),
        *([_numbers(areas, findings, view.digits)] if view.digits else []),
    ]
    for layer in layers:
        layer.id = f"{layer.id}-{drawing}"
    return CompactDeck(
        layers,
        views=[pdk.View("MapView", {"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        map_style=EMPTY_STYLE,
        map_provider=None,
        initial_view_state=pdk.ViewState(
            view.longitude, view.latitude, view.zoom, min_zoom=-1, max_zoom=view.closest, pitch=0, bearing=0
        ),
        tooltip={
            "text": "{said}",
            "style": {"backgroundColor": palette.GROUND, "color": palette.TEXT, "border": f"1px solid {palette.MUTED}",
                      "fontFamily": "inherit", "fontSize": "15px", "maxWidth": "20rem", "whiteSpace": "pre-line"},
        },
    )  # fmt: skip


def _areas(
    areas: Sequence[Area], findings: Mapping[str, int], names: Mapping[str, str], colours: Mapping[str, str]
) -> pdk.Layer:
    # No text begins with words of the evidence or codebook: deck.gl takes one that begins with "@@=" for a formula.
    features = []
    for area in areas:
        number = number_of(findings.get(area.code, 0), "finding")
        said = f"{number}: {names.get(area.code, area.name)}"
        features.append(_feature(area, fill=palette.rgb(colours[area.code]), said=said))
    return pdk.Layer(
        "GeoJsonLayer",
        features,
        id=AREAS,
        pickable=True,
        auto_highlight=True,
        highlight_color=palette.rgb(palette.TEXT, 40),
        filled=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=palette.rgb(palette.BORDER),
        get_line_width=0.7,
        line_width_units="'pixels'",
        # Whoever points at a border points at an area; to look for borders too takes a slow machine half a second.
        _sub_layer_props={"polygons-stroke": {"pickable": False}},
    )


def _chosen(areas: Sequence[Area], width: float) -> pdk.Layer:
    """Return the outlines of the chosen areas, drawn after all shapes and dots, so that nothing hides them."""
    return pdk.Layer(
        "GeoJsonLayer",
        [_feature(area) for area in areas],
        id=CHOSEN,
        pickable=False,
        filled=False,
        stroked=True,
        get_line_color=palette.rgb(palette.FOCUS),
        get_line_width=width,
        line_width_units="'pixels'",
        line_joint_rounded=True,
        line_cap_rounded=True,
    )


def _feature(area: Area, **properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": area.code, **properties},
        "geometry": {"type": "MultiPolygon", "coordinates": area.polygons},
    }


def _dots(places: pd.DataFrame) -> pdk.Layer:
    """Return the places as dots with the symbol of each one's direction, the largest first: smaller ones lie on top."""
    most = int(places["findings"].max()) if len(places) else 1
    rows = [
        {
            "position": [float(row["longitude"]), float(row["latitude"])],
            "size": 2 * radius(int(row["findings"]), most),
            "icon": row["leading"] or NO_LEAD,
            "said": place_in_words(row),
        }
        for row in places.sort_values("findings", ascending=False, kind="stable").to_dict("records")
    ]
    return pdk.Layer(
        "IconLayer",
        rows,
        id=PLACES,
        pickable=True,
        auto_highlight=True,
        highlight_color=palette.rgb(palette.FOCUS, 160),
        get_position="position",
        get_icon="icon",
        get_size="size",
        size_units="'pixels'",
        icon_atlas=f"'{_atlas()}'",
        icon_mapping={
            icon: {"x": place * CELL, "y": 0, "width": CELL, "height": CELL, "mask": False}
            for place, icon in enumerate(GLYPHS)
        },
    )


@cache
def _atlas() -> str:
    """Return one picture with a dot for each direction, as an address that no browser has to fetch."""
    half = CELL / 2
    dots = "".join(
        f'<g transform="translate({place * CELL} 0)">'
        f'<circle cx="{half}" cy="{half}" r="{half - 8}" stroke="{palette.GROUND}" stroke-width="14"'
        f' fill="{dot_colour(icon)}"/>'
        f'<path d="{path}" fill="{palette.DIRECTION_INKS.get(icon, palette.TEXT)}"/></g>'
        for place, (icon, path) in enumerate(GLYPHS.items())
    )
    width = CELL * len(GLYPHS)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{CELL}">{dots}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def dot_colour(direction: str) -> str:
    """Return the colour of a place where this direction leads; where none does, a grey."""
    return palette.DIRECTION_COLOURS.get(direction, palette.DIRECTION_COLOURS["context"])


def place_in_words(row: Mapping[str, Any]) -> str:
    """Return what a place's tooltip says: its findings, the direction that leads, and all of them counted."""
    numbers = {direction: int(row[direction]) for direction in PLACE_DIRECTIONS}
    rest = int(row["findings"]) - sum(numbers.values())
    counted = [f"{theme.with_symbol(direction)} {number:,}" for direction, number in numbers.items() if number]
    counted += [f"{theme.DIRECTION_SYMBOLS['context']} {NO_CLAIM} {rest:,}"] if rest else []
    return f"{number_of(int(row['findings']), 'finding')}: {row['place'] or 'a place without a name'}\n" + "\n".join(
        counted
    )


def _numbers(areas: Sequence[Area], findings: Mapping[str, int], size: int) -> pdk.Layer:
    rows = [
        {
            "position": list(area.label),
            "number": f"{findings.get(area.code, 0):,}",
        }
        for area in areas
    ]
    return pdk.Layer(
        "TextLayer",
        rows,
        id=NUMBERS,
        pickable=False,
        get_position="position",
        get_text="number",
        get_color=palette.rgb(palette.TEXT),
        get_size=size,
        font_weight=700,
        font_family=FONT,
        font_settings={"sdf": True, "fontSize": 64, "buffer": 16, "radius": 24},
        outline_width=8,
        outline_color=palette.rgb(palette.GROUND),
    )
