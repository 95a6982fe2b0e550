"""docs/security.md names tests that exist, and counts the list of OWASP as it stands there."""

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
RANGE = re.compile(r"(\d+\.\d+)\.(\d+) to \1\.(\d+)")


def numbers(named: str) -> list[str]:
    """Return the items that a row is about: one, several, or from one to another."""
    if found := RANGE.fullmatch(named):
        return [f"{found[1]}.{item}" for item in range(int(found[2]), int(found[3]) + 1)]
    return named.split(", ")


ITEMS = [[cell.strip() for cell in row.split("|")] for row in re.findall(r"^\| (\d+\.\d+\.\d+.*)\|$", PAGE, re.M)]


def test_every_test_that_is_named_exists():
    cited = sorted(set(re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)))
    assert len(cited) > 40
    for path, test in cited:
        assert (ROOT / path).exists(), path
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert not test or test in names, f"{path} has no {test}"


def test_the_list_holds_each_item_once_and_is_counted_right():
    met = Counter(answer for named, _, answer, *_ in ITEMS for _ in numbers(named))
    every = [item for named, *_ in ITEMS for item in numbers(named)]
    assert set(met) == {"yes", "no", "not ours"}
    assert len(every) == len(set(every)) == 253
    said = f"{met['yes']} are met, {met['no']} are not, {met['not ours']} are not ours"
    assert said in " ".join(PAGE.split())
