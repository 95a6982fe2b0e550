"""Present: a briefing on the wall, moved by buttons as by keys, with what is beneath each slide at hand."""

import pytest

from components.store import store
from tests.pages.test_pages import said

CODE = {"briefing": "what-the-evidence-says"}


@pytest.fixture
def present(open_page):
    def opened(**query: str):
        app = open_page("overview")
        app.query_params.clear()
        for key, value in query.items():
            app.query_params[key] = value
        app = app.switch_page("pages/present.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return opened


def place(app) -> str:
    return next(element.proto.body for element in app.get("html") if "slide-place" in element.proto.body)


def at(app) -> str:
    return place(app).split('role="status">')[1].split(" · ")[0]


def press(app, key: str):
    return app.button(key=f"present_{key}").click().run()


def test_a_briefing_opens_at_its_first_slide_and_moves_by_buttons(present):
    app = present(**CODE)
    assert not app.exception
    assert at(app) == "1 of 12"
    assert app.button(key="present_arrow_back").disabled
    app = press(app, "arrow_forward")
    assert (at(app), app.query_params["slide"]) == ("2 of 12", "2")
    app = press(press(app, "arrow_forward"), "arrow_back")
    assert at(app) == "2 of 12"
    assert not app.exception


@pytest.mark.parametrize(("slide", "shown"), [("12", 12), ("99", 12), ("0", 1), ("-3", 1), ("x", 1), ("٣", 1)])
def test_the_address_names_the_slide_and_a_wrong_one_breaks_nothing(present, slide, shown):
    app = present(**CODE, slide=slide)
    assert at(app) == f"{shown} of 12"
    assert not app.exception


def test_findings_question_and_blank_stand_over_the_slide_and_go_away_again(present):
    app = press(present(**CODE, slide="6"), "fact_check")
    assert "The findings under this slide" in said(app)
    app = press(app, "fact_check")
    assert "The findings under this slide" not in said(app)
    app = press(app, "forum")
    assert "Rank up to 5, the first counts most." in said(app)
    app = press(press(app, "forum"), "visibility_off")
    assert "The screen is blank." in said(app)
    app = app.button(key="present_unblank").click().run()
    assert at(app) == "6 of 12"


def test_the_end_leads_back_to_the_briefings(present):
    app = press(present(**CODE), "close")
    assert "2 briefings with 20 slides to show" in said(app)


def test_who_explores_from_a_slide_finds_the_slide_s_filter_and_the_way_back(present):
    app = present(**CODE, slide="6")
    app.query_params.clear()
    app = app.switch_page("pages/levers.py").run()
    assert app.query_params["lever"] in ("L6", ["L6"])
    assert next(link.proto.label for link in app.get("page_link")) == "Back to slide 6"


@pytest.mark.parametrize("region", ["TLN", "TLC"])
def test_the_region_briefing_is_about_the_region_of_its_address(present, region):
    app = present(briefing="region", region=region, slide="4")
    name = store.codebook().name("region", region)
    assert at(app) == "4 of 8"
    assert name in place(app)
    assert f"{name}, where policy levers were applied" in said(app)


def test_the_region_briefing_without_a_region_offers_all_twelve(present):
    app = present(briefing="region", region="ATLANTIS")
    labels = [link.proto.label for link in app.get("page_link")]
    assert len(labels) == 13
    assert "North East" in labels
    assert "There is no region ATLANTIS here." in said(app)


def test_a_briefing_that_is_not_there_is_told_with_those_that_are(present):
    app = present(briefing="no-such")
    assert app.title[0].value == "There is no such briefing here"
    assert len(app.get("page_link")) == 3


@pytest.mark.slow
def test_every_slide_of_both_briefings_is_drawn(present):
    for query, slides in ((CODE, 12), ({"briefing": "region", "region": "TLJ"}, 8)):
        app = present(**query)
        for number in range(2, slides + 1):
            app = press(app, "arrow_forward")
            assert not app.exception
            assert at(app) == f"{number} of {slides}"
