"""The views that a slide may show: each a figure of an ordinary page, that page, and what a click narrows to."""

from collections.abc import Callable
from typing import Any, NamedTuple

from components.figures.exhibit import Exhibit
from components.findings import source_view
from components.frame.view_choices import default_pair
from components.slides import room_map
from components.store import store
from components.views import (
    coverage,
    definition_view,
    gap_view,
    lever_profile,
    lever_sides,
    region_pair,
    region_view,
    theme_view,
)
from components.views.lever_sides import PANELS
from data.filters.filter import Filter
from data.queries.votes import SIDES

Built = Exhibit | str | None
"""A figure, or what is said in its stead."""


class SlideView(NamedTuple):
    """One view: the page that it stands on, what makes its figure, and the facet that a bar of it narrows to."""

    page: str
    build: Callable[[Filter], Built]
    facet: str = ""
    sheet: str = ""
    """The map that stands beside the figure on a wall, if one does; a phone and a file have the figure alone."""


def _themes(wanted: Filter) -> Built:
    return theme_view.directions(wanted, store.codebook().parts("theme", None))


def _fine_themes(wanted: Filter) -> Built:
    return theme_view.directions(wanted, store.codebook().leaves("theme"))


def _together(wanted: Filter) -> Built:
    return "No two themes stand in one finding here" if theme_view.pairs(wanted).empty else theme_view.together(wanted)


def _pair(wanted: Filter) -> Built:
    return region_pair.side_by_side(wanted, *default_pair(wanted)) or "No theme is coded in either"


def _years(wanted: Filter) -> Built:
    return "No source here shows a year" if store.sources_by_year(wanted).empty else source_view.by_year(wanted)


def _definitions(_: Filter) -> Built:
    return definition_view.each_kind(definition_view.ChosenDefinitions((), ()))


def _none(_: Filter) -> Built:
    return None


VIEWS: dict[str, SlideView] = {
    "text": SlideView("overview", _none),
    "levers": SlideView("levers", lever_sides.exhibited, "lever"),
    "lever places": SlideView("levers", lever_profile.by_place),
    "confidence": SlideView("overview", lever_profile.by_confidence, "confidence"),
    "strands": SlideView("overview", coverage.by_strand, "strand"),
    "coverage": SlideView("overview", coverage.by_region, "region"),
    "map": SlideView("regions", lambda wanted: room_map.bars(wanted, "UK"), "region", "UK"),
    "world map": SlideView("regions", lambda wanted: room_map.bars(wanted, "World"), "region", "World"),
    "themes": SlideView("themes", _themes, "theme"),
    "fine themes": SlideView("themes", _fine_themes, "theme"),
    "place themes": SlideView("regions", region_view.of_place, "theme"),
    "themes together": SlideView("themes", _together),
    "regions": SlideView("regions", region_view.home, "region"),
    "countries": SlideView("regions", region_view.abroad, "region"),
    "two regions": SlideView("regions", _pair, "theme"),
    "gap map": SlideView("gaps", gap_view.broad),
    "methods": SlideView("sources", source_view.by_method, "method"),
    "years": SlideView("sources", _years),
    "definitions": SlideView("definitions", _definitions),
    "finding": SlideView("findings", _none),
    "limits": SlideView("method", _none),
}


def explored(view: str, wanted: Filter, picked: list[Any]) -> Filter:
    """Return the filter that a chosen bar or cell of a view asks for, from the customdata of its point."""
    if view == "gap map":
        row, column = map(str, picked)
        return wanted.narrowed(**{facet: code for facet, code in (("theme", row), ("lever", column)) if code})
    if view == "levers":
        side = next((name for name, title in PANELS.items() if title == picked[1]), "")
        return wanted.narrowed(lever=str(picked[0]), **({"role": tuple(map(str, SIDES[side]))} if side else {}))
    facet = VIEWS[view].facet
    return wanted.narrowed(**{facet: str(picked[0])}) if facet and picked[0] else wanted
