"""Answers: one a device and question, changeable until the question is closed; whatever is sent is checked here."""

from collections.abc import Sequence
from unicodedata import bidirectional, category

from sqlalchemy import Engine

from data.collection.codebook import Codebook
from data.meeting.meeting_fault import need
from data.meeting.rooms import held, participant, slide_of
from data.presenting.briefing import Question
from data.safekeeping import own_file
from models import Answer, now

LONGEST_TEXT = 500
"""Characters of a short text."""
KEPT_CONTROLS = "\n"
TURNS_TEXT_ROUND = ("LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI")
"""Characters that turn the reading direction of what stands around them: they would rearrange a wall of answers."""


def answer(
    engine: Engine, meeting_id: int, key: str, slide: str, value: Sequence[str], codebook: Codebook,
    address: str | None = None,
) -> list[str]:  # fmt: skip
    """Keep a device's answer to the question that is open, in place of one it gave before; an empty one takes it back.

    Return it as it is kept, empty where there is none now; of a device that is left out it is kept and does not count.
    Where it comes from is noted where that is told. Raises MeetingFault where the question is not open, or the
    value is none that may be answered.
    """
    with own_file.ask_and_write(engine) as session:
        mine = participant(session, meeting_id, key, address)
        meeting = held(session, meeting_id)
        need(bool(slide) and meeting.open == slide, "This question is closed; answers count no more.")
        question = slide_of(meeting).question
        need(question is not None, "This slide asks no question.")
        given = checked(question, value, question.choices(codebook)) if question else []
        kept = session.get(Answer, (mine.id, slide))
        if given == (kept.value if kept else []):
            return given
        if not given:
            session.delete(kept)
        else:
            kept = kept or Answer(participant_id=mine.id or 0, slide=slide, meeting_id=meeting_id, value=[])
            kept.value, kept.at, kept.let_through = given, now(), False
            session.add(kept)
        # What the room sees of it now is not what it saw: other counts, or a text that must be let through again.
        meeting.revision += meeting.shown == slide and mine.left_out is None
        return given


def checked(question: Question, value: Sequence[str], choices: dict[str, str]) -> list[str]:
    """Return an answer as it is kept, or raise MeetingFault with what is wrong and what would be right."""
    if question.of_kind.in_words:
        need(len(value) <= 1, "Give one text.")
        return [text] if (text := _text(value[0] if value else "")) else []
    given = list(dict.fromkeys(value))
    unknown = [code for code in given if code not in choices]
    need(not unknown, "That is not one of the answers to this question; choose from the list.")
    most = question.of_kind.most or len(choices)
    need(len(given) <= most, f"Choose at most {most}.")
    return given


def _text(text: str) -> str:
    need(len(text) <= LONGEST_TEXT, f"That is {len(text):,} characters; {LONGEST_TEXT} at most are taken.")
    said = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    need(not any(map(strange, said)), "There are characters in it that are no text; write it without them.")
    return said.strip()


def strange(letter: str) -> bool:
    """Tell whether a character is no text: a control, half a character, or one that turns the text after it round."""
    no_text = category(letter) in ("Cc", "Cs", "Co") and letter not in KEPT_CONTROLS
    return no_text or bidirectional(letter) in TURNS_TEXT_ROUND
