"""A headline says in plain words what of the evidence it is about."""

import pytest

from data.filters.filter import Filter
from data.sentences.scope import scope, scoped


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Filter(), ""),
        (Filter(region=("TLC",)), "In the North East"),
        (Filter(lever=("L6.1",), region=("TLC",)), "Library and cultural services, in the North East"),
        (Filter(theme=("T1.1",), role=("applied",)), "Community buildings and hubs, where applied"),
        (
            Filter(strand=("community",), confidence=("high", "moderate"), year=(2015, 2022), q="bus"),
            "In the community strand, of high or moderate confidence, published 2015 to 2022, search “bus”",
        ),
        (Filter(direction=("impeded",), method=("survey",)), "Coded impeded, by survey"),
        (Filter(finding=("A", "B")), "Of findings A and B"),
        (Filter(finding=("A", "B", "C", "D")), "Of 4 chosen findings"),
    ],
)
def test_the_scope_of_a_filter(codebook, wanted, said):
    assert scope(wanted, codebook) == said


def test_a_sentence_has_its_scope_before_it(codebook):
    assert scoped("Where applied, all is well.", Filter(region=("TLC",)), codebook) == (
        "In the North East: where applied, all is well."
    )
    assert scoped("UK: all is well.", Filter(region=("TLC",)), codebook) == "In the North East: UK: all is well."
    assert scoped("Where applied, all is well.", Filter(), codebook) == "Where applied, all is well."
    assert scoped("Where applied, all is well.", Filter(), codebook, "Any policy lever") == (
        "Any policy lever: where applied, all is well."
    )
