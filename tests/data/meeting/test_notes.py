"""Notes of a meeting: kept as said, coded as far as known, by editors alone, and refused in words where they cannot."""

from typing import Any

import pytest

from data.collection import database
from data.collection.access import NotAllowed, Standing, Visitor
from data.meeting import notes
from data.meeting.meeting_fault import MeetingFault
from data.meeting.notes import LONGEST_NOTE, Noted, Overtaken
from tests.data.meeting.conftest import PRESENTER, Room

WHOLE = Noted("one", " The library is\r\nthe last room. ", "community", ("T4.3", "T1"), {"L1.2": "lacking"}, "TLC")


def kept(room: Room) -> list[dict[str, Any]]:
    with database.asking(room.engine) as session:
        return [row.model_dump(exclude={"at"}) for row in notes.notes(session, room.number)]


def test_a_note_is_kept_whole_with_its_sector_and_codes_and_no_name_of_a_speaker(room):
    number = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    assert kept(room) == [
        {"id": number, "meeting_id": room.number, "slide": "one", "said": "The library is\nthe last room.",
         "sector": "community", "themes": ["T1", "T4.3"], "levers": {"L1.2": "lacking"}, "region": "TLC",
         "by": "Presenter"}
    ]  # fmt: skip


def test_a_note_is_changed_in_its_place_and_taken_away(room):
    first = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    second = notes.note(room.engine, room.number, PRESENTER, Noted("said", "Buses."))
    assert notes.note(room.engine, room.number, PRESENTER, Noted("one", "Corrected."), first) == first
    assert [(row["id"], row["said"], row["themes"]) for row in kept(room)] == [
        (first, "Corrected.", []), (second, "Buses.", []),
    ]  # fmt: skip
    notes.remove(room.engine, room.number, PRESENTER, first)
    assert [row["said"] for row in kept(room)] == ["Buses."]


def test_the_later_save_of_an_older_copy_is_refused_and_both_texts_are_there_to_choose_from(room):
    number = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    with database.asking(room.engine) as session:
        seen = notes.noted(notes.notes(session, room.number)[0])
    first = Noted("one", "The first to save.", themes=("T4.3", "T1"))
    notes.note(room.engine, room.number, Visitor("Ada", Standing.EDITOR), first, number, seen)
    with pytest.raises(Overtaken) as refused:
        notes.note(room.engine, room.number, PRESENTER, Noted("one", "The second."), number, seen)
    assert str(refused.value) == "Ada has changed this note since you opened it."
    assert refused.value.now == Noted("one", "The first to save.", "", ("T1", "T4.3"), {}, "")
    assert [row["said"] for row in kept(room)] == ["The first to save."]
    # Who has seen what it says now may write over it.
    notes.note(room.engine, room.number, PRESENTER, Noted("one", "The second."), number, refused.value.now)
    assert [row["said"] for row in kept(room)] == ["The second."]
    notes.remove(room.engine, room.number, PRESENTER, number)
    with pytest.raises(Overtaken) as refused:
        notes.note(room.engine, room.number, PRESENTER, first, number, seen)
    assert (refused.value.now, kept(room)) == (None, [])


def test_a_note_that_another_has_changed_meanwhile_is_not_taken_away(room):
    number = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    with database.asking(room.engine) as session:
        seen = notes.noted(notes.notes(session, room.number)[0])
    now = Noted("one", "Better said.", "", (), {}, "")
    notes.note(room.engine, room.number, Visitor("Ada", Standing.EDITOR), now, number, seen)
    with pytest.raises(Overtaken) as refused:
        notes.remove(room.engine, room.number, PRESENTER, number, seen)
    assert (refused.value.now, [row["said"] for row in kept(room)]) == (now, ["Better said."])
    notes.remove(room.engine, room.number, PRESENTER, number, now)
    assert kept(room) == []


def test_a_number_is_never_given_to_a_second_note_since_it_names_the_finding_that_the_first_became(room):
    first = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    notes.remove(room.engine, room.number, PRESENTER, first)
    assert notes.note(room.engine, room.number, PRESENTER, WHOLE) > first


@pytest.mark.parametrize(
    ("noted", "why"),
    [
        (Noted("one", " \n"), "Write what was said."),
        (Noted("one", "a" * 2_001), "That is 2,001 characters; 2,000 at most are kept."),
        (Noted("one", "a\x00b"), "There are characters in it that are no text; leave them out."),
        (Noted("one", "a", sector="Alice"),
         "Choose a sector among policymaker, academia, civil society, community, other, or none."),
        (Noted("one", "a", themes=("T99",)), "There is no such theme: T99."),
        (Noted("one", "a", levers={"L99": "applied"}), "There is no such lever: L99."),
        (Noted("one", "a", levers={"L1.2": ""}),
         "Give each lever a role among applied, withdrawn, lacking, proposed."),
        (Noted("one", "a", region="ZZZ"), "There is no such region: ZZZ."),
        (Noted("nowhere", "a"), "This meeting has no slide nowhere."),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_kept(room, noted, why):
    with pytest.raises(MeetingFault) as refused:
        notes.note(room.engine, room.number, PRESENTER, noted)
    assert (str(refused.value), kept(room)) == (why, [])


@pytest.mark.parametrize("said", ["=HYPERLINK(1)", "<script>alert(1)</script>", "**👩‍👩‍👧 {x}**", "a" * LONGEST_NOTE])
def test_text_is_kept_as_text_whatever_it_looks_like(room, said):
    notes.note(room.engine, room.number, PRESENTER, Noted("one", said))
    assert kept(room)[0]["said"] == said


def test_no_one_but_an_editor_takes_or_removes_notes_and_none_of_another_meeting_is_touched(room):
    number = notes.note(room.engine, room.number, PRESENTER, WHOLE)
    for standing in (Standing.VIEWER, Standing.PARTICIPANT):
        with pytest.raises(NotAllowed):
            notes.note(room.engine, room.number, Visitor("Guest", standing), WHOLE)
        with pytest.raises(NotAllowed):
            notes.remove(room.engine, room.number, Visitor("Guest", standing), number)
    with pytest.raises(MeetingFault):
        notes.remove(room.engine, room.number + 1, PRESENTER, number)
    assert len(kept(room)) == 1
