"""Boundaries for the maps, read from the shipped GeoJSON and brought down to what a screen can show.

Borders are thinned by Visvalingam and Whyatt's method (1993), a sheet's areas together, so that neighbours keep the
border they share (shapely's coverage_simplify). For display, not for measurement.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

import shapely
from shapely import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from data.faults import ForPeople
from data.shipped import BOUNDARIES

FOLDER = BOUNDARIES
HOME = "UK"
"""The codebook's code for the United Kingdom."""
RENAMED = {"GBR": HOME}
"""ISO codes that the codebook names otherwise."""
PUT_BACK = "put it back from the project's files, then reload"
LABEL_WITHIN = 0.01
"""Degrees by which a label's place may miss the roomiest."""

Point = tuple[float, float]


class BoundaryFault(ForPeople):
    """A boundary file cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """A file of boundaries, and how fine they are kept: what is cut off has less than the tolerance squared in area."""

    file: str
    decimals: int
    tolerance: float
    least_area: float
    """Islands below this many square degrees are left out, unless they are all there is of an area."""


SHEETS = {
    "UK": Sheet("uk_regions.geojson", 2, 0.016, 0.0004),
    "World": Sheet("world_countries.geojson", 1, 0.3, 0.05),
}


@dataclass(frozen=True, eq=False)
class Area:
    """One region or country: its code, its name and its polygons, the largest first, each with its outer ring first.

    Coordinates are longitude and latitude in degrees; a ring ends where it begins.
    """

    code: str
    name: str
    polygons: tuple[tuple[tuple[Point, ...], ...], ...]

    @cached_property
    def label(self) -> Point:
        """Return the point of the largest polygon that lies farthest from its rings, where a label has most room."""
        return _roomiest(self.polygons[0])


def read(sheet: str) -> tuple[Area, ...]:
    """Return the areas of the UK or World sheet, in the file's order; raise BoundaryFault where it cannot be read."""
    kept = SHEETS[sheet]
    path = FOLDER / kept.file
    where = f"data/shipped/boundaries/{kept.file}"
    try:
        shapes = [_shape(feature) for feature in json.loads(path.read_text(encoding="utf-8"))["features"]]
    except FileNotFoundError:
        raise BoundaryFault(f"{where} is missing; {PUT_BACK}") from None
    except OSError as error:
        raise BoundaryFault(f"{where} cannot be read ({error.strerror}); allow it, then reload") from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BoundaryFault(f"{where} does not hold boundaries; {PUT_BACK}") from error
    if not shapes:
        raise BoundaryFault(f"{where} holds no area; {PUT_BACK}")
    drawn = shapely.coverage_simplify([shape for _, _, shape in shapes], kept.tolerance)
    return tuple(
        _area(code, name, thinned, whole, kept) for (code, name, whole), thinned in zip(shapes, drawn, strict=True)
    )


def bounds(areas: Iterable[Area]) -> tuple[float, float, float, float]:
    """Return how far areas reach: west, south, east and north, in degrees."""
    xs, ys = zip(*(point for area in areas for polygon in area.polygons for point in polygon[0]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _shape(feature: dict[str, Any]) -> tuple[str, str, MultiPolygon]:
    """Return a feature's code, name and shape; raise ValueError, TypeError or KeyError where it is not an area."""
    kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{kind} is not an area")
    listed = [coordinates] if kind == "Polygon" else coordinates
    polygons = [[[(float(x), float(y)) for x, y in ring] for ring in polygon] for polygon in listed]
    rings = [ring for polygon in polygons for ring in polygon]
    if not all(polygons) or not rings or any(len(ring) < 4 for ring in rings):
        raise ValueError("an area without a ring of four points")
    if not all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):
        raise ValueError("a point that is not on the Earth")
    code = str(feature["id"])
    shape = MultiPolygon([(outer, inner) for outer, *inner in polygons])
    return RENAMED.get(code, code), str(feature["properties"]["name"]), shape


def _area(code: str, name: str, thinned: BaseGeometry, whole: MultiPolygon, kept: Sheet) -> Area:
    """Return an area without its smallest islands and lakes; of one that is all small islands, the largest."""
    parts = [part for part in shapely.get_parts(thinned) if part.area >= kept.least_area]
    largest = max(shapely.get_parts(whole), key=lambda part: part.area)
    polygons = [
        (
            _rounded(part.exterior, kept.decimals),
            *(_rounded(ring, kept.decimals) for ring in part.interiors if Polygon(ring).area >= kept.least_area),
        )
        for part in sorted(parts, key=lambda part: -part.area)
    ]
    return Area(code, name, tuple(polygons) or ((tuple(largest.exterior.coords),),))


def _rounded(ring: LinearRing, decimals: int) -> tuple[Point, ...]:
    """Return a ring's points at so many decimals, none repeated in a row."""
    points = [(round(x, decimals), round(y, decimals)) for x, y in ring.coords]
    return tuple(point for point, _ in groupby(points))


def _roomiest(polygon: tuple[tuple[Point, ...], ...]) -> Point:
    """Return where the largest circle within a polygon has its centre; a degree of longitude is the shorter one."""
    outer, *inner = polygon
    squeeze = math.cos(math.radians(sum(latitude for _, latitude in outer) / len(outer)))
    squeezed = [[(longitude * squeeze, latitude) for longitude, latitude in ring] for ring in (outer, *inner)]
    circle = shapely.maximum_inscribed_circle(Polygon(squeezed[0], squeezed[1:]).buffer(0), tolerance=LABEL_WITHIN)
    longitude, latitude = circle.coords[0]
    return round(longitude / squeeze, 2), round(latitude, 2)
