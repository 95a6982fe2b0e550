"""A file of slides is named as a workbook is: what of, its filter, and the day in the room."""

from datetime import date

import pytest

from components.slides import slide_downloads
from data.collection import clock


@pytest.mark.parametrize(
    ("what", "of", "name"),
    [
        ("Policy levers", "All findings, in the North East", "policy-levers-all-findings-in-the-north-east-slides-"),
        ("Social infrastructure: what the evidence says", "", "social-infrastructure-what-the-evidence-says-slides-"),
    ],
)
def test_a_file_of_slides_says_what_it_is_of_with_its_filter_and_the_rooms_day(monkeypatch, what, of, name):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 2))
    assert slide_downloads.file_name(what, of) == f"{name}2026-03-02.pptx"
