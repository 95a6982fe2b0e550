"""What a room answered: counts by hand, and no one picked out of a group, not by subtraction either."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.meeting import leading
from data.meeting.results import FEWEST, told_apart
from tests.data.meeting.conftest import Room


def test_counts_are_of_devices_by_option_zeros_included(room: Room):
    room.ask("several")
    for number, value in enumerate((["Pubs", "Parks"], ["Pubs"], ["Parks"], ["Pubs"])):
        room.answer(number, *value)
    found = room.results("several")
    assert (found.answered, found.joined) == (4, 4)
    assert [(option.code, option.chosen) for option in found.options] == [("Libraries", 0), ("Pubs", 3), ("Parks", 2)]


def test_a_ranking_gives_five_points_to_the_first_and_one_less_for_each_place(room: Room):
    room.ask("rank")
    room.answer(1, "a", "b", "c", "d", "e")
    room.answer(2, "b", "a")
    room.answer(3, "b")
    ranked = {option.code: (option.points, option.first, option.chosen) for option in room.results("rank").options}
    assert ranked == {"a": (9, 1, 2), "b": (14, 2, 3), "c": (3, 0, 1), "d": (2, 0, 1), "e": (1, 0, 1), "f": (0, 0, 0)}


def test_texts_stand_in_the_order_they_came(room: Room):
    room.ask("said")
    for number in (3, 1, 2):
        room.answer(number, f"from {number}")
    assert [text.said for text in room.results("said").texts] == ["from 3", "from 1", "from 2"]


def test_groups_of_five_are_told_apart_once_the_question_is_closed(room: Room):
    sectors = {"academia": 5, "community": 6}
    _answer(room, sectors)
    assert room.by_group("one", "sector") == {}
    room.lead(leading.open_question, False)
    assert room.by_group("one", "sector") == {
        "academia": {"Libraries": 0, "Pubs": 5, "Parks": 0},
        "community": {"Libraries": 0, "Pubs": 6, "Parks": 0},
    }
    assert room.by_group("one", "region") == {}


def _answer(room: Room, sectors: dict[str, int]) -> None:
    room.ask("one")
    numbers = count(1)
    for sector, size in sectors.items():
        mine = [next(numbers) for _ in range(size)]
        room.introduce(mine, sector)
        for number in mine:
            room.answer(number, "Pubs")


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ({"a": 4, "b": 4}, {}),
        ({"a": 9}, {}),
        ({"a": 5, "b": 5}, {"a": 5, "b": 5}),
        ({"a": 7, "b": 3, "c": 2}, {"a": 7, "smaller groups together": 5}),
        ({"a": 9, "b": 6, "c": 4}, {"a": 9, "smaller groups together": 10}),
        ({"a": 9, "b": 4}, {}),
        ({"a": 9, "b": 6, "c": 5, "d": 1}, {"a": 9, "b": 6, "smaller groups together": 6}),
    ],
)
def test_a_small_group_is_never_left_over(sizes: dict[str, int], told: dict[str, int]):
    assert _sizes(sizes) == told


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 12)))
def test_whatever_the_groups_none_shown_is_under_five_and_all_are_in_one(sizes: dict[str, int]):
    told = _sizes(sizes)
    assert all(size >= FEWEST for size in told.values())
    assert sum(told.values()) in (0, sum(sizes.values()))
    assert len(told) != 1


def _sizes(sizes: dict[str, int]) -> dict[str, int]:
    grouped = {name: [["x"]] * size for name, size in sizes.items()}
    return {name: len(values) for name, values in told_apart(grouped).items()}
