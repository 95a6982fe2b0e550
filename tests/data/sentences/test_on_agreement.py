"""What the page says of agreement: sentences that hold their numbers and claim no more."""

import pandas as pd
import pytest

from data.coders.agreement_table import COLUMNS
from data.coders.coding_differences import CodingDifference, Reason
from data.coders.rounds import Round
from data.sentences import on_agreement as statements

FIRST, SECOND, THIRD = (Round(name, f"{name.capitalize()} coding", (), {}) for name in ("first", "second", "third"))


def row(facet: str, code: str = "", **values: object) -> dict[str, object]:
    return {**dict.fromkeys(COLUMNS, float("nan")), "facet": facet, "code": code, "name": code, **values}


def table(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


DIRECTION = row("direction", compared=8, findings=8, agree=0.75, kappa=0.5, alpha=0.81, alpha_low=0.4, alpha_high=0.9)
THEMES = row("theme", compared=8, findings=8, agree=0.2, alpha=0.5, alpha_low=0.3, alpha_high=0.6, overlap=0.6)
LEVERS = row("lever", compared=8, findings=8, agree=0.2, alpha=0.7, alpha_low=0.5, alpha_high=0.8, overlap=0.7)
ROLES = row("role", compared=10, findings=8, agree=0.8, kappa=0.6, alpha=0.6, alpha_low=0.1, alpha_high=1.0)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            (DIRECTION, THEMES, LEVERS),
            "First coding and second coding give the same direction to 6 of 8 findings (75 %); "
            "on average both give 60 % of themes and 70 % of policy levers that either gives.",
        ),
        (
            (ROLES,),
            "First coding and second coding give the same role to 8 of 10 levers (80 %).",
        ),
        ((THEMES,), "First coding and second coding: on average both give 60 % of themes that either gives."),
        ((), "First coding and second coding have no finding here in common."),
    ],
)
def test_the_answer_holds_its_numbers(rows, said):
    assert statements.answer(table(*rows), [FIRST, SECOND]) == said


@pytest.mark.parametrize("findings", [1, 5])
def test_of_few_findings_no_share_is_told(findings):
    few = [{**facet, "compared": findings, "findings": findings, "agree": 1.0} for facet in (DIRECTION, THEMES)]
    noun = "finding" if findings == 1 else "findings"
    assert statements.answer(table(*few), [FIRST, SECOND]) == (
        f"First coding and second coding give the same direction to {findings} of {findings} {noun}: too few for "
        "shares."
    )
    assert statements.answer(table(*few), [FIRST, SECOND, THIRD]) == (
        f"First coding, second coding and third coding have {findings} {noun} here in common: too few for shares."
    )
    assert statements.beyond_chance(table(*few)) == "How far they agree beyond chance cannot be told here."
    assert statements.answer(table(few[1]), [FIRST, SECOND]) == (
        f"First coding and second coding have {findings} {noun} here in common: too few for shares."
    )


def test_how_far_beyond_chance_is_told_beneath():
    assert statements.beyond_chance(table(DIRECTION, THEMES)) == (
        "Beyond chance: Cohen's kappa is 0.50 for direction; Krippendorff's alpha is 0.81 for direction and 0.50 for "
        "themes."
    )
    assert statements.beyond_chance(table()) == "How far they agree beyond chance cannot be told here."


def test_three_codings_are_answered_by_comparisons():
    assert statements.answer(table({**DIRECTION, "kappa": float("nan")}, THEMES), [FIRST, SECOND, THIRD]) == (
        "First coding, second coding and third coding agree on direction in 75 % of comparisons; on average any two of "
        "them give 60 % of themes that either gives."
    )


def test_how_sure_gives_intervals_and_says_where_they_rest_on_few_findings():
    assert statements.how_sure(table(DIRECTION, THEMES)) == (
        "95 % intervals of Krippendorff's alpha: direction 0.40 to 0.90 and themes 0.30 to 0.60, from 1,000 resamples "
        "of the findings. With 8 findings they are wide and rough."
    )
    assert statements.how_sure(table()) == "There is too little here to say how sure these numbers are."


def test_an_alpha_that_is_left_out_says_why():
    many = {**THEMES, "findings": 3_000, "alpha": float("nan")}
    assert statements.unreckoned(table(DIRECTION, many)) == (
        "Alpha is not reckoned for themes: more than 2,000 different sets of codes were given."
    )
    assert statements.unreckoned(table(DIRECTION, THEMES)) == ""


def test_each_facet_is_held_against_the_rule_and_alpha_is_not_called_truth():
    assert statements.by_the_rule(table(DIRECTION, THEMES, LEVERS)) == (
        "By Krippendorff's rule of thumb, an alpha of 0.80, or at the least 0.667 for tentative conclusions, direction "
        "meets it; policy levers allow tentative conclusions; themes fall short of both."
    )


def test_the_codes_agreed_on_least_leave_out_those_used_too_seldom_to_tell():
    codes = [
        row("theme", "T1", kappa=0.4, used=20, shared=6),
        row("theme", "T2", kappa=0.1, used=9, shared=1),
        row("theme", "T3", kappa=0.3, used=10, shared=3),
        row("lever", "L1", kappa=0.0, used=50, shared=0),
    ]
    assert statements.least(table(THEMES, *codes), "theme", "kappa") == (
        "Agreed on least: T3 (0.30; of 10 findings that any coder gave it, 3 by all) and T1 (0.40; of 20 findings that "
        "any coder gave it, 6 by all). Left out: 1 code given to fewer than 10 findings, where one would swing it."
    )
    assert statements.least(table(codes[1]), "theme", "kappa").startswith("No code was given to 10 findings or more")


def test_progress_tells_what_was_settled_here_from_what_came_settled():
    here, before = Reason("direction", "mixed", "Told", "Ada", ""), Reason("", "", "Told", "a reader", "")
    found = [CodingDifference(ref, ("direction",), reasons) for ref, reasons in
             (("E1", (before, here)), ("E2", (before,)), ("E3", ()))]  # fmt: skip
    assert statements.progress(found) == (
        "1 of 3 differing findings settled here; 1 more came with the reason they were settled by."
    )
    assert statements.progress(found[2:]) == "0 of 1 differing finding settled here."
    assert statements.progress([]) == "These codings do not differ on any finding of this filter."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((DIRECTION, THEMES, LEVERS), "Beyond chance, coders agree most on direction and least on themes"),
        ((DIRECTION,), "How far coders agree beyond chance, by facet"),
        ((THEMES, row("lever", alpha=0.5)), "How far coders agree beyond chance, by facet"),
        ((), "How far coders agree beyond chance, by facet"),
    ],
)
def test_it_is_said_on_what_coders_agree_most_and_least_only_where_they_differ(rows, said):
    assert statements.most_and_least(table(*rows)) == said
