"""The codebook's own files: what they may hold, and what becomes of the evidence when they change."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.faults import Refused
from data.importing.codebook.codebook_files import read_codebook
from data.importing.loads import loading
from models import Definition, Lever, Region, Strand, Theme
from tests.data.importing.small_strand import FINDINGS, changed, write_strand
from tests.data.importing.stored import ask, everything, found_by, links

Rewrite = Callable[..., Path]


@pytest.fixture
def rewritten(tmp_path: Path) -> Rewrite:
    """Return a maker of copies of the shipped codebook with pieces of one file's text replaced."""

    def rewrite(name: str, *replacements: tuple[str, str]) -> Path:
        folder = tmp_path / "codebook"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree("data/shipped/codebook", folder)
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return rewrite


def stored(column: str, cell: str) -> str | int | None:
    """Return a codebook file's cell as its table holds it."""
    if column == "year":
        return int(cell) if cell else None
    return cell or (None if column == "parent" else "")


def refusal(folder: Path) -> list[str]:
    """Return why a codebook is refused, its folder left out of the lines."""
    with pytest.raises(Refused) as refused:
        read_codebook(folder)
    return [str(fault).replace(f"{folder}/", "") for fault in refused.value.faults]


class TestTheShippedCodebook:
    @pytest.mark.parametrize(
        ("name", "table", "order"),
        [
            ("strands", "strand", "rowid"),
            ("themes", "theme", "position"),
            ("levers", "lever", "position"),
            ("definitions", "definition", "ref"),
        ],
    )
    def test_stands_in_the_database_as_in_its_files(self, name: str, table: str, order: str, loaded: Engine) -> None:
        with Path(f"data/shipped/codebook/{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        columns = ["ref" if column == "definition_id" else column for column in rows[0]]
        expected = [tuple(stored(column, cell) for column, cell in row.items()) for row in rows]
        assert ask(loaded, f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}") == expected

    def test_has_the_uk_and_its_parts_before_every_other_country(self, loaded: Engine) -> None:
        with Path("data/shipped/codebook/regions.csv").open(encoding="utf-8", newline="") as file:
            rows = [tuple(row[column] or None for column in ("code", "parent", "name")) for row in csv.DictReader(file)]
        assert ask(loaded, "SELECT code, parent, name FROM region WHERE kind != 'overseas' ORDER BY position") == rows
        abroad = ask(loaded, "SELECT code, name FROM region WHERE kind = 'overseas' ORDER BY position")
        assert (len(abroad), abroad[:2], abroad[-1]) == (
            249, [("AFG", "Afghanistan"), ("ALA", "Åland Islands")], ("ZWE", "Zimbabwe"),
        )  # fmt: skip
        assert {"FRA", "USA", "ZAF", "XKX", "IRL"} < {code for code, _ in abroad}
        assert "GBR" not in {code for code, _ in abroad}
        (last_at_home,) = ask(loaded, "SELECT max(position) FROM region WHERE kind != 'overseas'")
        (first_abroad,) = ask(loaded, "SELECT min(position) FROM region WHERE kind = 'overseas'")
        assert (last_at_home, first_abroad) == ((14,), (15,))


class TestABadFile:
    def test_all_faults_of_all_files_are_told_at_once(self, rewritten: Rewrite) -> None:
        folder = rewritten("themes.csv", ("T1.1,T1,", "T1.1,T9,"), ("T2.1,T2,Bonding ties,", "T1.2,T2,,"))
        (folder / "levers.csv").unlink()
        (folder / "strands.csv").write_text("code,name\ncommunity,Community\n")
        assert refusal(folder) == [
            "strands.csv: row 1: missing column description",
            'themes.csv: row 3 column parent: "T9" is no code on a row above; a parent stands above its parts',
            'themes.csv: row 13 column code: "T1.2" is empty or stands already above',
            "themes.csv: row 13 column name: is empty; a code needs a name",
            "levers.csv: missing file",
        ]

    def test_of_parents_that_go_in_a_circle_names_the_circle(self, rewritten: Rewrite) -> None:
        folder = rewritten("regions.csv", ("UK,,United", "UK,UK,United"), ("ENG,UK,", "ENG,TLC,"))
        below = "is no code on a row above; a parent stands above its parts"
        circle, mend = "the parents go in a circle", "give one of them another parent or none"
        assert refusal(folder) == [
            f'regions.csv: row 2 column parent: "UK" {below}',
            f'regions.csv: row 3 column parent: "TLC" {below}',
            f"regions.csv: column parent: {circle}: UK below UK; {mend}",
            f"regions.csv: column parent: {circle}: ENG below TLC below ENG; {mend}",
        ]

    def test_a_row_of_too_few_cells_is_refused(self, rewritten: Rewrite) -> None:
        folder = rewritten("levers.csv", ("L1,,Funding and investment,", "L1,,Funding and investment;"))
        assert refusal(folder)[0] == "levers.csv: row 2: has 3 cells where the header has 4"

    def test_a_byte_that_is_not_utf8_is_named(self, rewritten: Rewrite) -> None:
        folder = rewritten("themes.csv")
        path = folder / "themes.csv"
        path.write_bytes(path.read_bytes().replace(b"Bonding", b"B\xf6nding"))
        assert refusal(folder) == ["themes.csv: row 13 column name: byte 0xF6 is not UTF-8; save the file as CSV UTF-8"]

    def test_the_strands_are_four_and_no_other(self, rewritten: Rewrite) -> None:
        folder = rewritten("strands.csv", ("roundtable,Roundtable,", "hearings,Roundtable,"))
        reason = "has to hold the strands community, international, roundtable, literature, and no other"
        assert refusal(folder) == [f"strands.csv: {reason}"]

    def test_a_definition_says_yes_no_or_not_said_of_each_element_and_a_year_or_none(self, rewritten: Rewrite) -> None:
        folder = rewritten("definitions.csv")
        path = folder / "definitions.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[1] |= {"digital": "perhaps", "year": "last year"}
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        assert refusal(folder) == [
            'definitions.csv: row 3 column digital: "perhaps" is not one of yes, no, not said',
            'definitions.csv: row 3 column year: "last year" is not a year of four digits, such as 2019',
        ]

    def test_leaves_the_database_as_it_was(self, writable: Engine, rewritten: Rewrite) -> None:
        before = everything(writable)
        with pytest.raises(Refused):
            loading.load(writable, loading.shipped(), codebook_folder=rewritten("themes.csv", ("T1.1,T1,", "T1.1,T9,")))
        assert everything(writable) == before


class TestAChangedCodebook:
    def test_of_new_names_is_a_change_of_the_data_version(self, writable: Engine, rewritten: Rewrite) -> None:
        folder = rewritten("themes.csv", ("Places and spaces", "Places"))
        load = loading.load(writable, loading.shipped(), codebook_folder=folder)
        assert (load.codebook_changes, load.unchanged, load.changed, load.version) == (1, 461 + 543, 0, 2)
        assert ask(writable, "SELECT name FROM theme WHERE code = 'T1'") == [("Places",)]

    def test_of_another_parent_moves_its_findings_under_it(
        self, writable: Engine, rewritten: Rewrite, csv_findings: list[dict[str, str]]
    ) -> None:
        folder = rewritten("themes.csv", ("T3.5,T3,", "T3.5,T1,"))
        loading.load(writable, loading.shipped(), codebook_folder=folder)
        parent = {"T3.5": "T1"}
        coded = {row["finding_id"]: set(row["themes"].split(";")) for row in csv_findings}
        for ref, held in links(writable, "theme").items():
            own = coded[ref]
            wider = {parent.get(code, code.split(".")[0]) for code in own} - own
            assert held == {(code, 1) for code in own} | {(code, 0) for code in wider}

    def test_of_a_new_code_between_two_others_and_of_lost_parents(
        self, engine: Engine, rewritten: Rewrite, tmp_path: Path
    ) -> None:
        strand = write_strand(tmp_path / "strand")
        loading.load(engine, [strand])
        folder = rewritten(
            "regions.csv",
            ("TLC,ENG,North East", "NTH,ENG,The North,part,\nTLC,NTH,North East"),
            ("TLD,ENG,North West", "TLD,,North West"),
        )  # fmt: skip
        loading.load(engine, [strand], codebook_folder=folder)
        assert links(engine, "region") == {
            "E1": {("TLC", 1), ("NTH", 0), ("ENG", 0), ("UK", 0)},
            "E2": {("TLC", 1), ("TLD", 1), ("NTH", 0), ("ENG", 0), ("UK", 0)},
            "E3": {("ENG", 1), ("UK", 0)},
        }
        loading.load(engine, [strand])
        assert links(engine, "region")["E2"] == {("TLC", 1), ("TLD", 1), ("ENG", 0), ("UK", 0)}
        assert ask(engine, "SELECT code FROM region WHERE code = 'NTH'") == []

    def test_without_a_wider_code_that_only_stood_for_its_parts(
        self, engine: Engine, rewritten: Rewrite, tmp_path: Path
    ) -> None:
        strand = write_strand(tmp_path / "strand", changed(FINDINGS[:2], {"E2": {"levers": "", "lever_roles": ""}}))
        loading.load(engine, [strand])
        folder = rewritten("levers.csv")
        with (folder / "levers.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row[0] != "L6"]
        with (folder / "levers.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([code, parent.replace("L6", ""), *rest] for code, parent, *rest in rows)
        loading.load(engine, [strand], codebook_folder=folder)
        assert links(engine, "lever") == {"E1": {("L6.1", "applied", 1)}}

    def test_may_give_a_country_a_parent_and_a_name_of_its_own(
        self, engine: Engine, rewritten: Rewrite, tmp_path: Path
    ) -> None:
        folder = rewritten(
            "regions.csv", ("UK,,United", "EUR,,Europe,continent,\nFRA,EUR,La France,country,\nUK,,United")
        )
        strand = write_strand(tmp_path / "strand", changed(FINDINGS[:1], {"E1": {"regions": "FRA"}}))
        loading.load(engine, [strand], codebook_folder=folder)
        assert links(engine, "region") == {"E1": {("FRA", 1), ("EUR", 0)}}
        assert ask(engine, "SELECT name, kind FROM region WHERE code = 'FRA'") == [("La France", "country")]

    def test_keeps_what_a_search_finds(self, writable: Engine, rewritten: Rewrite) -> None:
        before = found_by(writable, "library")
        loading.load(writable, loading.shipped(), codebook_folder=rewritten("themes.csv", ("T3.5,T3,", "T3.5,T1,")))
        assert found_by(writable, "library") == before != []


class TestACodeThatIsGone:
    """T2.2 is taken from the codebook; finding E1 carries it."""

    @pytest.fixture
    def without(self, rewritten: Rewrite) -> Path:
        folder = rewritten("themes.csv")
        lines = (folder / "themes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / "themes.csv").write_text(
            "".join(line for line in lines if not line.startswith("T2.2,")), encoding="utf-8"
        )
        return folder

    def test_is_refused_while_the_collection_carries_it(self, engine: Engine, without: Path, tmp_path: Path) -> None:
        twice = [*FINDINGS, {**FINDINGS[0], "finding_id": "E4"}]
        loading.load(engine, [write_strand(tmp_path / "strand", twice)])
        before = everything(engine)
        other = write_strand(tmp_path / "other", FINDINGS[1:])
        with pytest.raises(Refused) as refused:
            loading.load(engine, [other], codebook_folder=without)
        line = 'themes.csv: "T2.2" is gone from the codebook, but still coded in E1 and 1 more'
        assert str(refused.value) == line
        assert [str(fault) for fault in loading.check_only(engine, [other], (), without)[0].faults] == [line]
        assert everything(engine) == before

    def test_is_refused_in_new_findings(self, engine: Engine, without: Path, tmp_path: Path) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand", FINDINGS[1:])])
        folder = write_strand(tmp_path / "strand")
        assert [str(fault) for fault in loading.check_only(engine, [folder], (), without)[0].faults] == [
            f'{folder}/findings.csv: row 2 column themes: "T2.2" is not a theme code of the codebook'
        ]

    def test_may_go_with_the_load_that_codes_its_findings_otherwise(
        self, engine: Engine, without: Path, tmp_path: Path
    ) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        recoded = write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": {"themes": "T1.2;T2.1"}}))
        load = loading.load(engine, [recoded], codebook_folder=without)
        assert (load.changed, load.unchanged) == (1, 4)
        assert links(engine, "theme")["E1"] == {("T1.2", 1), ("T2.1", 1), ("T1", 0), ("T2", 0)}
        assert ask(engine, "PRAGMA foreign_key_check") == []

    def test_may_go_with_the_load_that_withdraws_its_findings(
        self, engine: Engine, without: Path, tmp_path: Path
    ) -> None:
        loading.load(engine, [write_strand(tmp_path / "strand")])
        rest = write_strand(tmp_path / "strand", FINDINGS[1:])
        loading.load(engine, [rest], {"community"}, without)
        assert set(links(engine, "theme")) == {"E2", "E3"}
        assert ask(engine, "PRAGMA foreign_key_check") == []


def test_the_tables_are_read_in_the_order_that_their_links_need() -> None:
    assert list(read_codebook()) == [Strand, Theme, Lever, Region, Definition]
