"""The themes page: what communities tell most, how studies of each theme vote, and which themes go together."""

from collections import Counter
from itertools import combinations

from tests.data.reckoning import ROWS, THEMES, upward
from tests.pages.test_pages import answer, said

BROAD = {code.split(".", maxsplit=1)[0] for code in THEMES if "." in code}
LEAVES = [code for code in THEMES if code not in BROAD]


def most_told(rows) -> list[tuple[str, int, int]]:
    """Return the three themes that most findings carry: code, findings, studies; the codebook's order breaks ties."""
    told = Counter(theme for row in rows for theme in row.themes)
    studies = {theme: {row.study for row in rows if theme in row.themes} for theme in told}
    first = sorted(LEAVES, key=lambda code: -told[code])[:3]
    return [(code, told[code], len(studies[code])) for code in first]


def test_it_answers_with_what_the_community_strand_tells_most(open_page, codebook):
    expected = [
        f"{codebook.name('theme', code)} ({findings} findings, {studies} studies)"
        for code, findings, studies in most_told([row for row in ROWS if row.strand == "community"])
    ]
    assert answer(open_page("themes")) == (
        f"Told most in the community strand are {expected[0]}, {expected[1]} and {expected[2]}."
    )


def test_it_says_what_all_strands_together_tell_most(open_page, codebook):
    (code, findings, studies), *_ = most_told(ROWS)
    first = f"{codebook.name('theme', code)} ({findings} findings, {studies} studies)"
    told = f"Told most in all strands together are {first},"
    assert told in said(open_page("themes"))


def test_without_the_community_strand_it_says_so(open_page):
    app = open_page("themes", {"strand": "international"})
    assert answer(app).startswith("In the international strand: told most are ")
    assert "This filter holds nothing of the community strand." in said(app)


def test_the_pair_most_often_together_is_named_with_its_findings(open_page, codebook):
    pairs = Counter(pair for row in ROWS for pair in combinations(sorted(row.themes, key=THEMES.index), 2))
    (first, second), number = pairs.most_common(1)[0]
    names = f"{codebook.name('theme', first)} + {codebook.name('theme', second)}"
    assert f"Most often together: {names}, in {number} findings" in said(open_page("themes"))


def test_broad_themes_take_in_their_parts(open_page, codebook):
    findings = sum(any("T1" in upward(theme) for theme in row.themes) for row in ROWS)
    words = said(open_page("themes", {"theme": "T1"}))
    assert f"{codebook.name('theme', 'T1')}: {findings} findings from" in words
