"""Changes to a briefing, each a new briefing: slides put, moved, copied and taken out; a name for a new one."""

import re
from collections.abc import Collection
from dataclasses import replace
from unicodedata import normalize

from data.presenting.briefing import Briefing, Slide, free_ref
from data.presenting.briefing_checks import LONGEST


def put(briefing: Briefing, slide: Slide) -> Briefing:
    """Return the briefing with this slide in place of the one of its ref, or at the end where there is none."""
    if briefing.slide(slide.ref) is None:
        return replace(briefing, slides=(*briefing.slides, slide))
    return replace(briefing, slides=tuple(slide if old.ref == slide.ref else old for old in briefing.slides))


def moved(briefing: Briefing, ref: str, by: int) -> Briefing:
    """Return the briefing with a slide moved down by so many places, up where negative, no further than the ends."""
    place = briefing.place_of(ref) - 1
    slides = list(briefing.slides)
    slide = slides.pop(place)
    slides.insert(max(place + by, 0), slide)
    return replace(briefing, slides=tuple(slides))


def without(briefing: Briefing, ref: str) -> Briefing:
    """Return the briefing without a slide."""
    return replace(briefing, slides=tuple(slide for slide in briefing.slides if slide.ref != ref))


def doubled(briefing: Briefing, ref: str) -> Briefing:
    """Return the briefing with a copy of a slide after it, under a ref of its own."""
    slides: list[Slide] = []
    for slide in briefing.slides:
        slides.append(slide)
        if slide.ref == ref:
            slides.append(replace(slide, ref=free_ref(briefing.slides)))
    return replace(briefing, slides=tuple(slides))


def code_for(title: str, taken: Collection[str]) -> str:
    """Return a code for a briefing of this title that no other has."""
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST["ref"] - 4].strip("-") or "briefing"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code
