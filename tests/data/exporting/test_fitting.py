"""Text on slides is measured before it is drawn: never narrower than the font that draws it, and cut at a word."""

from pathlib import Path

import pytest
from PIL import ImageFont

from data.exporting import fitting

SAID = "Where policy levers were applied, 112 of 208 studies report strengthening; where withdrawn or lacking, 59 of 85"
DRAWN = Path("/usr/share/fonts/truetype/liberation")


@pytest.mark.parametrize(("bold", "file"), [(False, "LiberationSans-Regular.ttf"), (True, "LiberationSans-Bold.ttf")])
@pytest.mark.parametrize("text", [SAID, "WWWW MMM 1234567890", "illicit little fjord", "▲ strengthened ◄► mixed"])
def test_no_text_is_measured_narrower_than_a_font_as_wide_as_arial_draws_it(text, bold, file):
    if not (DRAWN / file).exists():
        pytest.skip("the font is not installed here")
    drawn = ImageFont.truetype(str(DRAWN / file), 100).getlength(text) / 100
    assert fitting.width(text, 1, bold) >= drawn * 0.985
    assert fitting.width(text, 1, bold) <= drawn * 1.25


def test_text_stands_at_the_largest_size_at_which_it_fits():
    assert fitting.fitted("Short", 400, 100, (30, 20, 10)) == fitting.Fitted("Short", 30, 36.0, False)
    assert fitting.fitted(SAID, 400, 60, (30, 20, 10)).size == 10


def test_text_that_fits_at_no_size_is_cut_at_a_word_and_says_so():
    cut = fitting.fitted("word " * 500, 200, 48, (20, 10))
    assert cut.cut
    assert cut.height <= 48
    assert cut.text.startswith("word word")
    assert cut.text.endswith(f"word{fitting.CUT}")


def test_a_word_longer_than_a_line_and_signs_as_wide_as_high_take_the_lines_they_take():
    assert fitting.lines("x" * 100, 10, 100) >= 5
    assert fitting.lines("漢" * 20, 10, 100) >= 2
    assert fitting.lines("one\n\nthree", 10, 100) == 3
