"""One access for all that a load brings in, whatever the files say."""

from data.importing.checking.granted_access import with_access
from data.importing.strand_files import Files, Table
from models import Access


def test_every_row_has_the_access_that_is_given_and_the_files_stay_as_they_are():
    said = Table("a.csv", "", ("source_id", "title", "access"), [(2, ["S1", "One", "public"]), (3, ["S2", "Two", ""])])
    silent = Table("b.csv", "", ("finding_id", "finding"), [(2, ["E1", "Said"])])
    files = Files([said], [silent], [{"name": "a.csv", "sha256": "0"}])
    given = with_access(files, Access.TEAM)
    assert given == Files(
        [Table("a.csv", "", said.columns, [(2, ["S1", "One", "team"]), (3, ["S2", "Two", "team"])])],
        [Table("b.csv", "", ("finding_id", "finding", "access"), [(2, ["E1", "Said", "team"])])],
        files.hashes,
    )
    assert said.rows[0][1] == ["S1", "One", "public"]


def test_what_stands_beside_the_access_stays_where_it_is_named():
    columns = ("source_id", "title", "access", "note")
    noted = Table("a.csv", "", columns, [(2, ["S1", "One", "public", "Said with a laugh"])])
    unmarked = Table("b.csv", "", ("finding_id", "note"), [(2, ["E1", "Look again"])])
    given = with_access(Files([noted], [unmarked]), Access.TEAM)
    told = [dict(zip(table.columns, cells, strict=True))
            for table in (*given.sources, *given.findings) for _, cells in table.rows]  # fmt: skip
    assert told == [
        {"source_id": "S1", "title": "One", "access": "team", "note": "Said with a laugh"},
        {"finding_id": "E1", "access": "team", "note": "Look again"},
    ]
