"""A load taken back: the collection is what it was before it, to the id, the search text and the wider codes."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.curating.row_history import history, versions
from data.importing.codebook.additions import Addition
from data.importing.loads import loading, prepared_load
from data.importing.loads.undoing import CannotUndo, prepare_undo, undo
from data.importing.strand_files import read
from models import Load
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand
from tests.data.importing.stored import ask, everything, evidence, found_by, links, state

EDITOR = Visitor("an editor", Standing.EDITOR)


def digest(engine: Engine) -> str:
    return str(ask(engine, "SELECT digest FROM load ORDER BY id DESC LIMIT 1")[0][0])


class Drawn(NamedTuple):
    """One load: its rows, which of them are of which text, whether it replaces the strand, what codes it adds."""

    sources: list[str]
    findings: list[tuple[str, int]]
    title: str
    study: str
    access: str
    replaces: bool
    adds: bool


LOADS = st.builds(
    Drawn,
    st.lists(st.sampled_from(["S1", "S2", "S3"]), unique=True, min_size=1),
    st.lists(st.tuples(st.sampled_from(["E1", "E2", "E3", "E4"]), st.integers(0, 2)), unique_by=lambda pair: pair[0]),
    st.sampled_from(["A library and its readers", "Another title"]),
    st.sampled_from(["", "books"]),
    st.sampled_from(["public", "team"]),
    st.booleans(),
    st.booleans(),
)
ADDED = (Addition("theme", "T1.77", "T1", "Sheds"), Addition("theme", "T1.78", "T1.77", "Sheds for boats"))


def bring_in(engine: Engine, folder: Path, drawn: Drawn) -> Load:
    titles = dict(zip(("S1", "S2", "S3"), ("A library", "Fewer buses", "Sheds"), strict=True))
    sources: list[Row] = [
        {"source_id": ref, "strand": "community", "title": titles[ref], "study": drawn.study} for ref in drawn.sources
    ]
    sources[0] = {**sources[0], "title": drawn.title, "access": drawn.access}
    findings: list[Row] = [
        {**FINDINGS[which], "finding_id": ref, "source_id": drawn.sources[which % len(drawn.sources)],
         **({"themes": "T1.78"} if drawn.adds and which == 2 else {})}
        for ref, which in drawn.findings
    ]  # fmt: skip
    files = read([write_strand(folder, findings, sources, ("access",))])
    replaced = {"community"} if drawn.replaces and findings else set()
    return prepared_load.load_at_once(engine, files, replaced, ADDED if drawn.adds else ())


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(first=LOADS, second=LOADS)
def test_a_load_undone_is_as_if_it_had_never_been_and_redone_as_if_never_undone(
    first: Drawn, second: Drawn, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    bring_in(engine, folder / "first", first)
    before, digest_before = state(engine), digest(engine)
    load = bring_in(engine, folder / "second", second)
    after, digest_after = state(engine), digest(engine)
    if not ask(engine, "SELECT 1 FROM change WHERE load_id = 2"):
        with pytest.raises(CannotUndo, match="changed no source, finding or added code"):
            undo(engine, 2, EDITOR)
        assert (load.added, load.changed, load.withdrawn) == (0, 0, 0)
        engine.dispose()
        return
    undone = undo(engine, 2, EDITOR)
    assert (undone.added, undone.changed, undone.withdrawn) == (load.withdrawn, load.changed, load.added)
    assert state(engine) == before
    assert (undone.digest, digest(engine)) == (digest_before, digest_before)
    redone = undo(engine, 3, EDITOR)
    assert state(engine) == after
    assert (redone.digest, redone.undoes, redone.version) == (digest_after, 3, undone.version + 1)
    engine.dispose()


@pytest.fixture
def twice(engine: Engine, tmp_path: Path) -> Engine:
    """Load a collection, then change it: one finding recoded, one withdrawn, one added, a source retitled."""
    loading.load(engine, [write_strand(tmp_path / "first")], who="Ann")
    recoded = changed(FINDINGS[:2], {"E1": {"direction": "mixed", "themes": "T1.2"}})
    new = {**FINDINGS[2], "finding_id": "E4", "finding": "A new hall opened"}
    sources = changed(SOURCES, {"S2": {"title": "Fewer trams"}})
    loading.load(engine, [write_strand(tmp_path / "second", [*recoded, new], sources)], {"community"}, who="Ben")
    return engine


class TestALoad:
    def test_undone_gives_back_what_a_search_and_wider_codes_find(self, twice: Engine) -> None:
        undo(twice, 2, EDITOR)
        assert ask(twice, "SELECT id, ref FROM finding ORDER BY id") == [(1, "E1"), (2, "E2"), (3, "E3")]
        assert (found_by(twice, "told"), found_by(twice, "trams"), found_by(twice, "opened")) == (["E3"], [], [])
        assert links(twice, "theme")["E1"] == {("T1.2", 1), ("T1", 0), ("T2.2", 1), ("T2", 0)}

    def test_is_planned_before_it_is_undone_and_nothing_is_written(self, twice: Engine) -> None:
        before = everything(twice)
        found = prepare_undo(twice, 2)
        assert everything(twice) == before
        assert [tuple(row) for row in found.rows[["kind", "ref", "what"]].itertuples(index=False)] == [
            ("source", "S2", "changed"), ("finding", "E3", "added"), ("finding", "E1", "changed"),
            ("finding", "E4", "withdrawn"),
        ]  # fmt: skip
        assert [tuple(row) for row in found.fields.itertuples(index=False)] == [
            ("source", "S2", "title", "Fewer trams", "Fewer buses"),
            ("finding", "E1", "themes", "T1.2", "T1.2;T2.2"),
            ("finding", "E1", "direction", "mixed", "strengthened"),
        ]

    def test_undone_is_a_load_with_who_and_what_it_undoes(self, twice: Engine) -> None:
        load = undo(twice, 2, EDITOR, note="by mistake")
        assert (load.id, load.action, load.undoes, load.who, load.note) == (3, "undo", 2, "an editor", "by mistake")
        assert (load.added, load.changed, load.withdrawn, load.version) == (1, 2, 1, 3)
        with Session(twice) as session:
            rows = history(session)
        assert list(rows["id"]) == [3, 2, 1]
        assert list(rows["who"]) == ["an editor", "Ben", "Ann"]
        assert rows.loc[1, "undone_by"] == 3
        assert rows["undone_by"].isna().tolist() == [True, False, True]

    def test_undone_is_not_undone_again_but_redone_by_undoing_that(self, twice: Engine) -> None:
        after = evidence(twice)
        undo(twice, 2, EDITOR)
        with pytest.raises(CannotUndo, match="load 2 is undone already, by load 3; undo that to have it back"):
            undo(twice, 2, EDITOR)
        undo(twice, 3, EDITOR)
        assert evidence(twice) == after
        undo(twice, 2, EDITOR)  # which counts again
        assert sorted(evidence(twice)["findings"]) == ["E1", "E2", "E3"]

    def test_is_undone_by_an_editor_alone(self, twice: Engine) -> None:
        before = everything(twice)
        for standing in (Standing.VIEWER, Standing.PARTICIPANT):
            with pytest.raises(NotAllowed):
                undo(twice, 2, Visitor("someone", standing))
        assert everything(twice) == before

    @pytest.mark.parametrize("number", [0, 99, -1])
    def test_that_never_was_is_not_undone(self, number: int, twice: Engine) -> None:
        with pytest.raises(CannotUndo, match=f"there is no load {number}"):
            undo(twice, number, EDITOR)


class TestALoadWithLaterOnes:
    def refusal(self, engine: Engine, number: int) -> CannotUndo:
        before = everything(engine)
        with pytest.raises(CannotUndo) as refused:
            undo(engine, number, EDITOR)
        assert everything(engine) == before
        return refused.value

    def test_that_changed_its_rows_is_refused_and_they_are_named(self, twice: Engine, tmp_path: Path) -> None:
        again = changed(FINDINGS[:1], {"E1": {"place": "Hull"}})
        loading.load(twice, [write_strand(tmp_path / "third", again)])
        refused = self.refusal(twice, 2)
        assert str(refused) == (
            "load 2 cannot be undone by itself: finding E1, source S2 were changed since by load 3; undo load 3 first"
        )
        assert refused.first == (3,)
        undo(twice, 3, EDITOR)
        undo(twice, 2, EDITOR)
        assert evidence(twice)["findings"]["E1"]["direction"] == "strengthened"

    def test_that_changed_other_rows_leaves_these_as_they_are(self, twice: Engine, tmp_path: Path) -> None:
        new: Row = {**FINDINGS[0], "finding_id": "E9", "source_id": "S9"}
        loading.load(twice, [write_strand(tmp_path / "third", [new], [{**SOURCES[0], "source_id": "S9"}])])
        undo(twice, 2, EDITOR)
        assert sorted(evidence(twice)["findings"]) == ["E1", "E2", "E3", "E9"]

    def test_that_rests_on_a_source_it_added_is_refused(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "first", ())])
        loading.load(engine, [write_strand(tmp_path / "second") / "findings.csv"])
        refused = self.refusal(engine, 1)
        assert (refused.first, str(refused)) == ((2,), (
            "load 1 cannot be undone by itself: findings that came since rest on sources that it added "
            "(E1, E2, E3, of load 2); undo load 2 first"
        ))  # fmt: skip

    def test_that_withdrew_the_source_of_what_would_come_back_is_refused(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "first", FINDINGS[:1])])
        moved = changed(FINDINGS[:1], {"E1": {"source_id": "S2"}})
        loading.load(engine, [write_strand(tmp_path / "second", moved)])
        loading.load(engine, [write_strand(tmp_path / "third", moved, SOURCES[1:])], {"community"})
        refused = self.refusal(engine, 2)
        assert (refused.first, "whose sources were withdrawn since (S1, by load 3)" in str(refused)) == ((3,), True)


class TestCodesThatALoadAdded:
    ADDED = (Addition("theme", "T1.77", "T1", "Sheds", "Places to make things"),)

    @pytest.fixture
    def added(self, engine: Engine, tmp_path: Path) -> Engine:
        loading.load(engine, [write_strand(tmp_path / "first")])
        coded = changed(FINDINGS[:1], {"E1": {"themes": "T1.77"}})
        prepared_load.load_at_once(engine, read([write_strand(tmp_path / "second", coded)]), (), self.ADDED)
        return engine

    def test_stay_when_the_codebook_is_brought_in_again(self, added: Engine, tmp_path: Path) -> None:
        load = loading.load(added, [write_strand(tmp_path / "third", ())])
        assert load.codebook_changes == 0
        assert links(added, "theme")["E1"] == {("T1.77", 1), ("T1", 0)}

    def test_stand_after_the_last_part_of_their_parent(self, added: Engine) -> None:
        codes = [code for (code,) in ask(added, "SELECT code FROM theme ORDER BY position")]
        assert codes[codes.index("T1.77") + 1] == "T2"
        assert ask(added, "SELECT codebook_changes FROM load WHERE id = 2") == [(1,)]

    def test_go_with_it(self, added: Engine) -> None:
        undo(added, 2, EDITOR)
        assert ask(added, "SELECT 1 FROM theme WHERE code = 'T1.77'") == []
        assert ask(added, "SELECT * FROM codebook_addition") == []

    def test_stay_where_later_rows_use_them(self, added: Engine, tmp_path: Path) -> None:
        new: Row = {**FINDINGS[1], "finding_id": "E9", "themes": "T1.77"}
        loading.load(added, [write_strand(tmp_path / "third", [new], SOURCES[1:])])
        assert [addition.code for addition in prepare_undo(added, 2).kept] == ["T1.77"]
        undo(added, 2, EDITOR)
        assert links(added, "theme")["E9"] == {("T1.77", 1), ("T1", 0)}
        assert links(added, "theme")["E1"] == {("T1.2", 1), ("T1", 0), ("T2.2", 1), ("T2", 0)}


def test_every_version_of_a_finding_says_who_changed_what(twice: Engine) -> None:
    undo(twice, 2, EDITOR)
    with Session(twice) as session:
        found = versions(session, "E1")
        gone = versions(session, "E4")
        of_source = versions(session, "S2", "source")
        assert versions(session, "E77") == ()
    assert [(each.load, each.who, each.action, each.what, each.fields) for each in found] == [
        (3, "an editor", "undo", "changed", (("themes", "T1.2", "T1.2;T2.2"), ("direction", "mixed", "strengthened"))),
        (2, "Ben", "load", "changed", (("themes", "T1.2;T2.2", "T1.2"), ("direction", "strengthened", "mixed"))),
        (1, "Ann", "load", "added", ()),
    ]
    assert [(each.load, each.what) for each in gone] == [(3, "withdrawn"), (2, "added")]
    assert gone[0].before and gone[0].before["finding"] == "A new hall opened"
    assert [each.fields for each in of_source] == [
        (("title", "Fewer trams", "Fewer buses"),), (("title", "Fewer buses", "Fewer trams"),), (),
    ]  # fmt: skip
