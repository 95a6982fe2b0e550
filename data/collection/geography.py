"""Boundaries for the maps, read from the shipped GeoJSON and brought down to what a screen can show.

Borders are thinned by Douglas and Peucker's method (1973) between the points where three areas or a coast meet, so that
neighbours keep the border they share. For display, not for measurement.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from data.faults import ForPeople
from data.shipped import BOUNDARIES

FOLDER = BOUNDARIES
HOME = "UK"
"""The codebook's code for the United Kingdom."""
RENAMED = {"GBR": HOME}
"""ISO codes that the codebook names otherwise."""
PUT_BACK = "put it back from the project's files, then reload"
CANDIDATES = 40
"""Points along each side of the grid in which a label's place is sought."""

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]


class BoundaryFault(ForPeople):
    """A boundary file cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Sheet:
    """A file of boundaries, and how fine they are kept, in degrees."""

    file: str
    decimals: int
    tolerance: float
    least_area: float
    """Islands below this many square degrees are left out, unless they are all there is of an area."""


SHEETS = {
    "UK": Sheet("uk_regions.geojson", 2, 0.008, 0.0004),
    "World": Sheet("world_countries.geojson", 1, 0.2, 0.05),
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
    crossings = _crossings(ring for _, _, polygons in shapes for polygon in polygons for ring in polygon)
    return tuple(_area(code, name, polygons, crossings, kept) for code, name, polygons in shapes)


def bounds(areas: Iterable[Area]) -> tuple[float, float, float, float]:
    """Return how far areas reach: west, south, east and north, in degrees."""
    xs, ys = zip(*(point for area in areas for polygon in area.polygons for point in polygon[0]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _shape(feature: dict[str, Any]) -> tuple[str, str, list[Polygon]]:
    """Return a feature's code, name and polygons; raise ValueError, TypeError or KeyError where it is not an area."""
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
    return RENAMED.get(code, code), str(feature["properties"]["name"]), polygons


def _crossings(rings: Iterable[Ring]) -> frozenset[Point]:
    """Return the points from which borders leave in more than two ways."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return frozenset(point for point, others in beside.items() if len(others) > 2)


def _area(code: str, name: str, polygons: list[Polygon], crossings: frozenset[Point], kept: Sheet) -> Area:
    polygons = sorted(polygons, key=lambda polygon: -_size(polygon[0]))
    drawn = [[_thinned(ring, crossings, kept) for ring in polygon] for polygon in polygons]
    shown = [
        tuple(tuple(ring) for place, ring in enumerate(polygon) if not place or _size(ring) >= kept.least_area)
        for polygon in drawn
        if _size(polygon[0]) >= kept.least_area
    ]
    if not shown:  # an area of small islands: its largest, as it was
        shown = [(tuple(polygons[0][0]),)]
    return Area(code, name, tuple(shown))


def _thinned(ring: Ring, crossings: frozenset[Point], kept: Sheet) -> Ring:
    """Return a ring with the points that matter at the sheet's tolerance, rounded, none repeated in a row."""
    found: Ring = []
    for chain in _chains(ring, crossings):
        for x, y in _essential(chain, kept.tolerance):
            point = (round(x, kept.decimals), round(y, kept.decimals))
            if not found or found[-1] != point:
                found.append(point)
    return found


def _chains(ring: Ring, crossings: frozenset[Point]) -> Iterator[Ring]:
    """Yield a ring's stretches between crossings; where there are none, two that begin at its lowest point."""
    points = ring[:-1]
    stops = [place for place, point in enumerate(points) if point in crossings]
    if len(stops) < 2:
        start = stops[0] if stops else points.index(min(points))
        far = max(range(len(points)), key=lambda place: (_apart(points[place], points[start]), points[place]))
        stops = sorted((start, far))
    turned = [*points[stops[0] :], *points[: stops[0] + 1]]
    for begin, end in pairwise([*(stop - stops[0] for stop in stops), len(points)]):
        yield turned[begin : end + 1]


def _apart(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _essential(chain: Ring, tolerance: float) -> Ring:
    """Return the points of a line without those that lie within the tolerance of the line drawn past them."""
    if backwards := chain[-1] < chain[0]:  # both neighbours thin a border from the same end
        chain = chain[::-1]
    line = np.array(chain)
    keep = {0, len(chain) - 1}
    stack = [(0, len(chain) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        off = _distances(line[first + 1 : last], line[first], line[last])
        place = first + 1 + int(off.argmax())
        if off.max() > tolerance:
            keep.add(place)
            stack += [(first, place), (place, last)]
    found = [chain[place] for place in sorted(keep)]
    return found[::-1] if backwards else found


def _distances(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how far points (n × 2) lie from the segment between two points."""
    along = end - start
    length = float(along @ along)
    share = np.clip((points - start) @ along / length, 0, 1) if length else np.zeros(len(points))
    far: np.ndarray = np.hypot(*(points - (start + share[:, None] * along)).T)
    return far


def _size(ring: Iterable[Point]) -> float:
    """Return the area that a ring encloses, in square degrees."""
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))) / 2


def _roomiest(polygon: tuple[tuple[Point, ...], ...]) -> Point:
    outer = np.array(polygon[0])
    low, high = outer.min(axis=0), outer.max(axis=0)
    sides = [low[axis] + (high[axis] - low[axis]) * (np.arange(CANDIDATES) + 0.5) / CANDIDATES for axis in (0, 1)]
    grid = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2)
    squeeze = np.array([np.cos(np.radians(outer[:, 1].mean())), 1.0])  # a degree of longitude is the shorter one
    inside = np.zeros(len(grid), dtype=bool)
    room = np.full(len(grid), np.inf)
    for start, end in (np.array(pair) for ring in polygon for pair in pairwise(ring)):
        room = np.minimum(room, _distances(grid * squeeze, start * squeeze, end * squeeze))
        if start[1] != end[1]:
            crossed = (start[1] > grid[:, 1]) != (end[1] > grid[:, 1])
            inside ^= crossed & (
                grid[:, 0] < start[0] + (grid[:, 1] - start[1]) * (end[0] - start[0]) / (end[1] - start[1])
            )
    best = grid[int(np.where(inside, room, -1.0).argmax())]
    return round(float(best[0]), 2), round(float(best[1]), 2)
