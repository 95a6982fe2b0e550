"""The Excel download: what it holds, what it is called, and how a large one is prepared beside the page."""

import io
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from openpyxl import load_workbook
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from components.frame import downloads
from data.filters.filter import Filter

ROOT = Path(__file__).parents[3]


def refs_in(contents: bytes) -> set[str]:
    """Return the refs in the first column of the sheet Findings, under its header."""
    sheet = load_workbook(io.BytesIO(contents), read_only=True)["Findings"]
    column = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True)]
    return {str(ref) for ref in column[column.index("finding_id") + 1 :] if ref}


def test_a_download_holds_the_findings_of_the_filter_and_no_others(loaded, csv_findings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    contents = downloads.make(Filter(region=("TLC",)), "Regions", "http://localhost:8501/regions", tuple)
    assert refs_in(contents) == {row["finding_id"] for row in csv_findings if "TLC" in row["regions"].split(";")}


def test_a_file_is_named_for_its_page_filter_and_day(loaded, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    today = datetime.now(ZoneInfo("Europe/London")).date().isoformat()
    name = downloads.file_name("Policy levers", Filter(region=("TLC",), lever=("L2.1",)))
    assert name == f"policy-levers-community-asset-transfer-in-the-north-east-{today}.xlsx"
    assert downloads.file_name("Overview", Filter()) == f"overview-all-findings-{today}.xlsx"


@pytest.mark.parametrize(("told", "kept"), [(-0.5, 0.0), (0.25, 0.25), (1.5, 1.0)])
def test_progress_stays_between_none_and_all(told, kept):
    preparation = downloads.Preparation(Filter(), "Findings")
    preparation.report(told)
    assert preparation.done == kept


@pytest.fixture
def pressed(monkeypatch) -> dict[str, list[Callable[[], bytes]]]:
    """Return what a press of each download that was drawn comes to, by its label, oldest first."""
    drawn: dict[str, list[Callable[[], bytes]]] = {}
    monkeypatch.setattr(st, "download_button", lambda label, *_, data, **__: drawn.setdefault(label, []).append(data))
    return drawn


def test_a_press_while_the_page_is_drawn_for_another_filter_holds_that_one(loaded, pressed, csv_findings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    app.multiselect(key="filter_region").set_value(["TLC"]).run()
    in_the_north_east = {row["finding_id"] for row in csv_findings if "TLC" in row["regions"].split(";")}
    assert [refs_in(press()) for press in pressed["Download Excel"][-2:]] == [in_the_north_east] * 2
    for press in pressed["Download slides"][-2:]:
        slide = Presentation(io.BytesIO(press())).slides[1]
        assert "All findings, in the North East." in slide.shapes[-1].text_frame.text


def test_a_press_waits_until_the_page_is_drawn_and_is_given_nothing_of_another_page(monkeypatch):
    offer = downloads.DownloadOffer()
    pressed: list[bytes] = []
    waiting = threading.Thread(target=lambda: pressed.append(offer.contents("Themes")))
    waiting.start()
    assert pressed == []
    offer.put("Themes", lambda: b"themes")
    waiting.join()
    assert pressed == [b"themes"]
    with pytest.raises(LookupError, match="Overview shows no download any more"):
        offer.contents("Overview")
    offer.drawn.clear()
    monkeypatch.setattr(downloads, "PATIENCE_SECONDS", 0)
    with pytest.raises(LookupError, match="Themes shows no download any more"):
        offer.contents("Themes")


@pytest.fixture
def large_from_101_findings(loaded, monkeypatch):
    """Return the dashboard on the shipped evidence, as if a hundred findings were many."""
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    monkeypatch.setattr(downloads, "LARGE", 100)
    return AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)


def prepare(app: AppTest) -> downloads.Preparation:
    """Ask for the workbook, wait until its thread has ended, and return what came of it."""
    next(button for button in app.main.button if button.label == "Prepare Excel").click().run()
    for thread in threading.enumerate():
        if thread.name == "workbook":
            thread.join()
    return app.session_state[downloads.PREPARED]


def test_a_large_workbook_is_prepared_in_the_background_and_then_offered(large_from_101_findings, csv_findings):
    app = large_from_101_findings.run()
    prepared = prepare(app)
    assert (prepared.done, prepared.fault) == (1.0, "")
    assert refs_in(prepared.contents) == {row["finding_id"] for row in csv_findings}
    app.run()
    assert [button.proto.label for button in app.get("download_button")] == ["Download Excel", "Download slides"]
    assert not app.exception


def test_where_others_wait_for_files_a_workbook_of_any_size_is_prepared_and_its_place_is_told(loaded, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    waiting = [downloads.FILES.turn() for _ in range(downloads.LONG)]
    waiting[0].__enter__()
    others = [threading.Thread(target=lambda turn=turn: (turn.__enter__(), turn.__exit__(None, None, None)))
              for turn in waiting[1:]]  # fmt: skip
    for number, other in enumerate(others):
        other.start()
        while downloads.FILES.ahead() < number + 2:
            assert other.is_alive()
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert "Prepare Excel" in [button.label for button in app.main.button]
    app = next(button for button in app.main.button if button.label == "Prepare Excel").click().run()
    preparation = app.session_state[downloads.PREPARED]
    while not preparation.ahead:
        assert not preparation.fault
    assert downloads.how_far(preparation) == "Waiting: 3 files that others asked for before"
    waiting[0].__exit__(None, None, None)
    for other in others:
        other.join()
    while not preparation.contents:
        assert not preparation.fault
    app.run()
    assert "Download Excel" in [button.proto.label for button in app.get("download_button")]


def test_a_prepared_workbook_is_not_offered_for_another_filter(large_from_101_findings):
    app = large_from_101_findings.run()
    prepare(app)
    app.multiselect(key="filter_theme").set_value(["T1"]).run()
    assert [button.proto.label for button in app.get("download_button")] == ["Download slides"]
    assert "Prepare Excel" in [button.label for button in app.main.button]


def test_a_workbook_is_prepared_for_the_filter_that_was_set_in_the_instant_before_the_press(large_from_101_findings):
    app = large_from_101_findings.run()
    app.multiselect(key="filter_theme").set_value(["T1"])
    assert prepare(app).wanted == Filter(theme=("T1",))


def test_a_database_that_goes_away_while_a_workbook_is_made_is_told_in_words(large_from_101_findings, monkeypatch):
    app = large_from_101_findings.run()

    def gone(*_):
        raise downloads.DatabaseFault("evidence.sqlite cannot be read")

    monkeypatch.setattr(downloads, "make", gone)
    assert prepare(app).fault == "The workbook could not be made: evidence.sqlite cannot be read."
    assert "The workbook could not be made" in app.run().error[0].value
