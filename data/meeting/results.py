"""What a room answered: counts by option, and by sector or region only where no one can be picked out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from data.meeting.rooms import held, joined
from data.presenting.briefing import Question
from data.presenting.question_kinds import ANSWERS, MEASURES, Measure
from models import Answer, Participant

FEWEST = 5
"""A group of fewer answers is not told apart."""
NOT_SAID = "not said"
OTHERS = "smaller groups together"


class Option(NamedTuple):
    """One option and what it got: a number for each of MEASURES, in their order, 0 where its question has none."""

    code: str
    name: str
    chosen: int
    points: int
    first: int

    def number(self, measure: Measure) -> int:
        """Return what it got by one measure."""
        return int(getattr(self, measure.field))


class Text(NamedTuple):
    """One short text, and whether the room may see it."""

    participant: int
    said: str
    let_through: bool


class Results(NamedTuple):
    """All that was answered to one question: by how many devices of how many, by option, and the texts."""

    answered: int
    joined: int
    options: tuple[Option, ...]
    texts: tuple[Text, ...]
    left_out: int = 0
    """Answers that the presenter left out; they are in no other number here."""


NO_RESULTS = Results(0, 0, (), ())


def results(session: Session, meeting_id: int, slide: str, question: Question, choices: Mapping[str, str]) -> Results:
    """Return the results of a slide's question; options stand in the question's order."""
    rows = _answers(session, meeting_id, slide)
    texts: tuple[Text, ...] = ()
    if question.of_kind.in_words:
        texts = tuple(Text(row.participant_id, row.value[0], row.let_through) for row, _ in rows)
    values = [row.value for row, _ in rows]
    options, aside = counted(question, choices, values), _left_out(session, meeting_id, slide)
    return Results(len(rows), joined(session, meeting_id), options, texts, aside)


def counted(question: Question, choices: Mapping[str, str], values: Sequence[Sequence[str]]) -> tuple[Option, ...]:
    """Return what each option got in these answers."""
    numbers = [measure.count(values) if measure in (ANSWERS, *question.of_kind.shown) else {} for measure in MEASURES]
    return tuple(Option(code, name, *(number.get(code, 0) for number in numbers)) for code, name in choices.items())


def in_order(question: Question, options: Sequence[Option]) -> tuple[Option, ...]:
    """Return options as results list them: a ranking by its points, ties and all else in the question's order."""
    kind = question.of_kind
    return tuple(sorted(options, key=lambda option: -option.number(kind.shown[0])) if kind.by_size else options)


def by_group(
    session: Session, meeting_id: int, slide: str, question: Question, choices: Mapping[str, str], what: str
) -> dict[str, tuple[Option, ...]]:
    """Return the same for each sector or region (`what`), as far as they may be told apart.

    Nothing is while the question takes answers: what changed between two looks would be one person's.
    """
    if held(session, meeting_id).open == slide:
        return {}
    grouped: dict[str, list[list[str]]] = {}
    for row, participant in _answers(session, meeting_id, slide):
        grouped.setdefault(getattr(participant, what) or NOT_SAID, []).append(row.value)
    return {name: counted(question, choices, values) for name, values in told_apart(grouped).items()}


def told_apart(grouped: Mapping[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """Return the groups of at least FEWEST answers by name, and last the rest put together.

    Where the rest is fewer than FEWEST, the smallest group that could stand alone joins it, so that nothing can be had
    by subtraction; where that leaves one group only, nothing is told apart.
    """
    large = {name: values for name, values in sorted(grouped.items()) if len(values) >= FEWEST}
    rest = [value for name, values in grouped.items() if name not in large for value in values]
    while rest and len(rest) < FEWEST and large:
        rest += large.pop(min(large, key=lambda name: len(large[name])))
    apart = large | ({OTHERS: rest} if rest else {})
    return apart if len(apart) > 1 else {}


def _answers(session: Session, meeting_id: int, slide: str) -> list[tuple[Answer, Participant]]:
    query = (
        select(Answer, Participant)
        .join(Participant, col(Participant.id) == col(Answer.participant_id))
        .where(*_given(meeting_id, slide), col(Participant.left_out).is_(None))
        .order_by(col(Answer.at), col(Answer.participant_id))
    )
    return [(row[0], row[1]) for row in session.exec(query)]


def _left_out(session: Session, meeting_id: int, slide: str) -> int:
    query = select(func.count()).join_from(Answer, Participant, col(Participant.id) == col(Answer.participant_id))
    return session.exec(query.where(*_given(meeting_id, slide), col(Participant.left_out).is_not(None))).one()


def _given(meeting_id: int, slide: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Answer.meeting_id) == meeting_id, col(Answer.slide) == slide
