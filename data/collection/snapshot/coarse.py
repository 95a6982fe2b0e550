"""Places that are shown coarsely: a region, and its centre on a map, in place of where people were."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from data.collection import geography
from data.collection.snapshot.columns import Links, Numbers

CENTRE, SOMEWHERE = "centre of ", "somewhere in "
"""How a place begins that stands for a finer one: with a point, which is its region's centre, and without."""
WITHHELD = "place withheld"
"""What stands for a place of which no region is drawn."""


@dataclass(frozen=True)
class Points:
    """Where findings are: degrees north and east, missing where unknown, and the place's name.

    Without a point, the place stands here of those findings alone that not everyone may see.
    """

    latitude: Numbers
    longitude: Numbers
    place: list[str]

    @property
    def coarse(self) -> Numbers:
        """Tell which findings have their region in place of where they are."""
        return np.zeros(len(self.place), dtype=bool)


@dataclass(frozen=True)
class Coarsened(Points):
    """The same, some of them as a region: its name, and its centre where they have a point."""

    moved: Numbers

    @property
    def coarse(self) -> Numbers:
        """Tell which findings have their region in place of where they are."""
        return self.moved


def coarsened(points: Points, about: Links, above_public: Numbers | None) -> Points:
    """Return points, those of the findings above public at the centre of their region, and places under its name.

    The region is the first in codebook order that a finding is coded to and that the map of the United Kingdom draws,
    else a country that the world map draws; a finding with neither, such as one about England as a whole, has no
    point, and its place is only said to be withheld. Without boundary files none has.
    """
    if above_public is None or not above_public.any():
        return points
    placed = ~np.isnan(points.latitude)
    moved = above_public & (placed | np.array([bool(name) for name in points.place], dtype=bool))
    latitude, longitude = points.latitude.copy(), points.longitude.copy()
    latitude[moved] = longitude[moved] = np.nan
    place = [WITHHELD if gone else name for name, gone in zip(points.place, moved.tolist(), strict=True)]
    waiting = moved.copy()
    for code, area in _areas(about.codes):
        held = about.finding[about.of(code)]
        for finding in held[waiting[held]].tolist():
            waiting[finding] = False
            place[finding] = f"{SOMEWHERE}{area.name}"
            if placed[finding]:
                longitude[finding], latitude[finding] = area.label
                place[finding] = f"{CENTRE}{area.name}"
    return Coarsened(latitude, longitude, place, moved)


def is_coarse(place: str) -> bool:
    """Tell whether a place is one that stood for a finer one, as a reader was told it."""
    for begins in (CENTRE, SOMEWHERE):
        if place.startswith(begins):
            return place.removeprefix(begins) in {area.name for _, area in _areas(None)}
    return place == WITHHELD


def _areas(codes: Sequence[str] | None) -> Iterator[tuple[str, geography.Area]]:
    """Yield the areas of these codes, or all, those of the United Kingdom first, in the order of the codes."""
    for sheet in geography.SHEETS:
        try:
            areas = _of_sheet(sheet, geography.FOLDER)
        except geography.BoundaryFault:
            continue
        yield from ((code, areas[code]) for code in (areas if codes is None else codes) if code in areas)


@lru_cache(maxsize=4)
def _of_sheet(sheet: str, folder: Path) -> Mapping[str, geography.Area]:
    """Return the areas of a sheet by code; a fault is not remembered."""
    return {area.code: area for area in geography.read(sheet)}
