"""Briefings: made, edited, moved, copied, deleted and brought back on the screen; viewers only see what is shipped."""

import pytest
from streamlit.testing.v1 import AppTest

from components.store import store, visitor
from data.collection.access import Standing, Visitor
from data.presenting import editions, toml_files
from tests.pages.conftest import ROOT, wait_until_prepared
from tests.pages.test_pages import said


@pytest.fixture
def desk(writable, monkeypatch):
    """Return a function that opens a page for an editor, on a copy of the evidence with the shipped briefings."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    monkeypatch.setattr(visitor, "current", lambda: Visitor("an editor", Standing.EDITOR))
    store.forget()

    def opened(script: str = "briefings", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
        app = app.switch_page(f"pages/{script}.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    yield opened
    wait_until_prepared()


def slides(engine, code: str = "what-the-evidence-says") -> list:
    kept = next(kept for kept in editions.every(engine) if kept.code == code)
    return list(toml_files.read(kept.content, code).slides)


def click(app, label: str):
    return next(button for button in app.button if button.label == label).click().run()


def test_a_briefing_is_made_and_a_slide_is_written_on_live_numbers(desk, writable):
    app = desk()
    app.text_input(key="briefings_title").set_value("Libraries & more")
    app = click(click(app, "Make it"), "Add a slide")
    assert not app.exception
    key = next(field.key for field in app.text_area if field.label == "Message").removesuffix("_message")
    app.text_area(key=f"{key}_message").set_value("{applied.strengthened} of {applied.voting:study}")
    app.selectbox(key=f"{key}_view").set_value("levers")
    app.text_input(key=f"{key}_filter").set_value("lever=L6.1")
    app = click(app, "Save this slide")
    assert "11 of 20 studies" in said(app)
    (slide,) = slides(writable, "libraries-more")
    assert dict(slide.written_for.numbers)["applied.strengthened"] == 11


def test_a_title_typed_in_the_instant_before_a_slide_is_saved_or_moved_counts_with_it(desk, writable):
    before = slides(writable)
    app = desk(briefing="what-the-evidence-says")
    key = next(field.key for field in app.text_area if field.label == "Message").removesuffix("_message")
    next(field for field in app.text_input if field.label == "Title").set_value("One")
    app = app.button(key=f"briefing_arrow_downward_{before[0].ref}").click().run()
    assert [slide.ref for slide in slides(writable)[:2]] == [before[1].ref, before[0].ref]
    next(field for field in app.text_input if field.label == "Title").set_value("Two")
    app.text_area(key=f"{key}_message").set_value("Sent")  # in the form as it was, which a browser leaves filled in
    app = click(app, "Save this slide")
    assert "Nothing was changed" not in said(app)
    assert slides(writable)[1].message == "Sent"
    (kept,) = (kept for kept in editions.every(writable) if kept.code == "what-the-evidence-says")
    assert toml_files.read(kept.content, kept.code).title == "Two"


def test_what_is_wrong_with_a_slide_is_told_and_nothing_is_changed(desk, writable):
    before = slides(writable)
    app = desk(briefing="what-the-evidence-says")
    key = next(field.key for field in app.text_area if field.label == "Message").removesuffix("_message")
    app.text_area(key=f"{key}_message").set_value("{findngs}")
    app.text_input(key=f"{key}_filter").set_value("lever=L99")
    app = click(app, "Save this slide")
    assert "Nothing was changed:" in said(app)
    assert "slide 1, message: there is no number called &#34;findngs&#34;" in said(app)
    assert "slide 1, filter: lever=L99: there is no such lever" in said(app)
    assert slides(writable) == before


def test_slides_are_moved_copied_and_taken_out_and_each_is_undone(desk, writable):
    before = [slide.ref for slide in slides(writable)]
    app = desk(briefing="what-the-evidence-says")
    for key, now in (
        (f"briefing_arrow_downward_{before[0]}", [before[1], before[0], *before[2:]]),
        (f"briefing_content_copy_{before[0]}", [before[0], "slide-13", *before[1:]]),
        (f"briefing_delete_{before[2]}", [*before[:2], *before[3:]]),
    ):
        app = app.button(key=key).click().run()
        assert [slide.ref for slide in slides(writable)] == now
        undo = next(button for button in app.button if button.label.startswith("Undo: "))
        app = undo.click().run()
        assert [slide.ref for slide in slides(writable)] == before
    assert not app.exception


def test_a_deleted_briefing_is_brought_back(desk, writable):
    app = desk().button(key="delete_region").click().run()
    assert [kept.code for kept in editions.every(writable)] == ["what-the-evidence-says"]
    app = app.button(key="undo_region").click().run()
    assert [kept.code for kept in editions.every(writable)] == ["region", "what-the-evidence-says"]
    assert not app.exception


def test_a_copy_and_a_file_become_briefings_of_their_own(desk, writable):
    app = desk().button(key="copy_region").click().run()
    assert slides(writable, "copy-of-social-infrastructure-in-one-region") == slides(writable, "region")
    app = desk()
    file = toml_files.FOLDER / "region.toml"
    app.file_uploader(key="briefings_file").upload("region.toml", file.read_bytes())
    app = click(app, "Take it in")
    assert not app.exception
    assert slides(writable, "region-2") == slides(writable, "region")


def test_a_file_at_fault_is_told_by_slide_and_key(desk, writable):
    app = desk()
    app.file_uploader(key="briefings_file").upload("mine.toml", b'title = "A"\n[[slides]]\nview = "lever"\n')
    app = click(app, "Take it in")
    assert "mine.toml: slide 1, message: it is missing or empty" in said(app)
    assert len(editions.every(writable)) == 2


def test_the_view_on_screen_becomes_the_last_slide_with_its_filter(desk, writable):
    app = desk("levers", lever="L6.1", region="UK")
    app.session_state["add_levers"] = True
    app = app.run()
    app.selectbox(key="add_levers_to").set_value("what-the-evidence-says")
    app = app.button(key="add_levers_add").click().run()
    assert "Added as slide 13 of “Social infrastructure: what the evidence says”." in said(app)
    slide = slides(writable)[-1]
    assert (slide.view, slide.filter, slide.message) == ("levers", "region=UK&lever=L6.1", "{says.sides}")
    assert not app.exception


def test_a_view_is_added_with_the_filter_that_was_set_in_the_instant_before(desk, writable):
    app = desk("levers", lever="L6.1")
    app.session_state["add_levers"] = True
    app = app.run()
    app.selectbox(key="add_levers_to").set_value("what-the-evidence-says")
    app.multiselect(key="filter_region").set_value(["UK"])
    app = app.button(key="add_levers_add").click().run()
    assert slides(writable)[-1].filter == "region=UK&lever=L6.1"


def test_directions_of_a_lever_without_its_role_cannot_be_added(desk, writable):
    app = desk("themes", lever="L6.1")
    app.session_state["add_themes"] = True
    app = app.run()
    app = app.button(key="add_themes_add").click().run()
    assert "a lever&#39;s effect is not read without its role" in said(app)


def test_viewers_present_what_is_shipped_and_change_nothing(desk, writable, monkeypatch):
    app = desk().button(key="copy_region").click().run()
    monkeypatch.setattr(visitor, "current", lambda: Visitor("", Standing.VIEWER))
    app = desk()
    assert "2 briefings with 20 slides to show" in said(app)
    assert [button.label for button in app.main.button] == []
    assert "copy-of" not in said(desk(briefing="copy-of-social-infrastructure-in-one-region"))
    assert "Add to briefing" not in str([popover.proto for popover in desk("levers").get("popover")])
