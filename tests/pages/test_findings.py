"""The findings page: all of the filter by direction, a part at a time, and one whole under its own link."""

import re
from collections import Counter

from markupsafe import escape

from tests.data.reckoning import DIRECTIONS, ROWS, read
from tests.pages.test_pages import answer, said

INT_E034 = next(row for row in ROWS if row.ref == "INT-E034")


def by_direction(rows) -> str:
    """Say, from the files, how many findings there are and which way they point."""
    counted = Counter(row.direction for row in rows)
    *first, last = [f"{counted[word]} {word}" for word in DIRECTIONS if counted[word]]
    return f"{len(rows)} findings, {', '.join(first)} and {last}."


def test_it_answers_with_the_findings_by_direction(open_page):
    assert answer(open_page("findings")) == by_direction(ROWS)


def test_a_filter_keeps_its_findings_alone(open_page):
    rows = [row for row in ROWS if row.strand == "roundtable"]
    assert answer(open_page("findings", {"strand": "roundtable"})) == f"In the roundtable strand: {by_direction(rows)}"


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


def choose_row(app, key: str, column: str, named: str):
    """Choose the row of a table whose cell in a column says this, as a reader's click does."""
    number = list(app.dataframe[0].value[column]).index(named)
    app.session_state[key] = {"selection": {"rows": [number], "columns": [], "cells": []}}
    return app.run()


def cards(app) -> list[str]:
    """Return the refs of the findings that are written out."""
    return re.findall(r" · ([A-Z]+-E\d+)</p>", " ".join(part.proto.body for part in app.get("html")))


def test_the_finding_that_is_open_stays_open_whatever_rows_stand_around_it(open_page):
    app = open_page("findings", {"strand": "roundtable"})
    ref = app.dataframe[0].value["Ref"][7]
    app = choose_row(app, "findings_table", "Ref", ref)
    assert cards(app) == [ref]
    app = app.selectbox(key="findings_order").set_value("ref").run()
    assert cards(app) == [ref]
    assert list(app.dataframe[0].value["Ref"]).index(ref) != 7
    other = next(row for row in ROWS if row.strand == "roundtable" and row.ref == ref).cells["direction"]
    app = app.pills(key="filter_direction").set_value(["mixed" if other != "mixed" else "impeded"]).run()
    assert cards(app) == []
    assert f"{ref}, which was open, is not among these rows." in said(app)
    app = app.pills(key="filter_direction").set_value([]).run()
    assert cards(app) == [ref]
    app = app.switch_page("pages/themes.py").run().switch_page("pages/findings.py").run()
    assert cards(app) == [ref]


def test_a_row_that_is_let_go_closes_its_finding(open_page):
    app = open_page("findings", {"strand": "roundtable"})
    app = choose_row(app, "findings_table", "Ref", app.dataframe[0].value["Ref"][7])
    app.session_state["findings_table"] = {"selection": {"rows": [], "columns": [], "cells": []}}
    assert cards(app.run()) == []


def test_a_ref_that_is_missing_among_several_is_named(open_page):
    app = open_page("findings", {"finding": "INT-E034,INT-E999,INT-E035"})
    assert answer(app).startswith("Of findings INT-E034, INT-E035 and INT-E999: 2 findings, ")
    assert "No finding with the ref INT-E999 is shown here." in said(app)
    assert "No finding with the ref" not in said(open_page("findings", {"finding": "INT-E034,INT-E035"}))
    narrower = open_page("findings", {"finding": "INT-E034,INT-E035", "direction": INT_E034.cells["direction"]})
    assert "No finding with the ref" not in said(narrower)
