"""The PowerPoint downloads: of the page that is on screen, and of a briefing, each made only when it is asked for."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.frame import downloads
from components.slides import deck, page_slides
from components.store import made_files, store
from data.collection import clock
from data.exporting import file_names
from data.exporting.slides import Page
from data.filters.filter import Filter
from data.filters.wording import in_words
from data.presenting.briefing import Briefing
from data.queries.spread import home_parts

TOLD = (
    "A slide for each figure of this view, as charts and tables that can be edited, with its filter and data version."
)
OF_BRIEFING = "Its slides as charts and tables that can be edited, with notes and questions; numbers as of today."


def of_page(
    script: str, page: str, wanted: Filter, opened_by: tuple[str, Sequence[str]], more: Callable[[], Sequence[Page]]
) -> None:
    """Draw the download of a page's views as slides, opened by its answer and what it says of that.

    `more` makes slides of what the page shows besides the views of a briefing.
    """
    answer, said = opened_by
    slides, access = page_slides.of_page(script, wanted), store.sight().access
    offer = downloads.offered(deck.POWERPOINT)
    made_files.button(
        "Download slides",
        lambda: offer.contents(page),
        file_name(page, in_words(wanted, store.codebook())),
        deck.POWERPOINT,
        key=f"slides_{page}",
        width="stretch",
        help=TOLD,
    )
    offer.put(page, lambda: deck.of_page(page, answer, said, slides, access, more))


@store.beside_the_page()
def of_briefing(briefing: Briefing) -> None:
    """Draw the download of a briefing as slides; where it leaves its region open, that is chosen first."""
    if not briefing.parameter:
        _of_briefing(briefing, "")
        return
    with st.popover("Download slides", type="tertiary", icon=":material/download:"):
        words = store.codebook()
        region: str = st.selectbox("Region or nation", home_parts(words), key=f"slides_region_{briefing.code}",
                                   format_func=lambda code: words.name("region", code))  # fmt: skip
        _of_briefing(briefing, region)


def _of_briefing(briefing: Briefing, region: str) -> None:
    made_files.button(
        "Download slides", lambda: deck.of_briefing(briefing, region),
        file_name(briefing.title, region and store.codebook().name("region", region)), deck.POWERPOINT,
        key=f"slides_{briefing.code}", icon=":material/download:", type="tertiary", help=OF_BRIEFING,
    )  # fmt: skip


def file_name(what: str, of: str) -> str:
    """Return a name that says what the file is, of which filter or region, and the day in the room."""
    return f"{'-'.join(map(file_names.plain, filter(None, (what, of))))}-slides-{clock.today()}.pptx"
