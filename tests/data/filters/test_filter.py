"""The filter as a value and as a URL: what survives, what is refused, and in which words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.filters.filter import Filter, parse
from tests.data.drawn import ANY_TEXT, FILTERS


@given(wanted=FILTERS)
@settings(max_examples=200, deadline=None)
def test_any_filter_survives_url_to_value_to_url(codebook, wanted):
    assert parse(wanted.to_address(), codebook) == (wanted, ())
    assert parse(wanted.to_query(), codebook) == (wanted, ())
    assert parse(wanted.to_address(), codebook)[0].to_address() == wanted.to_address()


@given(query=st.one_of(ANY_TEXT, st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=4)))
@settings(max_examples=200, deadline=None)
def test_no_address_raises_and_what_is_kept_survives(codebook, query):
    kept, _ = parse(query, codebook)
    assert parse(kept.to_address(), codebook) == (kept, ())


def test_the_address_of_the_design_is_read_whole(codebook):
    wanted, ignored = parse(
        "?region=TLC,TLD&theme=T1.1&lever=L2.1&direction=strengthened&year=2015-2022&q=library", codebook
    )
    assert ignored == ()
    assert wanted == Filter(
        region=("TLC", "TLD"),
        theme=("T1.1",),
        lever=("L2.1",),
        direction=("strengthened",),
        year=(2015, 2022),
        q="library",
    )


@pytest.mark.parametrize(
    ("query", "kept", "said"),
    [
        ("thme=T1", {}, 'thme=T1: there is no such filter; did you mean "theme"?'),
        ("theme=T1.11", {}, 'theme=T1.11: there is no such theme; did you mean "T1.1"?'),
        ("region=north east", {}, 'region=north east: there is no such region; did you mean "TLC"?'),
        ("region=tlc", {"region": ("TLC",)}, None),
        ("direction=strengthend,impeded", {"direction": ("impeded",)},
         'direction=strengthend: there is no such direction; did you mean "strengthened"?'),
        ("year=2022-2015", {}, "year=2022-2015: the first year comes after the last"),
        ("year=soon", {}, "year=soon: write a year or a range, such as 2019 or 2015-2022"),
        ("year=2019", {"year": (2019, 2019)}, None),
        ("q=%22((", {}, 'q="((: there is no word in it to search for'),
        ("q=a&q=b", {"q": "b"}, "q=a: it is given more than once; the last one counts"),
        ("theme=T1&theme=T2", {"theme": ("T1", "T2")}, None),
        ("utm_source=letter&UTM_Campaign=a,b&fbclid=x&gclid=y&theme=T1", {"theme": ("T1",)}, None),
        ("wider=yes", {}, "wider=yes: write wider=1 to take in findings about the whole, or leave it out"),
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_and_left_out(codebook, query, kept, said):
    wanted, ignored = parse(query, codebook)
    assert wanted == Filter(**kept)
    assert [str(part) for part in ignored] == ([said] if said else [])


def test_a_long_search_is_cut_and_the_reader_told(codebook):
    wanted, (told,) = parse({"q": "x" * 10_000}, codebook)
    assert (wanted.q, told.reason) == ("x" * 200, "only the first 200 characters of the search are used")


def test_a_code_with_a_comma_in_it_is_one_code_again(codebook):
    wanted = Filter(finding=("A,B", "C%2C"))
    assert parse(wanted.to_address(), codebook) == (wanted, ())


def test_narrowing_replaces_a_facets_choice_and_letting_go_undoes_it():
    wanted = Filter(theme=("T1",), q="library").narrowed(theme=("T3", "T2", "T2"), role="applied")
    assert wanted == Filter(theme=("T2", "T3"), role=("applied",), q="library")
    assert wanted.narrowing() == ("theme", "role", "q")
    assert wanted.without("theme", "role", "q") == Filter()
    assert (bool(wanted), bool(Filter(wider=True))) == (True, False)
