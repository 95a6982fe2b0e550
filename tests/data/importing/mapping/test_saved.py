"""Mappings saved by name: read back the same, told where they are wrong, found again for the next file of a team."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.collection.codebook import Codebook
from data.faults import Refused
from data.importing.codebook.additions import Addition
from data.importing.mapping.as_text import as_toml, from_toml
from data.importing.mapping.fields import FIELDS, NOT_OURS
from data.importing.mapping.mapping import Mapping, prefix_for
from data.importing.mapping.saved import fitting, folder, forget, names, save, saved
from data.importing.mapping.targets import Target
from tests.data.importing.mapping.raw_files import CUTS, GUID, LIBRARIES, decided, of_project, project, raw, table

CODES = {
    LIBRARIES: ["theme T1.2"],
    CUTS: ["lever L1.2 withdrawn", "direction impeded", "confidence very low"],
    "Odd": [],
}
WHOLE = replace(
    of_project(CODES), format="REFI-QDA project", finding_codes=("Effect",),
    additions=(Addition("theme", "T1.10", "T1", "Repair cafés", "Where people mend"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def mappings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))
    return tmp_path / "mappings"


def refusal(text: str) -> list[str]:
    """Return what is said of a mapping file that is refused."""
    with pytest.raises(Refused) as refused:
        from_toml(text, "team.toml")
    return [str(fault) for fault in refused.value.faults]


class TestAMapping:
    def test_comes_back_as_it_was_saved(self, codebook: Codebook, mappings: Path) -> None:
        path = save(WHOLE, codebook)
        assert path == mappings / "team.toml"
        assert saved("Team") == WHOLE
        assert [each.name for each in mappings.iterdir()] == ["team.toml"]

    def test_reads_well(self, codebook: Codebook) -> None:
        lines = as_toml(WHOLE, codebook).splitlines()
        assert '"Places::Libraries" = ["theme T1.2"] # Libraries, arts and culture' in lines
        assert "Odd = [] # not ours" in lines
        assert 'finding = "finding"' in lines

    @settings(deadline=None)
    @given(
        words=st.dictionaries(st.text(max_size=20), st.sampled_from([(), (Target("theme", "T1.2"),)]), max_size=5),
        headers=st.dictionaries(st.text(max_size=20), st.sampled_from([*FIELDS, NOT_OURS]), max_size=5),
        sheet=st.text(max_size=20),
    )
    def test_of_any_words_and_headers_comes_back(
        self, words: dict[str, tuple[Target, ...]], headers: dict[str, str], sheet: str, codebook: Codebook
    ) -> None:
        mapping = Mapping("Any", "CSV", "", {sheet: headers}, {"codes": words} if words else {}, {})
        assert from_toml(as_toml(mapping, codebook), "any.toml") == mapping

    def test_may_be_saved_again_under_its_name_and_forgotten(self) -> None:
        save(WHOLE)
        save(replace(WHOLE, prefix="T2"))
        assert (saved("Team").prefix, names()) == ("T2", ["Team"])
        forget("Team")
        assert names() == []

    @pytest.mark.parametrize("name", ["", "///", "..", "a" * 61, "x\ny", "con", "NUL"])
    def test_cannot_have_a_name_that_no_file_can_have(self, name: str) -> None:
        with pytest.raises(Refused) as refused:
            save(replace(WHOLE, name=name))
        assert "cannot be a mapping's name" in str(refused.value)

    def test_stays_in_its_folder_whatever_its_name(self, mappings: Path) -> None:
        assert save(replace(WHOLE, name="../../etc/passwd")) == mappings / "etc-passwd.toml"

    def test_does_not_take_the_file_of_another_name(self) -> None:
        save(replace(WHOLE, name="North East"))
        with pytest.raises(Refused) as refused:
            save(replace(WHOLE, name="north-east"))
        assert str(refused.value) == (
            'mapping: "north-east" would take the file of "North East"; choose a name that differs more'
        )

    def test_that_nobody_saved_is_refused_with_those_there_are(self) -> None:
        save(WHOLE)
        with pytest.raises(Refused) as refused:
            saved("Taem")
        assert str(refused.value) == 'mapping: no mapping has the name "Taem"; there are "Team"'


class TestAMappingsFile:
    def test_that_is_wrong_tells_all_of_it(self) -> None:
        text = """
name = "Team"
zzz = "red"
prefix = 3
[constants]
directoin = "mixed"
[columns.Sheet1]
Quote = "findings"
[words.codes]
Halls = ["T1.2"]
Pubs = ["theme"]
[[add]]
facet = "theme"
"""
        fields = ", ".join((*FIELDS, NOT_OURS))
        told = refusal(text)
        assert told[0] == (
            'team.toml: "zzz" is not one of name, format, prefix, finding_codes, usual, constants, columns, words, add'
        )
        assert told[1] == "team.toml: column prefix: has to be a text"
        assert told[2] == (
            f'team.toml: column columns.Sheet1: the column "Quote": "findings" is not one of {fields}; did you mean '
            '"finding"?'
        )
        assert told[3].startswith('team.toml: column words.codes: the word "Halls": "T1.2" is not one of theme, lever')
        assert told[4] == (
            "team.toml: column words.codes: the word \"Pubs\": 'theme' names no code; write it as in 'theme T1.2' or "
            "'lever L2.1 withdrawn'"
        )
        assert told[5].startswith('team.toml: column constants: "directoin" is not one of ')
        assert (
            told[6]
            == "team.toml: column add: needs facet, code and name, and takes facet, code, parent, name, definition"
        )
        assert len(told) == 7

    def test_that_is_no_toml_says_where(self) -> None:
        (line,) = refusal("name = ")
        assert line.startswith("team.toml: is not TOML that can be read: ")

    def test_that_is_broken_does_not_hide_the_others(self, mappings: Path) -> None:
        save(WHOLE)
        (mappings / "broken.toml").write_text("name = ")
        assert names() == ["Team"]


class TestTheNextFileOfATeam:
    def test_finds_the_mapping_that_knows_most_of_its_columns(self) -> None:
        save(decided({"Quote": "finding", "Row": "not ours"}))
        save(replace(decided({"Quote": "finding", "Theme": "themes", "Where": "regions"}), name="Other"))
        file = raw(table(("Quote", "Theme", "Where", "Mood"), ("a", "b", "c", "d"), sheet="Wave 2"))
        fit = fitting(file)
        assert fit is not None
        assert (fit.mapping.name, fit.share, fit.columns) == ("Other", 0.75, (("Wave 2", "Mood"),))

    def test_finds_none_of_another_format_or_that_knows_less_than_half(self) -> None:
        save(replace(decided({"Quote": "finding"}), format="CSV"))
        assert fitting(raw(table(("Quote", "a", "b"), ("1", "2", "3")))) is None
        assert fitting(project((GUID(2), GUID(1), "Yes.", CUTS, "Ann"))) is None


def test_the_folder_is_the_one_that_is_asked_for_or_stands_beside_the_data(
    mappings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder() == mappings
    monkeypatch.delenv("MAPPINGS_FOLDER")
    assert folder() == Path("data/mappings").resolve()


@pytest.mark.parametrize(
    ("name", "prefix"),
    [
        ("North East team", "NET"),
        ("nvivo 2", "NVIVO-2"),
        ("Workshops", "WORKSHOPS"),
        ("—", "FILE"),
        ("Á la carte", "ÁLC"),
    ],
)
def test_a_prefix_is_made_of_the_name(name: str, prefix: str) -> None:
    assert prefix_for(name) == prefix
