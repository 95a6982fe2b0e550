"""The slides that a page makes of what it shows, with its filter: for a briefing, and for a file."""

from components.views import region_pair
from data.filters.filter import Filter
from data.presenting.briefing import Slide

ON_PAGE = {
    "overview": ("levers", "strands", "coverage", "confidence"),
    "regions": ("map", "regions", "place themes", "two regions", "countries", "world map"),
    "themes": ("themes", "fine themes", "themes together"),
    "levers": ("levers", "lever places", "confidence"),
    "gaps": ("gap map",),
    "findings": ("finding",),
    "sources": ("methods", "years"),
    "definitions": ("definitions",),
    "method": ("limits",),
}
"""The views of each page, the first one first offered."""
MESSAGES = {
    "levers": "{says.sides}",
    "lever places": "{says.sides}",
    "confidence": "{says.confidence}",
    "themes": "Told most: {says.themes}",
    "fine themes": "Told most: {says.themes}",
    "place themes": "{says.place}, told most: {says.themes}",
    "themes together": "Told most: {says.themes}",
    "gap map": "Of {gaps.pairs} pairings of a narrow theme with a narrow lever, {gaps.empty} hold no finding",
    "definitions": "{definitions.physical_places} of {definitions.total} definitions count in physical places",
    "limits": "What to know before using these findings",
}
"""What a new slide says until it is edited: a sentence that is computed, and so true."""
OTHER = "{says.counts}"


def of_view(ref: str, view: str, wanted: Filter) -> Slide:
    """Return the slide of one view as it is now on screen."""
    return Slide(ref, MESSAGES.get(view, OTHER), view, shown(view, wanted).to_address())


def of_page(script: str, wanted: Filter) -> list[Slide]:
    """Return the slides of every view of a page, and last of what to know before using them."""
    views = dict.fromkeys((*ON_PAGE.get(script, ()), "limits"))
    return [of_view(f"slide-{place}", view, wanted) for place, view in enumerate(views, start=1)]


def shown(view: str, wanted: Filter) -> Filter:
    """Return the filter that shows a view as it is now on screen: of two regions, the two that are chosen there."""
    pair = region_pair.on_screen() if view == "two regions" else None
    return wanted.narrowed(region=pair) if pair else wanted
