"""The documents speak of files and modules that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("data/**/*.md"))
    if path.name != "CHANGELOG.md"  # which tells of files as they were
)
PLACE = re.compile(r"(?<![\w/.-])((?:data|components|pages|tests|benchmarks|docs)/[\w/.-]*\w/?)")
"""A path as it is written of a file or folder of the project."""
MADE = ("data/evidence.sqlite", "data/mappings/")
"""Places that are there only once somebody has worked."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_each_place_that_a_document_names_is_there(document: Path) -> None:
    named = set(PLACE.findall((ROOT / document).read_text(encoding="utf-8")))
    missing = sorted(
        place for place in named if not place.startswith(MADE) and "NAME" not in place and not (ROOT / place).exists()
    )
    assert [place for place in missing if "version_N" not in place] == []
