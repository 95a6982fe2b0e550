"""Every page, through the frame: it opens, it answers, it narrows, and an empty result says what to let go."""

import re

import pytest

from components.frame.shell import PLACES

SCRIPTS = [place.script for place in PLACES]
QUERIES = [
    {},
    {"region": "TLC"},
    {"theme": "T1", "lever": "L6.1", "role": "applied"},
    {"strand": "community", "year": "2015-2022", "q": "library", "wider": "1"},
]
NOTHING = {"region": "TLC", "lever": "L1.5", "direction": "strengthened"}
OWN_EVIDENCE = ("definitions", "method", "load", "history")
"""Pages that speak of more than the filter's findings, and so open whatever it holds."""


def said(app) -> str:
    """Return all words that a page writes as HTML, its tags taken away; every space is a space.

    A number that is a link stands in its sentence as any other.
    """
    bodies = (re.sub(r'</?a\b[^>]*class="within"[^>]*>|</a>', "", element.proto.body) for element in app.get("html"))
    words = " ".join(re.sub(r"<[^>]+>", " ", body) for body in bodies)
    return words.replace("\N{NO-BREAK SPACE}", " ")


def answer(app) -> str:
    """Return the page's answer, its first heading."""
    headings = [re.search(r"<h1[^>]*>(.*?)</h1>", element.proto.body, re.S) for element in app.get("html")]
    found = next((heading[1] for heading in headings if heading), "") or app.title[0].value
    return re.sub(r"<[^>]+>", "", found).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: "&".join(query) or "unfiltered")
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_opens_with_an_answer_and_no_exception(open_page, script, query):
    app = open_page(script, query)
    assert not app.exception
    assert answer(app)
    assert dict(app.query_params) == query or {k: v[0] for k, v in app.query_params.items()} == query


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_filter_that_holds_nothing_says_which_part_to_let_go(open_page, script):
    app = open_page(script, NOTHING)
    assert not app.exception
    if script in OWN_EVIDENCE:
        return
    assert app.title[0].value == "Nothing found"
    labels = [button.label for button in app.main.button]
    assert any(label.startswith("Let go of policy lever: ") for label in labels)
    assert "Clear all filters" in labels


def test_letting_go_of_a_part_brings_findings_back(open_page, csv_findings):
    left = [row for row in csv_findings if "TLC" in row["regions"].split(";") and row["direction"] == "strengthened"]
    app = open_page("findings", NOTHING)
    let_go = next(button for button in app.main.button if button.label.startswith("Let go of policy lever"))
    app = let_go.click().run()
    assert not app.exception
    assert answer(app) == f"In the North East, coded strengthened: {len(left)} findings, {len(left)} strengthened."


def test_the_overview_answers_with_both_sides_of_levers(open_page):
    assert answer(open_page()) == (
        "Where policy levers were applied, 112 of 208 studies report strengthening; "
        "where withdrawn or lacking, 59 of 85 report impeding."
    )


def test_every_page_says_findings_sources_and_studies_together(open_page):
    assert "All findings: 543 findings from 461 sources, reporting 378 separate studies." in said(open_page())


def test_the_filter_follows_the_reader_to_the_next_page(open_page):
    app = open_page("overview", {"region": "TLC"})
    app = app.switch_page("pages/levers.py").run()
    assert app.query_params["region"] in ("TLC", ["TLC"])
    assert "in the North East: 23 findings from 21 sources, reporting 19 separate studies." in said(app)


def test_the_panel_narrows_the_view_and_the_address(open_page):
    app = open_page("findings")
    app.multiselect(key="filter_region").set_value(["TLC"]).run()
    assert answer(app).startswith("In the North East: 23 findings, ")
    assert app.query_params["region"] in ("TLC", ["TLC"])
    app.text_input(key="filter_q").set_value("youth").run()
    assert app.query_params["q"] in ("youth", ["youth"])
    assert not app.exception


def test_facets_show_what_each_option_would_give(open_page, csv_findings):
    app = open_page("overview", {"region": "TLC"})
    labels = app.multiselect(key="filter_theme").options
    expected = sum(
        "TLC" in row["regions"].split(";") and any(code.startswith("T1.") for code in row["themes"].split(";"))
        for row in csv_findings
    )
    assert labels[0] == f"Places and spaces · {expected}"


def test_a_permalink_opens_one_finding_whole(open_page, csv_findings):
    app = open_page("findings", {"finding": "INT-E034"})
    text = next(row["finding"] for row in csv_findings if row["finding_id"] == "INT-E034")
    assert answer(app) == "Finding INT-E034"
    assert text.split(",", maxsplit=1)[0] in said(app).replace("&#39;", "'")


def test_a_ref_that_does_not_exist_is_named(open_page):
    app = open_page("findings", {"finding": "NO-SUCH"})
    assert "No finding with the ref NO-SUCH is shown here." in said(app)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"thme": "T1"}, "thme=T1: there is no such filter; did you mean &#34;theme&#34;?"),
        ({"theme": "T1.11"}, "did you mean &#34;T1.1&#34;?"),
        ({"year": "20"}, "write a year or a range"),
        ({"q": "x" * 10_000}, "only the first 200 characters"),
        ({"q": "((("}, "no word in it"),
    ],
)
def test_a_malformed_address_is_named_and_breaks_nothing(open_page, query, told):
    app = open_page("findings", query)
    assert not app.exception
    assert told in said(app)


def test_wider_findings_are_offered_and_taken_in(open_page):
    app = open_page("findings", {"region": "TLC"})
    assert "155 more findings are about all of England or all of the United Kingdom." in said(app)
    take = next(button for button in app.main.button if button.label == "Take these wider findings in")
    app = take.click().run()
    assert answer(app).startswith("In the North East or about the whole that it lies in: 178 findings, ")


def test_a_database_that_is_not_there_is_told_in_words(tmp_path, monkeypatch, open_page):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    app = open_page()
    assert not app.exception
    assert app.title[0].value == "There is no evidence to show yet"
    assert "python -m data load" in said(app)


def test_a_file_that_is_no_database_is_told_in_words(tmp_path, monkeypatch, open_page):
    path = tmp_path / "text.sqlite"
    path.write_text("not a database, but long enough to look like a file " * 40)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    app = open_page()
    assert not app.exception
    assert "is not a database this dashboard can open" in said(app)


@pytest.mark.parametrize(
    ("set_beside", "asked"),
    [
        (lambda app: app.selectbox(key="levers_choice").set_value("L6.1"), {"lever": "L6.1"}),
        (lambda app: app.slider(key="panel_years").set_value((2015, 2020)), {"year": "2015-2020"}),
    ],
    ids=["a lever", "years"],
)
def test_a_search_typed_in_the_instant_before_something_else_is_chosen_counts_with_it(open_page, set_beside, asked):
    app = open_page("levers")
    app.text_input(key="filter_q").set_value("youth")
    set_beside(app)
    app.run()
    assert {key: "".join(value) for key, value in app.query_params.items()} == {"q": "youth", **asked}
    assert app.text_input(key="filter_q").value == "youth"
