"""The one way through, where import-linter cannot look: pages and models are scripts, not packages."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_PAGE = 60


def imported(path: Path) -> set[str]:
    """Return the top-level names of the packages that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("page", sorted((ROOT / "pages").glob("*.py")), ids=lambda page: page.stem)
def test_a_page_composes_components_and_computes_nothing(page):
    assert imported(page) <= {"streamlit", "components"}
    assert len(page.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_the_models_know_no_other_layer():
    assert imported(ROOT / "models.py") & {"components", "data", "pages", "streamlit"} == set()
