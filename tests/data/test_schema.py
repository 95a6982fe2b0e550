"""What the schema says of each column holds wherever a column is known: tables, records, files and mappings."""

from sqlalchemy import inspect

from data.exporting import evidence_sheets
from data.importing.checking.records import FindingRecord, SourceRecord
from data.importing.checking.row_checks import CLOSED
from data.importing.mapping import field_names
from data.importing.mapping.fields import CONSTANTS, FACET_OF, FIELDS, NEEDED, SEVERAL
from data.queries.listing import FINDING_FIELDS, SOURCE_FIELDS
from data.schema import EVERY, FINDING, FINDING_COLUMNS, SOURCE, SOURCE_COLUMNS, Holds
from models import Finding, Source

IN_A_RECORD = {"finding_id": "ref", "source_id": "source"}
IN_TABLES_OF_THEIR_OWN = {"source_id", "regions", "themes", "levers", "lever_roles"}


def test_a_record_has_each_column_in_order_and_a_lever_with_its_role() -> None:
    assert SourceRecord._fields == ("ref", *SOURCE_COLUMNS[1:])
    assert FindingRecord._fields == tuple(
        IN_A_RECORD.get(name, name) for name in FINDING_COLUMNS if name != "lever_roles"
    )


def test_a_table_has_each_column_that_does_not_stand_in_a_table_of_its_own() -> None:
    tables = {model: {column.key for column in inspect(model).columns} for model in (Source, Finding)}
    assert {"ref", *SOURCE_COLUMNS[1:]} == tables[Source] - {"id", "study_id", "study_filed", "digest"}
    kept = {IN_A_RECORD.get(name, name) for name in set(FINDING_COLUMNS) - IN_TABLES_OF_THEIR_OWN}
    assert kept == tables[Finding] - {"id", "source_id", "digest"}


def test_a_workbook_a_list_and_a_mapping_have_each_column() -> None:
    assert tuple(column.name for column in evidence_sheets.FINDINGS) == FINDING_COLUMNS
    assert tuple(column.name for column in evidence_sheets.SOURCES) == SOURCE_COLUMNS == SOURCE_FIELDS
    assert {*FINDING_COLUMNS, *SOURCE_COLUMNS, "source_access", "source_note"} == set(FINDING_FIELDS)
    assert {*FINDING_COLUMNS, *SOURCE_COLUMNS} <= set(FIELDS) & field_names.NAMES.keys()


def test_each_column_of_codes_names_a_facet_and_each_closed_one_a_vocabulary() -> None:
    coded = {column.name: column for column in EVERY if column.holds in (Holds.CODE, Holds.CODES)}
    worded = {column.name: column.facet for column in EVERY if column.facet and column.name not in coded}
    assert {name: column.facet for name, column in coded.items()} | worded == dict(FACET_OF)
    assert set(worded) == {"method"}  # whose words are the sources' own
    assert {column.facet for column in coded.values() if column.holds is Holds.CODE} <= {*CLOSED, "strand"}
    assert {name for name, column in coded.items() if column.holds is Holds.CODES} == set(SEVERAL)


def test_what_a_row_needs_can_be_mapped_or_given_once_but_for_its_text() -> None:
    needed = {*NEEDED["sources"], *NEEDED["findings"]}
    assert needed - set(CONSTANTS) == {"finding"}
    assert [column.constant for column in sorted(EVERY, key=lambda column: column.constant) if column.constant] == (
        list(range(1, len(CONSTANTS) + 1))
    )


def test_optional_columns_stand_last_and_each_column_is_told_in_words() -> None:
    for columns in (SOURCE, FINDING):
        optional = [column.optional for column in columns]
        assert optional == sorted(optional)
        assert all(column.words and column.about and column.width > 0 for column in columns)
