"""A file of every format, in a real browser: taken in by what a person says of it, seen, taken back, and gone."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.loading_page import choose, give, payload, press, serving_a_copy, told, write
from tests.browser.reader import Reader
from tests.browser.server import ROOT, Server
from tests.data.importing.mapping.test_codebook_alone import QDC
from tests.data.importing.mapping.test_journeys import write_report
from tests.data.importing.small_strand import write_strand, write_workbook
from tests.fuzz.seeds import BIBTEX, EPPI, QUALCODER, RIS

FILES = ROOT / "tests" / "files" / "readers"
ONCE = {"Direction": "strengthened", "Confidence": "low", "Strand": "Community"}


@dataclass(frozen=True)
class Journey:
    """A file of one format, what a person says of it on the page, how much it brings, and a text of it."""

    kind: str
    files: tuple[FilePayload, ...]
    brings: str
    text: str
    chosen: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    without_guesses: bool = False
    """Whether what is guessed is dropped: a code that is guessed to be a lever would need its role."""


def real(name: str) -> tuple[FilePayload, ...]:
    return (payload(name, (FILES / name).read_bytes()),)


def written(name: str, write: Callable[[Path], object]) -> tuple[FilePayload, ...]:
    """Return the file that a function writes to a path."""
    with TemporaryDirectory() as folder:
        write(Path(folder) / name)
        return (payload(name, (Path(folder) / name).read_bytes()),)


def strand() -> tuple[FilePayload, ...]:
    """Return our two CSV files."""
    with TemporaryDirectory() as folder:
        return tuple(payload(path.name, path.read_bytes()) for path in sorted(write_strand(Path(folder)).iterdir()))


JOURNEYS = {
    "our CSV files": Journey(
        "CSV", strand(), "Sources: 2 added; findings: 3 added.", "Without buses the hall stood empty",
    ),
    "our workbook": Journey(
        "Excel", written("ours.xlsx", write_workbook), "Sources: 2 added; findings: 3 added.",
        "Without buses the hall stood empty",
    ),
    "REFI-QDA": Journey(
        "REFI-QDA project", real("aqda.qdpx"), "Sources: 1 added; findings: 3 added.", "Ask the young.",
        {**ONCE, "What Transport means here": "theme: T1.9", "What Places means here": "Not ours"},
    ),
    "EPPI-Reviewer": Journey(
        "EPPI-Reviewer", (payload("halls.json", json.dumps(EPPI).encode()),),
        "Sources: 2 added; findings: 1 added.", "The hall reopened",
        {"Codes whose codings each make a finding": "Levers › Places › Libraries", **ONCE,
         "What Levers › Places means here": "theme: T1.1"},
    ),
    "RIS": Journey("RIS", (payload("halls.ris", RIS.encode()),), "Sources: 2 added.", "Café life"),
    "BibTeX": Journey("BibTeX", (payload("halls.bib", BIBTEX.encode()),), "Sources: 2 added.", "Café UK life"),
    "QualCoder": Journey(
        "QualCoder", (payload("report.csv", QUALCODER.encode()),), "Sources: 1 added; findings: 1 added.", "The hall",
        ONCE, without_guesses=True,
    ),
    "QualCoder's workbook": Journey(
        "QualCoder", written("report.xlsx", write_report), "Sources: 1 added; findings: 1 added.", "The hall", ONCE,
        without_guesses=True,
    ),
    "Excel": Journey(
        "Excel", real("libreoffice.xlsx"), "Sources: 1 added; findings: 3 added.", "Without the bus, ‘nobody came’",
        ONCE, {"Title of the source": "One workshop"},
    ),
    "CSV": Journey(
        "CSV", real("pandas_utf16.csv"), "Sources: 1 added; findings: 3 added.", "Without the bus, ‘nobody came’",
        ONCE, {"Title of the source": "One workshop"},
    ),
    "Taguette": Journey(
        "Taguette highlights", real("taguette_highlights.csv"), "Sources: 1 added; findings: 2 added.",
        "The library’s café brought neighbours together.", ONCE,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def editable(shipped_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a dashboard on a copy of the shipped evidence: each journey takes back what it brought."""
    with serving_a_copy(shipped_file, tmp_path_factory.mktemp("formats")) as server:
        yield server


def bring_in(reader: Reader, brings: str) -> str:
    """Go from the check to the load, and return its number."""
    press(reader, "Check")

    press(reader, "See what would change")
    told(reader, brings)
    press(reader, "Go on to confirm")
    press(reader, "Bring it in")
    done = re.fullmatch(r"Load (\d+) is done\.", reader.page.locator("h1").inner_text())
    assert done
    return done[1]


def take_back(reader: Reader, load: str) -> None:
    """Undo a load on the page of the history."""
    reader.turn_to("history")
    choose(reader, "Open a load", load)
    press(reader, "Undo this load")
    press(reader, "Yes, undo it")
    told(reader, f"Load {load} is undone")


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_file_of_each_format_goes_from_choice_to_view_and_back(name, editable, new_reader):
    journey, reader = JOURNEYS[name], new_reader(editable)
    reader.open("load")
    give(reader, *journey.files, kind=journey.kind)
    if journey.without_guesses:
        drop = reader.page.get_by_role("button", name="Drop all guesses")
        drop.click()
        expect(drop).to_be_disabled()
        reader.wait_until_drawn()
    for label, option in journey.chosen.items():
        choose(reader, label, option)
    for label, text in journey.written.items():
        write(reader, label, text)
    load = bring_in(reader, journey.brings)
    see_and_take_back(reader, journey, load)


def see_and_take_back(reader: Reader, journey: Journey, load: str) -> None:
    """See what a load brought, undo the load, and see that it is gone."""
    of_findings = "findings" in journey.brings
    reader.page.get_by_role("link", name=re.compile("^See the .* new ")).click()
    expect(reader.page.locator("h1")).to_have_text(re.compile("(^|: )[23] findings, |[Ff]inding [A-Z]|^461 sources"))
    reader.wait_until_drawn()
    found = reader.query()
    if of_findings:
        reader.turn_to("overview")
        told(reader, journey.text)
    else:
        told(reader, "2 sources without findings yet")
    take_back(reader, load)
    reader.page.goto(f"{reader.address}/{'findings' if of_findings else 'sources'}?{found}")
    if of_findings:
        expect(reader.page.locator("h1")).to_have_text("Nothing found")
    else:
        reader.wait_until_drawn()
        assert "without findings" not in reader.words()


def test_a_codebook_alone_adds_its_codes_and_is_taken_back(editable, new_reader):
    reader = new_reader(editable)
    reader.open("load")
    give(reader, payload("codes.qdc", QDC.encode()), kind="REFI-QDA codebook")
    press(reader, "Add 3 codes of the file")
    load = bring_in(reader, "Codebook: 3 codes changed.")
    reader.turn_to("themes")
    told(reader, "Warm rooms")
    take_back(reader, load)
    reader.turn_to("themes")
    assert "Warm rooms" not in reader.words()
