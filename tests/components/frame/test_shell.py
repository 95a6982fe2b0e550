"""What the browser's tab calls a page."""

import pytest
from streamlit.testing.v1 import AppTest

from components.frame import shell
from data.filters.filter import Filter


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        (Filter(), "Findings – Social infrastructure evidence"),
        (Filter(theme=("T1.1",), region=("TLC",)),
         "Findings: Community buildings and hubs, in the North East – Social infrastructure evidence"),
    ],
)  # fmt: skip
def test_a_tab_says_the_page_and_its_filter(codebook, monkeypatch, wanted, title):
    monkeypatch.setattr(shell.store, "codebook", lambda: codebook)
    assert shell.tab_title("Findings", wanted) == title


def test_a_long_filter_is_cut(codebook, monkeypatch):
    monkeypatch.setattr(shell.store, "codebook", lambda: codebook)
    title = shell.tab_title("Findings", Filter(q="x" * 200))
    assert title == f"Findings: Search: “{'x' * 110}… – Social infrastructure evidence"


FAILING = """
import streamlit as st
from components.frame import shell
from data.faults import ForPeople

with shell.told_in_its_place():
    raise ForPeople("the file *a* holds no table; save it as CSV")
st.text("the run goes on")
"""


def test_an_error_meant_for_people_stands_in_the_pages_place_as_it_is_written() -> None:
    drawn = AppTest.from_string(FAILING).run()
    assert [error.value for error in drawn.error] == [r"The file \*a\* holds no table; save it as CSV\."]
    assert not drawn.exception
    assert [text.value for text in drawn.text] == ["the run goes on"]
