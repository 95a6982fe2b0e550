"""The definitions page: what published definitions include, by who holds them, whatever the filter says."""

from data.queries.definition_counts import ELEMENT_NAMES
from tests.data.reckoning import read
from tests.pages.test_pages import answer, said

ROWS = read("codebook/definitions.csv")


def included(rows, element: str) -> int:
    """Return how many of these definitions include an element."""
    return sum(row[element] == "yes" for row in rows)


def expected(rows) -> str:
    """Say, from the file, what these definitions include, and those ascribed to communities."""
    own = [row for row in rows if row["holder_kind"] == "community"]
    most = sorted(ELEMENT_NAMES, key=lambda element: -included(own, element))[:3]
    first, second, third = (f"{ELEMENT_NAMES[one].lower()} ({included(own, one)} of {len(own)})" for one in most)
    places, services, commercial = (
        included(rows, element) for element in ("physical_places", "public_services", "commercial_third_places")
    )
    return (
        f"Communities name most often {first}, {second} and {third}; of {len(rows)} definitions in all, {places} "
        f"include physical places, {services} public services and {commercial} commercial third places."
    )


def test_it_answers_with_what_definitions_include(open_page):
    assert answer(open_page("definitions")) == expected(ROWS)


def test_the_filter_of_findings_does_not_narrow_definitions(open_page):
    app = open_page("definitions", {"region": "TLC"})
    assert answer(app) == expected(ROWS)
    assert f"All {len(ROWS)} definitions are shown." in said(app)


def test_a_kind_of_holder_keeps_its_definitions(open_page):
    academic = [row for row in ROWS if row["holder_kind"] == "academic"]
    app = open_page("definitions")
    app.pills(key="definitions_kind").set_value(["academic"]).run()
    assert not app.exception
    assert answer(app).startswith(f"Of {len(academic)} definitions, {included(academic, 'physical_places')} include ")


def test_a_choice_that_holds_nothing_offers_all_again(open_page):
    kinds = {row["holder_kind"] for row in ROWS}
    breadths = {row["breadth"] for row in ROWS}
    both = {(row["holder_kind"], row["breadth"]) for row in ROWS}
    kind, breadth = next((k, b) for k in sorted(kinds) for b in sorted(breadths) if (k, b) not in both)
    app = open_page("definitions")
    app.pills(key="definitions_kind").set_value([kind])
    app.pills(key="definitions_breadth").set_value([breadth]).run()
    assert not app.exception
    assert "No definition is of both this kind of holder and this breadth." in said(app)
    again = next(button for button in app.main.button if button.label == f"Show all {len(ROWS)} definitions")
    assert answer(again.click().run()) == expected(ROWS)
