"""Any component may be the first that a server loads: a reader's link may lead to any page."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EACH_FIRST = """
import importlib, sys
for name in sys.argv[1:]:
    for held in [held for held in sys.modules if held.split(".")[0] == "components"]:
        del sys.modules[held]
    try:
        importlib.import_module(name)
    except (ImportError, AttributeError) as error:
        print(name, error)
"""


@pytest.mark.slow
def test_each_component_can_be_loaded_before_all_others():
    paths = sorted((ROOT / "components").rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    command = [sys.executable, "-W", "ignore", "-c", EACH_FIRST, *names]
    said = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True, timeout=300)
    assert said.stdout == ""
