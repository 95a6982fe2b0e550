"""RIS, BibTeX and EPPI-Reviewer: references as sources, each faulty record named, and what is left told."""

import json
from pathlib import Path

import pytest

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, RawCode, RawFile
from tests.fuzz.seeds import BIBTEX, EPPI, RIS

FILES = Path(__file__).parents[3] / "files" / "readers"


def told(file: RawFile) -> list[str]:
    """Return what is said of a file, in lines."""
    return [str(fault) for fault in file.faults]


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

    def test_a_journal_stands_beside_its_publisher_and_c3_is_no_organisation(self) -> None:
        file = read_any("c3.ris", FILES / "c3.ris")
        assert rows(file) == [
            {"source_id": "example-2020", "title": "Libraries and trust", "authors": "Example, Ann", "year": "2020",
             "organisation": "Big House", "source_type": "JOUR", "publication": "Town Studies", "volume": "3",
             "issue": "1", "pages": "1-9"},
            {"source_id": "youth-clubs-and-2021", "title": "Youth clubs and crime", "year": "2021",
             "source_type": "JOUR", "publication": "Town Studies"},
        ]  # fmt: skip
        assert told(file) == [
            "c3.ris: parts of its records that fill no column here stay behind: custom3 (C3) 2; who needs one of them "
            "can export the same records as CSV, whose columns can each be mapped"
        ]

    def test_what_fills_no_column_is_counted_by_name_second_values_too(self) -> None:
        record = (
            "TY  - JOUR\nTI  - Halls\nT1  - Halls\nAB  - Of halls.\n  They reopened.\nAB  - Des salles.\n"
            "  Elles ont rouvert.\nN2  - Of halls. They reopened.\nUR  - http://a.example\nUR  - http://b.example\n"
            "L3  - http://c.example\nSN  - 1234-5678\nX9  - odd\nY2  - 2024/03/09/\nER  - \n"
        )
        file = read_any("a.ris", record.encode())
        assert rows(file) == [
            {"source_id": "halls-nd", "title": "Halls", "source_type": "JOUR", "abstract": "Of halls. They reopened.",
             "url": "http://a.example", "accessed": "2024-03-09"}
        ]  # fmt: skip
        assert [line.partition("behind: ")[2].partition(";")[0] for line in told(file)] == [
            "X9 1, further abstract (AB) 1, further urls (UR) 1, issn (SN) 1, related records (L3) 1"
        ]

    def test_tags_in_small_letters_indented_or_with_one_blank_are_read_as_a_whole_record_is_written(self) -> None:
        loose = "ty - JOUR\nti - Halls\nau - Lee\n  Of UK - wide use\nkw - a; b\ner - \n"
        strict = "TY  - JOUR\nTI  - Halls\nAB  - Of use,\nUK - wide\nER  -\n"
        assert rows(read_any("a.ris", ("\ufeff" + loose + strict).replace("\n", "\r\n").encode())) == [
            {"source_id": "lee-of-uk-nd", "title": "Halls", "authors": "Lee Of UK - wide use", "source_type": "JOUR",
             "keywords": LIST_SEPARATOR.join(["a", "b"])},
            {"source_id": "halls-nd", "title": "Halls", "source_type": "JOUR", "abstract": "Of use, UK - wide"},
        ]  # fmt: skip


SHARED = {
    "authors": "Example, Ann; Lee, Bo", "year": "2020", "volume": "12", "issue": "3", "pages": "101-109",
    "doi": "10.1000/a",
}  # fmt: skip
INSTEAD = "; who needs one of them can export the same records as CSV, whose columns can each be mapped"


class TestMedline:
    def test_records_become_sources_with_whole_names_and_texts_over_several_lines(self) -> None:
        file = read_any("pubmed.nbib", FILES / "pubmed.nbib")
        assert (file.format, [number for number, _ in file.tables[0].rows]) == ("MEDLINE", [2, 36])
        assert rows(file) == [
            {**SHARED, "source_id": "31000001", "authors": "Example, Ann; Example, Bob",
             "title": "Libraries, trust and towns: a study of what closes when a library does.",
             "source_type": "Journal Article", "publication": "Town studies", "pages": "101-9",
             "abstract": "BACKGROUND: Opening hours were cut. RESULTS: Visits fell.",
             "keywords": LIST_SEPARATOR.join(["libraries", "trust", "*Libraries"])},
            {"source_id": "31000002", "title": "Youth clubs and crime", "authors": "Example B", "year": "2021"},
        ]  # fmt: skip
        assert told(file) == [
            "pubmed.nbib: parts of its records that fill no column here stay behind: affiliation (AD) 1, copyright "
            "(CI) 1, further publication type (PT) 1, issn (IS) 1, journal abbreviated (TA) 1, language (LA) 1, "
            f"location id (LID) 1, other abstract (OAB) 1{INSTEAD}"
        ]

    def test_the_least_records_are_read_whatever_the_name_the_mark_or_the_line_ends(self) -> None:
        least = (FILES / "pubmed_min.nbib").read_bytes().replace(b"\n", b"\r\n")
        for name in ("a.nbib", "pubmed-export.txt"):
            assert rows(read_any(name, b"\xef\xbb\xbf" + least)) == [
                {"source_id": "1", "title": "Libraries, trust and towns", "authors": "Example A", "year": "2020",
                 "doi": "10.1000/a", "abstract": "Opening hours were cut, and visits fell."},
                {"source_id": "2", "title": "Youth clubs and crime", "authors": "Example B", "year": "2021"},
            ]  # fmt: skip


class TestWebOfScience:
    def test_records_become_sources_with_whole_names_and_publications(self) -> None:
        file = read_any("savedrecs.txt", FILES / "web_of_science.ciw")
        assert (file.format, [number for number, _ in file.tables[0].rows]) == ("Web of Science", [3, 37])
        assert rows(file) == [
            {**SHARED, "source_id": "WOS:000000000000001", "organisation": "BIG HOUSE", "source_type": "Article",
             "title": "Libraries, trust and towns: a study of what closes when a library does",
             "publication": "TOWN STUDIES", "abstract": "Opening hours were cut.",
             "keywords": LIST_SEPARATOR.join(["libraries", "trust", "towns", "PLACES"])},
            {"source_id": "lee-2021", "title": "Youth clubs", "authors": "Lee, B", "year": "2021", "source_type": "B"},
        ]  # fmt: skip
        (fault,) = file.faults
        assert "author address (C1) 2, cited references (CR) 2, cited reference count (NR) 1" in fault.reason

    def test_a_record_cut_off_is_read_and_told(self) -> None:
        file = read_any("a.ciw", b"PT J\nTI Halls\nPT J\nTI Buses\nER\nEF\n")
        assert [row["title"] for row in rows(file)] == ["Halls", "Buses"]
        assert told(file) == ["a.ciw: row 1: the record that begins here has no end (ER); it is read up to the next"]


class TestEndnote:
    def test_records_become_sources_and_each_line_below_keywords_is_one(self) -> None:
        file = read_any("citations.txt", FILES / "endnote.enw")
        assert (file.format, [number for number, _ in file.tables[0].rows]) == ("EndNote", [1, 20])
        assert rows(file) == [
            {**SHARED, "source_id": "example-2020", "title": "Libraries, trust and towns", "organisation": "Big House",
             "source_type": "Journal Article", "publication": "Town Studies", "url": "http://a.example",
             "abstract": "Opening hours were cut. Visits fell.",
             "keywords": LIST_SEPARATOR.join(["libraries", "trust"])},
            {"source_id": "lee-2021", "title": "Youth clubs", "authors": "Lee, Bo", "year": "2021",
             "source_type": "Book Section", "publication": "Young people and places"},
        ]  # fmt: skip
        assert told(file) == [
            'citations.txt: row 1 column accessed: "March 9, 2024" is no day, such as 2024-03-09, and stays behind',
            "citations.txt: parts of its records that fill no column here stay behind: editor (%E) 1, isbn or issn "
            f"(%@) 1{INSTEAD}",
        ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", "TY  - JOUR\nTI  - Halls\nty  - JOUR\n"),
        ("a.nbib", "PMID- 1\nTI  - Halls\nER  - 1\nPMID-1\n"),
        ("a.ciw", "PT J\nTI Halls\nPT\nodd\nER\n"),
        ("a.enw", "%0 Book\n%T Halls\n%0\n%%\n%\n"),
    ],
)
def test_a_tag_of_a_start_or_end_within_a_record_is_a_value_like_others(name: str, text: str) -> None:
    assert rows(read_any(name, text.encode()))[0]["title"].startswith("Halls")


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

    def test_an_article_has_its_publication_and_what_fills_no_column_is_counted(self) -> None:
        entry = (
            "@article{a, title={Halls}, journal={Town Studies}, publisher={Big House}, volume=3, number=1, "
            "pages={12--19}, doi={https://doi.org/10.1000/A}, urldate={2024-03-09}, issn={1234-5678}, file={a.pdf}}\n"
        )
        file = read_any("a.bib", entry.encode())
        assert rows(file) == [
            {"source_id": "a", "title": "Halls", "organisation": "Big House", "source_type": "article",
             "publication": "Town Studies", "volume": "3", "issue": "1", "pages": "12-19", "doi": "10.1000/A",
             "accessed": "2024-03-09"}
        ]  # fmt: skip
        assert told(file) == ["a.bib: parts of its entries that fill no column here stay behind: file 1, issn 1"]


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
             "additional_text": "p. 3", "title": "Halls"},
            {"coding_id": "9-2", "source_id": "9", "code": "Levers::Places", "title": "Halls"},
        ]  # fmt: skip
        assert file.tables[1].holds == ""
        assert [str(fault) for fault in file.faults] == [
            "e.json: sheet Codings: 2 codings, of which 1 with no text: none is a finding until a mapping says "
            "which are; one with no text can take its reference's title or abstract for it, where the mapping has that "
            "column fill the finding",
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
        assert fault.reason.startswith(
            "is JSON, but no export of EPPI-Reviewer: it has neither CodeSets nor References; give "
        )
        (fault,) = read_any("e.json", b'{"References": [').faults
        assert fault.reason.startswith("is not JSON that can be read (")

    def test_excluded_duplicate_and_deleted_references_stay_out_counted(self) -> None:
        file = read_any("eppi_min.json", FILES / "eppi_min.json")
        assert rows(file) == [
            {"source_id": "1", "title": "Libraries and trust", "authors": "Example Ann", "year": "2020",
             "source_type": "Report", "volume": "12", "issue": "3", "pages": "1-9"}
        ]  # fmt: skip
        assert [row["coding_id"] for row in rows(file, "Codings")] == ["1-1"]
        assert told(file)[0] == (
            "eppi_min.json: 3 references outside the review left out (1 deleted, 1 duplicate, 1 excluded), "
            "with 1 coding"
        )

    def test_where_no_reference_is_in_the_review_that_is_said_and_nothing_else(self) -> None:
        gone = {"References": [{"ItemId": 1, "Title": "A", "ItemStatusTooltip": "Duplicate of item 2"}]}
        file = read_any("e.json", json.dumps(gone).encode())
        assert (file.tables, told(file)) == (
            [], ["e.json: 1 reference outside the review left out (1 duplicate), with 0 codings"])  # fmt: skip
