"""What is known of each facet is known wherever facets are: filter, panel, snapshot, codebook, mapping and workbook."""

from dataclasses import fields

from sqlalchemy import Engine, inspect
from sqlmodel import Session

from components.frame import view_choices
from data.collection import codebook
from data.collection.snapshot import current
from data.exporting import reference
from data.facets import BY_KEY, EVERY, FACET_NAMES, FACETS, IN_PANEL, OFFERED, Counted
from data.filters.filter import KEYS, LISTS, Filter
from data.importing.mapping.targets import MEANABLE
from data.schema import EVERY as COLUMNS
from models import Finding, Source


def test_the_filter_has_a_key_for_each_facet_in_their_order() -> None:
    assert tuple(field.name for field in fields(Filter))[: len(FACETS)] == FACETS == KEYS[: len(FACETS)]
    assert (*FACETS, "finding") == LISTS


def test_each_facet_is_offered_once_wherever_facets_are_offered() -> None:
    assert sorted(OFFERED) == sorted(FACETS) == sorted(facet.key for facet in IN_PANEL)
    assert view_choices.AXES == OFFERED
    assert (*OFFERED, "access") == MEANABLE
    for places in ([facet.offered for facet in EVERY], [facet.panel for facet in EVERY]):
        assert sorted(places) == list(range(1, len(EVERY) + 1))


def test_the_codebook_and_the_snapshot_hold_the_codes_of_each(loaded: Engine) -> None:
    with Session(loaded) as session:
        assert tuple(codebook.read(session).facets) == FACETS
        assert {*current.of(session).links, "role"} == set(FACETS)


def test_a_facet_says_where_its_codes_stand() -> None:
    for facet in EVERY:
        if facet.link:
            assert {facet.key, "finding_id"} <= {column.key for column in inspect(facet.link).columns}
        else:
            assert facet.key in {column.key for column in inspect(Source if facet.of_source else Finding).columns}
        assert facet.table or facet.vocabulary or facet.of_source


def test_the_workbook_counts_each_facet_once_but_a_role_with_its_lever() -> None:
    assert {*reference.VOTED_BY, *reference.TALLIED_BY} == set(FACETS) - {"role"}
    assert [facet.key for facet in EVERY if facet.counted is Counted.WITH_THE_LEVER] == ["role"]


def test_each_facet_has_its_column_and_its_words() -> None:
    assert {column.facet for column in COLUMNS if column.facet} == {*FACETS, "access"}
    assert all(facet.name and facet.plural and facet.help for facet in EVERY)
    assert dict(FACET_NAMES) == {key: facet.name for key, facet in BY_KEY.items()}
