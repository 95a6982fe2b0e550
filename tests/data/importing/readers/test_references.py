"""RIS, BibTeX and EPPI-Reviewer: references as sources, each faulty record named, and what is left told."""

import json

from data.importing.raw import LIST_SEPARATOR, RawCode, RawFile
from data.importing.readers.choosing import read_any
from tests.fuzz.seeds import BIBTEX, EPPI, RIS


def rows(file: RawFile, sheet: str = "") -> list[dict[str, str]]:
    """Return a table's rows by column, empty cells left out."""
    table = next(table for table in file.tables if table.sheet == sheet)
    return [{name: cell for name, cell in zip(table.columns, cells, strict=True) if cell} for _, cells in table.rows]


class TestRis:
    def test_records_become_sources_at_their_lines(self) -> None:
        file = read_any("a.ris", RIS.encode())
        assert [number for number, _ in file.tables[0].rows] == [1, 12]
        assert rows(file) == [
            {"source_id": "1", "title": "Café life", "authors": "Smith, A.; Jones, B.", "year": "2019", "doi": "10.1/x",
             "source_type": "JOUR", "abstract": "Of halls", "keywords": "halls"},
            {"source_id": "buses-2020", "title": "Buses", "year": "2020", "source_type": "BOOK"},
        ]  # fmt: skip
        assert (file.tables[0].holds, file.faults) == ("sources", [])

    def test_is_known_by_what_it_holds_whatever_its_name(self) -> None:
        assert read_any("export.txt", RIS.encode()).format == "RIS"

    def test_records_without_end_or_title_and_what_stands_between_are_told(self) -> None:
        file = read_any("a.ris", b"junk\nTY  - BOOK\nAU  - Lee\nTY  - JOUR\nTI  - Halls\nER  - \nmore\n")
        assert [row.get("title", "") for row in rows(file)] == ["", "Halls"]
        assert [str(fault) for fault in file.faults] == [
            'a.ris: row 1: "junk" stands before the first record (TY  - ) and is left out',
            "a.ris: row 2: the record that begins here has no end (ER  - ); it is read up to the next",
            'a.ris: row 4: "more" stands between two records and is left out',
            'a.ris: row 2 column title: the record "lee-nd" has no title',
        ]

    def test_without_a_record_is_refused(self) -> None:
        (fault,) = read_any("a.ris", b"nothing here").faults
        assert (fault.warning, fault.reason) == (
            False, '"nothing here" stands before the first record (TY  - ) and is left out')  # fmt: skip

    def test_repeated_ids_are_told_apart(self) -> None:
        file = read_any("a.ris", b"TY  - JOUR\nID  - 7\nTI  - A\nER  - \nTY  - JOUR\nID  - 7\nTI  - B\nER  - \n")
        assert [row["source_id"] for row in rows(file)] == ["7", "7-5"]


class TestBibtex:
    def test_entries_become_sources_without_latex(self) -> None:
        assert rows(read_any("a.bib", BIBTEX.encode())) == [
            {"source_id": "smith2019", "title": "Café UK life – 50% more", "authors": "Müller, J.; Smith, Ann",
             "organisation": "Press", "year": "2019", "source_type": "article",
             "keywords": LIST_SEPARATOR.join(["halls", "buses"])},
            {"source_id": "b", "title": "Buses", "year": "2020", "source_type": "book"},
        ]  # fmt: skip

    def test_each_faulty_entry_is_named_and_the_others_read(self) -> None:
        file = read_any(
            "a.bib", b"@book{a, title={A}}\n@book{b, title={B\n@book{a, title={C}}\n@book{d, year=1, year=2}\n"
        )
        assert [row["source_id"] for row in rows(file)] == ["a", "a-3", "d"]
        told = [(fault.row, fault.warning) for fault in file.faults]
        assert told == [(2, False), (4, True), (3, True), (4, True)]
        assert 'it begins "@book{b, title={B"' in file.faults[0].reason

    def test_a_long_file_is_read_in_pieces_with_its_lines_and_abbreviations(self) -> None:
        entry = "@book{{k{0},\n title = {{Halls of the North and their many uses, volume {0}}},\n publisher = p}}\n"
        text = '@string{p = "Press"}\n' + "".join(entry.format(number) for number in range(3000))
        file = read_any("a.bib", text.encode())
        assert [number for number, _ in file.tables[0].rows] == [2 + 3 * number for number in range(3000)]
        assert {row["organisation"] for row in rows(file)} == {"Press"}
        assert file.faults == []

    def test_an_abbreviation_that_is_broken_is_told_once(self) -> None:
        file = read_any("a.bib", b"@string{{p = x}\n@book{a, title={A}}\n")
        assert [(fault.row, fault.warning) for fault in file.faults] == [(1, False)]
        assert rows(file) == [{"source_id": "a", "title": "A", "source_type": "book"}]


class TestEppi:
    def test_references_become_sources_and_codes_a_tree_by_name(self) -> None:
        file = read_any("e.json", json.dumps(EPPI).encode())
        assert rows(file) == [
            {"source_id": "9", "title": "Halls", "authors": "Smith A; Jones B", "year": "2019",
             "keywords": LIST_SEPARATOR.join(["a", "b"])},
            {"source_id": "10", "title": "Buses"},
        ]  # fmt: skip
        assert file.codes == [
            RawCode("Levers", "Levers"),
            RawCode("Levers::Places", "Places", "Levers", "Where"),
            RawCode("Levers::Places::Libraries", "Libraries", "Levers::Places"),
        ]

    def test_codings_are_rows_that_are_findings_only_where_a_mapping_says_so(self) -> None:
        file = read_any("e.json", json.dumps(EPPI).encode())
        assert rows(file, "Codings") == [
            {"coding_id": "9-1", "source_id": "9", "code": "Levers::Places::Libraries", "text": "The hall reopened",
             "additional_text": "p. 3"},
            {"coding_id": "9-2", "source_id": "9", "code": "Levers::Places"},
        ]  # fmt: skip
        assert file.tables[1].holds == ""
        assert [str(fault) for fault in file.faults] == [
            "e.json: sheet Codings: 2 codings, of which 1 with no text: none is a finding until a mapping says "
            "which are",
            "e.json: 1 outcome with figures for meta-analysis, left out: the collection holds none",
        ]

    def test_a_code_that_no_set_has_and_half_characters_are_told(self) -> None:
        odd = {"References": [{"ItemId": 1, "Title": "A \ud800", "Codes": [{"AttributeId": 99}]}], "Log": []}
        file = read_any("e.json", json.dumps(odd).encode())
        assert rows(file)[0]["title"] == "A \ufffd"
        assert next(fault.reason for fault in file.faults if fault.sheet == "Codings") == (
            "the reference 1 is coded with 99, which no code set has"
        )
        assert "parts left out" in file.faults[-1].reason

    def test_other_json_is_refused(self) -> None:
        (fault,) = read_any("e.json", b'{"a": 1}').faults
        assert fault.reason == "is JSON, but no export of EPPI-Reviewer: it has neither CodeSets nor References"
        (fault,) = read_any("e.json", b'{"References": [').faults
        assert fault.reason.startswith("is not JSON that can be read (")
