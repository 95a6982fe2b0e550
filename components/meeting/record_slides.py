"""A meeting's slides as pages of a PowerPoint file: a chart for each panel of a figure, a page for each question."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from components import slide as slides
from components import theme
from components.figures.layout import Spec
from components.figures.presented import MOST_ROWS
from components.slide import Prepared
from data.exporting import meeting_record
from data.exporting.meeting_record import Record, SlideRecord
from data.exporting.slides import Chart, Page, Series
from data.meeting.tables import Note
from data.presenting.briefings import Kind, Question
from data.wording import number_of

BLOCK_END = re.compile(r"</(?:p|li|h\d|div)>")


def pages(record: Record) -> list[Page]:
    """Return a page for the meeting, then one for each slide, each followed by one for what it asked the room."""
    found = [Page(record.meeting.title, (), meeting_record.about(record), "", "")]
    for told in record.slides:
        noted = [note for note in record.notes if note.slide == told.slide.ref]
        found.append(_slide(told, noted))
        if told.slide.question:
            found.append(_question(told, told.slide.question))
    return found


def _slide(told: SlideRecord, noted: Sequence[Note]) -> Page:
    ready = slides.prepared(told.slide)
    drawn = charts(ready.exhibit.figure) if ready.exhibit else ()
    said = "\n".join(f"Noted: {note.said}" + (f" ({note.sector})" if note.sector else "") for note in noted)
    notes = "\n\n".join(filter(None, (told.slide.notes, *told.notes, said)))
    return Page(told.message, drawn, _text(ready, bool(drawn)), " ".join(ready.lines), notes)


def _text(ready: Prepared, drawn: bool) -> str:
    body = "\n".join(filter(None, (Markup(part).striptags() for part in BLOCK_END.split(ready.body))))
    sentence = ready.exhibit.sentence if ready.exhibit and not drawn else ""
    return "\n".join(filter(None, (sentence, body)))


def _question(told: SlideRecord, question: Question) -> Page:
    results = told.results
    source = f"{results.answered:,} of {number_of(results.joined, 'device')} answered."
    if question.kind == Kind.TEXT:
        let = [text.said for text in results.texts if text.let_through]
        kept = len(results.texts) - len(let)
        more = f" {number_of(kept, 'text')} not shown to the room, nor here." if kept else ""
        return Page(question.text, (), "\n".join(let) or "No text was shown to the room.", f"{source}{more}", "")
    ranked = question.kind == Kind.RANK
    values = tuple(float(option.points if ranked else option.chosen) for option in results.options)
    names = tuple(option.name for option in results.options)
    chart = Chart("", names, (Series("Points" if ranked else "Answers", values, theme.ACCENT),))
    counted = " Points: 5 for a first place, 4 for a second, and so on." if ranked else ""
    return Page(question.text, (chart,), "", f"{source}{counted}", "")


def charts(figure: Spec) -> tuple[Chart, ...]:
    """Return the bars of a figure as charts, one a panel, its first rows as on the wall; none for a grid."""
    layout = figure["layout"]
    if layout.get("barmode") == "overlay":
        return ()
    if "categoryarray" not in layout["yaxis"]:
        return (_columns(figure),)
    notes = layout.get("annotations", ())
    names = {note["y"]: _plain(note["text"]) for note in notes if note.get("yref") == "y"}
    titles = {note["xref"]: _plain(note["text"]) for note in notes if note.get("yref") != "y"}
    panels: dict[str, list[Mapping[str, Any]]] = {}
    for trace in figure["data"]:
        panels.setdefault(str(trace.get("xaxis", "x")), []).append(trace)
    return tuple(_bars(traces, names, titles.get(f"{axis} domain", "")) for axis, traces in panels.items())


def _bars(traces: Sequence[Mapping[str, Any]], names: Mapping[str, str], title: str) -> Chart:
    categories = tuple(names.get(code, str(code)) for code in traces[0]["y"][:MOST_ROWS])
    return Chart(title, categories, tuple(_series(trace, trace["x"][:MOST_ROWS]) for trace in traces))


def _columns(figure: Spec) -> Chart:
    traces = figure["data"]
    categories = tuple(str(name) for name in traces[0]["x"])
    return Chart("", categories, tuple(_series(trace, trace["y"]) for trace in traces), upright=True)


def _series(trace: Mapping[str, Any], values: Sequence[float]) -> Series:
    return Series(_plain(trace.get("name") or "Count"), tuple(map(float, values)), trace["marker"]["color"])


def _plain(text: str) -> str:
    """Return the words of a label, whose special signs a figure holds as HTML."""
    return Markup(text.replace("<br>", " ")).striptags()
