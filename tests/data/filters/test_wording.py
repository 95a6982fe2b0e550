"""A filter and its numbers in plain words."""

import pytest

from data.filters.filter import Filter
from data.filters.wording import in_words, listed, number_of, of_total, region_phrase


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Filter(), "All findings"),
        (Filter(theme=("T1.1",), region=("TLC", "TLD"), direction=("strengthened",)),
         "Community buildings and hubs, in the North East or North West; direction: strengthened"),
        (Filter(region=("TLI",)), "All findings, in London"),
        (Filter(lever=("L1",), role=("applied",)), "Funding and investment, where applied"),
        (Filter(role=("lacking", "withdrawn")), "Any policy lever where lacking or withdrawn"),
        (Filter(q="library", year=(2015, 2022)), "Published 2015 to 2022; search: “library”"),
        (Filter(year=(2019, 2019)), "Published in 2019"),
        (Filter(finding=("INT-E034",)), "Finding INT-E034"),
        (Filter(region=("TLC",), wider=True), "All findings, in the North East or about the whole that it lies in"),
    ],
)  # fmt: skip
def test_a_filter_says_itself(codebook, wanted, words):
    assert in_words(wanted, codebook) == words


def test_long_lists_are_cut_and_the_rest_counted(codebook):
    codes = tuple(f"TL{letter}" for letter in "CDEFGHIJ")
    assert in_words(Filter(region=codes), codebook).endswith("or 2 more")


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [
        (1, "study", "1 study"),
        (0, "study", "0 studies"),
        (1204, "finding", "1,204 findings"),
        (1, "source", "1 source"),
    ],
)
def test_a_number_agrees_with_its_noun(number, noun, words):
    assert number_of(number, noun) == words


def test_a_part_is_told_with_its_whole():
    assert of_total(34, 52, "study") == "34 of 52 studies"
    assert of_total(1, 1, "study") == "1 of 1 study"


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_names_are_listed_as_a_sentence_lists_them(names, words):
    assert listed(names) == words


@pytest.mark.parametrize(
    ("code", "phrase"), [("TLC", "the North East"), ("TLI", "London"), ("UK", "the United Kingdom")]
)
def test_a_region_takes_its_article_in_a_sentence(codebook, code, phrase):
    assert region_phrase(codebook, code) == phrase
