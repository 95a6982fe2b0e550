"""The small databases that each version leaves with the tests, and how the present one is made.

Each release keeps one: `python -m tests.data.kept_database` writes it to tests/files/databases.
"""

import gzip
import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from data.coders import round_loads
from data.coders.settlements import settle
from data.collection import codebook as codebooks
from data.collection import database, drafts, duplicates
from data.collection.access import Standing, Visitor
from data.curating import study_links
from data.importing.loads import loading, prepared_load, undoing
from data.importing.loads.settled import chosen
from data.meeting import answers, arrivals, drafting, leading, leaving_out, notes, rooms
from data.meeting.notes import Noted
from data.presenting import editing, editions
from data.presenting.briefing import Briefing, Question, Slide
from data.presenting.question_kinds import AGREE, ONE, RANK, SEVERAL, TEXT
from data.safekeeping import backup
from models import Answer
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_csv, write_strand

KEPT = Path(__file__).parent.parent / "files" / "databases"
EDITOR = Visitor("editor", Standing.EDITOR)
WINDOW = "window-of-the-presenter"
MORE_SOURCES: tuple[Row, ...] = (
    *SOURCES,
    {"source_id": "S3", "strand": "literature", "title": "Halls and their keepers", "year": "2021",
     "url": "https://example.org/halls?id=3"},
    {"source_id": "S4", "strand": "literature", "title": "Halls and keepers", "year": "2021", "access": "team"},
)  # fmt: skip
KEEPER: Row = {"regions": "TLL", "themes": "T1.1", "levers": "L1.3", "lever_roles": "applied"}
MORE_FINDINGS: tuple[Row, ...] = (
    *FINDINGS,
    {**KEEPER, "finding_id": "E4", "source_id": "S3", "finding": "Halls kept by their users stayed open",
     "direction": "strengthened", "confidence": "high", "access": "public"},
    {**KEEPER, "finding_id": "E5", "source_id": "S4", "finding": "A keeper spoke of a dispute", "direction": "impeded",
     "confidence": "low", "access": "team", "note": "A memo of the coder, for the team"},
)  # fmt: skip
BUS: Row = {"finding_id": "E6", "source_id": "S2", "finding": "A bus came back and the hall filled", "regions": "TLD",
            "themes": "T1.9", "levers": "L6.4", "lever_roles": "applied", "direction": "strengthened",
            "confidence": "moderate"}  # fmt: skip
CHOICES = ("Libraries", "Pubs", "Parks")
QUESTIONS: dict[str, Question | None] = {
    "opening": None,
    "one": Question(ONE.name, "Which matters most?", CHOICES),
    "several": Question(SEVERAL.name, "Which do you use?", CHOICES),
    "rank": Question(RANK.name, "Rank them.", ("a", "b", "c", "d")),
    "agree": Question(AGREE.name, "Is it enough?"),
    "said": Question(TEXT.name, "What is missing?"),
}
BRIEFING = Briefing(
    "own-briefing",
    "Our own briefing",
    tuple(Slide(ref, f"About {ref}", "text", text="-", question=asked) for ref, asked in QUESTIONS.items()),
)


def kept(version: int, folder: Path) -> Path:
    """Return a copy, in a folder, of the database that a version left."""
    path = folder / f"version_{version}.sqlite"
    path.write_bytes(gzip.decompress((KEPT / f"version_{version}.sqlite.gz").read_bytes()))
    return path


def sets() -> list[dict[str, Any]]:
    """Return each set of tables that ever bore a number: commit, version, statements that make it."""
    found = json.loads((KEPT / "sets.json").read_text(encoding="utf-8"))
    return [{**one, "statements": [found["statements"][n] for n in one["statements"]]} for one in found["sets"]]


def fill(engine: Engine, folder: Path) -> None:
    """Leave in a new database what people leave: loads, one undone, a settlement, links, a coding, meetings, notes."""
    _loads(engine, folder)
    settle(engine, EDITOR, "E1", chosen("strengthened", ["T1.2", "T2.2"], [("L6.1", "applied")]),
           chosen("mixed", ["T1.2"], [("L6.1", "applied"), ("L1.2", "lacking")]),
           "The survey asked readers only")  # fmt: skip
    study_links.link_studies(engine, ["S1", "S2"], EDITOR, "one fieldwork")
    duplicates.tell_apart(engine, "source", "S3", "S4", EDITOR)
    round_loads.bring(engine, _coding(folder), "third", EDITOR)
    edition = editions.save(engine, BRIEFING, "new", EDITOR, None)
    editions.save(engine, editing.moved(BRIEFING, "rank", -1), "moved slide 4 up", EDITOR, edition)
    _meeting_that_ended(engine)
    _meeting_under_way(engine)
    drafts.keep(engine, EDITOR, "browser-of-the-editor", "slide:own-briefing/one", {"heading": "Half a heading"},
                [("notes.csv", b"finding_id\r\nE1\r\n")])  # fmt: skip


def _loads(engine: Engine, folder: Path) -> None:
    def load(findings: tuple[Row, ...]) -> int:
        strand = write_strand(folder / "small", findings, MORE_SOURCES, ("access", "note"))
        return loading.load(engine, [strand], who="editor").id or 0

    load(MORE_FINDINGS)
    second = load((*changed(MORE_FINDINGS, {"E3": {"finding": "People told at length what halls are for"}}), BUS))
    undoing.undo(engine, second, EDITOR, "loaded too early")
    load(tuple(changed(MORE_FINDINGS, {"E2": {"confidence": "moderate"}})))


def _coding(folder: Path) -> Path:
    columns = ("finding_id", "themes", "levers", "lever_roles", "direction", "coder", "coded_on")
    coded = {"coder": "C3", "coded_on": "2026-11-23"}
    rows = [
        {"finding_id": "E1", "themes": "T1.2", "levers": "L6.1", "lever_roles": "applied", "direction": "strengthened"},
        {"finding_id": "E2", "themes": "T1.9;T3.2", "levers": "L6.4", "lever_roles": "withdrawn",
         "direction": "impeded"},
    ]  # fmt: skip
    return write_csv(folder / "third.csv", columns, [{**row, **coded} for row in rows])


def _meeting_that_ended(engine: Engine) -> None:
    with database.asking(engine) as session:
        book = codebooks.read(session)
    meeting = rooms.start(engine, BRIEFING, "", EDITOR).id or 0
    leading.take(engine, meeting, EDITOR, WINDOW)
    for slide, values in {"one": [["Libraries"], ["Pubs"], ["Libraries"]], "agree": [["4"], ["5"]],
                          "said": [["More buses."], ["A warm room."]]}.items():  # fmt: skip
        leading.move(engine, meeting, EDITOR, WINDOW, slide)
        leading.open_question(engine, meeting, EDITOR, WINDOW, True)
        for number, value in enumerate(values):
            answers.answer(engine, meeting, f"device-{number:04}", slide, value, book, f"192.0.2.{number}")
    rooms.introduce(engine, meeting, "device-0000", rooms.SECTORS[0], "TLC", book)
    with database.asking(engine) as session:
        text = session.exec(select(Answer).where(Answer.slide == "said")).first()
        assert text
        participant, said = text.participant_id, text.value[0]
    leading.let_through(engine, meeting, EDITOR, participant, "said", True, said)
    late = rooms.join(engine, meeting, "device-0002", "192.0.2.2")
    leaving_out.leave_out(engine, meeting, EDITOR, WINDOW, late, True)
    noted = Noted("one", "The hall was let go.", rooms.SECTORS[0], ("T4.3",), {"L1": "proposed", "L1.2": "lacking"},
                  "TLC")  # fmt: skip
    notes.note(engine, meeting, EDITOR, noted)
    gone = notes.note(engine, meeting, EDITOR, Noted("one", "Taken away again."))
    notes.remove(engine, meeting, EDITOR, gone)
    rooms.end(engine, meeting, EDITOR)
    with database.asking(engine) as session:
        ended = rooms.held(session, meeting)
        [draft, *_] = drafting.drafts(session, meeting)
    prepared_load.load_at_once(engine, drafting.as_files(ended, [draft], "editor", date(2026, 11, 24)), who="editor")


def _meeting_under_way(engine: Engine) -> None:
    meeting = rooms.start(engine, BRIEFING, "TLC", EDITOR).id or 0
    leading.take(engine, meeting, EDITOR, WINDOW)
    for number in range(3):
        rooms.join(engine, meeting, f"phone-{number:04}", f"192.0.2.{number // 2}")
    with database.asking(engine) as session:
        crowd = arrivals.arrivals(session, meeting, "one").addresses[0].origin
    leaving_out.leave_out_address(engine, meeting, EDITOR, WINDOW, crowd, True)


def main() -> None:
    """Write the database of the present version."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.sqlite"
        engine = database.open_engine(f"sqlite:///{path}")
        fill(engine, Path(folder))
        engine.dispose()
        whole = backup.copied(path, path.with_name("whole.sqlite")).path  # meetings and all in one file
        with closing(sqlite3.connect(whole)) as connection:
            connection.execute("VACUUM")
        target = KEPT / f"version_{database.SCHEMA}.sqlite.gz"
        target.write_bytes(gzip.compress(whole.read_bytes(), mtime=0))
    print(target)


if __name__ == "__main__":
    main()
