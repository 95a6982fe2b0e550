"""Every choice of how a page shows what the filter holds, by page, each with its key and words in the address."""

from collections.abc import Callable, Sequence

from components.frame import voted
from components.frame.view_choice import ViewChoice
from components.store import compared_codings, store
from data.coders.agreement_table import NAMES
from data.coders.rounds import FACETS
from data.collection import geography
from data.facets import OFFERED, OVERSEAS
from data.filters.filter import Filter, escaped
from data.queries import definition_counts
from data.queries.listing import ORDERS, SOURCE_ORDERS
from data.queries.spread import home_parts

BROAD, FINE = "broad", "fine"
TABLE, CARDS = "table", "cards"
AXES = OFFERED
EVERY, OPEN, HERE = "all", "open", "settled"
ANY = "any"
LEAST, ALL = "least", "all"
MEASURES = ("kappa", "alpha", "agree")


def _of(*words: str) -> Callable[[Filter], Sequence[str]]:
    return lambda _: words


def orders(wanted: Filter) -> tuple[str, ...]:
    """Return the orders that findings may stand in, the first one the usual: by match only where words are sought."""
    return ORDERS[::-1] if wanted.q else tuple(order for order in ORDERS if order != "relevance")


def _sheet(wanted: Filter) -> str:
    """Return the map that shows the chosen regions."""
    kinds = {store.codebook().facets["region"][code].kind for code in wanted.region} - {"global"}
    return "World" if kinds == {OVERSEAS} else "UK"


@store.remembered
def default_pair(wanted: Filter) -> tuple[str, str]:
    """Return the regions to begin with: the filter's first one or two, else the UK's with most findings."""
    named = store.tally(wanted.without("region"), "region").set_index("code")["findings"]
    parts = sorted(home_parts(store.codebook()), key=lambda code: -int(named[code]))
    first, second, *_ = dict.fromkeys((*wanted.region[:2], *parts))
    return first, second


def regions_named(wanted: Filter) -> list[str]:
    """Return the regions that can be set side by side."""
    return list(store.tally(wanted.without("region"), "region")["code"])


def compared(names: Sequence[str]) -> str:
    """Return codings that are compared, as the address names them."""
    return ",".join(map(escaped, names))


def bars_of_places(wanted: Filter) -> voted.Parts:
    """Return the parts of bars on the page of regions: of themes where a region is chosen, else of regions."""
    return voted.of_facet(wanted, "theme" if wanted.region else "region")


def _first(wanted: Filter) -> str:
    return default_pair(wanted)[0]


def _second(wanted: Filter) -> str:
    return default_pair(wanted)[1]


MAP = ViewChoice("regions", "map", _of(*geography.SHEETS), _sheet, follows="region", stays=True)
FIRST = ViewChoice("regions", "first", regions_named, _first, follows="region")
SECOND = ViewChoice("regions", "second", regions_named, _second, follows="region")
THEMES = ViewChoice("themes", "level", _of(BROAD, FINE))
ROWS = ViewChoice("gaps", "rows", _of(*AXES))
COLUMNS = ViewChoice("gaps", "columns", _of(*AXES), lambda _: "lever")
ROWS_LEVEL = ViewChoice("gaps", "rows_level", _of(BROAD, FINE))
COLUMNS_LEVEL = ViewChoice("gaps", "columns_level", _of(BROAD, FINE))
SHOWN_AS = ViewChoice("findings", "as", _of(TABLE, CARDS))
SOURCES_ORDER = ViewChoice("sources", "order", _of(*SOURCE_ORDERS))
KINDS = ViewChoice("definitions", "kind", lambda _: definition_counts.kinds(store.definitions()), many=True)
BREADTHS = ViewChoice("definitions", "breadth", lambda _: definition_counts.breadths(store.definitions()), many=True)
BETWEEN = ViewChoice("agreement", "between", lambda wanted: [*map(compared, compared_codings.comparable(wanted))])
CODES = ViewChoice("agreement", "codes", _of(*NAMES), lambda _: "lever")
MEASURE = ViewChoice("agreement", "measure", _of(*MEASURES))
LISTED = ViewChoice("agreement", "list", _of(LEAST, ALL))
SETTLED = ViewChoice("agreement", "differences", _of(EVERY, OPEN, HERE))
DIFFER_IN = ViewChoice("agreement", "in", _of(ANY, *FACETS))
LEVER_PAGES = ("overview", "levers")
BAR = {
    **{page: ViewChoice(page, "bar", lambda wanted: ("", *voted.of_levers(wanted))) for page in LEVER_PAGES},
    "themes": ViewChoice("themes", "bar", lambda wanted: ("", *voted.of_facet(wanted, "theme"))),
    "regions": ViewChoice("regions", "bar", lambda wanted: ("", *bars_of_places(wanted))),
}
"""The part of a bar whose studies are listed beneath the page's figure of votes, by page."""
PLACE_BAR = ViewChoice("levers", "place", lambda wanted: ("", *voted.of_places(wanted)))
COUNTED = {
    "overview": ViewChoice("overview", "list", lambda wanted: ("", *voted.of_headline(wanted))),
    "levers": ViewChoice("levers", "list", lambda wanted: ("", *voted.of_headline(wanted, voted.focus(wanted)))),
    "regions": ViewChoice("regions", "list", lambda wanted: ("", *voted.of_headline(wanted))),
}
"""The number of the headline whose studies are listed beneath it, by page."""
ORDER = {
    page: ViewChoice(page, "order", orders) for page in ("overview", "regions", "themes", "levers", "gaps", "findings")
}
"""The order of the findings beneath, by page."""

CHOICES = (
    MAP, FIRST, SECOND, THEMES, ROWS, COLUMNS, ROWS_LEVEL, COLUMNS_LEVEL, SHOWN_AS, SOURCES_ORDER, KINDS, BREADTHS,
    BETWEEN, CODES, MEASURE, LISTED, SETTLED, DIFFER_IN, *ORDER.values(), *BAR.values(), PLACE_BAR, *COUNTED.values(),
)  # fmt: skip


def of_page(page: str) -> tuple[ViewChoice, ...]:
    """Return the choices of a page."""
    return tuple(choice for choice in CHOICES if choice.page == page)
