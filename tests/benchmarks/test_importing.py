"""The project that reading is measured on is one that reads without a fault."""

from pathlib import Path

from benchmarks import importing
from data.importing.readers.format_choice import read_any


def test_the_project_of_the_benchmark_reads_whole(tmp_path: Path) -> None:
    path = tmp_path / "interviews.qdpx"
    importing.write_project(path, importing.TEXTS * 2)
    file = read_any(path.name, path)
    assert [len(table.rows) for table in file.tables] == [importing.TEXTS, importing.TEXTS * 2]
    assert (len(file.codes), file.faults) == (importing.CODES, [])
