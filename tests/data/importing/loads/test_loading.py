"""A load: all of it or none, the same a second time, nothing withdrawn unasked, and a record of what it did."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, select

from data.collection import codebook as codebooks
from data.collection import database
from data.faults import Refused
from data.filters.filter import Filter
from data.importing.checking.values import says_nothing
from data.importing.loads import loading
from data.queries import listing
from data.search.words import indexed
from models import Load
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand, write_workbook
from tests.data.importing.stored import ask, changes, everything, evidence, file_bytes

SHIPPED = [f"data/shipped/strands/{strand}/{name}.csv"
           for strand in ("community", "international", "roundtable", "literature")
           for name in ("sources", "findings")]  # fmt: skip


def counted(load: Load) -> tuple[int, int, int, int, int]:
    """Return what a load says it did: added, changed, withdrawn, unchanged, and the data version after it."""
    return load.added, load.changed, load.withdrawn, load.unchanged, load.version


class TestTheShippedEvidence:
    def test_every_cell_of_its_files_is_in_the_database(
        self, loaded: Engine, csv_sources: list[dict[str, str]], csv_findings: list[dict[str, str]]
    ) -> None:
        held = evidence(loaded)
        assert held["sources"] == {
            row["source_id"]: {
                **row, "year": int(row["year"]) if row["year"] else None, "study_key": row["study"] or row["source_id"]
            }
            for row in csv_sources
        }  # fmt: skip
        titles = {row["source_id"]: row["title"] for row in csv_sources}
        assert held["findings"] == {
            row["finding_id"]: {
                **row,
                "latitude": float(row["latitude"]) if row["latitude"] else None,
                "longitude": float(row["longitude"]) if row["longitude"] else None,
                "regions": ";".join(sorted(row["regions"].split(";"))),
                "themes": ";".join(sorted(row["themes"].split(";"))),
                **paired(row),
                "searched": indexed((row["finding"], row["place"], row["population"], titles[row["source_id"]])),
            }
            for row in csv_findings
        }

    def test_its_load_is_recorded_with_every_file_and_its_sha256(self, loaded: Engine) -> None:
        with Session(loaded) as session:
            (load,) = session.exec(select(Load)).all()
        assert load.files == [
            {"name": name, "sha256": hashlib.sha256(Path(name).read_bytes()).hexdigest()} for name in SHIPPED
        ]
        assert (counted(load), load.replaced) == ((461 + 543, 0, 0, 0, 1), "")
        assert set(changes(loaded, 1).values()) == {None}

    def test_loaded_a_second_time_changes_nothing_but_the_record(self, writable: Engine) -> None:
        before = everything(writable)
        load = loading.load(writable, loading.shipped())
        after = everything(writable)
        assert counted(load) == (0, 0, 0, 461 + 543, 1)
        records = {"load", "audit", "sqlite_sequence"}
        assert {table: rows for table, rows in after.items() if table not in records} == {
            table: rows for table, rows in before.items() if table not in records
        }
        assert len(after["load"]) == 2

    def test_has_one_digest_whatever_the_way_it_was_loaded(self, engine: Engine, loaded: Engine) -> None:
        for folder in reversed(loading.shipped()):
            loading.load(engine, [folder])
        with Session(engine) as one_by_one, Session(loaded) as at_once:
            several, whole = database.data_version(one_by_one), database.data_version(at_once)
        assert (several.number, whole.number) == (4, 1)
        assert several.digest == whole.digest
        assert evidence(engine) == evidence(loaded)

    def test_is_current_until_a_file_or_the_codebook_differs(
        self, writable: Engine, engine: Engine, tmp_path: Path
    ) -> None:
        assert loading.shipped_is_current(writable)
        assert not loading.shipped_is_current(engine)
        folder = tmp_path / "codebook"
        folder.mkdir()
        for path in Path("data/shipped/codebook").glob("*.csv"):
            (folder / path.name).write_text(path.read_text().replace("Places and spaces", "Places"))
        assert not loading.shipped_is_current(writable, folder)
        loading.load(writable, loading.shipped(), codebook_folder=folder)
        assert loading.shipped_is_current(writable, folder)
        assert not loading.shipped_is_current(writable)

    def test_is_not_current_where_an_older_file_was_loaded(self, engine: Engine) -> None:
        loading.load(engine, loading.shipped()[:3])
        assert not loading.shipped_is_current(engine)
        loading.load(engine, loading.shipped()[3:])
        assert loading.shipped_is_current(engine)


def paired(row: dict[str, str]) -> dict[str, str]:
    """Return a row's levers and roles, sorted by lever, the roles still beside their levers."""
    pairs = sorted(zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True))
    return {"levers": ";".join(lever for lever, _ in pairs), "lever_roles": ";".join(role for _, role in pairs)}


class TestALoad:
    def test_says_when_it_was_and_what_it_added(self, engine: Engine, tmp_path: Path) -> None:
        before = datetime.now(UTC).replace(microsecond=0)
        load = loading.load(engine, [write_strand(tmp_path / "strand")])
        assert before <= load.at <= datetime.now(UTC)
        assert counted(load) == (5, 0, 0, 0, 1)
        assert changes(engine, 1) == {
            (kind, ref, "added"): None
            for kind, ref in (*(("source", f"S{n}") for n in (1, 2)), *(("finding", f"E{n}") for n in (1, 2, 3)))
        }

    def test_from_a_workbook_is_the_same_as_from_csv_files(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        load = loading.load(engine, [write_workbook(tmp_path / "strand.xlsx")])
        assert counted(load) == (0, 0, 0, 5, 1)

    def test_reads_codes_in_any_order_and_repeated_as_the_same(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        turned = {
            "E1": {"themes": "T2.2; T1.2 ;T2.2", "latitude": "55.130"},
            "E2": {"levers": "L1.2;L6.4", "lever_roles": "lacking;withdrawn"},
        }
        load = loading.load(engine, [write_strand(tmp_path / "strand", changed(FINDINGS, turned))])
        assert counted(load) == (0, 0, 0, 5, 1)

    def test_keeps_rows_that_its_files_lack(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        before = evidence(engine)
        load = loading.load(engine, [write_strand(tmp_path / "strand", FINDINGS[:1], SOURCES[:1])])
        assert counted(load) == (0, 0, 0, 2, 1)
        assert evidence(engine) == before

    def test_that_replaces_a_strand_withdraws_what_its_files_lack_of_it_and_of_no_other(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        other = {"S1": {"source_id": "L1", "strand": "literature"}, "S2": {"source_id": "L2", "strand": "literature"}}
        theirs = {f"E{n}": {"finding_id": f"F{n}", "source_id": f"L{min(n, 2)}"} for n in (1, 2, 3)}
        loading.load(engine, [
            write_strand(tmp_path / "ours"),
            write_strand(tmp_path / "theirs", changed(FINDINGS, theirs), changed(SOURCES, other)),
        ])  # fmt: skip
        before = evidence(engine)
        load = loading.load(engine, [write_strand(tmp_path / "ours", FINDINGS[:1], SOURCES[:1])], {"community"})
        assert (counted(load), load.replaced) == ((0, 0, 3, 2, 2), "community")
        assert evidence(engine) == {
            "sources": {ref: before["sources"][ref] for ref in ("S1", "L1", "L2")},
            "findings": {ref: before["findings"][ref] for ref in ("E1", "F1", "F2", "F3")},
        }
        withdrawn = changes(engine, 2)
        assert list(withdrawn) == [("finding", "E2", "withdrawn"), ("finding", "E3", "withdrawn"),
                                   ("source", "S2", "withdrawn")]  # fmt: skip
        for table in ("finding_theme", "finding_lever", "finding_region", "finding_search"):
            key = "rowid" if table == "finding_search" else "finding_id"
            assert ask(engine, f"SELECT 1 FROM {table} WHERE {key} NOT IN (SELECT id FROM finding)") == []
        assert ask(engine, "SELECT key FROM study ORDER BY key") == [("L2",), ("books",)]

    def test_takes_files_of_two_strands_at_once(self, engine: Engine, tmp_path: Path) -> None:
        overseas = {"S1": {"source_id": "I1", "strand": "international"}}
        paths = [
            write_strand(tmp_path / "a folder", FINDINGS[:1], SOURCES[:1]) / "sources.csv",
            tmp_path / "a folder" / "findings.csv",
            write_strand(
                tmp_path / "b", changed(FINDINGS[:1], {"E1": {"finding_id": "F1", "source_id": "I1"}}),
                changed(SOURCES[:1], overseas),
            ),
        ]  # fmt: skip
        assert counted(loading.load(engine, paths)) == (4, 0, 0, 0, 1)
        assert ask(engine, "SELECT ref, strand FROM source ORDER BY ref") == [
            ("I1", "international"),
            ("S1", "community"),
        ]

    def test_of_no_rows_is_refused_with_why(self, engine: Engine, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        empty = write_strand(tmp_path / "empty", (), ())
        with pytest.raises(Refused) as refused:
            loading.load(engine, [empty])
        assert str(refused.value) == (
            f"{empty}/sources.csv, {empty}/findings.csv: nothing of it is brought in: there is no row with a finding "
            "or a source in it"
        )


class TestARefusedLoad:
    def refusal(self, engine: Engine, paths: list[Path], replaced: set[str]) -> list[str]:
        with pytest.raises(Refused) as refused:
            loading.load(engine, paths, replaced)
        assert str(refused.value) == "\n".join(map(str, refused.value.faults))
        return [str(fault) for fault in refused.value.faults]

    def test_leaves_the_file_as_it_was_to_the_byte(self, writable: Engine, tmp_path: Path) -> None:
        before = file_bytes(writable)
        folder = write_strand(tmp_path / "strand", changed(FINDINGS, {"E3": {"finding": ""}}))
        assert self.refusal(writable, [folder], set()) == [
            f"{folder}/findings.csv: row 4 column finding: is empty; a finding needs its text"
        ]
        assert file_bytes(writable) == before

    def test_is_refused_for_the_faults_of_all_its_files(self, writable: Engine, tmp_path: Path) -> None:
        before = file_bytes(writable)
        good = write_strand(tmp_path / "good")
        bad = write_workbook(tmp_path / "bad.xlsx", (), [{"source_id": "S8", "strand": "x", "title": "x"}])
        assert self.refusal(writable, [good, tmp_path / "none", bad], {"roundtable"}) == [
            f"{tmp_path}/none: missing file or folder",
            f'{bad}: sheet Sources row 2 column strand: "x" is not one of '
            "community, international, roundtable, literature",
            "--replace roundtable: the files hold no source of that strand, so all of it would be withdrawn",
        ]
        assert file_bytes(writable) == before

    def test_into_a_new_file_leaves_no_tables(self, engine: Engine, tmp_path: Path) -> None:
        self.refusal(engine, [tmp_path / "nowhere"], set())
        assert ask(engine, "SELECT name FROM sqlite_master") == []
        with pytest.raises(database.DatabaseFault, match="holds no evidence; load it with: python -m data load"):
            database.check(engine)

    def test_that_would_replace_a_strand_by_sources_without_findings(self, writable: Engine, tmp_path: Path) -> None:
        before = file_bytes(writable)
        folder = write_strand(tmp_path / "strand")
        assert self.refusal(writable, [folder / "sources.csv"], {"community", "literature"}) == [
            "--replace community: the files hold sources but no findings, so all findings of that strand would be "
            "withdrawn",
            "--replace literature: the files hold no source of that strand, so all of it would be withdrawn",
        ]
        assert file_bytes(writable) == before


def test_a_check_leaves_the_file_as_it_was_to_the_byte(writable: Engine, tmp_path: Path) -> None:
    before = file_bytes(writable)
    checked, _ = loading.check_only(writable, [write_strand(tmp_path / "strand")], {"community"})
    assert (checked.faults, list(checked.sources), list(checked.findings)) == ([], ["S1", "S2"], ["E1", "E2", "E3"])
    assert file_bytes(writable) == before


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200).filter(
    lambda text: not says_nothing(text.strip()) and text.strip() not in ("[x]", "[z]", "[c]")
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(finding=TEXT, place=TEXT, title=TEXT)
def test_any_text_survives_a_load_but_for_white_space_around_it(
    finding: str, place: str, title: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text: Row = {"finding": finding, "place": place, "population": place[::-1]}
    folder = write_strand(
        tmp_path_factory.mktemp("any"),
        changed(FINDINGS[:1], {"E1": text}),
        changed(SOURCES[:1], {"S1": {"title": title}}),
    )
    engine = database.open_engine("sqlite://")
    loading.load(engine, [folder])
    with Session(engine) as session:
        (row,) = listing.findings(session, Filter(), codebooks.read(session)).to_dict("records")
    engine.dispose()
    assert (row["finding"], row["place"], row["population"], row["title"]) == (
        finding.strip(), place.strip(), place[::-1].strip(), title.strip(),
    )  # fmt: skip


STRANDS = st.tuples(
    st.lists(st.sampled_from(["S1", "S2"]), unique=True, min_size=1),
    st.lists(st.tuples(st.sampled_from(["E1", "E2", "E3", "E4"]), st.integers(0, 2)), unique_by=lambda pair: pair[0]),
    st.sampled_from(["A library and its readers", "Another title"]),
)


def drawn_strand(folder: Path, strand: tuple[list[str], list[tuple[str, int]], str]) -> Path:
    """Write a strand of some sources, the first retitled, with findings that are any of the three under any ref."""
    refs, findings, title = strand
    sources = changed([row for row in SOURCES if row["source_id"] in refs], {refs[0]: {"title": title}})
    coded = [{**FINDINGS[which], "finding_id": ref, "source_id": refs[which % len(refs)]} for ref, which in findings]
    return write_strand(folder, coded, sources)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(first=STRANDS, second=STRANDS)
def test_a_strand_replaced_by_another_is_as_if_only_the_other_had_been_loaded(
    first: tuple[list[str], list[tuple[str, int]], str],
    second: tuple[list[str], list[tuple[str, int]], str],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("pair")
    before, after = drawn_strand(folder / "before", first), drawn_strand(folder / "after", second)
    replaced, fresh = (database.open_engine(f"sqlite:///{folder / name}.sqlite") for name in ("replaced", "fresh"))
    loading.load(replaced, [before])
    load = loading.load(replaced, [after], {"community"})
    alone = loading.load(fresh, [after])
    assert evidence(replaced) == evidence(fresh)
    assert load.digest == alone.digest
    assert load.added + load.changed + load.unchanged == alone.added == len(second[0]) + len(second[1])
    replaced.dispose()
    fresh.dispose()
