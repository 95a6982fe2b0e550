"""The findings page: all of the filter by direction, a part at a time, and one whole under its own link."""

from collections import Counter

from markupsafe import escape

from tests.data.reckoning import DIRECTIONS, ROWS, read
from tests.pages.test_pages import answer, said

INT_E034 = next(row for row in ROWS if row.ref == "INT-E034")


def by_direction(rows) -> str:
    """Say, from the files, how many findings there are and which way they point."""
    counted = Counter(row.direction for row in rows)
    *first, last = [f"{counted[word]} {word}" for word in DIRECTIONS if counted[word]]
    return f"{len(rows)} findings: {', '.join(first)} and {last}."


def test_it_answers_with_the_findings_by_direction(open_page):
    assert answer(open_page("findings")) == by_direction(ROWS)


def test_a_filter_keeps_its_findings_alone(open_page):
    rows = [row for row in ROWS if row.strand == "roundtable"]
    assert answer(open_page("findings", {"strand": "roundtable"})) == by_direction(rows)


def test_the_table_holds_a_hundred_at_a_time(open_page):
    table = open_page("findings").dataframe[0].value
    assert len(table) == 100
    assert table["Ref"].is_unique


def test_the_parts_together_hold_every_finding_of_the_filter(open_page):
    rows = {row.ref for row in ROWS if row.strand == "community"}
    app = open_page("findings", {"strand": "community"})
    refs = set(app.dataframe[0].value["Ref"])
    parts = -(-len(rows) // 100)
    for part in range(2, parts + 1):
        refs |= set(app.number_input(key="findings_part_100").set_value(part).run().dataframe[0].value["Ref"])
    assert refs == rows


def test_a_permalink_shows_its_finding_whole(open_page):
    app = open_page("findings", {"finding": "INT-E034"})
    assert answer(app) == "Finding INT-E034"
    words = said(app).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    for cell in ("finding", "confidence_reason", "population", "title"):
        assert (INT_E034.cells[cell] or "not stated") in words


def test_a_link_to_a_finding_that_is_not_there_says_so(open_page):
    app = open_page("findings", {"finding": "INT-E999"})
    assert not app.exception
    assert "No finding with the ref INT-E999 is shown here." in said(app)


def test_a_finding_that_coders_differed_on_says_when_and_why_it_was_settled(open_page):
    settled = read("codings/settled.csv")[0]
    told = " ".join(part.body for part in open_page("findings", {"finding": settled["finding_id"]}).get("html"))
    assert f"<strong>{escape(settled['why'])}</strong>" in told
    assert f"on {settled['settled_on']}" in told
    never = next(row.ref for row in ROWS if row.ref not in {row["finding_id"] for row in read("codings/settled.csv")})
    assert "Settled by" not in " ".join(part.body for part in open_page("findings", {"finding": never}).get("html"))
