"""What is suggested for their columns and words, on what ground; a guess is never taken for more."""

import pytest

from data.collection.codebook import Codebook
from data.importing.codebook.additions import Addition
from data.importing.mapping.new_codes import next_code, wrong
from data.importing.mapping.suggesting.column_suggestions import columns
from data.importing.mapping.suggesting.ground import How
from data.importing.mapping.suggesting.proposal import accepted, bare_levers, lacking, propose
from data.importing.mapping.suggesting.similar import GUESS, Names, most_like
from data.importing.mapping.suggesting.word_suggestions import open_words, words
from data.importing.mapping.targets import Target
from tests.data.importing.mapping.raw_files import (
    CUTS,
    GUID,
    LIBRARIES,
    decided,
    listed,
    of_project,
    project,
    raw,
    table,
)

HEADERS = {
    "finding": "finding", "Finding_ID": "finding_id", "Lever roles": "lever_roles",  # our own
    "Coded text": "finding", "Quotation Content": "finding", "Segment": "finding", "Policy lever": "levers",
    "Effect direction": "direction", "Certainty": "confidence", "Coded by": "coder", "Country": "regions",
    "Where / Region": "regions", "DOI": "doi", "PY": "year", "primary_title": "title", "Publisher": "organisation",
    "Study design": "method", "Hierarchical Name": "codes", "Who may see": "access",
}  # fmt: skip


CELLS = {"doi": "10.1000/a", "year": "2019"}
"""What stands in columns of which the values must be of one form; elsewhere anything may."""


def field_of(column: str, codebook: Codebook, *cells: str) -> tuple[str, How, bool]:
    """Return what is suggested for a column of these cells, or whose one cell says nothing."""
    (row,) = columns(raw(table((column,), *[(cell,) for cell in cells or ("something",)])), codebook)
    return row.field, row.how, row.guess


class TestAColumn:
    @pytest.mark.parametrize("header", HEADERS)
    def test_is_known_by_our_name_or_another_word_for_it(self, header: str, codebook: Codebook) -> None:
        field, how, guess = field_of(header, codebook, CELLS.get(HEADERS[header], "something"))
        assert (field, how in (How.EXACT, How.SYNONYM), guess) == (HEADERS[header], True, False)

    def test_of_a_like_name_is_a_guess_with_its_score(self, codebook: Codebook) -> None:
        (row,) = columns(raw(table(("Efect direction",), ("positive",))), codebook)
        assert (row.field, row.how, row.guess) == ("direction", How.SIMILAR, True)
        assert GUESS <= (row.score or 0) < 100
        assert row.ground == f"a guess: {row.score:.0f} % like direction"

    def test_of_no_telling_name_is_guessed_by_what_stands_in_it(self, codebook: Codebook) -> None:
        file = raw(table(("Wo", "Was"), ("Sunderland", "positive"), ("Wales", "negative"), ("the moon", "positive")))
        where, what = columns(file, codebook)
        assert (where.field, where.how, where.score, where.guess) == ("regions", How.VALUES, 66.7, True)
        assert (what.field, what.score, what.ground) == (
            "direction", 100.0, "a guess: 100 % of its words are known for direction",
        )  # fmt: skip

    def test_like_nothing_stays_open(self, codebook: Codebook) -> None:
        assert field_of("Zzz", codebook) == ("", How.NONE, False)

    def test_gives_way_to_another_that_fits_better(self, codebook: Codebook) -> None:
        file = raw(table(("Quote", "finding", "Text"), ("a", "b", "c")))
        assert [(row.field, row.choices) for row in columns(file, codebook)] == [
            ("", ("finding",)), ("finding", ()), ("", ("finding",)),
        ]  # fmt: skip

    def test_of_a_sheet_without_evidence_is_not_ours(self, codebook: Codebook) -> None:
        file = raw(table(("facet", "code", "name"), ("theme", "T1", "Places"), sheet="Codebook"))
        assert {row.field for row in columns(file, codebook)} == {"not ours"}

    def test_shows_how_much_it_holds_and_an_example(self, codebook: Codebook) -> None:
        (row,) = columns(raw(table(("Quote",), ("A hall.",), ("",), ("A hall.",), ("A hall that opened.",))), codebook)
        assert (row.filled, row.distinct, row.example) == (3, 2, "A hall that opened.")

    def test_that_is_decided_stands_as_it_is(self, codebook: Codebook) -> None:
        (row,) = columns(raw(table(("Quote",), ("A hall.",))), codebook, decided({"Quote": "place"}))
        assert (row.field, row.how, row.ground) == ("place", How.DECIDED, "as decided")


def meant(codebook: Codebook, field: str, *cells: str) -> dict[str, tuple[tuple[str, ...], How, bool]]:
    """Return what is suggested for the words of one column."""
    file = raw(table(("x",), *[(cell,) for cell in cells]))
    return {
        row.word: (tuple(map(str, row.targets)), row.how, row.guess)
        for row in words(file, decided({"x": field}), codebook)
    }


class TestAWord:
    def test_is_known_by_code_and_by_name(self, codebook: Codebook) -> None:
        assert meant(
            codebook, "themes", "t1.2; parks and green  or blue space", "T1.1 Community buildings and hubs"
        ) == {
            "t1.2": (("theme T1.2",), How.EXACT, False),
            "parks and green  or blue space": (("theme T1.3",), How.EXACT, False),
            "T1.1 Community buildings and hubs": (("theme T1.1",), How.EXACT, False),
        }

    def test_is_known_by_another_word_for_it(self, codebook: Codebook) -> None:
        assert meant(codebook, "direction", "Positive", "-", "Barrier") == {
            "Positive": (("direction strengthened",), How.SYNONYM, False),
            "-": (("direction impeded",), How.SYNONYM, False),
            "Barrier": (("direction impeded",), How.SYNONYM, False),
        }

    def test_that_is_only_like_a_name_is_a_guess(self, codebook: Codebook) -> None:
        assert meant(codebook, "levers", "Comunity asset transfer", "Nothing of the sort") == {
            "Comunity asset transfer": (("lever L2.1",), How.SIMILAR, True),
            "Nothing of the sort": ((), How.NONE, False),
        }

    def test_that_a_definition_lists_is_a_guess_of_its_code(self, codebook: Codebook) -> None:
        assert meant(codebook, "themes", "pubs; Village hall; mosque") == {
            "pubs": (("theme T1.4",), How.DEFINITION, True),
            "Village hall": (("theme T1.1",), How.DEFINITION, True),
            "mosque": (("theme T1.7",), How.DEFINITION, True),
        }
        (row,) = words(raw(table(("x",), ("pubs",))), decided({"x": "themes"}), codebook)
        assert row.ground == "a guess: the definition of “High streets and commercial third places” names it"

    def test_that_several_definitions_list_is_offered_for_each(self, codebook: Codebook) -> None:
        (row,) = words(raw(table(("x",), ("skills",))), decided({"x": "themes"}), codebook)
        assert (row.targets, row.choices[:2]) == ((), (Target("theme", "T5.2"), Target("theme", "T6.2")))

    def test_of_a_place_is_known_where_there_is_one_of_it(self, codebook: Codebook) -> None:
        assert meant(codebook, "regions", "Leeds, E12000001 and Georgia") == {
            "Leeds": (("region TLE",), How.PLACE, False),
            "E12000001": (("region TLC",), How.PLACE, False),
            "Georgia": ((), How.SEVERAL, False),
        }

    def test_of_several_places_offers_them_all(self, codebook: Codebook) -> None:
        (row,) = words(raw(table(("x",), ("Georgia",))), decided({"x": "regions"}), codebook)
        assert row.choices == (Target("region", "GEO"), Target("region", "USA"))
        assert row.ground == "not filled in: a name of several places"

    def test_within_a_wider_code_that_is_decided_is_guessed_to_mean_the_same(self, codebook: Codebook) -> None:
        file = project((GUID(2), GUID(1), "Here.", "Places::Zzz", "Ann"))
        file.codes.append(type(file.codes[0])("Places::Zzz", "Zzz", "Places"))
        rows = {row.word: row for row in words(file, of_project({"Places": ["theme T1"]}), codebook)}
        row = rows["Places::Zzz"]
        assert (row.targets, row.how, row.guess, row.ground) == (
            (Target("theme", "T1"),), How.WIDER, True, "a guess: as its wider code “Places”",
        )  # fmt: skip

    def test_shows_how_often_it_is_used_and_for_what(self, codebook: Codebook) -> None:
        file = project(
            (GUID(2), GUID(1), "The library shut.", listed(LIBRARIES, CUTS), "Ann"),
            (GUID(3), GUID(1), "It opened.", LIBRARIES, "Ann"),
        )
        rows = words(file, of_project({CUTS: []}), codebook)
        assert [(row.word, row.uses, row.example, row.decided) for row in rows] == [
            (LIBRARIES, 2, "The library shut.", False),
            (CUTS, 1, "The library shut.", True),
            ("Places", 0, "", False),
        ]
        assert [row.word for row in open_words(rows)] == [LIBRARIES, "Places"]


class TestLikeness:
    def test_is_of_whole_words_so_that_a_word_inside_another_is_none(self) -> None:
        assert most_like("art", Names({"party": ["party"]})) == [("party", 75.0, False)]

    def test_of_the_same_words_in_another_order_is_full(self) -> None:
        assert most_like("asset transfer", Names({"x": ["Transfer, asset"]})) == [("x", 100.0, False)]

    def test_of_a_word_within_a_name_is_nine_tenths(self) -> None:
        assert most_like("Libraries", Names({"x": ["Libraries, arts and culture"]})) == [("x", 90.0, True)]


class TestAProposal:
    def test_takes_what_is_sure_and_leaves_guesses_for_a_person(self, codebook: Codebook) -> None:
        file = raw(table(("Quote", "Efect direction", "Theme"), ("A hall.", "positive", "Librarys; T1.1; Leisure")))
        mapping = propose(file, "North East team", codebook)
        assert mapping.columns == {"": {"Quote": "finding", "Theme": "themes"}}
        assert (mapping.prefix, mapping.words) == ("NET", {})
        whole = accepted(mapping, columns(file, codebook, mapping))
        assert whole.columns[""]["Efect direction"] == "direction"
        whole = accepted(whole, (), words(file, whole, codebook))
        assert whole.words["direction"] == {"positive": (Target("direction", "strengthened"),)}

    def test_needs_the_role_of_levers_where_a_word_means_one_without_it(self, codebook: Codebook) -> None:
        file = raw(table(("Quote", "Codes"), ("A bus.", "L6.4")))
        mapping = propose(file, "Team", codebook)
        used = [(row.uses, row.targets) for row in words(file, mapping, codebook)]
        assert (bare_levers(used), bare_levers([(1, (Target("lever", "L6.4", "applied"),)), (0, used[0][1])])) == (
            True, False,
        )  # fmt: skip
        given = mapping.with_constants(dict.fromkeys(lacking(file, mapping), "x"))
        assert lacking(file, given, levers=True) == {"lever_roles": "every policy lever needs its role in a finding"}
        assert lacking(file, given.with_constants({"lever_roles": "applied"}), levers=True) == {}

    def test_says_what_every_finding_still_needs(self, codebook: Codebook) -> None:
        file = raw(table(("Quote",), ("A hall.",)))
        mapping = propose(file, "Team", codebook)
        assert lacking(file, mapping) == {
            "direction": "every finding needs one",
            "confidence": "every finding needs one",
            "title": "nothing says which source a finding comes from; give the title of the one source",
            "strand": "every source needs one",
        }
        references = raw(table(("Title", "Year"), ("A hall", "2020")))
        assert lacking(references, propose(references, "Team", codebook)) == {}
        neither = raw(table(("Zzz",), ("x",)))
        assert lacking(neither, propose(neither, "Team", codebook)) == {
            "finding": "no column holds the text of findings", "title": "nor the titles of sources",
        }  # fmt: skip
        given = dict.fromkeys(lacking(file, mapping), "x")
        assert lacking(file, mapping.with_constants(given)) == {}


class TestACodeToAdd:
    @pytest.mark.parametrize(
        ("additions", "reasons"),
        [
            ([Addition("theme", "T1.10", "T1", "Repair cafés")], []),
            ([Addition("theme", "T9", "", "Care"), Addition("theme", "T9.1", "T9", "Carers")], []),
            ([Addition("theme", "T1.2", "T1", "Repair cafés")],
             ['"T1.2" stands already in the codebook, for "Libraries, arts and culture"; choose another code']),
            ([Addition("theme", "T1.10", "T1", " ")], ['"T1.10" has no name; a code needs one']),
            ([Addition("theme", "T1.10", "T99", "Repair")],
             ['"T1.10" is to stand below "T99", which is no theme code']),
            ([Addition("theme", "T9", "T9.1", "Care"), Addition("theme", "T9.1", "T9", "Carers")],
             ['"T9" stands below itself: its parents go in a circle by "T9.1"',
              '"T9.1" stands below itself: its parents go in a circle by "T9"']),
        ],
    )  # fmt: skip
    def test_is_checked_before_anything_loads(
        self, additions: list[Addition], reasons: list[str], codebook: Codebook
    ) -> None:
        assert [fault.reason for fault in wrong(additions, codebook)] == reasons

    def test_is_numbered_on_from_its_neighbours(self, codebook: Codebook) -> None:
        assert next_code(codebook, "theme", "T1") == "T1.10"
        assert next_code(codebook, "theme", "T1", [Addition("theme", "T1.10", "T1", "Repair")]) == "T1.11"
        assert next_code(codebook, "lever", "L2.1") == "L2.1.1"
        tops = [int(code[1:]) for code in codebook.codes("theme") if "." not in code]
        assert next_code(codebook, "theme") == f"T{max(tops) + 1}"
