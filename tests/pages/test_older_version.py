"""A dashboard that starts on a database of an older version: it is brought up, and the pages open."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from components.server import readiness
from components.store import store
from tests.data.kept_database import kept
from tests.pages.conftest import ROOT
from tests.pages.test_pages import said


@pytest.mark.parametrize("version", [3, 4])
def test_the_server_brings_it_up_at_its_start_and_its_pages_open(version, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{kept(version, tmp_path)}")
    store.forget()
    readiness.prepare()
    assert f"was brought up from tables {version} to" in capsys.readouterr().out
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert not app.exception
    assert "6 findings" in said(app)
    for page in ("findings", "history", "agreement", "meeting"):
        opened = app.switch_page(f"pages/{page}.py").run()
        assert not opened.exception, page
    assert re.search(r"Our own briefing", str(opened))
    store.forget()


def test_without_the_server_of_this_version_a_page_says_how_to_bring_it_up(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{kept(3, tmp_path)}")
    store.forget()
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert not app.exception
    words = said(app) + " ".join(str(shown.value) for kind in (app.error, app.warning, app.info) for shown in kind)
    assert "bring it up, with everything that is in it, with: python -m data upgrade" in words
    store.forget()
