"""A file of every format, on the pages: taken in by what a person says of it, seen, taken back, and gone."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from tests.data.importing.mapping.raw_files import FILES
from tests.data.importing.mapping.test_journeys import write_report
from tests.data.importing.small_strand import write_strand, write_workbook
from tests.fuzz.seeds import BIBTEX, EPPI, QUALCODER, RIS
from tests.pages.test_load import editing, opened, press, settled
from tests.pages.test_load_mapping import ONCE, choose
from tests.pages.test_pages import answer, said

pytestmark = pytest.mark.slow

__all__ = ["editing"]
LIBRARIES = "Levers::Places::Libraries"


@dataclass(frozen=True)
class Journey:
    """A file of one format, what a person says of it on the page, how much it brings, the answer of the page that its
    link leads to, and a text of it.
    """

    kind: str
    write: Callable[[Path], object]
    brings: str
    answer: str
    text: str
    chosen: dict[str, object] = field(default_factory=dict)
    title: str = ""
    """What is written as the title of the source, which no column says."""
    without_guesses: bool = False
    """Whether what is guessed is dropped: a code that is guessed to be a lever would need its role."""


def holding(contents: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(contents, encoding="utf-8", newline="")


def real(name: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes((FILES / name).read_bytes())


OURS = (
    "Sources: 2 added; findings: 3 added.",
    "Of findings E1, E2 and E3: 3 findings, 1 strengthened, 1 impeded and 1 context.",
    "Without buses the hall stood empty",
)
REFERENCES = (
    "Sources: 2 added.",
    "461 sources report 378 separate studies; 231 show a year, from 2003 to 2025, and 230 show none.",
)
REPORT = ("Sources: 1 added; findings: 1 added.", "Finding REPORT-Ec4fff970fa94", "The hall")
EXTRACTS = (
    "Sources: 1 added; findings: 3 added.",
    "Of findings EXTRACTS-W1, EXTRACTS-W2 and EXTRACTS-W3: 3 findings, 3 strengthened.",
    "Without the bus, ‘nobody came’",
)
JOURNEYS = {
    "strand": Journey("CSV", write_strand, *OURS),
    "ours.xlsx": Journey("Excel", write_workbook, *OURS),
    "interviews.qdpx": Journey(
        "REFI-QDA project", real("aqda.qdpx"), "Sources: 1 added; findings: 3 added.",
        "Of findings INTERVIEWS-E62f7002f79d1, INTERVIEWS-E88a05b80f477 and INTERVIEWS-Ede046af53035: "
        "3 findings, 3 strengthened.",
        "Ask the young.", {**ONCE, "What Transport means here": ["theme T1.9"], "What Places means here": ["not ours"]},
    ),
    "halls.json": Journey(
        "EPPI-Reviewer", holding(json.dumps(EPPI)), "Sources: 2 added; findings: 1 added.",
        "Finding HALLS-E0841729f20c8", "The hall reopened",
        {"Codes whose codings each make a finding": [LIBRARIES], **ONCE,
         "What Levers › Places means here": ["theme T1.1"]},
    ),
    "halls.ris": Journey("RIS", holding(RIS), *REFERENCES, "Café life"),
    "halls.bib": Journey("BibTeX", holding(BIBTEX), *REFERENCES, "Café UK life"),
    "report.csv": Journey("QualCoder coding report", holding(QUALCODER), *REPORT, ONCE, without_guesses=True),
    "report.xlsx": Journey("QualCoder coding report", write_report, *REPORT, ONCE, without_guesses=True),
    "extracts.xlsx": Journey("Excel", real("libreoffice.xlsx"), *EXTRACTS, ONCE, "One workshop"),
    "extracts.csv": Journey("CSV", real("pandas_utf16.csv"), *EXTRACTS, ONCE, "One workshop"),
    "highlights.csv": Journey(
        "Taguette highlights", real("taguette_highlights.csv"), "Sources: 1 added; findings: 2 added.",
        "Of findings HIGHLIGHTS-E813a515091a6 and HIGHLIGHTS-Ee3789605102b: 2 findings, 2 strengthened.",
        "The library’s café brought neighbours together.", ONCE,
    ),
}  # fmt: skip
"""A file of each format, by its name; the first is a folder of two."""


def mapped(app: AppTest, journey: Journey) -> AppTest:
    """Say what a person says of a file's columns and words."""
    if journey.without_guesses:
        (drop,) = [button for button in app.main.button if button.label == "Drop all guesses"]
        app = settled(drop.click().run())
        assert app.button(key=drop.key).disabled
    app = choose(app, journey.chosen)
    if journey.title:
        (title,) = [box for box in app.main.text_input if box.label == "Title of the source"]
        app = settled(title.set_value(journey.title).run())
    return app


def follow(app: AppTest) -> tuple[AppTest, str, dict[str, str]]:
    """Go to what a load brought by the link to it; return the page, its name, and what the link's address asks for."""
    (link,) = [one.proto for one in app.main.get("page_link") if re.search("^See the .* new ", one.proto.label)]
    query = {key: ",".join(values) for key, values in parse_qs(link.query_string).items()}
    return at(app, link.page, query), link.page, query


def at(app: AppTest, script: str, query: dict[str, str]) -> AppTest:
    """Turn to a page at a query."""
    app.query_params.clear()
    for key, value in query.items():
        app.query_params[key] = value
    app = app.switch_page(f"pages/{script}.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Return all words of a page, with single spaces."""
    return " ".join(said(app).split())


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_file_of_each_format_goes_from_choice_to_view_and_back(name, open_page, editing, tmp_path, monkeypatch):
    journey, path = JOURNEYS[name], tmp_path / name
    journey.write(path)
    app = opened(open_page, "load", editing, monkeypatch)
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        app.file_uploader(key="import_files").upload(file.name, file.read_bytes())
    app = settled(app.run())
    assert f"Format {journey.kind} Holds" in words(app)
    app = press(mapped(press(app, "Continue"), journey), "Check")
    app = press(app, "See what would change")
    assert journey.brings in said(app)
    app = press(press(app, "Go on to confirm"), "Bring it in")
    assert answer(app) == "Load 2 is done."
    app, script, query = follow(app)
    assert answer(app) == journey.answer
    if script == "findings":
        app = at(app, "overview", query)
    else:
        assert "2 sources without findings yet" in said(app)
    assert journey.text in words(app)
    app = settled(at(app, "history", {}).selectbox(key="history_load").set_value(2).run())
    app = press(press(app, "Undo this load"), "Yes, undo it")
    assert "Load 2 is undone, as load 3: " in said(app)
    app = at(app, script, query)
    if script == "findings":
        assert answer(app) == "Nothing found"
    else:
        assert "without findings" not in said(app)
