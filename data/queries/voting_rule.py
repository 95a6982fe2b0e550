"""When a study takes a direction: the rule's number, and every sentence in which a page, file or slide tells it.

To change the rule, change the number. No other module writes it out; a test changes it and finds the new one wherever
the rule is told.
"""

AGREEMENT_TENTHS = 7
"""A study takes a direction where at least this many tenths of its findings that claim an effect agree."""


def _share() -> str:
    return f"{10 * AGREEMENT_TENTHS} %"


def of_each_study(group: str) -> str:
    """Say how a study votes on a group, such as "a lever and side"."""
    return (
        f"Each study votes once {group}: strengthened or impeded where at least {_share()} of its findings that claim "
        "an effect agree, else mixed."
    )


def of_bars(about: str) -> str:
    """Say what bars of studies show of their findings, such as those "about each place"."""
    return (
        f"Studies by the vote of their findings {about}: strengthened or impeded where at least {_share()} agree, else "
        "mixed."
    )


def of_table(group: str) -> str:
    """Say above a table in a file how a study votes on a group, such as "a place or theme"."""
    return f"A study votes once {group}; at least {_share()} of its findings that claim an effect must agree."


def of_counts() -> str:
    """Say how a study votes in each row of the sheet of counts."""
    return (
        f"A study votes once in each row: with the direction of at least {_share()} of its findings there that claim "
        "an effect, else mixed."
    )


def of_method() -> str:
    """Say in the account of the method how a study votes in each group."""
    return (
        f"In each group it takes the direction that at least {_share()} of its findings with a claim of effect agree "
        "on, else it is mixed."
    )


def of_mixed_vote(its_findings: str) -> str:
    """Say why a study's vote is mixed, of such findings as "its 3 findings here that claim an effect"."""
    return f"as neither strengthened nor impeded is told in {_share()} of {its_findings}"
