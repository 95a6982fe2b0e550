"""Claims: what must hold for a message, in a language of comparisons and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.presenting import claims
from data.presenting.claims import ClaimFault

NUMBERS = {"findings": 12, "applied.strengthened": 7, "applied.voting": 10, "theme.1.studies": 3}


@pytest.mark.parametrize(
    ("claim", "holds"),
    [
        ("", True),
        ("findings = 12", True),
        ("findings != 12", False),
        ("applied.strengthened * 2 > applied.voting", True),
        ("applied.strengthened - 2 * theme.1.studies >= 2", False),
        ("1 + 2 * 3 = 7", True),
        ("applied.voting<=10 and findings<12", False),
        ("applied.voting <= 10 and findings < 13 and 2 < theme.1.studies", True),
    ],
)
def test_a_claim_holds_or_not_for_numbers(claim, holds):
    assert claims.holds(claim, NUMBERS) is holds


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("findings", '"findings" needs one comparison'),
        ("1 < findings < 20", '"1 < findings < 20" needs one comparison'),
        ("findings > 1 and", '"" needs one comparison'),
        ("findings > ", '"nothing" is no sum'),
        ("findings findings > 1", '"findings findings" is no sum'),
        ("findings > 1 or 2 > 1", '"1 or 2" is no sum|needs one comparison'),
        ("__import__('os') > 1", "is no part of a claim"),
        ("findings ** 2 > 1", "is no sum"),
        ("(findings) > 1", "is no part of a claim"),
        ("findings > 1;", '";" is no part of a claim'),
        ("1 > 0 and " * 100 + "1 > 0", "longer than 500"),
    ],
)
def test_what_is_no_claim_is_refused_in_words(claim, told):
    with pytest.raises(ClaimFault, match=told):
        claims.parse(claim)


def test_the_numbers_that_a_claim_rests_on_are_named_once():
    assert claims.names("applied.voting > 1 and findings * applied.voting > theme.1.studies") == (
        "applied.voting",
        "findings",
        "theme.1.studies",
    )


@given(st.text())
def test_no_text_does_more_than_be_refused(text):
    try:
        claims.parse(text)
    except ClaimFault as fault:
        assert str(fault)


@given(*[st.integers(0, 99)] * 4)
def test_products_come_before_sums(a, b, c, d):
    assert claims.holds(f"{a} + {b} * {c} - {d} = {a + b * c - d + 1000} - 1000", {})
