"""A source is cited as a Harvard reference list has it, from whatever of it is known."""

import pandas as pd
import pytest

from data.exporting.citation import cite, in_full


@pytest.mark.parametrize(
    ("source", "citation"),
    [
        (
            {
                "title": "Community perceptions of social infrastructure",
                "authors": "Zia, N.; Barke, J.; Garling, O.",
                "organisation": "Bennett Institute",
                "year": 2023,
                "url": "https://example.org/a",
                "doi": "",
                "accessed": "2026-11-23",
            },
            "Zia, N., Barke, J. and Garling, O. (2023) Community perceptions of social infrastructure. Bennett "
            "Institute. Available at: https://example.org/a (accessed 23 November 2026).",
        ),
        (
            {"title": "What works?", "authors": "", "organisation": "Power to Change; Local Trust", "year": None},
            "Power to Change and Local Trust (n.d.) What works?",
        ),
        (
            {"title": "A hub on a pit site", "authors": "", "organisation": "", "year": 2017, "doi": "10.1/x"},
            "A hub on a pit site (2017). doi:10.1/x.",
        ),
        (
            {
                "title": "Space for community", "authors": "Zia, N.", "organisation": "A Press", "year": 2023,
                "publication": "Town Planning Review", "volume": "93", "issue": "4", "pages": "410-432",
                "doi": "10.1/x",
            },
            "Zia, N. (2023) Space for community. Town Planning Review, 93(4), pp. 410–432. doi:10.1/x.",
        ),
        (
            {
                "title": "A hub", "authors": "Zia, N.", "organisation": "A Press", "year": 2023,
                "publication": "Places to meet", "pages": "7",
            },
            "Zia, N. (2023) A hub. Places to meet, p. 7. A Press.",
        ),
        (
            {"title": "A hub", "authors": "Zia, N.", "organisation": "PLOS ONE", "year": 2023,
             "publication": "PLOS ONE", "volume": "18", "pages": "e0123"},
            "Zia, N. (2023) A hub. PLOS ONE, 18, e0123.",
        ),
        (
            {"title": "A hub", "year": 2023, "doi": "https://doi.org/10.1/X", "url": "https://dx.doi.org/10.1/x"},
            "A hub (2023). doi:10.1/X.",
        ),
        (
            {"title": "A hub", "year": 2023, "doi": "doi:10.1/x", "url": "https://example.org/a"},
            "A hub (2023). doi:10.1/x. Available at: https://example.org/a.",
        ),
        ({"title": "A hub", "url": "https://example.org/a"}, "A hub (n.d.). Available at: https://example.org/a."),
    ],
)  # fmt: skip
def test_a_citation_says_who_when_what_and_where(source: dict[str, object], citation: str) -> None:
    assert cite(source) == citation


def test_a_table_row_with_a_missing_year_has_no_date() -> None:
    table = pd.DataFrame({"title": ["One", "Two"], "organisation": ["Org", "Org"], "year": [2019, None]})
    assert [cite(row) for row in table.to_dict("records")] == ["Org (2019) One.", "Org (n.d.) Two."]


def test_line_breaks_and_spaces_in_a_source_become_single_spaces() -> None:
    assert cite({"title": " One\n  two ", "organisation": "Org\tA", "year": 2019}) == "Org A (2019) One two."


def test_a_date_that_is_none_stays_as_it_is_said() -> None:
    assert in_full("2026-11-03") == "3 November 2026"
    assert in_full("autumn 2026") == "autumn 2026"
