"""Filters drawn at random for tests of what must hold for any of them."""

from hypothesis import strategies as st

from data.filters.filter import Filter
from tests.data.reckoning import CODES, ROWS


def some(codes: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Return mostly nothing, else one to three codes, sorted and each once, as a filter holds them."""
    chosen = st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True).map(lambda c: tuple(sorted(c)))
    return st.one_of(st.just(()), st.just(()), chosen)


SPANS = st.tuples(st.integers(0, 9999), st.integers(0, 9999)).map(lambda pair: (min(pair), max(pair)))
RECENT = st.tuples(st.integers(2000, 2015), st.integers(2010, 2026)).map(lambda pair: (min(pair), max(pair)))
WORDS = ("library", "communit", "young people", "café", "Grimsby", '"asset transfer"', "services closed", "a", "zzz")
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
"""Text of any characters at all, half surrogates and controls with the rest."""

UNSEARCHED = st.builds(
    Filter,
    **{facet: some(codes) for facet, codes in CODES.items()},
    year=st.one_of(st.none(), st.none(), RECENT),
    finding=some(tuple(row.ref for row in ROWS[::40])),
    wider=st.booleans(),
)
"""Filters that search for no word: what they hold can be reckoned from the CSV files."""

FILTERS = st.builds(
    Filter,
    **{facet: some(codes) for facet, codes in CODES.items()},
    year=st.one_of(st.none(), st.none(), RECENT, SPANS),
    q=st.one_of(st.just(""), st.sampled_from(WORDS)),
    finding=some(tuple(row.ref for row in ROWS[::40])),
    wider=st.booleans(),
)
"""Filters of any kind."""
