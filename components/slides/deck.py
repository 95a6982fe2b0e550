"""Slides as a file of their own: those of a briefing, of a meeting, or of the view that is on screen."""

import io
import re
from collections.abc import Callable, Sequence

from markupsafe import Markup

from components.figures import theme
from components.figures.charts import charted
from components.slides import slide as slides
from components.store import store
from components.store.file_queue import FILES
from data.collection import clock
from data.exporting import slides as deck
from data.exporting.slides import Page
from data.presenting.briefing import Briefing, Question, Slide
from data.sentences.scope import scoped
from models import Access

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
BLOCK_END = re.compile(r"</(?:p|li|h\d|div)>")
WAY = re.compile(r'<a href="method"[^>]*>[^<]*</a>')
DIRECTION = re.compile(r'(class="direction"[^>]*>[^<]*)</span>')
BULLET = "• "
APART = "\f"
"""Stands before each card while they are parted; no text of the collection holds it."""
SAID = ("levers", "place themes", "gap map", "definitions")
"""Views whose message says more than the title of their figure, which stands beneath a page's answer."""
OF_ALL = ("definitions", "limits")
"""Views whose message is of the whole, or names no number."""
PLACED = ("levers", "map", "world map", "regions", "countries", "two regions", "place themes")
"""Views that set the chosen regions aside, or whose message names them."""
Making = Callable[[], Sequence[Page]]
NO_ANSWERS = "For the room to answer; no answers stand in this file."


def page(slide: Slide, message: str = "", notes: Sequence[str] = ()) -> Page:
    """Return a slide as a page: its message, its figure or text, what it rests on, and its notes."""
    ready = slides.prepared(slide)
    drawn = charted.parts(ready.exhibit.figure) if ready.exhibit else ()
    body = _text(str(ready.body))
    source = " ".join(filter(None, map(slides.without_screen, ready.lines)))
    return Page(message or ready.said.message, drawn, body, source, "\n\n".join(filter(None, (slide.notes, *notes))))


def _text(body: str) -> str:
    """Return the words of a slide's body, a line a paragraph, cards apart, without the way to another page."""
    cards = (
        DIRECTION.sub(r"\1: </span>", WAY.sub("", body).replace("<li>", f"<li>{BULLET}"))
        .replace("<article", f"{APART}<article")
        .split(APART)
    )
    written = ["\n".join(filter(None, (Markup(part).striptags() for part in BLOCK_END.split(card)))) for card in cards]
    return "\n\n".join(filter(None, written))


def headline(slide: Slide) -> str:
    """Return what a view's slide says in a file of its own page: the title of its figure there, with its scope."""
    ready = slides.prepared(slide)
    own = ready.exhibit.title.rstrip(".") if ready.exhibit and slide.view not in SAID else ready.said.message
    if slide.view in OF_ALL:
        return own
    told = ("role",) if slide.view in ("levers", "lever places") else ()
    apart = ("region",) if slide.view in PLACED else ()
    return scoped(own, ready.wanted.without(*told, *apart), store.codebook())


def question_page(question: Question) -> Page:
    """Return a question as a page of its own, with what may be answered."""
    choices = question.choices(store.codebook())
    named = question.of_kind.named(choices).values()
    return Page(question.text, (), "\n".join((question.of_kind.hint, "", *named)).strip(), NO_ANSWERS, "")


def of_briefing(briefing: Briefing, region: str = "") -> bytes:
    """Return a briefing as a file of slides, with numbers as anyone may see them, each question after its slide."""
    with FILES.turn(), store.beside_the_page():
        shown = briefing.about(region)
        place = store.codebook().name("region", region) if region and briefing.parameter else ""
        pages = [_first(briefing.title, place)]
        for slide in shown.slides:
            pages.append(page(slide))
            if slide.question:
                pages.append(question_page(slide.question))
        return written(pages, " · ".join(filter(None, (briefing.title, place))))


def of_page(
    page_name: str, answer: str, said: Sequence[str], shown: Sequence[Slide], access: Access, more: Making = tuple
) -> bytes:
    """Return the views of a page as a file of slides, opened by its answer, with what `access` allows to see.

    `more` makes slides of what the page shows besides, which stand before the views.
    """
    with FILES.turn(), store.beside_the_page(access):
        title = f"{theme.NAME}: {page_name}"
        pages = [Page(answer, (), "\n\n".join(said), _made(), "", opening=True), *more()]
        pages += [page(slide, headline(slide)) for slide in shown]
        return written(pages, title)


def _first(title: str, place: str) -> Page:
    return Page(title, (), place, _made(), "", opening=True)


def _made() -> str:
    return f"Made on {clock.today():%-d %B %Y}. Data version {store.current()}."


def written(pages: Sequence[Page], title: str) -> bytes:
    """Return pages as a PowerPoint file."""
    out = io.BytesIO()
    deck.write(pages, title, out)
    return out.getvalue()
