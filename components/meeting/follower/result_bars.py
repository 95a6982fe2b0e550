"""The results of a question as a table of bars, or the short texts that a presenter let through."""

from collections.abc import Mapping, Sequence
from functools import partial

from markupsafe import Markup

from components.figures import templates
from data.filters.wording import number_of, of_total
from data.meeting.results import Option, Results, in_order
from data.presenting.briefing import Question

Groups = Mapping[str, Sequence[Option]]
"""What each option got, by the name of a group."""
Bar = tuple[str, str, Sequence[str]]
"""An option's name, the length of its bar in hundredths of the longest, and its numbers."""


def written(question: Question, found: Results, heading: str = "h2") -> Markup:
    """Return results as HTML: how many answered, then a table with a bar and numbers an option, or the texts."""
    drawn = partial(templates.drawn, __file__, heading=heading, told=_told(question, found))
    if question.of_kind.in_words:
        let = [text.said for text in found.texts if text.let_through]
        said = "" if let else "No answer has been let through yet."
        return drawn(tables=(), measures=(), said=said, texts=let)
    if not found.answered:
        # Rows of noughts under one another would read as a ranking that nobody has made.
        names = [option.name for option in found.options]
        return drawn(tables=(), measures=(), said="Nobody has answered yet.", texts=names)
    return drawn(tables=[("", _bars(question, found.options))], measures=_measures(question), said="", texts=())


def in_groups(question: Question, found: Results, groups: Groups) -> Markup:
    """Return the same with a table for each group by its name, in place of the one of all; headings h3 and h4."""
    tables = [(name, _bars(question, options)) for name, options in groups.items()]
    return templates.drawn(
        __file__,
        heading="h3",
        told=_told(question, found),
        tables=tables,
        measures=_measures(question),
        said="",
        texts=(),
    )


def how_many(found: Results) -> str:
    """Say how many of those in the room have answered."""
    return f"{of_total(found.answered, max(found.joined, found.answered), 'participant')} answered"


def _told(question: Question, found: Results) -> str:
    told = [how_many(found)]
    if question.of_kind.in_words:
        told.append(f"{number_of(sum(text.let_through for text in found.texts), 'answer')} shown")
    if found.left_out:
        told.append(f"{number_of(found.left_out, 'answer')} left out by the presenter")
    return "; ".join(told)


def _measures(question: Question) -> list[str]:
    return [measure.name for measure in question.of_kind.shown]


def _bars(question: Question, options: Sequence[Option]) -> list[Bar]:
    shown, options = question.of_kind.shown, in_order(question, options)
    most = max((option.number(shown[0]) for option in options), default=0) or 1
    return [
        (option.name, f"{100 * option.number(shown[0]) / most:.1f}", [f"{option.number(one):,}" for one in shown])
        for option in options
    ]
