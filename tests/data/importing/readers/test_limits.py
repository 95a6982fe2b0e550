"""Files that would fill a machine's memory, climb out of their archive, or fetch others: each refused in words."""

import io
import stat
import zipfile

import pytest

from data.importing.readers import archive, limits, spans
from data.importing.readers.format_choice import read_any
from tests.data.importing.readers.refi_files import CODES, archived, project

PROJECT = project(CODES)


def refusal(contents: bytes, name: str = "halls.qdpx") -> str:
    """Return the one reason for which a file is refused."""
    file = read_any(name, contents)
    (fault,) = file.faults
    assert (file.tables, file.codes, fault.warning) == ([], [], False)
    return fault.reason


@pytest.mark.parametrize(
    "path", ["../project.qde", "a/../../b.qde", "/etc/b.qde", "C:\\b.qde", "c:/b.qde", "..\\b.qde", "\\\\host\\b.qde"]
)
def test_a_path_that_climbs_out(path: str) -> None:
    assert refusal(archived({"project.qde": PROJECT, path: "x"})).endswith(
        "whose path leads out of the archive; nothing was unpacked"
    )


def test_a_link_to_another_file() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("project.qde", PROJECT)
        entry = zipfile.ZipInfo("sources/t.txt")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, "/etc/passwd")
    assert refusal(file.getvalue()) == (
        'has an entry "sources/t.txt" that is a link to another file; nothing was unpacked'
    )


def test_a_zip_bomb_by_its_ratio() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("project.qde", PROJECT)
        made.writestr("sources/t.txt", bytes(30 * limits.MEGABYTE))
    assert refusal(file.getvalue()).partition(" times its size")[2] == (
        ", where at most 60 times are taken; save it again with the program it comes from"
    )


def test_a_zip_bomb_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED", 2 * limits.MEGABYTE)
    assert refusal(archived({"project.qde": PROJECT, "sources/t.txt": bytes(3 * limits.MEGABYTE)})) == (
        "would unpack to 3 MB, where at most 2 MB are taken; split it"
    )


def test_an_entry_that_unpacks_to_more_than_it_says() -> None:
    contents = archived({"project.qde": PROJECT + " " * 5000})
    said = len(PROJECT.encode()) + 5000
    lying = contents.replace(said.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "cannot be" in refusal(lying) or "unpacks to more" in refusal(lying)


def test_too_many_entries() -> None:
    parts = {"project.qde": PROJECT} | {f"sources/{number}.txt": "" for number in range(limits.MOST_ENTRIES)}
    assert refusal(archived(parts)) == "holds 10,001 entries, where at most 10,000 are taken"


def test_a_file_too_large_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.importing.readers.format_choice.MOST_BYTES", 2 * limits.MEGABYTE)
    assert refusal(bytes(3 * limits.MEGABYTE)) == "is 3 MB, where at most 2 MB are taken; split it"


BOMB = '<!DOCTYPE Project [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE Project [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
FETCHED = '<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd">'


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE, FETCHED], ids=["bomb", "outside", "fetched"])
@pytest.mark.parametrize("kind", ["project", "codebook"])
def test_entities_of_any_kind(doctype: str, kind: str) -> None:
    if kind == "codebook":
        reason = refusal(f'<?xml version="1.0"?>{doctype}<CodeBook>&b;</CodeBook>'.encode(), "codes.qdc")
    else:
        reason = refusal(archived({"project.qde": PROJECT.replace("?>\n", f"?>{doctype}")}))
    assert "declares a document type or entities, which are not taken" in reason


def test_a_workbook_with_entities_is_read_only_where_its_reader_takes_none() -> None:
    file = read_any("book.xlsx", archived({"xl/workbook.xml": f'<?xml version="1.0"?>{BOMB}<workbook>&b;</workbook>'}))
    assert any(not fault.warning for fault in file.faults)


def test_a_value_without_end() -> None:
    note = (
        f"<Notes><Note guid='N'><PlainTextContent>{'a' * (limits.LONGEST_VALUE + 1)}</PlainTextContent></Note></Notes>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        made.writestr("project.qde", project(note))
    assert refusal(file.getvalue()) == "has a value of more than 32,000,000 characters, where at most that is taken"


def test_a_tag_without_end() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        made.writestr("project.qde", project(f'<Code name="{"a" * (limits.LONGEST_VALUE + 3 * limits.MEGABYTE)}"/>'))
    assert "has a tag of more than 32,000,000 bytes" in refusal(file.getvalue())


def test_json_that_nests_without_end() -> None:
    assert refusal(b'{"References": ' + b"[" * 5000 + b"]" * 5000 + b"}", "e.json") == (
        "is JSON that nests more than 100 deep, the most that is taken"
    )


class TestProgress:
    def test_is_told_from_the_first_moment_in_shares_that_grow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "TOLD_EVERY", 0.0)
        told: list[tuple[float, str]] = []
        rows = "".join(f"{number},a\n" for number in range(5000))
        read_any("t.csv", f"id,text\n{rows}".encode(), progress=lambda share, what: told.append((share, what)))
        assert told[0] == (0.0, "looking at the file")
        assert [share for share, _ in told] == sorted(share for share, _ in told)
        assert told[-1][0] <= 1

    @pytest.mark.parametrize("at", [0, 3])
    def test_stops_where_it_is_asked_to_and_nothing_is_kept(self, at: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "TOLD_EVERY", 0.0)
        asked = iter(range(10_000))
        rows = "".join(f"{number},a\n" for number in range(5000))
        file = read_any("t.csv", f"id,text\n{rows}".encode(), cancelled=lambda: next(asked) >= at)
        assert (file.tables, [str(fault) for fault in file.faults]) == (
            [], ["t.csv: its reading was stopped, and nothing of it was taken"])  # fmt: skip


def test_more_cells_than_are_taken_though_none_says_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "MOST_CELLS", 100)
    cells = '<row r="1">' + '<c t="n"><v>1</v></c>' * 101 + "</row>"
    held = archive.Archive(archived({"xl/worksheets/sheet1.xml": f"<sheetData>{cells}</sheetData>"}))
    assert spans.far_sheet(held, limits.Watch()) == "holds 101 cells, where at most 100 are taken; split it"
