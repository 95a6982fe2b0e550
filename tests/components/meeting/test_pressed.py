"""A press does what its button said where it was pressed: also when it comes twice, or when the room has moved on."""

from benchmarks.sessions import Reader, reading
from data import database
from data.meeting import leading, notes, results
from data.presenting import keeping, toml_files
from tests.components.meeting.conftest import Roundtable
from tests.data.meeting.conftest import PRESENTER, WINDOW
from tests.event_loops import in_a_loop

BRIEFING = "what-the-evidence-says"


async def _press_twice(reader: Reader, label: str) -> None:
    """Press a button, and once more what stood there at first."""
    button = reader.find("button", label)
    for _ in range(2):
        await reader.use(button, trigger_value=True)


def test_a_press_that_comes_twice_does_what_its_button_said_once(roundtable: Roundtable):
    meeting = roundtable.start()
    number = meeting.id or 0
    roundtable.ask(meeting, "said")
    roundtable.answer(meeting, "said", ["Benches"])
    leading.open_question(roundtable.engine, number, PRESENTER, WINDOW, False)

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as presenter:
            await roundtable.enter(presenter)
            await _press_twice(presenter, "Let through")
            presenter.page = "present"
            await presenter.run()
            await _press_twice(presenter, "Open the question")
            await _press_twice(presenter, "Show the results")

    in_a_loop(walk())
    after = roundtable.now(meeting)
    assert (after.open, after.shown) == ("said", "said")
    with database.asking(roundtable.engine) as session:
        assert [answer.let_through for answer, _ in results._answers(session, number, "said")] == [True]


def test_a_note_that_is_kept_by_several_presses_is_one_note(roundtable: Roundtable):
    meeting = roundtable.start()

    async def walk():
        async with reading(roundtable.host, "rapporteur", f"meeting={meeting.id}") as rapporteur:
            await roundtable.enter(rapporteur)
            rapporteur.hold(rapporteur.find("text_area", "What was said"), string_value="The hall was let go.")
            keep = rapporteur.find("button", "Keep the note")
            for _ in range(4):
                await rapporteur.send(keep, trigger_value=True)
            await rapporteur.use(keep, trigger_value=True)

    in_a_loop(walk())
    assert [note.said for note in database.ask(roundtable.engine, notes.notes, meeting.id or 0)] == [
        "The hall was let go."
    ]


def test_a_slide_that_is_taken_out_by_two_presses_takes_no_other_with_it(roundtable: Roundtable):
    def slides() -> list[str]:
        kept = next(kept for kept in keeping.every(roundtable.engine) if kept.code == BRIEFING)
        return [slide.ref for slide in toml_files.read(kept.content, BRIEFING).slides]

    before = slides()

    async def walk():
        async with reading(roundtable.host, "meeting") as editor:
            await roundtable.enter(editor)
            editor.page, editor.query = "briefings", f"briefing={BRIEFING}"
            await editor.run()
            await _press_twice(editor, "Take out")

    in_a_loop(walk())
    assert slides() == before[1:]


def test_a_pane_that_is_asked_for_by_a_key_on_a_slide_that_the_room_has_left_does_not_move_it_back(
    roundtable: Roundtable,
):
    meeting = roundtable.start()
    roundtable.ask(meeting, "one")

    async def walk():
        async with reading(roundtable.host, "speaker", f"meeting={meeting.id}&lead={WINDOW}") as wall:
            await roundtable.enter(wall)
            leading.move(roundtable.engine, meeting.id or 0, PRESENTER, WINDOW, "rank")
            wall.page = "present"
            await wall.run()
            keys = wall.find("bidi_component", "presenter_keys")
            wall.hold(keys, json_value="{}")
            await wall.trigger(keys, "pressed", {"slide": 2, "pane": "question", "seen": 2, "at": 1})
            asked = any(one.label == "Open the question" for one in wall.widgets), roundtable.now(meeting).slide
            await wall.trigger(keys, "pressed", {"slide": 5, "pane": "slide", "seen": 4, "at": 2})
            return asked

    assert in_a_loop(walk()) == (True, "rank")
    assert roundtable.now(meeting).slide == "agree"
