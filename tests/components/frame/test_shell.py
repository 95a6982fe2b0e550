"""What the browser's tab calls a page."""

import pytest

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
