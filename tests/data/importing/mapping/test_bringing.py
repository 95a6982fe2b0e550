"""What a file brings under a mapping: one finding a passage, refs that stay the same, faults in their own words."""

from dataclasses import replace
from typing import ClassVar

from data.collection.codebook import Codebook
from data.importing.checking.records import FindingRecord, SourceRecord
from data.importing.mapping import bring
from tests.data.importing.mapping.raw_files import (
    CONSTANTS,
    CUTS,
    GUID,
    LIBRARIES,
    checked,
    decided,
    errors,
    listed,
    of_project,
    project,
    raw,
    table,
)

LIBRARY_AND_CUT = {LIBRARIES: ["theme T1.2"], CUTS: ["lever L1.2 withdrawn", "direction impeded"]}


class TestASelectionOfAProject:
    def test_with_several_codes_is_one_finding_with_all_of_them(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "The library shut.", listed(LIBRARIES, CUTS), "Ann"))
        found = checked(bring(file, of_project(LIBRARY_AND_CUT), codebook), codebook)
        (source,), (finding,) = found.sources.values(), found.findings.values()
        assert found.faults == []
        assert source == SourceRecord(
            source.ref, "community", "Workshop in Blyth", "", "", None, "", "", "", "", "", "", ""
        )
        assert finding == FindingRecord(
            finding.ref, source.ref, "The library shut.", "", (), None, None, ("T1.2",), (("L1.2", "withdrawn"),),
            "impeded", "low", "", "", "", "Ann", "",
        )  # fmt: skip

    def test_that_covers_the_text_of_another_by_the_same_coder_adds_its_codes_to_it(self, codebook: Codebook) -> None:
        file = project(
            (GUID(2), GUID(1), "The library shut.", LIBRARIES, "Ann"),
            (GUID(3), GUID(1), "The  library shut.", CUTS, "Ann"),
            (GUID(4), GUID(1), "The library shut.", CUTS, "Ben"),
        )
        mapped = bring(file, of_project(LIBRARY_AND_CUT), codebook)
        records = checked(mapped, codebook).findings.values()
        assert [(record.coder, record.themes, record.levers) for record in records] == [
            ("Ann", ("T1.2",), (("L1.2", "withdrawn"),)),
            ("Ben", (), (("L1.2", "withdrawn"),)),
        ]
        (_, account) = mapped.files.accounts
        assert (mapped.findings, account.findings, account.joined) == (2, 2, {3: 2})

    def test_of_another_source_is_another_finding(self, codebook: Codebook) -> None:
        file = project(
            (GUID(2), GUID(1), "Yes.", LIBRARIES, "Ann"), (GUID(3), GUID(9), "Yes.", LIBRARIES, "Ann"),
            sources=[(GUID(1), "Blyth"), (GUID(9), "Wigan")],
        )  # fmt: skip
        assert bring(file, of_project(LIBRARY_AND_CUT), codebook).findings == 2

    def test_coded_both_ways_is_refused_at_its_place_and_not_decided_for_its_coder(self, codebook: Codebook) -> None:
        mapping = of_project({LIBRARIES: ["direction strengthened"], CUTS: ["direction impeded"]})
        file = project((GUID(2), GUID(1), "The library shut.", listed(LIBRARIES, CUTS), "Ann"))
        assert errors(bring(file, mapping, codebook), codebook) == [
            'team.csv: sheet Selections row 2 column Codes: "both strengthened and impeded" is not one of '
            "strengthened, impeded, mixed, unclear, context"
        ]

    def test_without_a_code_for_its_direction_is_told_that_none_says_it(self, codebook: Codebook) -> None:
        mapping = of_project(LIBRARY_AND_CUT, constants={"strand": "community", "confidence": "low"})
        file = project((GUID(2), GUID(1), "The library shut.", LIBRARIES, "Ann"))
        assert errors(bring(file, mapping, codebook), codebook) == [
            "team.csv: sheet Selections row 2 column Codes: an empty value is not one of strengthened, impeded, mixed, "
            "unclear, context (no code of this row says its direction; it may be given once for the whole file)"
        ]

    def test_of_a_source_coded_as_a_whole_carries_those_codes_too(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "The library shut.", CUTS, "Ann"))
        file.tables[0] = table(("source_id", "title", "codes"), (GUID(1), "Blyth", LIBRARIES), sheet="Sources",
                               holds="sources", lists=["codes"])  # fmt: skip
        mapping = of_project(LIBRARY_AND_CUT).with_columns([("Sources", "codes", "codes")])
        (finding,) = checked(bring(file, mapping, codebook), codebook).findings.values()
        assert (finding.themes, finding.direction) == (("T1.2",), "impeded")


class TestRefs:
    def test_are_the_same_when_the_file_comes_again_and_begin_with_the_prefix(self, codebook: Codebook) -> None:
        selections = [(GUID(2), GUID(1), "The library shut.", CUTS, "Ann"), (GUID(3), GUID(1), "So?", CUTS, "Ann")]
        first = bring(project(*selections), of_project(LIBRARY_AND_CUT), codebook)
        again = bring(project(*reversed(selections)), of_project(LIBRARY_AND_CUT), codebook)
        refs = set(checked(first, codebook).findings)
        assert refs == set(checked(again, codebook).findings)
        assert {ref[:6] for ref in refs} == {"TEAM-E"}
        assert {len(ref) for ref in refs} == {18}

    def test_of_two_teams_differ(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "The library shut.", CUTS, "Ann"))
        ours, theirs = of_project(LIBRARY_AND_CUT), of_project(LIBRARY_AND_CUT, prefix="OTHER")
        one, other = (set(checked(bring(file, mapping, codebook), codebook).findings) for mapping in (ours, theirs))
        assert one & other == set()

    def test_that_people_gave_are_kept_behind_the_prefix(self, codebook: Codebook) -> None:
        file = raw(
            table(("No", "Source", "Quote"), ("1", "Blyth 3 May", "A hall."), ("TEAM-2", "Blyth 3 May", "A bus."))
        )
        columns = {"No": "finding_id", "Source": "title", "Quote": "finding"}
        mapping = decided(columns, constants=CONSTANTS)
        assert list(checked(bring(file, mapping, codebook), codebook).findings) == ["TEAM-1", "TEAM-2"]
        bare = replace(mapping, prefix="")
        assert list(checked(bring(file, bare, codebook), codebook).findings) == ["1", "TEAM-2"]

    def test_that_stand_twice_for_different_texts_are_refused(self, codebook: Codebook) -> None:
        file = raw(table(("No", "Source", "Quote"), ("1", "Blyth", "A hall."), ("1", "Blyth", "A bus.")))
        mapping = decided({"No": "finding_id", "Source": "title", "Quote": "finding"}, constants=CONSTANTS)
        assert errors(bring(file, mapping, codebook), codebook) == [
            'team.csv: row 3 column No: "1" stands already in row 2, for another text or coder; give each finding a '
            "ref of its own"
        ]

    def test_of_sources_of_one_title_stay_two(self, codebook: Codebook) -> None:
        columns = ("source_id", "title", "doi")
        rows = [("1", "Notes", ""), ("2", "Notes", ""), ("3", "Halls", "10.1/x"), ("4", "Halls!", "10.1/X")]
        file = raw(table(columns, *rows, holds="sources"), file_format="RIS")
        mapped = bring(file, decided({name: name for name in columns}, constants=CONSTANTS), codebook)
        found = checked(mapped, codebook)
        assert [source.title for source in found.sources.values()] == ["Notes", "Notes", "Halls"]
        assert [str(fault) for fault in found.warnings] == [
            'team.csv: row 5: "4" has the DOI of row 4; both are taken as one source',
            'team.csv: row 5 column title: says "Halls!" of a source of which row 4 says "Halls", which is kept',
        ]
        assert found.errors == []


class TestAFlatSheet:
    COLUMNS = ("Quote", "Interview", "Where", "Theme", "Effect", "Lever", "How", "Held", "Year")
    MAPPED: ClassVar = {
        "Quote": "finding", "Interview": "title", "Where": "regions", "Theme": "themes", "Effect": "direction",
        "Lever": "levers", "How": "lever_roles", "Held": "method", "Year": "year",
    }  # fmt: skip

    def brought(self, codebook: Codebook, *rows: tuple[str, ...], **words: dict[str, list[str]]):  # type: ignore[no-untyped-def]
        mapping = decided(self.MAPPED, words, constants={"strand": "community", "confidence": "low"})
        return bring(raw(table(self.COLUMNS, *rows)), mapping, codebook)

    def test_makes_sources_and_findings(self, codebook: Codebook) -> None:
        mapped = self.brought(
            codebook,
            ("A hall opened.", "Blyth 1", "Sunderland and London", "Community buildings and hubs", "good",
             "Community asset transfer; L1.2", "applied; withdrawn", "Interviews", "2019/05/12"),
            ("A bus went.", "Blyth 1", "Holland", "Health", "bad", "Capital grants", "proposed", "Interviews", ""),
            direction={"good": ["direction strengthened"], "bad": ["direction impeded"]},
            themes={"Health": ["theme T4.1"]},
        )  # fmt: skip
        found = checked(mapped, codebook)
        assert found.errors == []
        assert [(s.title, s.strand, s.method, s.year) for s in found.sources.values()] == [
            ("Blyth 1", "community", "interviews", 2019)
        ]
        assert [(f.regions, f.themes, f.levers, f.direction) for f in found.findings.values()] == [
            (("TLC", "TLI"), ("T1.1",), (("L1.2", "withdrawn"), ("L2.1", "applied")), "strengthened"),
            (("NLD",), ("T4.1",), (("L1.1", "proposed"),), "impeded"),
        ]

    def test_whose_words_nobody_knows_is_refused_in_their_words_at_their_column(self, codebook: Codebook) -> None:
        mapped = self.brought(codebook, ("A hall.", "Blyth 1", "", "", "wonderful", "L1.1;L1.2", "used", "", ""))
        assert errors(mapped, codebook) == [
            'team.csv: row 2 column How: "used" is not one of applied, withdrawn, lacking, proposed',
            'team.csv: row 2 column How: "used" is not one of applied, withdrawn, lacking, proposed',
            'team.csv: row 2 column Effect: "wonderful" is not one of strengthened, impeded, mixed, unclear, context',
        ]

    def test_with_more_levers_than_roles_is_refused(self, codebook: Codebook) -> None:
        mapped = self.brought(
            codebook, ("A hall.", "B 1", "", "", "mixed", "L1.1;L1.2;L2.1", "applied;lacking", "", "")
        )
        assert errors(mapped, codebook) == [
            "team.csv: row 2 column How: 2 roles for 3 levers; give each lever its role, in the same order"
        ]

    def test_that_lacks_a_field_says_that_no_column_gives_it(self, codebook: Codebook) -> None:
        file = raw(table(("Quote",), ("A hall.",)))
        mapped = bring(
            file, decided({"Quote": "finding"}, constants={"title": "Blyth", "strand": "community"}), codebook
        )
        assert errors(mapped, codebook) == [
            "team.csv: row 2 column Direction: an empty value is not one of strengthened, impeded, mixed, unclear, "
            "context (no column holds direction; it may be given once for the whole file)",
            "team.csv: row 2 column Confidence: an empty value is not one of high, moderate, low, very low (no column "
            "holds confidence; it may be given once for the whole file)",
        ]

    def test_of_which_no_column_is_mapped_says_so(self, codebook: Codebook) -> None:
        assert errors(bring(raw(table(("A",), ("x",))), decided({}), codebook), codebook) == [
            "team.csv: no column is said to hold the text of findings or the titles of sources; say which does"
        ]

    def test_may_rest_on_sources_of_the_collection(self, codebook: Codebook) -> None:
        file = raw(table(("Quote", "Source"), ("A hall.", "COM-S001")))
        mapped = bring(file, decided({"Quote": "finding", "Source": "source_id"}, constants=CONSTANTS), codebook)
        (finding,) = checked(mapped, codebook, ["COM-S001"]).findings.values()
        assert (finding.source, mapped.sources) == ("COM-S001", 0)

    def test_of_one_title_and_two_years_tells_of_two_documents_and_says_so(self, codebook: Codebook) -> None:
        rows = [(text, "B 1", "", "", "mixed", "", "", "", year) for text, year in (("A", "2019"), ("B", "2020"))]
        mapped = self.brought(codebook, *rows)
        found = checked(mapped, codebook)
        assert [str(fault) for fault in found.faults] == [
            "team.csv: row 3: has the title of row 2, and tells of another document: two sources"
        ]
        assert [source.year for source in found.sources.values()] == [2019, 2020]
