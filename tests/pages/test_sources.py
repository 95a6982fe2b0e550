"""The sources page: how many sources and studies, of which years and methods, and which share a study."""

from collections import Counter

from tests.data.reckoning import ROWS
from tests.pages.test_pages import answer, said


def held(rows) -> dict[str, object]:
    """Return the sources of these findings by ref."""
    return {row.source: row for row in rows}


def expected(rows) -> str:
    """Say, from the files, how many sources report how many studies, and of which years."""
    sources = held(rows).values()
    years = [row.year for row in sources if row.year]
    return (
        f"{len(sources)} sources report {len({row.study for row in sources})} separate studies; {len(years)} show a "
        f"year, from {min(years)} to {max(years)}, and {len(sources) - len(years)} show none."
    )


def test_it_answers_with_sources_studies_and_years(open_page):
    assert answer(open_page("sources")) == expected(ROWS)


def test_a_filter_keeps_the_sources_of_its_findings(open_page):
    rows = [row for row in ROWS if "TLC" in row.regions]
    assert answer(open_page("sources", {"region": "TLC"})) == f"In the North East: {expected(rows)}"


def test_it_names_the_method_of_most_sources(open_page):
    methods = Counter(row.method for row in held(ROWS).values() if row.method)
    (name, number), *_ = methods.most_common()
    assert f"The most frequent method is {name}: {number} of {len(held(ROWS))} sources" in said(open_page("sources"))


def test_the_table_lists_a_source_once_with_its_findings_here(open_page):
    rows = [row for row in ROWS if row.strand == "roundtable"]
    table = open_page("sources", {"strand": "roundtable"}).dataframe[0].value
    assert dict(zip(table["Ref"], table["Findings here"], strict=True)) == Counter(row.source for row in rows)
