"""REFI-QDA projects as the standard has them, and each way in which real ones are known to differ."""

from pathlib import Path

import pytest

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, RawCode
from tests.data.importing.readers.refi_files import (
    CODES,
    TEXT,
    USERS,
    archived,
    column,
    project,
    read,
    said,
    selection,
    source,
    table,
)

FILES = Path(__file__).parents[3] / "files" / "readers"
CODED = '<Coding creatingUser="u1" creationDateTime="2026-03-14T10:00:00Z"><CodeRef targetGUID="C2"/></Coding>'


class TestASelection:
    def test_becomes_a_finding_with_its_text_source_codes_coder_and_day(self) -> None:
        file = read(project(USERS + CODES + source(selection(0, 18, CODED))))
        found = table(file, "Selections")
        assert found.columns == ("finding_id", "source_id", "finding", "codes", "coder", "coded_on", "note", "case")
        assert found.rows == [(1, ("s0", "t1", "The hall reopened.", "Places::Libraries", "Ann", "2026-03-14", "", ""))]
        assert (found.holds, found.lists, said(file)) == ("findings", frozenset({"codes", "case"}), [])
        assert table(file, "Sources").rows == [(1, ("t1", "", "Workshop", "text", "", "", "", "internal://t.txt"))]

    def test_keeps_every_code_and_coder_once(self) -> None:
        codings = CODED + CODED + '<Coding creatingUser="U2"><CodeRef targetGUID="C3"/></Coding>'
        file = read(project(USERS + CODES + source(selection(0, 18, codings))))
        assert column(file, "codes") == [LIST_SEPARATOR.join(["Places::Libraries", "Transport"])]
        assert column(file, "coder") == ["Ann; B."]

    def test_takes_values_of_the_cases_that_cover_it_or_its_source(self) -> None:
        cases = (
            '<Variables><Variable guid="V1" name="region"/><Variable guid="V2" name="group"/></Variables><Cases>'
            '<Case guid="K1" name="Blyth"><VariableValue><VariableRef targetGUID="V1"/><TextValue>North '
            "East</TextValue>"
            '</VariableValue><SourceRef targetGUID="T1"/></Case>'
            '<Case guid="K2" name="Parents"><VariableValue><VariableRef targetGUID="V2"/><IntegerValue>7</IntegerValue>'
            '</VariableValue><SelectionRef targetGUID="S0"/></Case></Cases>'
        )
        file = read(project(CODES + cases + source(selection(0, 18) + selection(19, 25))))
        assert column(file, "region") == ["North East", "North East"]
        assert column(file, "group") == ["7", ""]
        assert column(file, "case") == [LIST_SEPARATOR.join(["Blyth", "Parents"]), "Blyth"]

    def test_takes_the_values_of_its_source_which_the_table_of_sources_has_too(self) -> None:
        value = '<VariableValue><VariableRef targetGUID="V1"/><TextValue>Wales</TextValue></VariableValue>'
        variables = '<Variables><Variable guid="V1" name="region"/></Variables>'
        file = read(project(CODES + variables + source(selection(0, 18) + value)))
        assert (column(file, "region"), column(file, "region", "Sources")) == (["Wales"], ["Wales"])

    def test_with_two_cases_of_different_values_keeps_both(self) -> None:
        value = "<VariableValue><VariableRef targetGUID='V'/><TextValue>{}</TextValue></VariableValue>"
        cases = "".join(f"<Case name='{place}'>{value.format(place)}<SourceRef targetGUID='T1'/></Case>"
                        for place in ("Blyth", "Wick"))  # fmt: skip
        file = read(project(CODES + f"<Variables><Variable guid='V' name='place'/></Variables><Cases>{cases}</Cases>"
                            + source(selection(0, 18))))  # fmt: skip
        assert column(file, "place") == [LIST_SEPARATOR.join(["Blyth", "Wick"])]
        assert "place" in table(file, "Selections").lists

    def test_keeps_its_memos_by_reference_and_by_link(self) -> None:
        notes = (
            '<Notes><Note guid="N1" name="Tone"><PlainTextContent>laughing</PlainTextContent></Note>'
            '<Note guid="N2" plainTextPath="internal://n.txt"/></Notes><Links><Link originGUID="N2" '
            'targetGUID="S0"/></Links>'
        )
        inside = selection(0, 18, CODED + '<NoteRef targetGUID="N1"/>')
        file = read(project(CODES + source(inside) + notes), {"sources/t.txt": TEXT, "sources/n.txt": "ask again"})
        assert column(file, "note") == ["Tone: laughing\nask again"]

    def test_counts_code_points_where_emoji_stand_before_it(self) -> None:
        file = read(project(CODES + source(selection(2, 10))), {"sources/t.txt": "😀 The hall reopened."})
        assert column(file, "finding") == ["The hall"]

    def test_counted_in_units_of_two_bytes_is_found_by_its_own_name(self) -> None:
        file = read(
            project(CODES + source(selection(3, 11, more='name="The hall"'))), {"sources/t.txt": "😀 The hall stood."}
        )
        assert column(file, "finding") == ["The hall"]
        assert file.details == {"counted emoji and rare letters as two characters":
                                "1 text: 1 of 1 selections whose name gives their text agree"}  # fmt: skip

    def test_of_a_transcript_lies_between_two_points_in_time(self) -> None:
        audio = (
            '<Sources><AudioSource guid="A1" name="Tape"><Transcript guid="X" plainTextPath="internal://t.txt">'
            '<SyncPoint guid="P1" position="4"/><SyncPoint guid="P2" position="8"/>'
            '<TranscriptSelection guid="S" fromSyncPoint="P1" toSyncPoint="P2"/></Transcript></AudioSource></Sources>'
        )
        assert column(read(project(CODES + audio)), "finding") == ["hall"]

    def test_of_a_pdf_is_cut_from_the_words_that_represent_it(self) -> None:
        pdf = (
            '<Sources><PDFSource guid="D1" name="Report" path="internal://r.pdf">'
            f'<Representation guid="X" plainTextPath="internal://t.txt">{selection(4, 8)}</Representation>'
            "</PDFSource></Sources>"
        )
        file = read(project(CODES + pdf))
        assert (column(file, "finding"), column(file, "source_id")) == (["hall"], ["d1"])
        assert column(file, "source_type", "Sources") == ["PDF"]


class TestAProjectThatDiffers:
    @pytest.mark.parametrize("entry", ["project.qde", "Project.qde", "Halls 2026.qde", "halls/project.qde"])
    def test_in_the_name_of_its_xml(self, entry: str) -> None:
        assert column(read(project(CODES + source(selection(0, 18))), entry=entry), "finding") == ["The hall reopened."]

    @pytest.mark.parametrize("folder", ["sources", "Sources", "SOURCES", "halls/sources"])
    def test_in_the_name_of_its_folder(self, folder: str) -> None:
        file = read(project(CODES + source(selection(0, 18))), {f"{folder}/t.txt": TEXT})
        assert (column(file, "finding"), said(file)) == (["The hall reopened."], [])

    @pytest.mark.parametrize(
        "path",
        ["internal://t.txt", "internal:///t.txt", "relative:///sources/t.txt", "relative://t.txt", "t.txt",
         "sources/t.txt",
         "C:\\Users\\ann\\t.txt", "file:///home/ann/t.txt", "/home/ann/t.txt", "INTERNAL://T.TXT"],
    )  # fmt: skip
    def test_in_how_paths_are_written(self, path: str) -> None:
        file = read(project(CODES + source(selection(0, 18), path)))
        assert (column(file, "finding"), said(file)) == (["The hall reopened."], [])

    @pytest.mark.parametrize(
        "namespace",
        ["urn:QDA-XML:project:1.0", "urn:QDA-XML:project:1:0", "urn:QDA-XML:project:0:4", "urn:QDA-XML:project:0.4"],
    )
    def test_in_the_version_of_its_namespace(self, namespace: str) -> None:
        file = read(project(CODES + source(selection(0, 18)), namespace))
        assert (column(file, "finding"), said(file)) == (["The hall reopened."], [])

    def test_in_its_namespace_altogether_is_read_and_told(self) -> None:
        file = read(project(CODES + source(selection(0, 18)), "urn:other"))
        assert column(file, "finding") == ["The hall reopened."]
        assert said(file) == [
            "halls.qdpx: its XML is of the namespace 'urn:other', which is none of REFI-QDA's; it is read all the same"
        ]

    @pytest.mark.parametrize("guid", ["c2", "C2", "{C2}", "{c2}", " C2 "])
    def test_in_how_identifiers_are_written(self, guid: str) -> None:
        coding = f'<Coding><CodeRef targetGUID="{guid}"/></Coding>'
        assert column(read(project(CODES + source(selection(0, 18, coding)))), "codes") == ["Places::Libraries"]

    def test_in_a_mark_at_the_start_of_its_xml_and_texts(self) -> None:
        xml = "\ufeff" + project(CODES + source(selection(0, 18)))
        file = read(xml, {"sources/t.txt": ("\ufeff" + TEXT).encode()})
        assert (column(file, "finding"), said(file)) == (["The hall reopened."], [])

    def test_in_writing_its_xml_as_utf_16(self) -> None:
        xml = project(CODES + source(selection(0, 18))).replace("utf-8", "utf-16")
        assert column(read(xml.encode("utf-16")), "finding") == ["The hall reopened."]  # type: ignore[arg-type]

    def test_in_having_no_archive_around_it(self) -> None:
        inside = source("<PlainTextContent>The hall</PlainTextContent>" + selection(4, 8), path="")
        file = read_any("halls.qde", project(CODES + inside).encode())
        assert (file.format, column(file, "finding")) == ("REFI-QDA project", ["hall"])

    def test_in_parting_names_of_codes_in_place_of_nesting_them(self) -> None:
        flat = '<Code guid="C2" name="Places::Libraries"/><Code guid="C3" name="Places"/>'
        codes = f"<CodeBook><Codes>{flat}</Codes></CodeBook>"
        file = read(project(codes + source(selection(0, 18))))
        assert column(file, "codes") == ["Places::Libraries"]
        assert file.codes == [RawCode("Places", "Places"), RawCode("Places::Libraries", "Libraries", "Places")]

    def test_in_writing_groups_as_sets(self) -> None:
        codes = (
            '<CodeBook><Codes><Code guid="C2" name="Libraries"/></Codes></CodeBook>{}<Sets><Set guid="G" name="Places">'
            '<Description>Where</Description><MemberCode targetGUID="C2"/><MemberSource targetGUID="T1"/></Set></Sets>'
        )
        file = read(project(codes.format(source(selection(0, 18)))))
        assert column(file, "codes") == ["Places::Libraries"]
        assert file.codes == [
            RawCode("Places", "Places", "", "Where"),
            RawCode("Places::Libraries", "Libraries", "Places"),
        ]
        assert column(file, "groups", "Sources") == ["Places"]

    def test_in_a_code_that_is_in_two_groups_which_is_told(self) -> None:
        codes = '<CodeBook><Codes><Code guid="C2" name="Libraries"/></Codes></CodeBook>'
        sets = "<Sets>" + "".join(f'<Set name="{n}"><MemberCode targetGUID="C2"/></Set>' for n in "AB") + "</Sets>"
        file = read(project(codes + source(selection(0, 18)) + sets))
        assert file.codes == [RawCode("Libraries", "Libraries", "", "In the groups A, B.")]
        assert said(file) == ['halls.qdpx: code "Libraries" is in 2 groups (A, B); it is left outside them']

    def test_in_using_one_name_under_two_parents(self) -> None:
        codes = (
            '<CodeBook><Codes><Code guid="A" name="Places"><Code guid="C2" name="Other"/></Code>'
            '<Code guid="B" name="People"><Code guid="C4" name="Other"/></Code></Codes></CodeBook>'
        )
        four = '<Coding><CodeRef targetGUID="C4"/></Coding>'
        file = read(project(codes + source(selection(0, 18) + selection(19, 25, four))))
        assert column(file, "codes") == ["Places::Other", "People::Other"]

    def test_in_cases_and_sources_without_a_name(self) -> None:
        case = '<Cases><Case guid="K"><SourceRef targetGUID="T1"/></Case></Cases>'
        file = read(project(CODES + case + source(selection(0, 18), more="")))
        assert (column(file, "case"), column(file, "title", "Sources")) == (["case 1"], ["t.txt"])
        assert said(file) == [
            'halls.qdpx: sheet Cases row 1: case 1 has no name; it is called "case 1"',
            'halls.qdpx: sheet Sources row 1: the source with the identifier t1 has no name; it is called "t.txt"',
        ]

    def test_in_selections_with_a_description_but_no_coding(self) -> None:
        file = read(project(CODES + source(selection(0, 18, "<Description>ask again</Description>"))))
        assert (column(file, "finding"), column(file, "codes"), column(file, "note")) == (
            ["The hall reopened."], [""], ["ask again"])  # fmt: skip
        assert said(file) == [
            "halls.qdpx: sheet Selections: 1 selection without a code, taken as findings without codes"
        ]

    def test_in_coding_a_source_as_a_whole(self) -> None:
        file = read(project(CODES + source('<Coding><CodeRef targetGUID="C3"/></Coding>')))
        assert (column(file, "codes", "Sources"), column(file, "finding")) == (["Transport"], [])
        assert said(file) == [
            'halls.qdpx: sheet Sources row 1: source "Workshop" is coded as a whole with Transport; the codes '
            "stay with the "
            "source, and no finding is made of it"
        ]


class TestLineEnds:
    LINES = "One line.\r\nAnother line.\r\nThe third line holds it.\r\n"

    def places(self, ends: int, named: bool) -> str:
        text = self.LINES if ends == 2 else self.LINES.replace("\r\n", "\n")
        inside = ""
        for words in ("Another line.", "third line"):
            start = text.index(words)
            inside += selection(start, start + len(words), more=f'name="{words}"' if named else "")
        return inside

    @pytest.mark.parametrize(("ends", "counted"), [(1, "one character"), (2, "two characters")])
    def test_counted_either_way_are_told_by_what_selections_call_themselves(self, ends: int, counted: str) -> None:
        file = read(project(CODES + source(self.places(ends, named=True))), {"sources/t.txt": self.LINES})
        assert column(file, "finding") == ["Another line.", "third line"]
        assert file.details == {
            f"counted line ends as {counted}": "1 text: 2 of 2 selections whose name gives their text agree"
        }
        assert said(file) == []

    @pytest.mark.parametrize("ends", [1, 2])
    def test_counted_either_way_are_told_by_where_words_begin(self, ends: int) -> None:
        file = read(project(CODES + source(self.places(ends, named=False))), {"sources/t.txt": self.LINES})
        assert column(file, "finding") == ["Another line.", "third line"]

    def test_guessed_from_where_words_begin_are_to_be_looked_at(self) -> None:
        file = read(project(CODES + source(self.places(1, named=False))), {"sources/t.txt": self.LINES})
        assert said(file) == [
            'halls.qdpx: sheet Selections: the text of "Workshop" is taken as counted with line ends as one '
            "character, as "
            "words begin and end there; look at some of its findings"
        ]

    def test_of_a_text_inside_the_xml_which_loses_one_of_the_two_are_found_too(self) -> None:
        inside = f"<PlainTextContent>{self.LINES}</PlainTextContent>" + self.places(2, named=True)
        file = read(project(CODES + source(inside, path="")))
        assert column(file, "finding") == ["Another line.", "third line"]


class TestWhatCannotBeRead:
    def test_a_text_that_is_absent_leaves_what_a_selection_calls_itself(self) -> None:
        inside = selection(0, 18, more='name="The hall reopened"') + selection(19, 24)
        file = read(project(CODES + source(inside)), {})
        assert [(number, cells[2]) for number, cells in table(file, "Selections").rows] == [(1, "The hall reopened")]
        absent = "of a source whose text is named as 'internal://t.txt', which is not in the project"
        assert said(file) == [
            f'halls.qdpx: sheet Selections row 1: a selection in "Workshop" is {absent}; its description or '
            "name stands for its text",
            f'halls.qdpx: sheet Selections row 2: the selection s19 in "Workshop" is {absent}, and has no '
            "description: no finding is made of it; 1 code",
        ]

    @pytest.mark.parametrize(
        ("start", "end", "reason"),
        [
            ("30", "300", "reaches from 30 to 300, where its text has 38 characters"),
            ("5", "5", "reaches from 5 to 5, where its text has 38 characters"),
            ("-3", "5", 'has the positions "-3" and "5", which are not whole numbers'),
            ("x", "", 'has the positions "x" and "", which are not whole numbers'),
            ("18", "19", "covers only blanks"),
        ],
    )
    def test_places_that_cannot_be_are_told_one_by_one(self, start: str, end: str, reason: str) -> None:
        bad = f'<PlainTextSelection guid="B" startPosition="{start}" endPosition="{end}"/>'
        file = read(project(CODES + source(selection(0, 8) + bad)))
        assert column(file, "finding") == ["The hall"]
        assert said(file)[0] == (
            f'halls.qdpx: sheet Selections row 2: the selection b in "Workshop" {reason}, and has no description: '
            "no finding is made of it; 0 codes"
        )

    def test_a_part_of_a_page_is_told_unless_it_is_described(self) -> None:
        pdf = (
            '<Sources><PDFSource guid="D1" name="Report"><PDFSelection guid="P1" page="1"/>'
            '<PDFSelection guid="P2" page="2"><Description>The hall '
            "reopened</Description></PDFSelection></PDFSource></Sources>"
        )
        file = read(project(CODES + pdf))
        assert column(file, "finding") == ["The hall reopened"]
        assert said(file)[0] == (
            'halls.qdpx: sheet Selections row 1: the selection p1 in "Report" is of a pdf, not of a text, and has no '
            "description: no finding is made of it; 0 codes"
        )

    def test_a_code_that_the_codebook_lacks_is_named(self) -> None:
        file = read(project(CODES + source(selection(0, 18, '<Coding><CodeRef targetGUID="C9"/></Coding>'))))
        assert (column(file, "finding"), column(file, "codes")) == (["The hall reopened."], [""])
        assert said(file) == [
            'halls.qdpx: sheet Selections row 1 column codes: selection "The hall reopened." is coded with c9, '
            "which the "
            "codebook lacks"
        ]

    def test_identifiers_that_are_missing_or_shared_are_replaced_and_told(self) -> None:
        twice = selection(0, 8) + selection(0, 18).replace('guid="S0"', "") + selection(0, 18)
        file = read(project(CODES + source(twice)))
        assert column(file, "finding_id") == ["s0", "selection-2", "s0-3"]
        assert said(file) == [
            "halls.qdpx: sheet Selections row 2: has no identifier; it is called selection-2",
            "halls.qdpx: sheet Selections row 3: shares its identifier s0 with another; it is called s0-3",
        ]

    def test_a_path_that_leads_out_is_not_followed(self) -> None:
        file = read(project(CODES + source(selection(0, 8), "relative:///../../etc/passwd")))
        assert column(file, "finding") == []
        assert "which leads out of the project; it was not followed" in said(file)[0]

    @pytest.mark.parametrize(
        ("xml", "reason"),
        [
            (project(CODES)[:-20], "its part project.qde is not XML that can be read"),
            ("", "its part project.qde is not XML that can be read"),
            (
                '<!DOCTYPE p [<!ENTITY a "b">]>' + project("&a;").partition("\n")[2],
                "its part project.qde declares a document",
            ),
            (project("<a>" * 300), "has XML that nests more than 200 deep"),
        ],
        ids=["cut short", "empty", "entities", "too deep"],
    )
    def test_xml_that_is_broken_or_forbidden_is_refused_in_words(self, xml: str, reason: str) -> None:
        file = read(xml)
        assert (file.tables, len(file.faults), file.faults[0].warning) == ([], 1, False)
        assert file.faults[0].reason.startswith(reason)

    def test_an_archive_without_a_project_is_refused(self) -> None:
        (fault,) = read_any("halls.qdpx", archived({"notes.txt": "x"})).faults
        assert fault.reason.startswith("is an archive that holds neither a workbook nor a project")


class TestAnAtlasProject:
    def test_a_quotation_on_a_page_and_in_its_text_is_one_finding_with_the_codes_of_both(self) -> None:
        file = read_any("pdfdouble.qdpx", FILES / "pdfdouble.qdpx")
        assert column(file, "finding") == [
            "The youth club closed in 2016 and nothing has taken its place since then, the residents said."
        ]
        assert (column(file, "codes"), said(file)) == (["Youth clubs"], [])
        assert file.details["in page and text"] == "1 quotation of one identifier, each taken as one"

    def test_codes_coders_and_memos_of_both_forms_are_kept_and_another_sources_page_is_not_joined(self) -> None:
        in_text = selection(0, 18, '<Coding creatingUser="U1"><CodeRef targetGUID="C2"/></Coding>')
        page = (
            '<PDFSelection guid="S0" page="1" name="The hall"><Description>said</Description>'
            '<Coding creatingUser="U2"><CodeRef targetGUID="C3"/></Coding></PDFSelection>'
        )
        one = (
            f'<PDFSource guid="T1" name="Report">{page}<Representation guid="R1" plainTextPath="internal://t.txt">'
            f'{in_text}</Representation></PDFSource><PDFSource guid="T2" name="Other">{page}</PDFSource>'
        )
        file = read(project(f"{USERS}{CODES}<Sources>{one}</Sources>"))
        assert column(file, "finding") == ["The hall reopened.", "The hall"]
        assert column(file, "codes") == [LIST_SEPARATOR.join(["Places::Libraries", "Transport"]), "Transport"]
        assert column(file, "coder") == ["Ann; B.", "B."]
        assert column(file, "note") == ["said", "said"]


def test_memos_that_stand_at_nothing_graphs_and_links_between_codes_are_counted() -> None:
    assert said(read_any("memo.qdpx", FILES / "memo.qdpx")) == [
        "memo.qdpx: parts of the project that fill no column here stay behind: graphs 1, links 1, memos that stand at "
        'no source, passage or code ("Method memo") 1'
    ]
