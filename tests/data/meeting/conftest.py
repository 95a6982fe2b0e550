"""A meeting under way on a briefing that asks each kind of question, and who is there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.codebook import Codebook
from data.meeting import answers, arrivals, leading, leaving_out, results, rooms
from data.presenting.briefing import Briefing, Question, Slide
from data.presenting.question_kinds import AGREE, ONE, RANK, SEVERAL, TEXT
from models import Meeting

PRESENTER = Visitor("Presenter", Standing.EDITOR)
WINDOW = "window-of-the-presenter"
QUESTIONS = {
    "opening": None,
    "one": Question(ONE.name, "Which matters most?", ("Libraries", "Pubs", "Parks")),
    "several": Question(SEVERAL.name, "Which do you use?", ("Libraries", "Pubs", "Parks")),
    "rank": Question(RANK.name, "Rank them.", ("a", "b", "c", "d", "e", "f")),
    "agree": Question(AGREE.name, "Is it enough?"),
    "said": Question(TEXT.name, "What is missing?"),
}
BRIEFING = Briefing(
    "asks-all",
    "Asks all",
    tuple(Slide(ref, f"About {ref}", "text", text="-", question=q) for ref, q in QUESTIONS.items()),
)


def device(number: int) -> str:
    """Return the key of one of the room's devices."""
    return f"device-{number:04}"


@dataclass
class Room:
    """A meeting under way, with the moves of its presenter and its followers as tests say them."""

    engine: Engine
    number: int
    codebook: Codebook

    @property
    def now(self) -> Meeting:
        """Return the meeting as the database holds it."""
        with database.asking(self.engine) as session:
            return rooms.held(session, self.number)

    def lead(self, move: Callable[..., None], *arguments: object) -> None:
        """Do one of the presenter's moves from the window that leads."""
        move(self.engine, self.number, PRESENTER, WINDOW, *arguments)

    def ask(self, slide: str) -> None:
        """Move the room to a slide and open its question."""
        self.lead(leading.move, slide)
        self.lead(leading.open_question, True)

    def answer(self, number: int, *value: str, slide: str = "", address: str | None = None) -> None:
        """Answer the question of the room's slide, or of another, from a device at an address."""
        slide = slide or self.now.slide
        answers.answer(self.engine, self.number, device(number), slide, value, self.codebook, address)

    def arrivals(self, slide: str) -> arrivals.Arrivals:
        """Return where the answers to a slide's question came from."""
        return database.ask(self.engine, arrivals.arrivals, self.number, slide)

    def leave_out_address(self, letter: str, on: bool = True) -> None:
        """Leave out the address of this letter from the window that leads, or take it in again."""
        [origin] = [one.origin for one in self.arrivals(self.now.slide).addresses if one.letter == letter]
        self.lead(leaving_out.leave_out_address, origin, on)

    def leave_out(self, number: int, on: bool = True) -> None:
        """Leave out one device, or take it in again."""
        with database.asking(self.engine) as session:
            participant = rooms.participant(session, self.number, device(number)).id
        self.lead(leaving_out.leave_out, participant, on)

    def given(self, slide: str) -> list[list[str]]:
        """Return every answer that is kept to a slide's question, in the order of devices."""
        with database.asking(self.engine) as session:
            rows = results._answers(session, self.number, slide)
            return [row.value for row, _ in sorted(rows, key=lambda pair: pair[1].id or 0)]

    def results(self, slide: str) -> results.Results:
        """Return the results of a slide's question."""
        question, choices = _question(slide)
        return database.ask(self.engine, results.results, self.number, slide, question, choices)

    def by_group(self, slide: str, what: str) -> dict[str, dict[str, int]]:
        """Return how many chose each option, by sector or region."""
        question, choices = _question(slide)
        found = database.ask(self.engine, results.by_group, self.number, slide, question, choices, what)
        return {name: {option.code: option.chosen for option in options} for name, options in found.items()}

    def introduce(self, numbers: Sequence[int], sector: str, region: str = "") -> None:
        """Say the sector and region of some devices."""
        for number in numbers:
            rooms.introduce(self.engine, self.number, device(number), sector, region, self.codebook)


def _question(slide: str) -> tuple[Question, dict[str, str]]:
    question = QUESTIONS[slide]
    assert question
    options = question.options or ("1", "2", "3", "4", "5") * (question.kind == AGREE.name)
    return question, {option: option for option in options}


@pytest.fixture
def room(writable: Engine, codebook: Codebook) -> Room:
    """Return a meeting under way, before its first slide, led from the presenter's window."""
    meeting = rooms.start(writable, BRIEFING, "", PRESENTER)
    room = Room(writable, meeting.id or 0, codebook)
    room.lead(leading.take)
    return room
