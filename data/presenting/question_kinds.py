"""The kinds of question that a room can be asked: all that tells one kind from another stands in its row.

A new kind is a row of KINDS. One that is answered in a way of its own has its control in components/meeting/follower/
templates/answer_form.html, and one that is counted in a way of its own has its number in data/meeting/results.py.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

MOST_RANKED = 5
Values = Sequence[Sequence[str]]
"""What each device answered: the codes of options, or one text."""


class Control(StrEnum):
    """With what a device answers; each is drawn in the follower's form."""

    RADIO = "radio"
    TICKS = "checkbox"
    PLACES = "select"
    WORDS = "textarea"


@dataclass(frozen=True)
class Measure:
    """A number that an option gets from what a room answered; `field` is where an Option of results has it."""

    name: str
    field: str
    about: str
    count: Callable[[Values], Mapping[str, int]]
    told: str = ""
    """How it is counted, where its name does not say that."""


def _points(values: Values) -> Counter[str]:
    """Return a Borda count: a first place is worth MOST_RANKED points, the next one less, and so on."""
    points: Counter[str] = Counter()
    for value in values:
        points.update({code: MOST_RANKED - place for place, code in enumerate(value)})
    return points


ANSWERS = Measure(
    "Answers", "chosen", "devices that chose it", lambda values: Counter(code for value in values for code in value)
)
POINTS = Measure(
    "Points", "points", f"of a ranking, {MOST_RANKED} for a first place", _points,
    f"Points: {MOST_RANKED} for a first place, {MOST_RANKED - 1} for a second, and so on.",
)  # fmt: skip
FIRST = Measure("First", "first", "devices that put it first", lambda values: Counter(value[0] for value in values))
MEASURES = (ANSWERS, POINTS, FIRST)
"""Every number of an option, in the order in which results and files list them; all options have the first."""


@dataclass(frozen=True)
class QuestionKind:
    """How a room answers a question, and how its answers are counted.

    `hint` is how the room is told to answer; `notice`, what a device is told in its place; `most`, how many options an
    answer may hold, 0 for all there are; `scale`, the fixed answers from 1 on; `shown`, the numbers of results, the
    first of which is drawn as bars.
    """

    name: str
    hint: str
    control: Control
    shown: tuple[Measure, ...] = (ANSWERS,)
    most: int = 1
    takes_options: bool = True
    scale: tuple[str, ...] = ()
    by_size: bool = False
    """Whether results list what got most first, in place of the question's order."""
    notice: str = ""

    @property
    def in_words(self) -> bool:
        """Tell whether a text is given, which nobody counts and which the presenter reads before the room does."""
        return self.control == Control.WORDS

    @property
    def steps(self) -> dict[str, str]:
        """Return the fixed answers by the code under which each is counted."""
        return {str(number): name for number, name in enumerate(self.scale, start=1)}

    @property
    def device_hint(self) -> str:
        """Return what is to be known before one answers; a choice of one among a few says itself how it is made."""
        return self.notice or ("" if self.control == Control.RADIO else self.hint)

    def named(self, choices: Mapping[str, str]) -> dict[str, str]:
        """Return what each choice is called where it is listed: a step of a scale with its number."""
        return {code: f"{code}: {name}" if self.scale else name for code, name in choices.items()}


ONE = QuestionKind("choose one", "Choose one.", Control.RADIO)
SEVERAL = QuestionKind("choose several", "Choose all that apply.", Control.TICKS, most=0)
RANK = QuestionKind(
    "rank", f"Rank up to {MOST_RANKED}, the first counts most.", Control.PLACES, (POINTS, FIRST), MOST_RANKED,
    by_size=True,
)  # fmt: skip
AGREE = QuestionKind(
    "agree", "How far do you agree, from 1 to 5?", Control.RADIO, takes_options=False,
    scale=("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"),
)  # fmt: skip
TEXT = QuestionKind(
    "short text", "Answer in a few words.", Control.WORDS, (), takes_options=False,
    notice="The presenter reads it first, and may show it to the room.",
)  # fmt: skip
KINDS: Mapping[str, QuestionKind] = MappingProxyType({kind.name: kind for kind in (ONE, SEVERAL, RANK, AGREE, TEXT)})
"""Every kind by the name that a briefing's file writes, in the order in which an editor is offered them."""
