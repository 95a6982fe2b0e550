"""Who may do what: each standing may what the ones before it may, and a refusal says what, and who may."""

import pytest

from data.collection.access import NotAllowed, Standing, Visitor, require, seen_at
from models import Access

VIEWER, PARTICIPANT, EDITOR = (Visitor("", standing) for standing in Standing)


def test_each_standing_may_what_those_before_it_may():
    may = [[visitor.may(standing) for standing in Standing] for visitor in (VIEWER, PARTICIPANT, EDITOR)]
    assert may == [[True, False, False], [True, True, False], [True, True, True]]
    assert [visitor.edits for visitor in (VIEWER, PARTICIPANT, EDITOR)] == [False, False, True]


def test_each_standing_sees_its_level_and_those_below():
    assert [seen_at(visitor.access) for visitor in (VIEWER, PARTICIPANT, EDITOR)] == [
        (Access.PUBLIC,),
        (Access.PUBLIC, Access.ROUNDTABLE),
        (Access.PUBLIC, Access.ROUNDTABLE, Access.TEAM),
    ]


def test_an_editor_passes():
    require(EDITOR, Standing.EDITOR, "load evidence")


@pytest.mark.parametrize(
    ("visitor", "told"),
    [
        (VIEWER, "only editors may load evidence; someone who has not signed in is a viewer"),
        (Visitor("a@b.org", Standing.VIEWER), "only editors may load evidence; a@b.org is a viewer"),
        (Visitor("a@b.org", Standing.PARTICIPANT), "only editors may load evidence; a@b.org is a participant"),
    ],
)
def test_others_are_told_what_they_may_not_and_who_may(visitor, told):
    with pytest.raises(NotAllowed) as refused:
        require(visitor, Standing.EDITOR, "load evidence")
    assert str(refused.value) == told
