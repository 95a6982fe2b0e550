"""The codebook: codes, their names and meanings, and which take in which."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import codebook as codebooks
from data.collection import database
from data.collection.codebook import Codebook, Entry, countries
from data.facets import FACET_NAMES, FACETS
from models import Confidence, Direction, Role


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a codebook file."""
    with Path(f"data/shipped/codebook/{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOME = [row["code"] for row in rows("regions")]


class TestWhatAFacetOffers:
    @pytest.mark.parametrize(("facet", "name"), [("theme", "themes"), ("lever", "levers")])
    def test_themes_and_levers_stand_as_in_their_files(self, facet: str, name: str, codebook: Codebook) -> None:
        expected = [Entry(row["code"], row["name"], row["definition"], row["parent"] or None) for row in rows(name)]
        assert list(codebook.entries(facet)) == expected

    def test_strands_stand_with_what_they_are(self, codebook: Codebook) -> None:
        assert list(codebook.entries("strand")) == [
            Entry(row["code"], row["name"], row["description"]) for row in rows("strands")
        ]

    def test_regions_are_the_uk_and_its_parts_then_every_other_country(self, codebook: Codebook) -> None:
        codes = codebook.codes("region")
        assert list(codes[: len(HOME)]) == HOME
        assert codes[len(HOME) :] == tuple(countries())
        assert codebook.facets["region"]["TLC"] == Entry("TLC", "North East", "", "ENG", "region", "E12000001")
        assert codebook.facets["region"]["FRA"] == Entry("FRA", "France", "", None, "overseas")

    def test_vocabularies_stand_in_their_order_each_with_its_meaning(self, codebook: Codebook) -> None:
        for facet, words in (("direction", Direction), ("role", Role), ("confidence", Confidence)):
            assert codebook.codes(facet) == tuple(words)
            assert all(entry.name == entry.code and len(entry.definition) > 15 for entry in codebook.entries(facet))

    def test_methods_are_those_that_sources_name(self, codebook: Codebook, csv_sources: list[dict[str, str]]) -> None:
        named = Counter(row["method"] for row in csv_sources)
        assert codebook.codes("method") == tuple(sorted(method for method in named if method))

    def test_every_facet_has_a_name_to_show(self, codebook: Codebook) -> None:
        assert tuple(codebook.facets) == tuple(FACET_NAMES) == FACETS

    def test_every_code_of_the_shipped_findings_is_in_it(
        self, codebook: Codebook, csv_findings: list[dict[str, str]]
    ) -> None:
        for facet, column in (("region", "regions"), ("theme", "themes"), ("lever", "levers"), ("role", "lever_roles")):
            used = {code for row in csv_findings for code in row[column].split(";") if code}
            assert used <= set(codebook.codes(facet))


class TestWhatTakesInWhat:
    def test_a_part_knows_all_that_takes_it_in_nearest_first(self, codebook: Codebook) -> None:
        assert codebook.ancestors("region", "TLC") == ("ENG", "UK")
        assert codebook.ancestors("region", "TLM") == ("UK",)
        assert codebook.ancestors("theme", "T3.5") == ("T3",)
        assert [codebook.ancestors("region", code) for code in ("UK", "GLO", "FRA", "nowhere")] == [()] * 4
        assert codebook.ancestors("direction", "mixed") == ()

    def test_a_whole_knows_its_nearest_parts_and_all_within_it(self, codebook: Codebook) -> None:
        nations, english = ("ENG", "TLL", "TLM", "TLN"), tuple(f"TL{letter}" for letter in "CDEFGHIJK")
        assert codebook.parts("region", "UK") == nations
        assert codebook.parts("region", "ENG") == english
        assert codebook.within("region", "UK") == ("UK", "ENG", *english, "TLL", "TLM", "TLN")
        assert codebook.within("region", "TLC") == ("TLC",)
        assert codebook.within("lever", "L2") == ("L2", "L2.1", "L2.2", "L2.3", "L2.4")
        assert codebook.within("theme", "nothing") == ()

    def test_below_nothing_stand_the_widest_codes(self, codebook: Codebook) -> None:
        assert codebook.parts("theme", None) == ("T1", "T2", "T3", "T4", "T5", "T6")
        assert codebook.parts("lever", None) == tuple(f"L{number}" for number in range(1, 9))
        assert codebook.parts("region", None) == ("UK", "GLO", *countries())

    def test_leaves_have_no_parts(self, codebook: Codebook) -> None:
        assert codebook.leaves("theme") == tuple(row["code"] for row in rows("themes") if "." in row["code"])
        assert codebook.leaves("region")[:13] == (*(code for code in HOME if code not in ("UK", "ENG")),)

    def test_overseas_is_every_country_but_the_uk_and_not_the_world_at_large(self, codebook: Codebook) -> None:
        assert codebook.overseas() == tuple(countries())
        assert not {"UK", "GBR", "GLO", *HOME} & set(codebook.overseas())


class TestNames:
    def test_a_code_has_its_name_and_an_unknown_one_is_its_own(self, codebook: Codebook) -> None:
        assert codebook.name("theme", "T1.1") == "Community buildings and hubs"
        assert codebook.name("region", "KOR") == "South Korea"
        assert codebook.name("theme", "T99") == "T99"

    def test_countries_are_called_as_people_call_them_and_sorted_so(self) -> None:
        named = countries()
        assert {code: named[code] for code in ("TWN", "VNM", "BOL", "MDA", "TZA", "XKX", "CIV")} == {
            "TWN": "Taiwan", "VNM": "Vietnam", "BOL": "Bolivia", "MDA": "Moldova", "TZA": "Tanzania",
            "XKX": "Kosovo", "CIV": "Côte d'Ivoire",
        }  # fmt: skip
        order = list(named)
        assert order.index("CRI") < order.index("CIV") < order.index("HRV") < order.index("CUB")
        assert order.index("TUR") < order.index("TKM")


def test_a_database_with_tables_but_no_load_has_vocabularies_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        database.prepare(connection)
    with Session(engine) as session:
        empty = codebooks.read(session)
    assert {facet: len(empty.codes(facet)) for facet in FACETS} == {
        "strand": 0, "region": 0, "theme": 0, "lever": 0, "role": 4, "direction": 5, "confidence": 4, "method": 0,
    }  # fmt: skip
