"""Two collections that were really loaded: one with findings that not everyone may see, one that never had them."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from openpyxl import load_workbook
from sqlalchemy import Engine, text

from components.store import store
from data.coders import round_loads
from data.collection import database
from data.collection.access import Standing, Visitor
from data.importing.codebook.additions import Addition
from data.importing.loads import prepared_load
from data.importing.strand_files import read
from data.meeting import leading, rooms
from data.presenting import editions
from data.presenting.briefing import Briefing
from tests.data.importing.small_strand import write_strand

EDITOR = Visitor("Ada", Standing.EDITOR)
PUBLIC_SOURCES: tuple[Mapping[str, object], ...] = (
    {"source_id": "S1", "strand": "community", "title": "A library and its readers", "organisation": "Readers",
     "year": "2019", "method": "survey", "url": "https://example.org/1", "read": "full page"},
    {"source_id": "S2", "strand": "international", "title": "Halls abroad", "year": "2021", "method": "case study",
     "url": "https://example.org/2", "read": "abstract", "study": "halls"},
    {"source_id": "S3", "strand": "literature", "title": "Halls at home", "year": "2015", "study": "halls"},
)  # fmt: skip
WITHHELD_SOURCES: tuple[Mapping[str, object], ...] = (
    {"source_id": "S4", "strand": "roundtable", "title": "Quince hearing", "year": "1951", "method": "hearing",
     "url": "https://quince.example", "doi": "10.1/quince", "note": "quince"},
    {"source_id": "S5", "strand": "community", "title": "Quince interviews", "year": "2024", "method": "interviews",
     "access": "team", "study": "halls"},
)  # fmt: skip
PUBLIC: tuple[Mapping[str, object], ...] = (
    {"finding_id": "E1", "source_id": "S1", "finding": "The library brought its readers together", "place": "Blyth",
     "regions": "TLC", "latitude": "55.13", "longitude": "-1.51", "themes": "T1.2;T2.2", "levers": "L6.1",
     "lever_roles": "applied", "direction": "strengthened", "confidence": "moderate", "coder": "C1"},
    {"finding_id": "E2", "source_id": "S1", "finding": "Without buses the hall stood empty", "regions": "TLC;TLD",
     "themes": "T1.9;T3.2", "levers": "L6.4;L1.2", "lever_roles": "withdrawn;lacking", "direction": "impeded",
     "confidence": "low", "coder": "C1"},
    {"finding_id": "E3", "source_id": "S2", "finding": "A hall gave work to a street", "place": "Lyon",
     "regions": "FRA", "latitude": "45.76", "longitude": "4.83", "themes": "T1.1", "levers": "L1.2",
     "lever_roles": "applied", "direction": "strengthened", "confidence": "high"},
    {"finding_id": "E4", "source_id": "S3", "finding": "People told what halls are for", "regions": "ENG",
     "themes": "T1", "levers": "L4.2", "lever_roles": "proposed", "direction": "context", "confidence": "very low"},
)  # fmt: skip
WITHHELD: tuple[Mapping[str, object], ...] = (
    {"finding_id": "H1", "source_id": "S1", "finding": "A quince told of the library's closing", "place": "Quinceby",
     "regions": "TLD", "latitude": "54.5", "longitude": "-2.9", "themes": "T1.2;T2.2", "levers": "L6.1",
     "lever_roles": "withdrawn", "direction": "impeded", "confidence": "high", "coder": "Quince", "access": "team",
     "population": "quince growers", "note": "quince"},
    {"finding_id": "H2", "source_id": "S4", "finding": "A quince spoke of Spain", "place": "Quinceville",
     "regions": "ESP", "latitude": "40.4", "longitude": "-3.7", "themes": "T2.1", "levers": "L2.1",
     "lever_roles": "applied", "direction": "mixed", "confidence": "moderate", "access": "roundtable"},
    {"finding_id": "H3", "source_id": "S5", "finding": "A quince orchard bore", "regions": "TLC-Q", "place": "Quincely",
     "themes": "Q8.1", "levers": "QL9", "lever_roles": "applied", "direction": "strengthened", "confidence": "low"},
)  # fmt: skip
CODES = (
    Addition("theme", "Q8", "", "Quince lore", "What quinces know"),
    Addition("theme", "Q8.1", "Q8", "Quince song", "What quinces sing"),
    Addition("lever", "QL9", "", "Quince planting", "To plant quinces"),
    Addition("region", "TLC-Q", "TLC", "Quince valley"),
)
"""Codes that withheld findings alone carry."""
KEPT_CODES = (Addition("theme", "H9", "", "Harbours", "Places where boats are"),)
"""A code that no finding carries yet: it is in both."""
CODING = "finding_id,themes,direction,coder,coded_on\nE1,T1.2,strengthened,B,2026-11-24\nE2,T1.9,mixed,B,2026-11-24\n"
WITHHELD_CODING = "H1,T1.2;T2.2,impeded,Quince,2026-11-24\nH2,T2.1,strengthened,Quince,2026-11-24\n"
SEARCH = "hall"
DIGEST = re.compile(r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b|deferred_file_id: \"[0-9a-f]+\"")
SAID = re.compile(
    r" ?(?:3 findings of the whole collection are withheld here[^.]*\. The number does not depend on the filter\."
    r"|They leave out (?:3 findings of the collection that not everyone may see|nothing of the collection)\.)"
)
"""The one sentence that tells the two apart."""


class Two(NamedTuple):
    """The two collections: the one with what is withheld, and the one that never had it."""

    whole: Engine
    without: Engine


def made(folder: Path) -> Two:
    """Return the two collections, loaded below this folder."""
    whole = _loaded(folder / "whole", (*PUBLIC_SOURCES, *WITHHELD_SOURCES), (*PUBLIC, *WITHHELD),
                    (*KEPT_CODES, *CODES), CODING + WITHHELD_CODING)  # fmt: skip
    return Two(whole, _loaded(folder / "without", PUBLIC_SOURCES, PUBLIC, KEPT_CODES, CODING))


@contextmanager
def in_meetings(folder: Path, briefing: Briefing, presenter: Visitor, slide: str) -> Iterator[tuple[Two, list[int]]]:
    """Give the two, each in a meeting at a slide that its presenter leads in a window, and the meetings' numbers."""
    two, numbers = made(folder), []
    for engine in two:
        number = rooms.start(engine, briefing, "", presenter).id or 0
        leading.take(engine, number, presenter, "window")
        leading.move(engine, number, presenter, "window", slide)
        with database.meetings(engine).begin() as connection:
            connection.exec_driver_sql("UPDATE meeting SET room = 'CDFH'")
        numbers.append(number)
    yield two, numbers
    store.forget()
    for engine in two:
        engine.dispose()


def _loaded(
    folder: Path,
    sources: Iterable[Mapping[str, object]],
    findings: Iterable[Mapping[str, object]],
    codes: tuple[Addition, ...],
    coding: str,
) -> Engine:
    strand = write_strand(folder / "strand", findings, sources, ("access", "note"))
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    prepared_load.load_at_once(engine, read([strand]), additions=codes)
    (folder / "codings.csv").write_text(coding, encoding="utf-8")
    round_loads.bring(engine, folder / "codings.csv", "second", EDITOR)
    editions.bring_in(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE load SET at = '2026-11-25 10:00:00'"))
    return engine


def plain(words: str) -> str:
    """Return words without digests, which are of all that a collection holds, and without the one sentence."""
    return DIGEST.sub("(digest)", SAID.sub("", words))


def in_workbook(contents: bytes) -> list[str]:
    """Return what stands in every cell of a workbook with its sheet, in order."""
    cells = ((sheet.title, cell) for sheet in load_workbook(io.BytesIO(contents)) for row in sheet.iter_rows()
             for cell in row)  # fmt: skip
    return [f"{sheet}: {words}" for sheet, cell in cells if cell.value is not None if (words := plain(str(cell.value)))]


def in_slides(contents: bytes) -> list[str]:
    """Return every part of a file of slides as it is written, the numbers of its charts included."""
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".xml")]
    return [plain(part.decode("utf-8")) for part in parts]
