"""Whether a finding's point lies in a region it is coded to, by the shipped boundaries.

The outlines are coarse and leave out small islands, so a point is called outside only where it clearly is: far from
every region of the finding, or well within another one.
"""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely

from data.collection.codebook import Codebook
from data.collection.geography import FOLDER, RENAMED, SHEETS
from data.importing.checking.records import FindingRecord


@dataclass(frozen=True)
class Margin:
    """How near a region's outline a point may lie and still be taken for inside it, in degrees of latitude."""

    near: float
    """Where the point lies in another region."""
    far: float
    """Where it lies in none, as on an island that the outlines leave out."""


MARGINS = {"UK": Margin(0.15, 0.6), "World": Margin(0.5, 4.0)}
"""A tenth of a degree of latitude is 11 km."""
FACTOR = 0.58
"""The cosine of 54.5 degrees, the middle of the United Kingdom: what a degree of longitude is to one of latitude."""


@dataclass(frozen=True)
class _Sheet:
    """The areas of one map, by code; longitudes of the UK's are shrunk so that distances are true there."""

    shapes: dict[str, shapely.Geometry]
    tree: shapely.STRtree
    factor: float
    margin: Margin


@cache
def _sheet(name: str) -> _Sheet:
    factor = FACTOR if name == "UK" else 1.0
    features = json.loads((FOLDER / SHEETS[name].file).read_text(encoding="utf-8"))["features"]
    shapes: dict[str, shapely.Geometry] = {}
    for feature in features:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        shape = shapely.make_valid(shapely.transform(shape, lambda points: points * (factor, 1.0)))
        shapely.prepare(shape)
        shapes[RENAMED.get(feature["id"], feature["id"])] = shape
    return _Sheet(shapes, shapely.STRtree(list(shapes.values())), factor, MARGINS[name])


def outside(findings: Iterable[FindingRecord], codebook: Codebook) -> dict[str, str]:
    """Return, by ref, what is to be said of each finding whose point contradicts its regions."""
    by_regions: dict[tuple[str, ...], list[FindingRecord]] = {}
    for record in findings:
        if record.latitude is not None and record.regions:
            by_regions.setdefault(record.regions, []).append(record)
    told: dict[str, str] = {}
    for regions, records in by_regions.items():
        told |= _outside(regions, records, codebook)
    return told


def _outside(regions: tuple[str, ...], records: list[FindingRecord], codebook: Codebook) -> dict[str, str]:
    """Return what is to be said of the findings of the same regions; nothing where one of these has no outline."""
    areas = [_areas(code, codebook) for code in regions]
    if not all(areas):
        return {}
    points = np.array([(record.longitude, record.latitude) for record in records], dtype=float)
    away = np.ones(len(points), dtype=bool)
    for sheet, codes in (pair for area in areas for pair in area):
        away &= _clearly_outside(sheet, codes, points)
        if not away.any():
            return {}
    names = " or ".join(f"{codebook.name('region', code)} ({code})" for code in regions)
    return {
        records[place].ref: f"its point, latitude {points[place][1]:g} and longitude {points[place][0]:g}, "
        f"{_lies(points[place], codebook)} and not in {names}; correct the region or the coordinates"
        f"{_slip(points[place], areas)}"
        for place in np.flatnonzero(away)
    }  # fmt: skip


def _areas(code: str, codebook: Codebook) -> list[tuple[str, tuple[str, ...]]]:
    """Return the map and its areas that make up a region; nothing where no map has it."""
    uk, world = _sheet("UK").shapes, _sheet("World").shapes
    parts = tuple(part for part in codebook.within("region", code) if part in uk)
    if parts:
        return [("UK", parts)]
    if code in world:
        return [("World", (code,))]
    return [found for parent in codebook.ancestors("region", code)[:1] for found in _areas(parent, codebook)]


def _clearly_outside(sheet: str, codes: Collection[str], points: np.ndarray) -> np.ndarray:
    """Tell of each point (n × 2, longitude and latitude) whether it is clearly outside all these areas of a map."""
    kept = _sheet(sheet)
    made = shapely.points(points * (kept.factor, 1.0))
    distance = np.full(len(points), np.inf)
    for code in codes:
        left = np.flatnonzero(distance > 0)  # most points lie in the first area asked
        if len(left):
            distance[left] = np.minimum(distance[left], shapely.distance(kept.shapes[code], made[left]))
    outside = distance > kept.margin.far
    unsure = np.flatnonzero((distance > kept.margin.near) & ~outside)
    if len(unsure):
        outside[unsure] = [bool(code) for code in _within(points[unsure])]
    return outside


def _within(points: np.ndarray) -> list[str]:
    """Return the code of the area that each point (n × 2) lies in, of the UK's map before the world's; empty at sea."""
    found = [""] * len(points)
    for name in ("World", "UK"):
        kept = _sheet(name)
        codes = list(kept.shapes)
        places, areas = kept.tree.query(shapely.points(points * (kept.factor, 1.0)), predicate="intersects")
        for place, area in zip(places, areas, strict=True):
            found[place] = codes[area]
    return found


def _lies(point: np.ndarray, codebook: Codebook) -> str:
    (code,) = _within(point[None, :])
    return f"lies in {codebook.name('region', code)} ({code})" if code else "lies in the sea"


def _slip(point: np.ndarray, areas: list[list[tuple[str, tuple[str, ...]]]]) -> str:
    """Say which slip of the pen would put the point where its region is: a sign, or latitude and longitude swapped."""
    longitude, latitude = point
    slips = {
        f"; with longitude {-longitude:g} it would lie there": (-longitude, latitude),
        "; with latitude and longitude exchanged it would lie there": (latitude, longitude),
    }
    for said, (x, y) in slips.items():
        if abs(y) <= 90 and not all(
            _clearly_outside(sheet, codes, np.array([(x, y)]))[0] for area in areas for sheet, codes in area
        ):
            return said
    return ""
