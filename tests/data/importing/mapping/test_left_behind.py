"""What stays behind is counted and listed; codings of whole sources, codes to add, files with our own columns."""

import json
from dataclasses import replace
from typing import ClassVar

from data.collection.codebook import Codebook
from data.importing.codebook.additions import Addition
from data.importing.mapping import bring
from data.importing.mapping.targets import Target
from data.importing.readers.format_choice import read_any
from tests.data.importing.mapping.raw_files import (
    CODES,
    CONSTANTS,
    CUTS,
    GUID,
    LIBRARIES,
    PLACES,
    checked,
    decided,
    errors,
    listed,
    of_project,
    project,
    raw,
    table,
)
from tests.data.importing.small_strand import FINDING_COLUMNS, FINDINGS, SOURCE_COLUMNS, SOURCES

LIBRARY_AND_CUT = {LIBRARIES: ["theme T1.2"], CUTS: ["lever L1.2 withdrawn", "direction impeded"]}


class TestWhatStaysBehind:
    def test_is_counted_and_listed(self, codebook: Codebook) -> None:
        columns = ("finding", "codes", "mood", "row")
        rows = [("A hall.", "Halls; Fun", "glad", "1"), ("A bus.", "Fun", "", "2"), ("", "Fun", "sad", "3")]
        mapping = decided(
            {"finding": "finding", "codes": "codes", "row": "not ours"},
            {"codes": {"Halls": ["theme T1.1"]}},
            constants={**CONSTANTS, "title": "Blyth"},
        )
        mapped = bring(raw(table(columns, *rows)), mapping, codebook)
        assert [(left.kind, left.name, left.uses, left.why, left.first) for left in mapped.left] == [
            ("column", "mood", 2, "nobody has decided", 2),
            ("column", "row", 3, "not ours", 2),
            ("word", "Fun", 3, "nobody has decided", 2),
            ("column", "codes", 1, "its row has no text for a finding", 4),
            ("row", "", 1, "has no text for a finding", 4),
        ]
        assert [str(fault) for fault in checked(mapped, codebook).faults] == [
            "team.csv: row 2 column mood: 2 values of a column that is mapped to nothing stay behind",
            'team.csv: row 2 column codes: "Fun" is mapped to nothing and stays behind (3 uses, the first of them '
            "here)",
            "team.csv: row 4 column codes: 1 value of rows without a text for a finding stay behind with them",
            "team.csv: row 4 column finding: 1 row without a text, the first of them here: no finding is made of such "
            "a row",
        ]

    def test_has_what_each_word_was_taken_for_beside_it(self, codebook: Codebook) -> None:
        file = raw(table(("finding", "codes"), ("A hall.", "Halls; Capital grants"), ("A bus.", "Halls")))
        mapping = decided({"finding": "finding", "codes": "codes"}, {"codes": {"Halls": ["theme T1.1"]}})
        taken = bring(file, mapping, codebook).taken
        assert [(one.word, one.targets, one.how, one.uses) for one in taken] == [
            ("Halls", (Target("theme", "T1.1"),), "as decided", 2),
            ("Capital grants", (Target("lever", "L1.1"),), "our name", 1),
        ]

    def test_tells_codes_of_one_name_apart_and_those_that_nothing_has(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "The library shut.", LIBRARIES, "Ann"))
        mapped = bring(file, of_project({}), codebook)
        assert [(left.kind, left.name, left.uses) for left in mapped.left] == [
            ("word", LIBRARIES, 1), ("code", CUTS, 0),
        ]  # fmt: skip

    def test_of_a_word_that_is_decided_not_ours_makes_no_warning(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "The library shut.", listed(PLACES, CUTS), "Ann"))
        mapped = bring(file, of_project({PLACES: [], CUTS: ["theme T5.3"]}), codebook)
        assert [(left.name, left.why) for left in mapped.left if left.kind == "word"] == [(PLACES, "not ours")]
        assert checked(mapped, codebook).faults == []


class TestCodingsOfWholeSources:
    COLUMNS = ("coding_id", "source_id", "code", "text", "additional_text", "arm")
    MAPPED: ClassVar = {"source_id": "source_id", "code": "codes", "text": "finding", "additional_text": "finding"}

    def file(self):  # type: ignore[no-untyped-def]
        return raw(
            table(("source_id", "title"), ("9001", "Halls"), ("9002", "Buses"), sheet="", holds="sources"),
            table(
                self.COLUMNS,
                ("9001-1", "9001", "Effect", "", "Halls brought people together.", ""),
                ("9001-2", "9001", LIBRARIES, "", "", ""),
                ("9002-3", "9002", LIBRARIES, "", "p. 3", ""),
                sheet="Codings",
            ),
            file_format="EPPI-Reviewer",
            codes=CODES,
        )

    def mapping(self, **others: object):  # type: ignore[no-untyped-def]
        mapping = decided(
            self.MAPPED, {"codes": {LIBRARIES: ["theme T1.2"]}}, sheet="Codings", constants=CONSTANTS, **others
        )
        return mapping.with_columns([("", "source_id", "source_id"), ("", "title", "title")])

    def test_make_a_finding_only_where_the_mapping_says_so(self, codebook: Codebook) -> None:
        mapped = bring(self.file(), self.mapping(finding_codes=("Effect",)), codebook)
        found = checked(mapped, codebook)
        assert [(f.source, f.finding, f.themes) for f in found.findings.values()] == [
            ("TEAM-9001", "Halls brought people together.", ("T1.2",))
        ]
        assert list(found.sources) == ["TEAM-9001", "TEAM-9002"]
        assert [(left.kind, left.name, left.uses) for left in mapped.left] == [
            ("column", "coding_id", 3), ("code", CUTS, 0), ("coding", LIBRARIES, 1),
        ]  # fmt: skip

    def test_stay_behind_beside_one_that_has_no_text_for_a_finding(self, codebook: Codebook) -> None:
        mapped = bring(self.file(), self.mapping(finding_codes=(CUTS, "Effect")), codebook)
        file = self.file()
        file.tables[1].rows[0] = (2, ("9001-1", "9001", "Effect", "", "", ""))
        without = bring(file, self.mapping(finding_codes=(CUTS, "Effect")), codebook)
        idle = [[(left.name, left.uses) for left in found.left if left.kind == "coding"] for found in (mapped, without)]
        assert (mapped.findings, without.findings, idle) == (1, 0, [[(LIBRARIES, 1)], [(LIBRARIES, 2)]])

    def test_without_a_text_take_the_field_of_their_reference_that_the_mapping_names(self, codebook: Codebook) -> None:
        references = {
            "CodeSets": [{"SetName": "Map", "Attributes": {"AttributesList": [
                {"AttributeId": 1, "AttributeName": "Libraries"}, {"AttributeId": 2, "AttributeName": "Effect"}]}}],
            "References": [
                {"ItemId": 1, "Title": "Halls", "Abstract": "Halls brought people together.",
                 "Codes": [{"AttributeId": 1}, {"AttributeId": 2}]},
                {"ItemId": 2, "Title": "Buses", "Codes": [{"AttributeId": 2, "AdditionalText": "Buses ran late."}]},
            ],
        }  # fmt: skip
        file = read_any("e.json", json.dumps(references).encode())
        words = {"codes": {"Map::Libraries": ["theme T1.2"]}}
        named = replace(decided({}, words, constants=CONSTANTS, finding_codes=("Map::Effect",)), columns={})
        sources = [("", "source_id", "source_id"), ("", "title", "title"), ("Codings", "source_id", "source_id")]
        for field, texts in (("title", ["Halls", "Buses ran late."]),
                             ("abstract", ["Halls brought people together.", "Buses ran late."])):  # fmt: skip
            codings = [("Codings", "code", "codes"), ("Codings", "additional_text", "finding")]
            mapping = named.with_columns([*sources, *codings, ("Codings", field, "finding")])
            found = checked(bring(file, mapping, codebook), codebook).findings.values()
            assert [(f.source, f.finding, f.themes) for f in found] == [
                ("TEAM-1", texts[0], ("T1.2",)), ("TEAM-2", texts[1], ())]  # fmt: skip

    def test_stay_behind_all_of_them_where_it_does_not(self, codebook: Codebook) -> None:
        mapped = bring(self.file(), self.mapping(), codebook)
        assert (mapped.sources, mapped.findings) == (2, 0)
        assert [(left.name, left.uses) for left in mapped.left if left.kind == "coding"] == [
            (LIBRARIES, 2), ("Effect", 1),
        ]  # fmt: skip


class TestCodesToAdd:
    def test_go_with_what_the_file_brings(self, codebook: Codebook) -> None:
        repair = Addition("theme", "T1.10", "T1", "Repair cafés", "Where people mend things together")
        mapping = of_project({CUTS: ["theme T1.10"]}).with_additions([repair])
        mapped = bring(project((GUID(2), GUID(1), "We mended it.", CUTS, "Ann")), mapping, codebook)
        (finding,) = checked(mapped, codebook).findings.values()
        assert (mapped.additions, finding.themes) == ((repair,), ("T1.10",))


class TestAFileWithOurColumns:
    def test_needs_no_mapping_and_comes_as_it_stands(self, codebook: Codebook) -> None:
        def rows(columns: tuple[str, ...], given: tuple[dict[str, object], ...]) -> list[list[str]]:
            return [[str(row.get(column, "")) for column in columns] for row in given]

        file = raw(
            table((*SOURCE_COLUMNS, "Our notes"), *[[*row, "x"] for row in rows(SOURCE_COLUMNS, SOURCES)],
                  sheet="Sources", holds="sources"),
            table(FINDING_COLUMNS, *rows(FINDING_COLUMNS, FINDINGS), sheet="Findings", holds="findings"),
            table(("code", "name"), ("T1", "Places"), sheet="Codebook"),
            file_format="Excel",
        )  # fmt: skip
        mapped = bring(file, None, codebook)
        found = checked(mapped, codebook)
        assert (found.faults, list(found.sources), list(found.findings)) == ([], ["S1", "S2"], ["E1", "E2", "E3"])
        assert [(left.sheet, left.name, left.uses) for left in mapped.left] == [
            ("Sources", "Our notes", 2), ("Codebook", "all columns", 1),
        ]  # fmt: skip

    def test_names_each_column_that_it_lacks(self, codebook: Codebook) -> None:
        file = raw(table(("source_id", "strand", "titel"), ("S1", "community", "Halls"), holds="sources"))
        first, *others = errors(bring(file, None, codebook), codebook)
        assert first == 'team.csv: missing column title; did you mean "titel"?'
        assert len(others) == 10


class TestARowWithoutATextForAFinding:
    COLUMNS = ("title", "finding", "codes", "place", "direction", "year")

    def test_makes_its_source_and_the_cells_that_only_a_finding_has_are_counted(self, codebook: Codebook) -> None:
        file = raw(
            table(self.COLUMNS, ("Halls", "A hall opened.", "Libraries", "Blyth", "strengthened", "2019"),
                  ("Buses", "", "Libraries", "Ashington", "impeded", "2020"), ("Parks", "", "", "Leeds", "", "2021")),
        )  # fmt: skip
        mapping = decided(
            {name: name for name in self.COLUMNS}, {"codes": {"Libraries": ["theme T1.2"]}}, constants=CONSTANTS
        )
        mapped = bring(file, mapping, codebook)
        assert (mapped.sources, mapped.findings) == (3, 1)
        assert [(left.kind, left.name, left.uses, left.example) for left in mapped.left] == [
            ("column", "codes", 1, "Libraries"), ("column", "place", 2, "Ashington"),
            ("column", "direction", 1, "impeded"), ("row", "", 2, ""),
        ]  # fmt: skip
        assert "team.csv: row 3 column place: 2 values of rows without a text for a finding stay behind with them" in [
            str(fault) for fault in mapped.files.faults
        ]
