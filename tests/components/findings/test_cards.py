"""What a card says of a finding or a source beside its codes: the coders' notes, as text, where there are any."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from components.findings import cards, source_table
from components.store import store
from data.filters.filter import Filter
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand

HOSTILE = "<script>alert(1)</script> **said** twice"
AS_TEXT = "&lt;script&gt;alert(1)&lt;/script&gt; **said** twice"


@pytest.fixture(autouse=True)
def noted(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    findings = changed(FINDINGS, {"E1": {"note": HOSTILE}})
    sources = changed(SOURCES, {"S1": {"note": f"{HOSTILE}, of the source"}})
    loading.load(engine, [write_strand(tmp_path / "strand", findings, sources, further=("note",))])
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    store.forget()
    with store.beside_the_page():
        yield
    store.forget()


def details(ref: str) -> str:
    (row,) = store.findings(Filter(finding=(ref,))).to_dict("records")
    return str(cards.card_of(row).details)


def test_a_findings_card_shows_its_note_and_its_sources_as_text():
    assert f"<dt>Note</dt><dd>{AS_TEXT}</dd>" in details("E1")
    assert f"<dt>Note on the source</dt><dd>{AS_TEXT}, of the source</dd>" in details("E1")


def test_a_card_without_notes_says_nothing_of_them():
    assert "Note" not in details("E2")


def test_a_sources_card_shows_its_note_as_text_where_it_has_one():
    about = {row["source_id"]: str(source_table.about(row)) for row in store.sources(Filter()).to_dict("records")}
    assert f"<dt>Note</dt><dd>{AS_TEXT}, of the source</dd>" in about["S1"]
    assert "Note" not in about["S2"]


def test_a_place_named_as_its_region_is_told_once():
    codebook = store.codebook()
    assert cards.where({"place": "London", "regions": "TLI"}, codebook) == "London"
    assert cards.where({"place": "Crook", "regions": "TLC"}, codebook) == "Crook · North East"
    assert cards.where({"place": "", "regions": "TLC;TLD"}, codebook) == "North East, North West"
