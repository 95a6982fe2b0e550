"""What is chosen on a page beside its filter stands in the address, and comes back from it."""

import pytest

from components.frame.view_choices import CHOICES

SAID = {
    "regions": {
        "map": "World", "first": "TLL", "second": "TLM", "order": "ref", "bar": "region:TLC:strengthened",
        "list": "all:impeded",
    },
    "themes": {"level": "fine", "order": "newest", "bar": "theme:T1:impeded"},
    "levers": {
        "order": "newest", "bar": "lever:L1:applied:strengthened", "place": "lever:any:applied:UK:impeded",
        "list": "lever:any:withdrawn-or-lacking:any",
    },
    "overview": {"order": "newest", "bar": "lever:L6:applied:mixed", "list": "lever:any:applied:strengthened"},
    "gaps": {"rows": "region", "columns": "direction", "rows_level": "fine", "columns_level": "fine", "order": "ref"},
    "findings": {"as": "cards", "order": "newest"},
    "sources": {"order": "title"},
    "definitions": {"kind": "academic,local government", "breadth": "narrow"},
    "agreement": {
        "between": "roles,agreed", "codes": "role", "measure": "agree", "list": "all", "differences": "open",
        "in": "role",
    },
}  # fmt: skip
"""Something unusual of every choice."""


@pytest.fixture
def open_at(open_page):
    """Return a function that follows a link to a page: with the whole address, in a session that was elsewhere."""

    def opened(page: str, asked: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
        if page == "overview":
            return open_page(page, asked)
        app = open_page("overview")
        for key, value in (asked or {}).items():
            app.query_params[key] = value
        return app.switch_page(f"pages/{page}.py").run()

    return opened


def query(app) -> dict[str, str]:
    """Return what the address says, each key once."""
    return {key: values[0] if isinstance(values, list) else values for key, values in app.query_params.items()}


def test_every_choice_has_something_unusual_to_say_here():
    assert {(page, key) for page, keys in SAID.items() for key in keys} == {(one.page, one.key) for one in CHOICES}


@pytest.mark.parametrize("page", SAID)
def test_a_page_opens_as_the_address_says_and_goes_on_saying_it(open_at, page):
    app = open_at(page, SAID[page])
    assert not app.exception
    assert "was not understood" not in " ".join(html.body for html in app.get("html"))
    drawn = {f"{page}_{key}" for key in SAID[page]}
    held = {key: app.session_state[key] for key in drawn}
    words = {f"{page}_{key}": word for key, word in SAID[page].items()}
    assert {key: ",".join(value) if isinstance(value, list) else value for key, value in held.items()} == words
    assert query(app) == SAID[page]
    assert query(app.run()) == SAID[page]


def test_a_choice_goes_into_the_address_and_out_again_when_it_is_the_usual_one(open_at):
    app = open_at("findings", {"region": "TLC"})
    app = app.button_group(key="findings_as").set_value("cards").run()
    assert query(app) == {"region": "TLC", "as": "cards"}
    app = app.button_group(key="findings_as").set_value("table").run()
    assert query(app) == {"region": "TLC"}


def test_a_filter_that_is_set_leaves_the_choices_as_they_are(open_at):
    app = open_at("themes", {"level": "fine"})
    app = app.multiselect(key="filter_region").set_value(["TLC"]).run()
    assert query(app) == {"region": "TLC", "level": "fine"}
    app = next(button for button in app.button if button.label == "Clear all filters").click().run()
    assert query(app) == {"level": "fine"}


def test_another_page_opens_with_the_filter_and_without_the_choices(open_at):
    app = open_at("themes", {"region": "TLC", "level": "fine", "order": "newest"})
    app.query_params.clear()
    app = app.switch_page("pages/levers.py").run()
    assert query(app) == {"region": "TLC"}
    assert app.selectbox(key="levers_order").value == "confidence"


def test_a_word_that_is_none_of_a_choice_is_named_and_left_out(open_at):
    app = open_at("definitions", {"kind": "academik,local government", "breadth": "huge"})
    said = " ".join(html.body for html in app.get("html"))
    assert "kind=academik: this page shows nothing so; did you mean &#34;academic&#34;?" in said
    assert "breadth=huge: this page shows nothing so; write " in said
    assert query(app) == {"kind": "local government"}


def test_a_region_opens_its_map_which_the_address_need_not_say(open_at):
    app = open_at("regions", {"map": "World"})
    app = app.multiselect(key="filter_region").set_value(["TLC"]).run()
    assert (app.session_state["regions_map"], query(app)) == ("UK", {"region": "TLC"})
    app = app.multiselect(key="filter_region").set_value(["USA"]).run()
    assert (app.session_state["regions_map"], query(app)) == ("World", {"region": "USA"})
    app = app.multiselect(key="filter_region").set_value([]).run()
    assert (app.session_state["regions_map"], query(app)) == ("World", {"map": "World"})


def test_words_that_are_sought_put_the_best_match_first_unless_another_order_was_chosen(open_at):
    app = open_at("levers")
    app = app.text_input(key="filter_q").set_value("library").run()
    assert (app.selectbox(key="levers_order").value, query(app)) == ("relevance", {"q": "library"})
    app = app.selectbox(key="levers_order").set_value("ref").run()
    app = app.text_input(key="filter_q").set_value("youth").run()
    assert query(app) == {"q": "youth", "order": "ref"}
