"""The slides of a briefing, prepared beside the page, so that to change the slide waits for nothing."""

import threading

from components.slides import slide
from components.store import store
from data.collection.database import DatabaseFault
from data.presenting.briefing import Briefing, Slide

THREAD = "slides_being_prepared"
_begun: set[tuple[object, ...]] = set()
_beginning = threading.Lock()
MOST_BEGUN = 100


def warm(briefing: Briefing, place: int) -> None:
    """Prepare a briefing's slides beside the page, the nearest first, once a data version."""
    asked = (briefing, store.current())
    with _beginning:
        if asked in _begun:
            return
        if len(_begun) > MOST_BEGUN:
            _begun.clear()
        _begun.add(asked)
    order = sorted(range(len(briefing.slides)), key=lambda at: abs(at - place))
    slides = [briefing.slides[at] for at in order]
    threading.Thread(target=_prepare, args=(slides,), name=THREAD, daemon=True).start()


def _prepare(slides: list[Slide]) -> None:
    try:
        with store.beside_the_page():
            for one in slides:
                slide.prepared(one)
    except DatabaseFault:
        return  # the page that shows the slide meets the same fault, and says it
