"""The command line: what it prints, what it refuses, and that its numbers are those of the CSV files."""

import csv
import io
import os
import re
import resource
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from sqlalchemy import Engine

from data.__main__ import main
from tests.data.importing.small_strand import FINDINGS, changed, write_strand, write_workbook
from tests.data.importing.stored import everything, file_bytes

Cells = dict[str, str]


class Said(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner of `python -m data` in this process, on an engine's database."""

    def runner(engine: Engine, *arguments: object) -> Said:
        monkeypatch.setenv("DATABASE_URL", str(engine.url))
        engine.dispose()
        code = main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return runner


def process(address: str, *arguments: object, limit: int | None = None, folder: Path | None = None) -> Said:
    """Run `python -m data` as a person does, with files held to `limit` bytes where that is given."""
    done = subprocess.run(
        [sys.executable, "-m", "data", *map(str, arguments)],
        env={**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(Path.cwd())},
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def rows(csv_findings: list[Cells], csv_sources: list[Cells]) -> list[Cells]:
    """Return every finding's cells with those of its source."""
    sources = {row["source_id"]: row for row in csv_sources}
    return [{**sources[row["source_id"]], **row} for row in csv_findings]


def study(row: Cells) -> str:
    """Return the key of the study that a finding belongs to."""
    return row["study"] or row["source_id"]


def codes(row: Cells, column: str) -> set[str]:
    """Return a finding's codes with every wider one: T1.2 stands in T1, TLC in England, England in the UK."""
    found = set(filter(None, row[column].split(";")))
    if column in ("themes", "levers"):
        return found | {code.split(".")[0] for code in found}
    if column == "regions":
        found |= {"ENG"} if found & {f"TL{letter}" for letter in "CDEFGHIJK"} else set()
        found |= {"UK"} if found & {"ENG", "TLL", "TLM", "TLN"} else set()
    return found


def test_a_wrong_time_zone_is_refused_in_words(run: Run, loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROOM_TIME_ZONE", "Europe/Londn")
    said = run(loaded, "status")
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "ROOM_TIME_ZONE is 'Europe/Londn', which is no time zone; did you mean Europe/London? Name one as the IANA "
        "time zone database does, such as Europe/London or UTC, or leave the setting out for Europe/London.\n"
    )


class TestStatus:
    def test_prints_what_the_collection_holds_a_key_and_a_value_a_line(
        self, run: Run, loaded: Engine, rows: list[Cells], csv_sources: list[Cells]
    ) -> None:
        said = run(loaded, "status")
        version, digest, at, *numbers = said.out.splitlines()
        assert (said.code, said.err, version) == (0, "", "data version: 1")
        assert re.fullmatch(r"digest: [0-9a-f]{64}", digest)
        assert re.fullmatch(r"loaded: \d{4}-\d\d-\d\d \d\d:\d\d (GMT|BST)", at)
        findings, sources = Counter(row["strand"] for row in rows), Counter(row["strand"] for row in csv_sources)
        assert numbers == [
            f"findings: {len(rows)}",
            f"sources: {len(csv_sources)}",
            f"studies: {len({study(row) for row in csv_sources})}",
            "sources without findings: 0",
            *(
                f"{strand} {kind}: {number[strand]}"
                for strand in ("community", "international", "roundtable", "literature")
                for kind, number in (("findings", findings), ("sources", sources))
            ),
            "withheld: 0",
        ]

    def test_tells_sources_that_hold_no_finding(self, run: Run, engine: Engine, tmp_path: Path) -> None:
        run(engine, "load", write_strand(tmp_path / "strand", FINDINGS[:1]))
        lines = run(engine, "status").out.splitlines()
        assert {"findings: 1", "sources: 1", "sources without findings: 1"} < set(lines)


FILTERS: dict[str, Callable[[Cells], bool]] = {
    "": lambda row: True,
    "region=TLC,TLD&theme=T1.1": lambda row: bool({"TLC", "TLD"} & codes(row, "regions")) and "T1.1" in row["themes"],
    "region=UK": lambda row: "UK" in codes(row, "regions"),
    "region=ENG&wider=1": lambda row: "ENG" in codes(row, "regions") or "UK" in row["regions"].split(";"),
    "theme=T6": lambda row: "T6" in codes(row, "themes"),
    "strand=roundtable,literature&direction=impeded": lambda row: (
        row["strand"] in ("roundtable", "literature") and row["direction"] == "impeded"
    ),
    "lever=L6&role=withdrawn": lambda row: any(
        lever.startswith("L6") and role == "withdrawn"
        for lever, role in zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True)
    ),
    "year=2015-2019&confidence=high,moderate": lambda row: (
        "2015" <= row["year"] <= "2019" and row["confidence"] in ("high", "moderate")
    ),
    "finding=COM-E001,LIT-E002,none": lambda row: row["finding_id"] in ("COM-E001", "LIT-E002"),
    "method=workshops&region=FRA": lambda row: row["method"] == "workshops" and "FRA" in row["regions"].split(";"),
}


@pytest.mark.parametrize(("query", "holds"), FILTERS.items(), ids=[query or "nothing" for query in FILTERS])
class TestAFilter:
    def test_is_counted_as_in_the_csv_files(
        self, query: str, holds: Callable[[Cells], bool], run: Run, loaded: Engine, rows: list[Cells]
    ) -> None:
        held = [row for row in rows if holds(row)]
        numbers = len(held), len({row["source_id"] for row in held}), len({study(row) for row in held})
        said = run(loaded, "count", "--filter", query)
        assert said == (0, "findings: {}\nsources: {}\nstudies: {}\nwithheld: 0\n".format(*numbers), "")

    def test_is_exported_with_those_findings(
        self, query: str, holds: Callable[[Cells], bool], run: Run, loaded: Engine, rows: list[Cells], tmp_path: Path
    ) -> None:
        held = sorted(row["finding_id"] for row in rows if holds(row))
        out = tmp_path / "evidence.xlsx"
        assert run(loaded, "export", out, "--filter", query) == (
            0,
            f"{out}: {len(held)} finding{'s' * (len(held) != 1)}\n",
            "",
        )
        column = [row[0] for row in openpyxl.load_workbook(out, read_only=True)["Findings"].iter_rows(values_only=True)]
        assert [ref for ref in column[column.index("finding_id") + 1 :] if ref and ref != "[z]"] == held


def votes(rows: list[Cells]) -> list[int]:
    """Return findings, sources, studies, then studies by vote: seven tenths of their claims, else mixed."""
    claims = defaultdict(list)
    for row in rows:
        if row["direction"] in ("strengthened", "impeded", "mixed"):
            claims[study(row)].append(row["direction"])
    told = Counter(
        next((word for word in ("strengthened", "impeded") if 10 * said.count(word) >= 7 * len(said)), "mixed")
        for said in claims.values()
    )
    return [len(rows), len({row["source_id"] for row in rows}), len({study(row) for row in rows}),
            told["strengthened"], told["impeded"], told["mixed"]]  # fmt: skip


def entries(name: str) -> dict[str, str]:
    """Return the names of a codebook file's codes."""
    with Path(f"data/shipped/codebook/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@pytest.mark.parametrize("query", ["", "region=ENG&confidence=high,moderate", "theme=T1&lever=L6", "strand=roundtable"])
class TestDirection:
    def printed(self, run: Run, loaded: Engine, by: str, query: str) -> list[list[str]]:
        said = run(loaded, "direction", "--by", by, "--filter", query)
        assert (said.code, said.err) == (0, "")
        header, *table = csv.reader(io.StringIO(said.out))
        assert ",".join(header) == "code,name,role,findings,sources,studies,strengthened,impeded,mixed"
        return table

    def held(self, rows: list[Cells], query: str) -> list[Cells]:
        in_query: dict[str, Callable[[Cells], bool]] = {
            "region=ENG&confidence=high,moderate": lambda row: (
                "ENG" in codes(row, "regions") and row["confidence"] in ("high", "moderate")
            ),
            "theme=T1&lever=L6": lambda row: "T1" in codes(row, "themes") and "L6" in codes(row, "levers"),
            "strand=roundtable": lambda row: row["strand"] == "roundtable",
        }
        return [row for row in rows if not query or in_query[query](row)]

    @pytest.mark.parametrize(("by", "column"), [("theme", "themes"), ("region", "regions"), ("strand", "strand")])
    def test_is_printed_for_every_code_parents_and_zeros_included(
        self, query: str, by: str, column: str, run: Run, loaded: Engine, rows: list[Cells]
    ) -> None:
        table = self.printed(run, loaded, by, query)
        names = entries("strands" if by == "strand" else column)
        held = self.held(rows, query)
        abroad = sorted({code for row in rows for code in codes(row, column)} - set(names)) if by == "region" else []
        assert [row[0] for row in table][: len(names)] == list(names)
        assert sorted(row[0] for row in table[len(names) :]) == abroad
        for code, name, role, *numbers in table:
            inside = [row for row in held if code in codes(row, column)]
            assert (code, role, list(map(int, numbers))) == (code, "", votes(inside))
            assert name == names.get(code, name) != ""

    def test_by_lever_is_printed_for_every_role_apart(
        self, query: str, run: Run, loaded: Engine, rows: list[Cells]
    ) -> None:
        held = self.held(rows, query)
        expected = []
        for code, name in entries("levers").items():
            for role in ("applied", "withdrawn", "lacking", "proposed"):
                inside = [
                    row for row in held
                    if any(
                        given == role and code in (lever, lever.split(".")[0])
                        for lever, given in zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True)
                    )
                ]  # fmt: skip
                expected.append([code, name, role, *map(str, votes(inside))])
        assert self.printed(run, loaded, "lever", query) == expected


class TestLoad:
    def test_prints_what_it_did(self, run: Run, engine: Engine, tmp_path: Path) -> None:
        strand = write_strand(tmp_path / "my strand")
        said = run(engine, "load", strand)
        assert (said.code, said.err) == (0, "")
        assert re.fullmatch(
            r"added: 5\nchanged: 0\nwithdrawn: 0\nunchanged: 0\ndata version: 1 \([0-9a-f]{12}\)\n"
            r".*sources\.csv: 2 rows read = 2 sources \+ 0 joined \+ 0 left\n"
            r".*findings\.csv: 3 rows read = 3 findings \+ 0 joined \+ 0 left\n",
            said.out,
        )
        write_strand(strand, changed(FINDINGS[:2], {"E1": {"finding": "Another text"}}))
        assert run(engine, "load", strand).out.startswith("added: 0\nchanged: 1\nwithdrawn: 0\nunchanged: 3\n")
        said = run(engine, "load", strand, "--replace", "community")
        assert said.out.startswith("added: 0\nchanged: 0\nwithdrawn: 1\nunchanged: 4\ndata version: 3 (")

    def test_refused_prints_every_fault_and_leaves_the_database(
        self, run: Run, writable: Engine, tmp_path: Path
    ) -> None:
        before = file_bytes(writable)
        folder = tmp_path / "community"
        shutil.copytree("data/shipped/strands/community", folder)
        lines = (folder / "findings.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        lines[11] = lines[11].replace(",context,", ",contxt,").replace(",ENG,", ",GBR,")
        lines[12] = lines[12].replace("COM-S010", "COM-X010")
        (folder / "findings.csv").write_text("".join(lines), encoding="utf-8")
        said = run(writable, "load", folder)
        assert (said.code, said.out) == (1, "")
        assert said.err.splitlines() == [
            f'{folder}/findings.csv: row 12 column regions: "GBR" is not a region code of the codebook; '
            'did you mean "UK"?',
            f'{folder}/findings.csv: row 12 column direction: "contxt" is not one of '
            'strengthened, impeded, mixed, unclear, context; did you mean "context"?',
            f'{folder}/findings.csv: row 13 column source_id: "COM-X010" is no source of these files or of the '
            'collection; did you mean "COM-S010"?',
        ]
        assert file_bytes(writable) == before

    def test_of_the_shipped_strands_is_done_once(self, run: Run, engine: Engine) -> None:
        assert run(engine, "load", "--shipped").out.startswith("added: 1004\n")
        said = (
            "the shipped evidence is loaded already\nbriefing region: there already\n"
            "briefing what-the-evidence-says: there already\n"
        )
        assert run(engine, "load", "--shipped") == (0, said, "")

    def test_of_the_shipped_strands_withdraws_what_they_lack(self, run: Run, engine: Engine, tmp_path: Path) -> None:
        run(engine, "load", "data/shipped/strands/community")
        run(engine, "load", write_strand(tmp_path / "strand"))
        assert run(engine, "load", "--shipped").out.startswith("added: 763\nchanged: 0\nwithdrawn: 5\nunchanged: 241\n")

    def test_without_a_path_is_of_the_shipped_strands_and_withdraws_nothing(
        self, run: Run, engine: Engine, tmp_path: Path
    ) -> None:
        run(engine, "load", write_strand(tmp_path / "strand"))
        assert run(engine, "load").out.startswith("added: 1004\nchanged: 0\nwithdrawn: 0\nunchanged: 0\n")

    @pytest.mark.parametrize("more", [["data/shipped/strands/community"], ["--replace", "community"]])
    def test_of_the_shipped_strands_takes_nothing_beside_it(
        self, more: list[str], run: Run, engine: Engine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            run(engine, "load", "--shipped", *more)
        assert ended.value.code == 2
        assert (
            capsys.readouterr()
            .err.splitlines()[-1]
            .endswith(
                "error: --shipped takes no PATH and no --replace: it replaces the shipped strands by the shipped files"
            )
        )

    def test_of_a_strand_there_is_none_of_is_refused(
        self, run: Run, engine: Engine, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            run(engine, "load", "data/shipped/strands/community", "--replace", "comunity")
        assert ended.value.code == 2
        assert "choose from community, international, roundtable, literature" in capsys.readouterr().err.replace(
            "'", ""
        )


class TestCheck:
    def test_says_how_much_is_sound_and_leaves_nothing_behind(self, run: Run, engine: Engine, tmp_path: Path) -> None:
        book = write_workbook(tmp_path / "my strand.xlsx")
        assert run(engine, "check", book) == (
            0,
            "no fault in 2 sources and 3 findings\n"
            f"{book}, sheet Sources: 2 rows read = 2 sources + 0 joined + 0 left\n"
            f"{book}, sheet Findings: 3 rows read = 3 findings + 0 joined + 0 left\n",
            "",
        )
        assert not Path(engine.url.database or "").exists()

    def test_prints_every_fault(self, run: Run, writable: Engine, tmp_path: Path) -> None:
        before = file_bytes(writable)
        book = write_workbook(tmp_path / "s.xlsx", changed(FINDINGS, {"E1": {"finding": ""}, "E3": {"source_id": ""}}))
        assert run(writable, "check", book, tmp_path / "gone") == (
            1,
            f"{book}, sheet Sources: 2 rows read = 2 sources + 0 joined + 0 left\n"
            f"{book}, sheet Findings: 3 rows read = 3 findings + 0 joined + 0 left\n",
            f"{tmp_path}/gone: missing file or folder\n"
            f"{book}: sheet Findings row 2 column finding: is empty; a finding needs its text\n"
            f'{book}: sheet Findings row 4 column source_id: "" is no source of these files or of the collection\n',
        )
        assert file_bytes(writable) == before

    def test_takes_what_the_collection_holds_for_known(self, run: Run, writable: Engine, tmp_path: Path) -> None:
        only = write_strand(tmp_path / "s", changed(FINDINGS[:1], {"E1": {"source_id": "COM-S001"}})) / "findings.csv"
        assert run(writable, "check", only) == (
            0,
            f"no fault in 0 sources and 1 finding\n{only}: 1 row read = 1 finding + 0 joined + 0 left\n",
            "",
        )


COMMANDS = {
    "status": ["status"],
    "count": ["count"],
    "direction": ["direction", "--by", "theme"],
    "export": ["export", "evidence.xlsx"],
    "load": ["load", "--shipped"],
    "check": ["check", "data/shipped/strands/community"],
}


class TestAnUnusableDatabase:
    @pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
    def test_that_is_a_file_of_another_kind_is_told_in_one_line(
        self, command: list[str], run: Run, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = Path(engine.url.database or "")
        path.write_bytes(b"Dear colleague,\n" * 400)
        said = run(engine, *command)
        assert (said.code, said.out) == (1, "")
        assert said.err == (
            f"{path.name} is not a database this dashboard can open; move it away, or set DATABASE_URL to another "
            "file; then load the evidence with: python -m data load (file is not a database)\n"
        )
        assert path.read_bytes() == b"Dear colleague,\n" * 400

    @pytest.mark.parametrize("command", [COMMANDS[name] for name in ("status", "count", "direction", "export")])
    def test_that_is_not_there_is_told_in_one_line_and_not_made(
        self, command: list[str], run: Run, engine: Engine
    ) -> None:
        said = ("there is no database evidence.sqlite; load the evidence with: python -m data load, or go back to a "
                "copy with: python -m data restore FILE\n")  # fmt: skip
        assert run(engine, *command) == (1, "", said)
        assert not Path(engine.url.database or "").exists()

    def test_address_is_told_in_one_line(self) -> None:
        said = process("evidence.sqlite", "status")
        assert (said.code, said.out) == (1, "")
        assert said.err == "DATABASE_URL holds no address of a database; one is sqlite:///PATH\n"

    @pytest.mark.slow
    def test_disk_that_is_full_is_told_in_one_line_and_loses_nothing(self, writable: Engine) -> None:
        before = everything(writable)
        writable.dispose()
        shutil.copytree("data/shipped/strands", Path(writable.url.database or "").parent / "strands")
        folder = Path(writable.url.database or "").parent / "strands" / "international"
        text = (folder / "findings.csv").read_text(encoding="utf-8")
        (folder / "findings.csv").write_text(text.replace("INT-E", "INT-F"), encoding="utf-8")
        said = process(str(writable.url), "load", folder, limit=100_000)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert re.search(r"nothing was changed; .*the disk", said.err)
        assert everything(writable) == before


class TestAccess:
    """Nobody sees more than the level that the command names, public where it names none."""

    @pytest.fixture
    def some_withheld(self, writable: Engine) -> Engine:
        """Return the shipped collection, its roundtable strand for participants, two findings for the team."""
        with writable.begin() as connection:
            connection.exec_driver_sql("UPDATE source SET access = 'roundtable' WHERE strand = 'roundtable'")
            connection.exec_driver_sql("UPDATE finding SET access = 'team' WHERE ref IN ('RND-E001', 'COM-E001')")
        return writable

    @pytest.mark.parametrize("level", ["", "public", "roundtable", "team"])
    def test_each_command_tells_of_what_the_level_sees(
        self, level: str, run: Run, some_withheld: Engine, rows: list[Cells], tmp_path: Path
    ) -> None:
        hidden = {"roundtable": ["RND-E001", "COM-E001"], "team": []}.get(
            level, ["COM-E001", *(row["finding_id"] for row in rows if row["strand"] == "roundtable")]
        )
        held = [row for row in rows if row["finding_id"] not in hidden]
        asked = ("--access", level) if level else ()
        counted = run(some_withheld, "count", *asked).out.splitlines()
        assert (counted[0], counted[-1]) == (f"findings: {len(held)}", f"withheld: {len(hidden)}")
        status = run(some_withheld, "status", *asked).out.splitlines()
        assert f"roundtable findings: {sum(row['strand'] == 'roundtable' for row in held)}" in status
        assert status[-1] == f"withheld: {len(hidden)}"
        by_strand = csv.DictReader(io.StringIO(run(some_withheld, "direction", "--by", "strand", *asked).out))
        assert sum(int(row["findings"]) for row in by_strand) == len(held)
        out = tmp_path / "evidence.xlsx"
        assert run(some_withheld, "export", out, *asked).out == f"{out}: {len(held)} findings\n"

    def test_a_withheld_finding_counts_as_one_that_never_existed(self, run: Run, some_withheld: Engine) -> None:
        withheld, absent = (
            run(some_withheld, "count", "--filter", f"finding={ref}") for ref in ("COM-E001", "COM-E999")
        )
        assert withheld == absent
        assert withheld.out.startswith("findings: 0\n")


@pytest.mark.slow
class TestAProcessOfItsOwn:
    """The same through a real `python -m data`, from a folder that is not the project's."""

    def test_loads_checks_counts_and_tells(self, tmp_path: Path) -> None:
        address = f"sqlite:///{tmp_path / 'evidence.sqlite'}"
        write_strand(tmp_path / "my strand")
        loaded = process(address, "load", "my strand/sources.csv", "my strand/findings.csv", folder=tmp_path)
        assert (loaded.code, loaded.out.splitlines()[:1], loaded.err) == (0, ["added: 5"], "")
        counted = process(address, "count", "--filter", "region=TLD&thme=T1", folder=tmp_path)
        assert counted == (
            0,
            "findings: 1\nsources: 1\nstudies: 1\nwithheld: 0\n",
            'ignored thme=T1: there is no such filter; did you mean "theme"?\n',
        )
        assert process(address, "check", "nowhere", folder=tmp_path) == (1, "", "nowhere: missing file or folder\n")

    def test_ends_quietly_when_its_reader_has_gone(self, loaded: Engine) -> None:
        child = subprocess.Popen(
            [sys.executable, "-m", "data", "direction", "--by", "lever"],
            env={**os.environ, "DATABASE_URL": str(loaded.url)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert child.stdout
        assert child.stderr
        child.stdout.close()
        assert (child.wait(60), child.stderr.read()) == (1, b"")
        child.stderr.close()

    @pytest.mark.parametrize(
        ("output", "code", "said"),
        [("/dev/full", 1, "what is printed: No space left on device\n"), ("&-", 0, "")],
    )
    def test_tells_in_a_line_that_its_output_is_full_and_needs_none(
        self, output: str, code: int, said: str, loaded: Engine
    ) -> None:
        done = subprocess.run(
            ["/bin/sh", "-c", f'exec "$0" -m data status >{output}', sys.executable],
            env={**os.environ, "DATABASE_URL": str(loaded.url)}, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (code, said)

    @pytest.mark.parametrize("out", ["nowhere/marked.xlsx", "."])
    def test_tells_in_a_line_that_marked_rows_cannot_be_written(self, out: str, tmp_path: Path) -> None:
        folder = write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": {"direction": "better"}}))
        said = process(f"sqlite:///{tmp_path / 'new.sqlite'}", "check", folder / "findings.csv",
                       folder / "sources.csv", "--marked", tmp_path / out)  # fmt: skip
        assert said.code in (1, 2)
        assert "Traceback" not in said.err
        assert said.err.count(str(tmp_path / out)) == 1 or "--marked" in said.err

    def test_says_how_it_is_used(self) -> None:
        said = process("", "--help")
        assert said.code == 0
        assert all(command in said.out for command in COMMANDS)


def test_an_export_that_cannot_be_written_is_told_in_one_line(run: Run, loaded: Engine, tmp_path: Path) -> None:
    out = tmp_path / "no folder" / "evidence.xlsx"
    assert run(loaded, "export", out) == (1, "", f"{out}: cannot be written: No such file or directory\n")
