"""Whatever stands in the evidence, the workbook shows it as text, runs none of it, and loses none of it unsaid."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine

from data.exporting import workbook
from data.filters.filter import Filter
from data.importing.loads import loading
from data.importing.loads.applying import collection_digest

HOSTILE = [
    "=1+1",
    '=HYPERLINK("https://example.org","x")',
    "+1",
    "-1",
    "@SUM(1)",
    "<b>bold</b> & <script>alert(1)</script>",
    "**bold** [link](https://example.org) | cell |",
    "😀 👩‍👩‍👧 café é",
    "tab\there",
    "one line\nanother",
    "one line\r\nanother\rand another",
    "_x0041_ is not A",
    "#N/A is what the cell said",
    "#REF! is what the cell said",
    "]]> <!-- &amp; \"'",
    "\u00a0\u2028 spaces \u200b",
    "\u202eright to left",
    "2022",
    "1e5",
    "2026-11-23",
    "TRUE",
]


def opened(engine: Engine) -> tuple[openpyxl.Workbook, zipfile.ZipFile]:
    out = io.BytesIO()
    workbook.write(engine, Filter(), out)
    return openpyxl.load_workbook(out), zipfile.ZipFile(out)


def digest(engine: Engine) -> str:
    with engine.connect() as connection:
        return collection_digest(connection)


def as_read_back(text: str) -> str:
    """Return a text as openpyxl gives it: without decoding what Excel decodes."""
    return text.strip().replace("_x0041_", "_x005F_x0041_").replace("\r", "_x000D_")


@pytest.fixture
def hostile(strand_of) -> Engine:
    return strand_of(
        *({"finding": text, "place": text, "population": text} for text in HOSTILE),
        source={"title": "=2+2", "organisation": "@org", "authors": "-A", "url": "javascript:alert(1)", "doi": "+10"},
    )


def test_hostile_text_is_text_in_every_cell_it_stands_in(hostile: Engine) -> None:
    book, _ = opened(hostile)
    cells = [row for row in book["Findings"].iter_rows(min_row=5)]
    assert [row[2].value for row in cells] == [as_read_back(text) for text in HOSTILE]
    for row in cells:
        for cell in (row[2], row[3], row[16]):
            assert cell.data_type == "s"
            assert cell.quotePrefix == (cell.value[0] in "=+-@")


def test_no_formula_and_no_unsound_link_is_anywhere_in_the_file(hostile: Engine) -> None:
    book, archive = opened(hostile)
    parts = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
    assert len(parts) == 7
    assert not any("<f>" in part or "<f " in part for part in parts)
    assert not any("javascript" in archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))
    (source,) = book["Sources"].iter_rows(min_row=5)
    cells = {name.value: cell for name, cell in zip(book["Sources"][4], source, strict=True)}
    told = [cells[name] for name in ("title", "authors", "organisation", "url", "doi")]
    assert [cell.value for cell in told] == ["=2+2", "-A", "@org", "javascript:alert(1)", "+10"]
    assert [cell.quotePrefix for cell in told] == [True, True, True, False, True]
    read = book["To read"].iter_rows(min_row=book["To read"].max_row - len(HOSTILE) + 1, max_col=1)
    assert all(cell.data_type == "s" and cell.quotePrefix == (cell.value[0] in "=+-@") for (cell,) in read)


def test_hostile_text_comes_back_character_by_character(hostile: Engine, engine: Engine, tmp_path: Path) -> None:
    workbook.write(hostile, Filter(), tmp_path / "hostile.xlsx")
    loading.load(engine, [tmp_path / "hostile.xlsx"])
    assert digest(engine) == digest(hostile)
    book, _ = opened(hostile)
    assert [row[0].value for row in book["Cover"]][-1] == "No text was changed."


def test_control_characters_become_u_fffd_and_the_cover_counts_them(strand_of) -> None:
    engine = strand_of({"finding": "a\0b\x01c"}, {"finding": "\x0bvertical \x7f"}, {"finding": "plain"})
    with engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT finding FROM finding ORDER BY ref").scalars().all()
    book, _ = opened(engine)
    shown = [row[2].value for row in book["Findings"].iter_rows(min_row=5)]
    replaced = [sum(character in "\0\x01\x0b\x7f" for character in text) for text in stored]
    assert shown == ["a\ufffdb\ufffdc", *shown[1:2], "plain"]
    assert [text.count("\ufffd") for text in shown] == replaced
    characters, cells = sum(replaced), sum(map(bool, replaced))
    assert [row[0].value for row in book["Cover"]][-1] == (
        f"{characters} characters that a spreadsheet cannot hold, in {cells} cells, stand as \ufffd."
    )


def test_a_text_longer_than_a_cell_goes_on_in_further_columns_and_comes_back(strand_of, engine, tmp_path) -> None:
    long, twice = "word " * 8_000, "😀 word " * 9_000
    wordy = strand_of({"finding": long, "place": "Hull"}, {"finding": twice}, {"finding": "short"})
    out = tmp_path / "long.xlsx"
    workbook.write(wordy, Filter(), out)
    sheet = openpyxl.load_workbook(out)["Findings"]
    header = [cell.value for cell in sheet[4]]
    places = [header.index(name) for name in ("finding", "finding (continued 2)", "finding (continued 3)")]
    texts = [[row[place].value for place in places if row[place].value != "[z]"] for row in sheet.iter_rows(min_row=5)]
    assert ["".join(parts) for parts in texts] == [long.strip(), twice.strip(), "short"]
    assert [len(parts) for parts in texts] == [2, 3, 1]
    assert all(len(part.encode("utf-16-le")) // 2 <= 32_767 for parts in texts for part in parts)
    loading.load(engine, [out])
    assert digest(engine) == digest(wordy)


def test_a_long_title_is_whole_in_sources_and_said_to_be_cut_elsewhere(strand_of, engine, tmp_path) -> None:
    titled = strand_of({}, source={"title": "T" * 40_000})
    out = tmp_path / "long.xlsx"
    workbook.write(titled, Filter(), out)
    book = openpyxl.load_workbook(out)
    header, row = ([cell.value for cell in cells] for cells in book["Sources"].iter_rows(min_row=4))
    assert row[header.index("title")] + row[header.index("title (continued 2)")] == "T" * 40_000
    header, row = ([cell.value for cell in cells] for cells in book["Findings"].iter_rows(min_row=4))
    assert row[header.index("Source title")].endswith("TTT … [cut]")
    # The title and the citation in Findings, and the citation in Sources.
    assert [line[0].value for line in book["Cover"]][-1] == (
        "3 texts longer than a cell holds (32,767) end in “… [cut]”; a finding or source is whole all the same: "
        "columns named “continued” go on with it."
    )
    loading.load(engine, [out])
    assert digest(engine) == digest(titled)


def test_a_coordinate_comes_back_to_its_last_digit(strand_of, engine, tmp_path) -> None:
    exact = strand_of(
        {"latitude": "0.30000000000000004", "longitude": "-1.4300000000000002"},
        {"latitude": "54", "longitude": "-0.0"},
        {"latitude": "1e-07", "longitude": "179.99999999999997"},
    )
    workbook.write(exact, Filter(), tmp_path / "exact.xlsx")
    loading.load(engine, [tmp_path / "exact.xlsx"])
    assert digest(engine) == digest(exact)


@pytest.mark.parametrize("coded_on", ["", "2026-11-23", "1850-01-01", "46349", "2026-11-23T10:00:00Z"])
def test_a_day_comes_back_as_it_was_taken(strand_of, engine, tmp_path, coded_on: str) -> None:
    dated = strand_of({"coded_on": coded_on}, source={"accessed": coded_on})
    workbook.write(dated, Filter(), tmp_path / "dated.xlsx")
    loading.load(engine, [tmp_path / "dated.xlsx"])
    assert digest(engine) == digest(dated)
