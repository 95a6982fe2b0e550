"""The History page: what was done and by whom, opened field by field; duplicates, studies and the log beside it."""

import re

import pytest

from tests.pages.test_load import editing, opened, press, settled
from tests.pages.test_pages import answer, said

__all__ = ["editing"]


@pytest.fixture
def page(open_page, editing, monkeypatch):
    return opened(open_page, "history", editing, monkeypatch)


def test_the_newest_load_is_told_and_each_can_be_opened(page, csv_findings, csv_sources):
    assert re.fullmatch(r"1 load, of which 0 undone; the newest is load 1, of .*", answer(page))
    app = settled(page.selectbox(key="history_load").set_value(1).run())
    total = len(csv_findings) + len(csv_sources)
    assert f"{total:,} added, 0 changed, 0 withdrawn" in said(app)
    assert len(app.dataframe[1].value) == total


def test_two_that_are_told_apart_are_not_pointed_out_again(page):
    app = settled(page.radio(key="history_part").set_value("Likely duplicates").run())
    number = int(re.search(r"(\d+) pairs? likely to be the same", said(app))[1])
    app = press(app, "Not the same")
    assert f"{number - 1} pair" in said(app)
    app = settled(app.radio(key="history_part").set_value("Log of all changes").run())
    assert app.dataframe[0].value.iloc[0][["Who", "Action"]].tolist() == ["local user", "tell apart"]
    app = app.text_input(key="audit_search").set_value("no such words").run()
    assert "0 lines with these words." in said(app)


def test_sources_are_linked_as_one_study_and_unlinked(page, csv_sources):
    alone = [row["source_id"] for row in csv_sources if not row["study"]][:2]
    app = settled(page.radio(key="history_part").set_value("Sources of one study").run())
    before = int(re.search(r"(\d+) sources share", said(app))[1])
    assert before == sum(bool(row["study"]) for row in csv_sources)
    app = app.multiselect(key="study_sources").set_value(alone).run()
    app = press(app, "Link as one study")
    assert f"Done, as load 2: 2 sources changed. {before + 2} sources share" in said(app)
    app = press(app.multiselect(key="study_sources").set_value(alone).run(), "Unlink each")
    assert f"Done, as load 3: 2 sources changed. {before} sources share" in said(app)
