"""Thumbnails of the speaker's window: every view drawn small with the numbers of its figure, texts escaped."""

import pytest
from lxml import html

from components.figures.charts import charted
from components.slides import slide as slides
from components.slides import thumbnail
from data.exporting.slide_parts import Chart
from data.presenting.briefing import VIEWS, Question, Slide
from data.presenting.question_kinds import RANK

pytestmark = pytest.mark.usefixtures("shown")
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_drawn_small_with_its_message_and_a_row_for_each_of_its_own(view):
    slide = Slide("a", f"So {HOSTILE}", view, text="More" if view == "text" else "")
    drawn = html.fromstring(str(thumbnail.of_slide(slide)))
    assert drawn.findtext("p[@class='told']") == f"So {HOSTILE}"
    ready = slides.prepared(slide)
    parts = charted.parts(ready.exhibit.figure) if ready.exhibit else ()
    rows = [len(part.categories) if isinstance(part, Chart) else len(part.rows) for part in parts]
    assert [len(panel.xpath("./div[@class='row']")) for panel in drawn.xpath(".//div[@class='panel']")] == rows
    assert bool(drawn.xpath(".//div[@class='map']")) == (view in ("map", "world map"))
    assert drawn.xpath(".//img") == []


def test_bars_are_as_long_as_their_numbers_on_the_scale_of_the_longest():
    figure = slides.prepared(Slide("a", "So", "strands")).exhibit.figure
    counts = [float(number) for number in figure["data"][0]["x"]]
    drawn = html.fromstring(str(thumbnail.of_slide(Slide("a", "So", "strands"))))
    widths = [bar.get("style").split("%")[0] for bar in drawn.xpath(".//div[@class='bar']/i")]
    assert widths == [f"width:{100 * count / max(counts):.1f}" for count in counts]


def test_a_question_is_drawn_small_with_its_options_in_no_order_of_rank():
    drawn = html.fromstring(str(thumbnail.of_question(Question(RANK.name, HOSTILE, ("Libraries", "Pubs")))))
    assert drawn.findtext("p[@class='told']") == HOSTILE
    assert [option.text for option in drawn.xpath(".//ul/li")] == ["Libraries", "Pubs"]
    assert drawn.xpath(".//img | .//ol") == []
