"""What a card tells editors of a finding's past, and that it tells nobody else."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.findings import versions
from components.store import store, visitor
from data.collection import database
from data.collection.access import Standing, Visitor
from data.curating.row_history import versions as all_versions
from data.importing.loads import loading
from tests.conftest import STRANDS, read_csv
from tests.data.importing.small_strand import write_csv


@pytest.fixture
def recoded(writable: Engine, tmp_path: Path) -> Engine:
    """Return the shipped evidence with one finding recoded, its place written as HTML, and recoded back."""
    rows = read_csv(STRANDS / "community" / "findings.csv")[:1]
    for place in ("<b>Hull</b>", rows[0]["place"]):
        path = write_csv(tmp_path / "findings.csv", list(rows[0]), [{**rows[0], "place": place}])
        loading.load(writable, [path], who="Ann & Ben")
    return writable


def test_earlier_versions_are_told_field_by_field_and_never_as_html(recoded: Engine) -> None:
    found = database.ask(recoded, all_versions, "COM-E001")
    html = str(versions.drawn(found, 2))
    assert "<summary>2 earlier versions</summary>" in html
    assert "load 3, Ann &amp; Ben</dt><dd>place: <del>&lt;b&gt;Hull&lt;/b&gt;</del> became <ins>empty</ins>" in html
    assert "place: <del>empty</del> became <ins>&lt;b&gt;Hull&lt;/b&gt;</ins>" in html
    assert "<b>" not in html


@pytest.mark.parametrize(("standing", "told"), [(Standing.EDITOR, True), (Standing.PARTICIPANT, False)])
def test_are_told_to_editors_alone(
    standing: Standing, told: bool, recoded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(recoded.url))
    monkeypatch.setattr(visitor, "current", lambda: Visitor("someone", standing))
    store.forget()
    app = AppTest.from_file(str(Path("dashboard.py").resolve()), default_timeout=60)
    app.switch_page("pages/findings.py")
    app.query_params["finding"] = "COM-E001"
    app.run()
    assert not app.exception
    assert any("2 earlier versions" in str(element.proto) for element in app.get("html")) is told
    store.forget()
