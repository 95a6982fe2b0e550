"""What a load does to rows, to the codes and wider codes they stand under, and to what a search finds."""

import csv
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.importing.loads import loading
from data.search.words import indexed
from models import Role
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_csv, write_strand
from tests.data.importing.stored import ask, changes, evidence, found_by, links

STRAND_OF = {"COM": "community", "INT": "international", "RND": "roundtable", "LIT": "literature"}


def parents(name: str) -> dict[str, str]:
    """Return each code's parent, straight from a codebook file."""
    with Path(f"data/shipped/codebook/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["parent"] for row in csv.DictReader(file)}


def upward(code: str, parent: dict[str, str]) -> list[str]:
    """Return the wider codes of a code, nearest first."""
    above = parent.get(code, "")
    return [above, *upward(above, parent)] if above else []


class TestWiderCodes:
    """A code brings every wider one with it, marked as not coded itself; a wider one that is coded stays coded."""

    @pytest.mark.parametrize(("facet", "column"), [("theme", "themes"), ("region", "regions")])
    def test_of_the_shipped_findings(
        self, facet: str, column: str, loaded: Engine, csv_findings: list[dict[str, str]]
    ) -> None:
        parent = parents(column)
        expected = {}
        for row in csv_findings:
            own = set(row[column].split(";"))
            wider = {above for code in own for above in upward(code, parent)} - own
            expected[row["finding_id"]] = {(code, 1) for code in own} | {(code, 0) for code in wider}
        assert links(loaded, facet) == expected

    def test_of_levers_are_kept_apart_by_role(self, loaded: Engine, csv_findings: list[dict[str, str]]) -> None:
        parent = parents("levers")
        expected = {}
        for row in csv_findings:
            if row["levers"]:
                own = set(zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True))
                wider = {(above, role) for code, role in own for above in upward(code, parent)} - own
                expected[row["finding_id"]] = {(*pair, 1) for pair in own} | {(*pair, 0) for pair in wider}
        assert links(loaded, "lever") == expected

    def test_that_are_coded_themselves_stay_coded(self, engine: Engine, tmp_path: Path) -> None:
        both: Row = {"themes": "T1.2;T1", "regions": "UK;TLC", "levers": "L6;L6.1", "lever_roles": "lacking;applied"}
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS[:1], {"E1": both}))])
        assert links(engine, "theme") == {"E1": {("T1", 1), ("T1.2", 1)}}
        assert links(engine, "region") == {"E1": {("UK", 1), ("TLC", 1), ("ENG", 0)}}
        assert links(engine, "lever") == {
            "E1": {("L6", "lacking", 1), ("L6.1", "applied", 1), ("L6", "applied", 0)},
        }

    def test_go_when_the_narrower_one_is_no_longer_coded(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        recoded: Row = {"themes": "T6.1", "regions": "FRA", "levers": "", "lever_roles": ""}
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, {"E2": recoded}))])
        assert links(engine, "theme")["E2"] == {("T6.1", 1), ("T6", 0)}
        assert links(engine, "region")["E2"] == {("FRA", 1)}
        assert set(links(engine, "lever")) == {"E1"}


RECODED: Row = {
    "finding": "The closed library parted its readers", "place": "Ashington", "latitude": "55.18",
    "longitude": "-1.57", "regions": "TLC;ENG", "themes": "T1.2;T5.3", "levers": "L1.2;L6.1",
    "lever_roles": "lacking;withdrawn", "direction": "impeded", "confidence": "high", "confidence_reason": "",
    "population": "borrowers", "period": "2020", "coder": "C3", "coded_on": "2026-12-01",
}  # fmt: skip


class TestAChangedFinding:
    @pytest.fixture
    def reloaded(self, engine: Engine, tmp_path: Path) -> Engine:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": RECODED}))])
        return engine

    def test_has_every_new_value(self, reloaded: Engine) -> None:
        assert evidence(reloaded)["findings"]["E1"] == {
            "finding_id": "E1", "source_id": "S1", **RECODED, "regions": "ENG;TLC", "latitude": 55.18,
            "longitude": -1.57,
            "searched": indexed((RECODED["finding"], "Ashington", "borrowers", "A library and its readers")),
        }  # fmt: skip

    def test_keeps_its_id_so_that_links_to_it_last(self, reloaded: Engine) -> None:
        assert ask(reloaded, "SELECT id, ref FROM finding ORDER BY id") == [(1, "E1"), (2, "E2"), (3, "E3")]

    def test_is_found_by_its_new_words_and_no_longer_by_its_old(self, reloaded: Engine) -> None:
        assert [found_by(reloaded, word) for word in ("parted", "Ashington", "borrowers")] == [["E1"]] * 3
        assert [found_by(reloaded, word) for word in ("together", "Blyth")] == [[], []]

    def test_is_recorded_with_the_row_as_it_was(self, reloaded: Engine) -> None:
        assert changes(reloaded, 2) == {
            ("finding", "E1", "changed"): {
                "ref": "E1", "source": "S1", "finding": "The library brought its readers together", "place": "Blyth",
                "regions": "TLC", "latitude": 55.13, "longitude": -1.51, "themes": "T1.2;T2.2", "levers": "L6.1",
                "lever_roles": "applied", "direction": "strengthened", "confidence": "moderate",
                "confidence_reason": "one survey", "population": "readers", "period": "2018", "coder": "C1;C2",
                "coded_on": "2026-11-23", "access": "public", "note": "",
            }
        }  # fmt: skip

    def test_may_move_to_another_source(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        load = loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": {"source_id": "S2"}}))])
        assert (load.added, load.changed, load.unchanged) == (0, 1, 4)
        assert evidence(engine)["findings"]["E1"]["source_id"] == "S2"
        assert found_by(engine, "buses") == ["E1", "E2", "E3"]

    @pytest.mark.parametrize(
        "change",
        [
            {"lever_roles": "lacking"},
            {"latitude": "", "longitude": ""},
            {"coder": ""},
            {"themes": "T1.2"},
            {"finding": "The library brought its readers Together"},
        ],
        ids=["a role", "its place", "its coder", "a theme", "one letter"],
    )
    def test_by_whatever_little_is_changed(self, change: Row, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        load = loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": change}))])
        assert (load.added, load.changed, load.withdrawn, load.unchanged) == (0, 1, 0, 4)
        assert list(changes(engine, 2)) == [("finding", "E1", "changed")]


class TestAChangedSource:
    def test_gives_its_findings_its_new_title_to_be_found_by(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        retitled = changed(SOURCES, {"S2": {"title": "Missing trams", "year": "2021"}})
        load = loading.load(engine, [write_strand(tmp_path / "strand", sources=retitled)])
        assert (load.added, load.changed, load.unchanged) == (0, 1, 4)
        assert found_by(engine, "trams") == ["E2", "E3"]
        assert found_by(engine, "fewer") == []  # stood in the title alone
        assert found_by(engine, "library") == ["E1"]
        assert found_by(engine, "buses") == ["E2"]

    def test_is_recorded_with_the_row_as_it_was(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        loading.load(engine, [write_strand(tmp_path / "s", (), changed(SOURCES[:1], {"S1": {"authors": "Dale, A."}}))])
        assert changes(engine, 2) == {
            ("source", "S1", "changed"): {
                "ref": "S1", "strand": "community", "title": "A library and its readers", "authors": "",
                "organisation": "", "year": 2019, "source_type": "", "method": "", "url": "", "doi": "",
                "accessed": "", "read": "", "study": "books", "access": "public", "note": "",
                "publication": "", "volume": "", "issue": "", "pages": "", "study_filed": None,
            }
        }  # fmt: skip

    def test_may_join_a_study_and_leave_it_and_no_study_stands_empty(self, engine: Engine, tmp_path: Path) -> None:
        keys = "SELECT s.ref, t.key FROM source s JOIN study t ON t.id = s.study_id ORDER BY s.ref"
        loading.load(engine, [write_strand(tmp_path / "strand")])
        assert ask(engine, keys) == [("S1", "books"), ("S2", "S2")]
        loading.load(engine, [write_strand(tmp_path / "s", (), changed(SOURCES, {"S2": {"study": "books"}}))])
        assert ask(engine, keys) == [("S1", "books"), ("S2", "books")]
        assert ask(engine, "SELECT key FROM study") == [("books",)]
        loading.load(engine, [write_strand(tmp_path / "s", (), changed(SOURCES, {"S1": {"study": ""}}))])
        assert ask(engine, keys) == [("S1", "S1"), ("S2", "S2")]
        assert ask(engine, "SELECT key FROM study ORDER BY key") == [("S1",), ("S2",)]

    def test_may_move_to_another_strand_with_its_findings(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        loading.load(engine, [write_strand(tmp_path / "s", (), changed(SOURCES[1:], {"S2": {"strand": "roundtable"}}))])
        rows = "SELECT f.ref, s.strand FROM finding f JOIN source s ON s.id = f.source_id ORDER BY f.ref"
        assert ask(engine, rows) == [("E1", "community"), ("E2", "roundtable"), ("E3", "roundtable")]


def test_a_withdrawn_row_is_recorded_as_it_was(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "strand")])
    loading.load(engine, [write_strand(tmp_path / "strand", FINDINGS[:2])], {"community"})
    assert changes(engine, 2) == {
        ("finding", "E3", "withdrawn"): {
            "ref": "E3", "source": "S2", "finding": "People told what halls are for", "place": "", "regions": "ENG",
            "latitude": None, "longitude": None, "themes": "T1", "levers": "", "lever_roles": "",
            "direction": "context", "confidence": "very low", "confidence_reason": "",
            "population": "", "period": "", "coder": "", "coded_on": "", "access": "public", "note": "",
        }
    }  # fmt: skip


def test_text_that_looks_like_sql_a_formula_or_html_is_text(engine: Engine, tmp_path: Path) -> None:
    texts = ["'); DROP TABLE finding; --", '=HYPERLINK("x")', "<script>alert(1)</script>", "*bold* [link](x) \x00 \x1b"]
    rows = [{**FINDINGS[0], "finding_id": text, "finding": text, "place": text} for text in texts[:3]]
    rows.append({**FINDINGS[0], "finding_id": "E9", "finding": texts[3], "place": texts[3]})
    loading.load(engine, [write_strand(tmp_path / "strand", rows)])
    assert {row["finding"] for row in evidence(engine)["findings"].values()} == set(texts)
    assert found_by(engine, '"DROP TABLE"') == [texts[0]]


def test_a_shipped_strand_withdrawn_row_by_row_leaves_the_others_whole(writable: Engine, tmp_path: Path) -> None:
    before = evidence(writable)
    folder = tmp_path / "roundtable"
    for name in ("sources", "findings"):
        with Path(f"data/shipped/strands/roundtable/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        write_csv(folder / f"{name}.csv", list(rows[0]), rows[:1])
    load = loading.load(writable, [folder], {"roundtable"})
    assert (load.added, load.changed, load.withdrawn, load.unchanged) == (0, 0, 51 + 69, 2)
    kept = {"RND-S001", "RND-E001"}
    for kind, rows_before in before.items():
        expected = {ref: row for ref, row in rows_before.items() if not ref.startswith("RND") or ref in kept}
        assert evidence(writable)[kind] == expected


def test_each_role_of_the_vocabulary_is_kept(engine: Engine, tmp_path: Path) -> None:
    all_roles: Row = {"levers": ";".join(["L2.1"] * len(Role)), "lever_roles": ";".join(Role)}
    loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS[:1], {"E1": all_roles}))])
    assert links(engine, "lever")["E1"] == {
        (code, str(role), int(code == "L2.1")) for code in ("L2", "L2.1") for role in Role
    }
