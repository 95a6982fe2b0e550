"""The tables and the closed vocabularies of their columns."""

import csv
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from sqlalchemy import Engine, inspect

import models
from models import EFFECTS, Base, Confidence, Definition, Direction, Included, Role, StrandCode


def test_the_vocabularies_are_those_of_the_evidence(
    csv_findings: list[dict[str, str]], csv_sources: list[dict[str, str]]
) -> None:
    assert {row["direction"] for row in csv_findings} == set(Direction)
    assert {row["confidence"] for row in csv_findings} == set(Confidence)
    assert {role for row in csv_findings for role in row["lever_roles"].split(";") if role} == set(Role)
    assert {row["strand"] for row in csv_sources} == set(StrandCode)


def test_a_definition_holds_every_column_of_its_file_and_its_eight_elements_one_vocabulary() -> None:
    with Path("data/shipped/codebook/definitions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert ["ref", *list(rows[0])[1:]] == list(Definition.model_fields)
    assert list(rows[0])[7:15] == list(Definition.ELEMENTS)
    assert {row[element] for row in rows for element in Definition.ELEMENTS} == set(Included)


def test_the_directions_that_claim_an_effect_are_three() -> None:
    assert tuple(map(str, EFFECTS)) == ("strengthened", "impeded", "mixed")


def test_the_database_has_each_table_with_its_columns(loaded: Engine) -> None:
    held = inspect(loaded)
    for name, table in Base.metadata.tables.items():
        assert [column["name"] for column in held.get_columns(name)] == [column.name for column in table.columns]
        keys = {key["constrained_columns"][0]: key["referred_table"] for key in held.get_foreign_keys(name)}
        assert keys == {key.parent.name: key.column.table.name for key in table.foreign_keys}
    search = {name for name in held.get_table_names() if name.startswith("finding_search")}
    assert set(held.get_table_names()) - search == set(Base.metadata.tables)


def test_the_module_can_be_loaded_again_while_the_dashboard_runs() -> None:
    spec = spec_from_file_location("models_again", models.__file__ or "")
    assert spec and spec.loader
    again = module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again.Base is not Base
    here = {table.__table__.name for table in Base.__subclasses__() if table.__module__ == models.__name__}
    assert set(again.Base.metadata.tables) == here
