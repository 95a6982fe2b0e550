"""The results of a question as a table of bars, or the short texts that a presenter let through."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from data.filters.wording import number_of, of_total
from data.meeting.results import Option, Results, in_order
from data.presenting.briefing import Question
from data.presenting.question_kinds import Measure

Groups = Mapping[str, Sequence[Option]]
"""What each option got, by the name of a group."""


def written(question: Question, found: Results, heading: str = "h2") -> Markup:
    """Return results as HTML: how many answered, then a table with a bar and numbers an option, or the texts."""
    told = _told(question, found)
    if question.of_kind.in_words:
        body = _texts(found)
    else:
        body = _table(question, found.options) if found.answered else _unanswered(found.options)
    return Markup('<section class="room-results"><{0}>{1}</{0}>{2}</section>').format(Markup(heading), told, body)


def in_groups(question: Question, found: Results, groups: Groups) -> Markup:
    """Return the same with a table for each group by its name, in place of the one of all; headings h3 and h4."""
    tables = Markup("").join(
        Markup("<h4>{}</h4>{}").format(name, _table(question, options)) for name, options in groups.items()
    )
    return Markup('<section class="room-results"><h3>{}</h3>{}</section>').format(_told(question, found), tables)


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


def _texts(found: Results) -> Markup:
    let = [text.said for text in found.texts if text.let_through]
    if not let:
        return Markup("<p>No answer has been let through yet.</p>")
    return Markup('<ul class="said-texts">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(t) for t in let)
    )


def _unanswered(options: Sequence[Option]) -> Markup:
    # Rows of noughts under one another would read as a ranking that nobody has made.
    names = Markup("").join(Markup("<li>{}</li>").format(option.name) for option in options)
    return Markup('<p>Nobody has answered yet.</p><ul class="said-texts">{}</ul>').format(names)


def _table(question: Question, options: Sequence[Option]) -> Markup:
    shown, options = question.of_kind.shown, in_order(question, options)
    most = max((option.number(shown[0]) for option in options), default=0)
    head = Markup('<th scope="col">Option</th><td></td>') + Markup("").join(
        Markup('<th scope="col" class="number">{}</th>').format(measure.name) for measure in shown
    )
    rows = Markup("").join(_row(option, most, shown) for option in options)
    return Markup('<table class="results"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(head, rows)


def _row(option: Option, most: int, shown: Sequence[Measure]) -> Markup:
    share = 100 * option.number(shown[0]) / most if most else 0
    numbers = [option.number(measure) for measure in shown]
    told = Markup("").join(Markup('<td class="number">{}</td>').format(f"{number:,}") for number in numbers)
    return Markup(
        '<tr><th scope="row">{}</th><td aria-hidden="true"><div class="bar" style="width:{}%"></div></td>{}</tr>'
    ).format(option.name, f"{share:.1f}", told)
