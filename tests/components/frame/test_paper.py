"""The rows of a table for paper: as they are, empty where they are empty, and the others counted."""

import pandas as pd
import pytest
import streamlit as st

from components.frame import paper


@pytest.fixture
def drawn(monkeypatch) -> list[str]:
    """Return what is drawn, as it is drawn."""
    found: list[str] = []
    monkeypatch.setattr(st, "html", lambda body: found.append(str(body)))
    return found


def test_rows_stand_as_text_and_missing_ones_are_empty(drawn):
    paper.rows(pd.DataFrame({"Ref": ["A", "<b>"], "Year": pd.array([2019, None], "Int64")}), "Sources")
    (said,) = drawn
    assert said.startswith('<div class="printed">')
    assert '<th scope="row" class="short">&lt;b&gt;</th>' in said
    assert "2,019" not in said
    assert "&lt;NA&gt;" not in said
    assert "more in the workbook" not in said


def test_rows_beyond_those_printed_are_counted(drawn):
    paper.rows(pd.DataFrame({"Ref": [f"R{n}" for n in range(250)]}), "Findings", total=543)
    assert drawn[0].count("<tr>") == 1 + paper.MOST
    assert "And 343 more in the workbook." in drawn[0]
