"""What a plan says before anything is written, and that confirming it does exactly that, or refuses."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.faults import Refused
from data.importing.codebook.additions import Addition
from data.importing.loads import loading, prepared_load
from data.importing.loads.prepared_load import Outdated
from data.importing.strand_files import read
from data.progress import Cancelled
from models import Access
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand
from tests.data.importing.stored import ask, changes, everything, evidence

EDITOR = Visitor("an editor", Standing.EDITOR)


def lines(table: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in table.itertuples(index=False)]  # type: ignore[attr-defined]


def counted(engine: Engine) -> dict[tuple[str, str], tuple[object, object]]:
    """Return findings and sources by strand, region and theme, asked of the tables."""
    found: dict[tuple[str, str], tuple[object, object]] = {}
    for facet, sql in (
        ("strand", "SELECT s.strand, count(*), count(DISTINCT s.id) FROM finding f JOIN source s ON s.id = f.source_id "
                   "GROUP BY 1"),
        *((f, f"SELECT l.{f}, count(*), count(DISTINCT f.source_id) FROM finding_{f} l JOIN finding f "
              "ON f.id = l.finding_id GROUP BY 1") for f in ("region", "theme")),
    ):  # fmt: skip
        found |= {(facet, str(code)): (findings, sources) for code, findings, sources in ask(engine, sql)}
    return found


class TestAPlan:
    @pytest.fixture
    def plan(self, engine: Engine, tmp_path: Path) -> prepared_load.PreparedLoad:
        loading.load(engine, [write_strand(tmp_path / "first")])
        coded = changed(
            FINDINGS[:2], {"E1": {"place": "Ashington", "levers": "", "lever_roles": "", "latitude": "55.2"}}
        )
        new: Row = {**FINDINGS[2], "finding_id": "E4", "finding": "A hall opened", "themes": "T3", "source_id": "S1"}
        folder = write_strand(tmp_path / "second", [*coded, new], changed(SOURCES, {"S1": {"year": ""}}))
        before = everything(engine)
        found = prepared_load.prepare(engine, read([folder]), {"community"})
        assert everything(engine) == before
        return found

    def test_lists_what_would_be_added_changed_and_withdrawn(self, plan: prepared_load.PreparedLoad) -> None:
        assert plan.totals == {"added": 1, "changed": 2, "withdrawn": 1, "unchanged": 2, "codebook_changes": 0}
        assert lines(plan.rows) == [
            ("source", "S1", "changed", "A library and its readers", 1),
            ("finding", "E4", "added", "A hall opened", 0),
            ("finding", "E1", "changed", "The library brought its readers together", 4),
            ("finding", "E3", "withdrawn", "People told what halls are for", 0),
        ]

    def test_shows_each_field_before_and_after(self, plan: prepared_load.PreparedLoad) -> None:
        assert lines(plan.fields) == [
            ("source", "S1", "year", 2019, None),
            ("finding", "E1", "place", "Blyth", "Ashington"),
            ("finding", "E1", "latitude", 55.13, 55.2),
            ("finding", "E1", "levers", "L6.1", ""),
            ("finding", "E1", "lever_roles", "applied", ""),
        ]

    def test_counts_findings_and_sources_before_and_after(self, plan: prepared_load.PreparedLoad) -> None:
        rows = {(row[0], row[1]): row[3:] for row in lines(plan.counts)}
        assert rows["strand", "community"] == (3, 3, 2, 2)
        assert rows["region", "ENG"] == (3, 3, 2, 2)
        assert rows["region", "TLC"] == (2, 2, 2, 2)
        assert rows["theme", "T1"] == (3, 2, 2, 2)
        assert rows["theme", "T3"] == (1, 2, 1, 2)
        assert ("theme", "T5") not in rows

    def test_confirmed_does_exactly_that(self, plan: prepared_load.PreparedLoad, engine: Engine) -> None:
        load = prepared_load.confirm(engine, plan, EDITOR, mapping="their words")
        assert (load.who, load.mapping, load.replaced) == ("an editor", "their words", "community")
        assert (load.added, load.changed, load.withdrawn, load.unchanged) == (1, 2, 1, 2)
        assert set(changes(engine, 2)) == {(row[0], row[1], row[2]) for row in lines(plan.rows)}
        assert counted(engine) == {
            (row[0], row[1]): (row[4], row[6]) for row in lines(plan.counts) if row[4]
        }  # fmt: skip

    def test_confirmed_by_a_viewer_is_refused(self, plan: prepared_load.PreparedLoad, engine: Engine) -> None:
        before = everything(engine)
        with pytest.raises(NotAllowed):
            prepared_load.confirm(engine, plan, Visitor("", Standing.VIEWER))
        assert everything(engine) == before

    def test_of_a_collection_changed_since_is_refused_and_made_anew(
        self, plan: prepared_load.PreparedLoad, engine: Engine, tmp_path: Path
    ) -> None:
        loading.load(engine, [write_strand(tmp_path / "third", changed(FINDINGS[:1], {"E1": {"place": "Ashington"}}))])
        before = everything(engine)
        with pytest.raises(Outdated) as refused:
            prepared_load.confirm(engine, plan, EDITOR)
        assert everything(engine) == before
        assert str(refused.value) == (
            "the collection has changed since this plan was made (data version 1, now 2); nothing was changed; look at "
            "the plan made anew, then confirm that"
        )
        assert ("finding", "E1", "place", "Blyth", "Ashington") not in lines(refused.value.fresh.fields)
        assert prepared_load.confirm(engine, refused.value.fresh, EDITOR).version == 3

    def test_may_be_confirmed_once(self, plan: prepared_load.PreparedLoad, engine: Engine) -> None:
        prepared_load.confirm(engine, plan, EDITOR)
        with pytest.raises(Outdated) as refused:
            prepared_load.confirm(engine, plan, EDITOR)
        assert not refused.value.fresh.changes_something


def test_a_plan_for_a_collection_that_is_not_there_leaves_nothing_behind(engine: Engine, tmp_path: Path) -> None:
    plan = prepared_load.prepare(engine, read([write_strand(tmp_path / "strand")]))
    assert not Path(engine.url.database or "").exists()
    assert plan.totals["added"] == 5
    assert prepared_load.confirm(engine, plan, EDITOR).added == 5


def test_a_plan_of_faulty_files_is_refused_with_warnings_too(engine: Engine, tmp_path: Path) -> None:
    worse = changed(FINDINGS, {"E1": {"place": "near NE24 1AA"}, "E3": {"direction": "up"}})
    with pytest.raises(Refused) as refused:
        prepared_load.prepare(engine, read([write_strand(tmp_path / "strand", worse)]))
    assert [(fault.column, fault.value, fault.warning) for fault in refused.value.faults] == [
        ("place", "near NE24 1AA", True), ("direction", "up", False),
    ]  # fmt: skip


REGIONS = st.sampled_from(["", "TLC", "TLC;TLD", "ENG", "UK;FRA", "GLO"])
THEMES = st.sampled_from(["", "T1", "T1.2;T1.3", "T2.2;T3", "T9.9"])
ROWS = st.lists(
    st.tuples(st.sampled_from(["E1", "E2", "E3", "E4"]), st.sampled_from(["S1", "S2"]), REGIONS, THEMES),
    unique_by=lambda row: row[0],
)
STRANDS = st.tuples(st.sampled_from(["community", "literature"]), st.sampled_from(["community", "literature"]))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(first=ROWS, second=ROWS, strands=st.tuples(STRANDS, STRANDS), replaces=st.booleans())
def test_counts_of_a_plan_are_those_of_the_collection_after_it(
    first: list[tuple[str, ...]],
    second: list[tuple[str, ...]],
    strands: tuple[tuple[str, str], tuple[str, str]],
    replaces: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("counts")
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    for rows, of_sources in ((first, strands[0]), (second, strands[1])):
        sources = [{**row, "strand": strand} for row, strand in zip(SOURCES, of_sources, strict=True)]
        findings = [
            {**FINDINGS[2], "finding_id": ref, "source_id": source, "regions": regions, "themes": themes}
            for ref, source, regions, themes in rows
        ]
        replaced = set(of_sources) if replaces else set()
        before = counted(engine) if rows is second else {}
        files = read([write_strand(folder / str(rows is second), findings, sources)])
        if replaced and not findings:
            files.findings.clear()
            replaced = set()
        plan = prepared_load.prepare(engine, files, replaced, [Addition("theme", "T9.9", "T1", "Sheds")])
        prepared_load.confirm(engine, plan, EDITOR)
        table = lines(plan.counts)
        assert {(row[0], row[1]): (row[3], row[5]) for row in table if row[3]} == before
        assert {(row[0], row[1]): (row[4], row[6]) for row in table if row[4]} == counted(engine)
    engine.dispose()


class TestProgress:
    def test_is_told_from_the_start_to_the_end(self, engine: Engine, tmp_path: Path) -> None:
        told: list[float] = []
        files = read([write_strand(tmp_path / "strand")])
        plan = prepared_load.prepare(engine, files, progress=lambda share, doing: told.append(share))
        assert (told[0], told[-1], told) == (0.0, 1.0, sorted(told))
        told.clear()
        prepared_load.confirm(engine, plan, EDITOR, progress=lambda share, doing: told.append(share))
        assert (told[0], told[-1], told) == (0.0, 1.0, sorted(told))

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.9])
    def test_may_stop_the_work_and_nothing_is_changed(self, share: float, writable: Engine, tmp_path: Path) -> None:
        def stop(done: float, doing: str) -> None:
            if done >= share:
                raise Cancelled

        files = read([write_strand(tmp_path / "strand")])
        before = everything(writable)
        with pytest.raises(Cancelled):
            prepared_load.prepare(writable, files, progress=stop)
        plan = prepared_load.prepare(writable, files)
        with pytest.raises(Cancelled):
            prepared_load.confirm(writable, plan, EDITOR, progress=stop)
        assert everything(writable) == before


class TestAccess:
    """A column that a file may do without."""

    ACCESS = {"E1": {"access": "team"}, "E2": {"access": "roundtable"}}  # noqa: RUF012

    def test_is_public_where_nothing_is_said(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, self.ACCESS), SOURCES, ["access"])])
        rows = "SELECT ref, access FROM finding UNION SELECT ref, access FROM source ORDER BY ref"
        assert ask(engine, rows) == [
            ("E1", "team"), ("E2", "roundtable"), ("E3", "public"), ("S1", "public"), ("S2", "public")
        ]  # fmt: skip

    def test_of_another_word_is_refused(self, engine: Engine, tmp_path: Path) -> None:
        worse = changed(FINDINGS, {"E1": {"access": "secret"}})
        with pytest.raises(Refused, match='column access: "secret" is not one of public, roundtable, team; an empty'):
            loading.load(engine, [write_strand(tmp_path / "strand", worse, SOURCES, ["access"])])

    def test_outlasts_a_file_without_the_column(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, self.ACCESS), SOURCES, ["access"])])
        load = loading.load(engine, [write_strand(tmp_path / "second")])
        assert (load.changed, load.unchanged) == (0, 5)
        load = loading.load(engine, [write_strand(tmp_path / "third", changed(FINDINGS, {"E1": {"place": "Hull"}}))])
        assert load.changed == 1
        assert ask(engine, "SELECT place, access FROM finding WHERE ref = 'E1'") == [("Hull", str(Access.TEAM))]

    def test_that_would_be_opened_is_warned_of_and_audited(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, self.ACCESS), SOURCES, ["access"])])
        open_all = read([write_strand(tmp_path / "second", FINDINGS, SOURCES, ["access"])])
        plan = prepared_load.prepare(engine, open_all)
        assert [fault.reason for fault in plan.warnings] == [
            'finding "E1" would become public, and it is team now: more people would see it',
            'finding "E2" would become public, and it is roundtable now: more people would see it',
        ]
        prepared_load.confirm(engine, plan, EDITOR)
        assert ask(engine, 'SELECT who, subject, "before", "after" FROM audit WHERE action = \'access\'') == [
            ("an editor", "finding E1", '{"access": "team"}', '{"access": "public", "load": 2}'),
            ("an editor", "finding E2", '{"access": "roundtable"}', '{"access": "public", "load": 2}'),
        ]


class TestCodesToAdd:
    def told(self, engine: Engine, tmp_path: Path, *additions: Addition) -> list[str]:
        with pytest.raises(Refused) as refused:
            prepared_load.prepare(engine, read([write_strand(tmp_path / "strand")]), (), additions)
        return [fault.reason for fault in refused.value.faults]

    def test_are_planned_and_counted_with_the_findings_that_carry_them(self, engine: Engine, tmp_path: Path) -> None:
        sheds = [Addition("theme", "T1.78", "T1.77", "Boat sheds"), Addition("theme", "T1.77", "T1", "Sheds")]
        coded = changed(FINDINGS[:1], {"E1": {"themes": "T1.78"}})
        plan = prepared_load.prepare(engine, read([write_strand(tmp_path / "strand", coded)]), (), sheds)
        names = {row[1]: (row[2], row[4]) for row in lines(plan.counts) if row[0] == "theme"}
        assert names == {"T1": ("Places and spaces", 1), "T1.77": ("Sheds", 1), "T1.78": ("Boat sheds", 1)}
        prepared_load.confirm(engine, plan, EDITOR)
        assert evidence(engine)["findings"]["E1"]["themes"] == "T1.78"

    def test_below_themselves_are_refused(self, engine: Engine, tmp_path: Path) -> None:
        circle = (Addition("theme", "A", "B", "A"), Addition("theme", "B", "A", "B"))
        assert self.told(engine, tmp_path, *circle) == [
            '"A" stands below itself: its parents go in a circle by "B"',
            '"B" stands below itself: its parents go in a circle by "A"',
        ]

    @pytest.mark.parametrize(
        ("addition", "reason"),
        [
            (Addition("theme", "T1.2", "T1", "Sheds"), '"T1.2" stands already in the codebook, for '),
            (Addition("theme", "T1;2", "T1", "Sheds"), '"T1;2" cannot be a code; use up to 50 letters, digits, '),
            (Addition("theme", "T9", "T8", "Sheds"), '"T9" is to stand below "T8", which is no theme code'),
            (Addition("theme", "T9", "", " "), '"T9" has no name; a code needs one'),
            (Addition("mood", "M1", "", "Glad"), '"M1" is to be added to "mood"; codes are added to theme, lever, '),
        ],
    )
    def test_that_cannot_be_are_refused(self, addition: Addition, reason: str, engine: Engine, tmp_path: Path) -> None:
        (told,) = self.told(engine, tmp_path, addition)
        assert told.startswith(reason)

    def test_that_the_codebook_holds_by_that_name_are_passed_over(self, engine: Engine, tmp_path: Path) -> None:
        known = Addition("theme", "T1", "", "Places and spaces")
        plan = prepared_load.prepare(engine, read([write_strand(tmp_path / "strand")]), (), [known])
        assert plan.plan.additions == ()
