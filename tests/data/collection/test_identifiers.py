"""One publication has one DOI and one page, however they are written."""

import pytest

from data.collection.identifiers import bare, doi_in, same_as, same_page


@pytest.mark.parametrize(
    "written",
    ["10.1000/Ab", " 10.1000/Ab ", "doi:10.1000/Ab", "DOI: 10.1000/Ab", "https://doi.org/10.1000/Ab",
     "http://dx.doi.org/10.1000/Ab", "doi.org/10.1000/Ab"],
)  # fmt: skip
def test_a_doi_is_bare_without_the_address_it_is_given_as(written: str) -> None:
    assert bare(written) == "10.1000/Ab"
    assert doi_in(written) == "10.1000/ab"


def test_an_address_is_that_of_a_doi_only_where_it_is_the_same_doi() -> None:
    assert same_as("10.1000/ab", "https://doi.org/10.1000/AB")
    assert not same_as("10.1000/ab", "https://doi.org/10.1000/abc")
    assert not same_as("10.1000/ab", "https://example.org/10.1000/ab")
    assert not same_as("", "https://doi.org/10.1000/ab")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a/", "http://EXAMPLE.org/a#page=3", True),
        ("https://example.org/a?utm_campaign=x", "https://example.org/a", True),
        ("https://example.org/a?gclid=x&UTM_source=y", "https://example.org/a", True),
        ("https://example.org/a?p=1&q=2", "https://example.org/a?q=2&p=1", True),
        ("https://example.org/a?p=1", "https://example.org/a?p=2", False),
        ("https://example.org/a?p", "https://example.org/a", False),
        ("https://example.org/#!/a", "https://example.org/#!/b", False),
        ("https://example.org/a", "https://example.org/A", False),
    ],
)
def test_two_addresses_of_one_page(one: str, other: str, same: bool) -> None:
    assert (same_page(one) == same_page(other)) is same


@pytest.mark.parametrize("no_address", ["", "page 3", "https://", "https://[broken", "file:///a"])
def test_what_is_no_web_address_is_no_page(no_address: str) -> None:
    assert same_page(no_address) == ""
