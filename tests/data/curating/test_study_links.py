"""Sources linked by hand as one study: what votes as one, what outlasts a reload, and what an undo gives back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection.access import NotAllowed, Standing, Visitor
from data.curating.study_links import CannotLink, link_studies, unlink_studies
from data.exporting import workbook
from data.filters.filter import Filter
from data.importing.loads import loading, prepared_load
from data.importing.loads.undoing import undo
from data.importing.strand_files import read
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand
from tests.data.importing.stored import ask, everything

EDITOR = Visitor("an editor", Standing.EDITOR)
S3: Row = {"source_id": "S3", "strand": "community", "title": "Halls", "study": "halls"}
S4: Row = {"source_id": "S4", "strand": "community", "title": "More on halls", "study": "halls"}
FOUR = (*SOURCES, S3, S4)


@pytest.fixture
def four(engine: Engine, tmp_path: Path) -> Engine:
    """Four sources: S1 of the study books, S2 alone, S3 and S4 of the study halls."""
    loading.load(engine, [write_strand(tmp_path / "four", FINDINGS, FOUR)])
    return engine


def studies(engine: Engine) -> list[tuple[object, ...]]:
    return ask(engine, "SELECT s.ref, t.key FROM source s JOIN study t ON t.id = s.study_id ORDER BY s.ref")


class TestLinking:
    def test_brings_all_together_that_share_a_study_with_any(self, four: Engine) -> None:
        load = link_studies(four, ["S2", "S3"], EDITOR, note="the same survey")
        assert studies(four) == [("S1", "books"), ("S2", "halls"), ("S3", "halls"), ("S4", "halls")]
        assert (load.action, load.who, load.note, load.changed, load.version) == (
            "link studies", "an editor", "the same survey", 1, 2
        )  # fmt: skip

    def test_of_two_studies_makes_them_one(self, four: Engine) -> None:
        link_studies(four, ["S1", "S4"], EDITOR)
        assert studies(four) == [("S1", "books"), ("S2", "S2"), ("S3", "books"), ("S4", "books")]

    def test_of_sources_that_stand_alone_gives_them_a_key_of_their_own(self, engine: Engine, tmp_path: Path) -> None:
        alone = changed(SOURCES, {"S1": {"study": ""}})
        loading.load(engine, [write_strand(tmp_path / "two", FINDINGS, alone)])
        link_studies(engine, ["S2", "S1"], EDITOR)
        assert studies(engine) == [("S1", "study-of-S1"), ("S2", "study-of-S1")]
        unlink_studies(engine, ["S1"], EDITOR)
        assert studies(engine) == [("S1", "S1"), ("S2", "study-of-S1")]

    def test_is_in_the_audit_log_source_by_source(self, four: Engine) -> None:
        link_studies(four, ["S1", "S2", "S3"], EDITOR)
        assert ask(four, 'SELECT subject, "before", "after" FROM audit WHERE action = \'link study\'') == [
            ("source S2", '{"study": ""}', '{"study": "books", "load": 2}'),
            ("source S3", '{"study": "halls"}', '{"study": "books", "load": 2}'),
            ("source S4", '{"study": "halls"}', '{"study": "books", "load": 2}'),
        ]

    @pytest.mark.parametrize(
        ("refs", "reason"),
        [
            (["S1"], "name at least two sources to link"),
            (["S1", "S1"], "name at least two sources to link"),
            (["S1", "S9"], "there is no source S9"),
            (["S3", "S4"], r"S3, S4 report one study already \(halls\)"),
        ],
    )
    def test_that_cannot_be_is_refused(self, refs: list[str], reason: str, four: Engine) -> None:
        before = everything(four)
        with pytest.raises(CannotLink, match=reason):
            link_studies(four, refs, EDITOR)
        assert everything(four) == before

    def test_is_for_editors(self, four: Engine) -> None:
        for act in (link_studies, unlink_studies):
            with pytest.raises(NotAllowed):
                act(four, ["S3", "S4"], Visitor("", Standing.PARTICIPANT))


class TestUnlinking:
    def test_makes_each_a_study_of_its_own(self, four: Engine) -> None:
        unlink_studies(four, ["S3", "S4"], EDITOR)
        assert studies(four) == [("S1", "books"), ("S2", "S2"), ("S3", "S3"), ("S4", "S4")]

    def test_of_what_stands_alone_is_refused(self, four: Engine) -> None:
        with pytest.raises(CannotLink, match="S2: each is a study of its own already"):
            unlink_studies(four, ["S2"], EDITOR)


class TestWhatAPersonSet:
    def test_outlasts_the_files_brought_in_again(self, four: Engine, tmp_path: Path) -> None:
        link_studies(four, ["S2", "S3"], EDITOR)
        unlink_studies(four, ["S4"], EDITOR)
        linked = studies(four)
        load = loading.load(four, [tmp_path / "four"], {"community"})
        assert (load.changed, load.unchanged, studies(four)) == (0, 7, linked)

    def test_outlasts_another_change_of_its_source(self, four: Engine, tmp_path: Path) -> None:
        link_studies(four, ["S2", "S3"], EDITOR)
        folder = write_strand(tmp_path / "next", FINDINGS, changed(FOUR, {"S2": {"title": "No buses"}}))
        assert loading.load(four, [folder]).changed == 1
        assert dict(studies(four))["S2"] == "halls"
        assert ask(four, "SELECT title, study_filed FROM source WHERE ref = 'S2'") == [("No buses", "")]

    def test_stands_against_a_file_that_says_otherwise_with_a_warning(self, four: Engine, tmp_path: Path) -> None:
        link_studies(four, ["S2", "S3"], EDITOR)
        folder = write_strand(tmp_path / "next", FINDINGS, changed(FOUR, {"S2": {"study": "buses"}}))
        plan = prepared_load.prepare(four, read([folder]))
        assert plan.totals["changed"] == 0
        assert [fault.reason for fault in plan.warnings] == [
            'source "S2" has study "buses" in the file; "halls" stands, as a person has set it'
        ]

    def test_is_undone_like_a_load_and_then_the_files_hold_again(self, four: Engine, tmp_path: Path) -> None:
        before = studies(four)
        link_studies(four, ["S2", "S3"], EDITOR)
        undo(four, 2, EDITOR)
        assert studies(four) == before
        folder = write_strand(tmp_path / "next", FINDINGS, changed(FOUR, {"S2": {"study": "books"}}))
        loading.load(four, [folder])
        assert dict(studies(four))["S2"] == "books"

    def test_comes_back_from_a_workbook_as_it_is(self, four: Engine, tmp_path: Path) -> None:
        link_studies(four, ["S1", "S2"], EDITOR)
        out = tmp_path / "evidence.xlsx"
        workbook.write(four, Filter(), out)
        load = loading.load(four, [out])
        assert (load.changed, load.added) == (0, 0)
