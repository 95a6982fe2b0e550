"""A meeting's slides as pages of a PowerPoint file: each slide, and after it what the room answered to its question."""

from collections.abc import Sequence

from components.slides import deck
from data import palette
from data.exporting import meeting_record
from data.exporting.meeting_record import Record, SlideRecord
from data.exporting.slide_parts import Chart, Series
from data.exporting.slides import Page
from data.filters.wording import number_of
from data.meeting.results import in_order
from data.presenting.briefing import Question
from models import Note

UNANSWERED = "Nobody answered this question in the room."


def pages(record: Record) -> list[Page]:
    """Return a page for the meeting, then one for each slide, each followed by one for what it asked the room."""
    place = f"{record.meeting.place}\n" if record.meeting.place else ""
    found = [Page(record.meeting.title, (), f"{place}{meeting_record.about(record)}", "", "", opening=True)]
    for told in record.slides:
        noted = [note for note in record.notes if note.slide == told.slide.ref]
        found.append(deck.page(told.slide, told.message, (*told.notes, _noted(noted))))
        if told.slide.question:
            found.append(_question(told, told.slide.question))
    return found


def _noted(noted: Sequence[Note]) -> str:
    return "\n".join(f"Noted: {note.said}" + (f" ({note.sector})" if note.sector else "") for note in noted)


def _question(told: SlideRecord, question: Question) -> Page:
    results = told.results
    source = f"{results.answered:,} of {number_of(results.joined, 'device')} answered."
    if results.left_out:
        source += f" {number_of(results.left_out, 'answer')} left out by the presenter."
    if not results.answered:
        options = "\n".join(option.name for option in results.options)
        return Page(question.text, (), "\n".join(filter(None, (UNANSWERED, options))), source, "")
    if question.of_kind.in_words:
        let = [text.said for text in results.texts if text.let_through]
        kept = len(results.texts) - len(let)
        more = f" {number_of(kept, 'text')} not shown to the room, nor here." if kept else ""
        return Page(question.text, (), "\n".join(let) or "No text was shown to the room.", f"{source}{more}", "")
    measure, options_of = question.of_kind.shown[0], in_order(question, results.options)
    values = tuple(float(option.number(measure)) for option in options_of)
    names = tuple(option.name for option in options_of)
    chart = Chart("", names, (Series(measure.name, values, palette.ACCENT),))
    return Page(question.text, (chart,), "", " ".join(filter(None, (source, measure.told))), "")
