"""The voting rule is one number: changed, it is the new one that studies vote by and that every place tells."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from components.figures.exhibit import Exhibit
from components.slides import deck, slide
from components.store import store
from components.views import lever_profile, lever_sides, region_view, theme_view
from data.exporting import workbook
from data.filters.filter import Filter
from data.presenting.briefing import Slide
from data.queries import voting_rule
from data.queries.votes import VOTES, votes_of
from data.sentences import on_method, on_votes

ROOT = Path(__file__).parents[2]
ALL = Filter()
SHIPPED, CHANGED = "70 %", "90 %"
OF_STUDIES = ("levers", "themes", "fine themes", "regions", "countries")
"""The views of a slide whose bars are of studies by their vote."""
WRITTEN_OUT = re.compile(r"at least (?:\d+|\{[^}]*\})\s?%|\b70\s?%|seven tenths|seven in ten|AGREEMENT_TENTHS", re.I)


@pytest.fixture(params=[SHIPPED, CHANGED])
def rule(request: pytest.FixtureRequest, shown: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Let a study take a direction at the rule's share, and return how that is written."""
    tenths = int(request.param.split()[0]) // 10
    monkeypatch.setattr(voting_rule, "AGREEMENT_TENTHS", tenths)
    store.forget()
    yield request.param
    store.forget()


def told(text: object) -> list[str]:
    """Return each share of agreement that a text tells, blanks that do not break as any."""
    plain = str(text).replace("\N{NO-BREAK SPACE}", " ")
    return re.findall(r"(?:at least|told in) (\d+ %)", plain)


def test_figures_of_pages_tell_it(rule: str):
    themes = theme_view.directions(ALL, tuple(store.codebook().parts("theme", None)))
    shown = (lever_sides.exhibited(ALL), themes, region_view.home(ALL), region_view.abroad(ALL))
    assert [told(one.sentence) for one in shown if isinstance(one, Exhibit)] == [[rule]] * 4


def test_tables_of_pages_tell_it_in_a_workbook(rule: str):
    tables = [*lever_profile.download_tables(ALL), *region_view.download_tables(ALL)()]
    ruled = [told(table.description) for table in tables if told(table.description)]
    assert ruled == [[rule]] * len(ruled)
    assert len(ruled) >= 4


def test_the_account_of_the_method_tells_it(rule: str):
    (synthesis,) = on_method.swim().query("what == 'Method of synthesis'")["here"]
    assert told(synthesis) == [rule]
    assert "{rule}" not in " ".join(on_method.swim()["here"])


def test_a_study_that_is_mixed_tells_it(rule: str):
    assert told(on_votes.vote_of("mixed", ["strengthened", "impeded"])) == [rule]


def test_the_sheet_of_counts_tells_it(rule: str):
    out = io.BytesIO()
    workbook.write(store.engine(), ALL, out)
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue()))["Counts"]
    above = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row if cell.value)
    assert told(above) == [rule]


@pytest.mark.parametrize("view", OF_STUDIES)
def test_the_foot_of_a_slide_tells_it_on_the_wall_and_in_its_file(rule: str, view: str):
    one = Slide("a", "So", view)
    assert told(slide.prepared(one).source) == [rule]
    assert told(deck.page(one).source) == [rule]


def test_studies_vote_by_it(rule: str):
    up, down, mixed = (np.array(numbers) for numbers in ((7, 9, 1), (3, 1, 9), (0, 0, 0)))
    seven_of_ten = "strengthened" if rule == SHIPPED else "mixed"
    assert [VOTES[place] for place in votes_of(up, down, mixed)] == [seven_of_ten, "strengthened", "impeded"]


def test_no_other_module_writes_the_rule_out():
    found = {
        str(path.relative_to(ROOT))
        for top in ("data", "components", "pages", "docs")
        for path in sorted((ROOT / top).rglob("*"))
        if path.suffix in (".py", ".toml", ".md", ".js", ".html") and "strands" not in path.parts
        if WRITTEN_OUT.search(path.read_text("utf-8"))
    }
    assert found == {"data/queries/voting_rule.py", "data/queries/votes.py"}
