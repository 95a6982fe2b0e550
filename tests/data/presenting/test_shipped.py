"""The shipped briefings: every message is true of its numbers, reckoned here from the CSV files alone."""

import re

import pytest

from data.filters.wording import region_phrase
from data.presenting import editions, message_notes, messages, toml_files
from data.presenting.briefing import Briefing
from data.presenting.briefing_checks import check, typed_numbers
from tests.data.reckoning import LEVERS, OVERSEAS, ROWS, SIDE_OF_ROLE, THEMES, read, upward, votes, wide

REGIONS = [row["code"] for row in read("codebook/regions.csv") if row["code"].startswith("TL")]
SURE = ("high", "moderate")


def shipped(code: str) -> Briefing:
    path = next(path for path in editions.shipped_files() if path.stem == code)
    return toml_files.read(path.read_text(encoding="utf-8"), code)


EVIDENCE, REGION = shipped("what-the-evidence-says"), shipped("region")


def said(session, codebook, slide) -> messages.Said:
    return messages.said(session, slide.wanted(codebook), codebook, slide)


@pytest.mark.parametrize("briefing", [EVIDENCE, REGION], ids=lambda briefing: briefing.code)
def test_a_shipped_briefing_has_no_fault_and_no_number_typed_by_hand(briefing, codebook):
    assert check(briefing, codebook) == []
    assert {slide.ref: typed_numbers(slide) for slide in briefing.slides if typed_numbers(slide)} == {}


def test_the_main_briefing_has_ten_to_twelve_slides_with_notes_and_questions_of_every_kind():
    assert 10 <= len(EVIDENCE.slides) <= 12
    assert all(slide.notes for slide in EVIDENCE.slides)
    kinds = {slide.question.kind for slide in EVIDENCE.slides if slide.question}
    assert kinds == {"choose several", "short text", "rank", "agree"}


def test_every_claim_holds_and_no_number_has_moved(session, codebook):
    for slide in EVIDENCE.slides:
        assert message_notes.noted(said(session, codebook, slide)) == (), slide.ref


def on_side(side: str, lever: str = "", rows=ROWS) -> list:
    return [
        row
        for row in rows
        if any((not lever or lever in upward(code)) and SIDE_OF_ROLE.get(role) == side for code, role in row.levers)
    ]


def fine_pairs(rows) -> tuple[int, int, int]:
    """Return the pairings of a narrow theme and a narrow lever: how many, with no finding, with none that is sure."""
    held = {(theme, lever): set() for theme in THEMES if "." in theme for lever in LEVERS if "." in lever}
    for row in rows:
        for theme in row.themes:
            for lever, _ in row.levers:
                if (theme, lever) in held:
                    held[theme, lever].add(row.confidence)
    return (
        len(held),
        sum(not found for found in held.values()),
        sum(bool(found) and not found & set(SURE) for found in held.values()),
    )


def test_each_message_says_what_the_files_say(session, codebook):
    definitions = read("codebook/definitions.csv")
    yes = {element: sum(row[element] == "yes" for row in definitions)
           for element in ("physical_places", "public_services", "commercial_third_places")}  # fmt: skip
    low = sum(row.confidence not in SURE for row in ROWS)
    applied, gone = (votes(on_side(side))[3:] for side in ("applied", "withdrawn or lacking"))
    services, lost = (votes(on_side(side, "L6"))[3:] for side in ("applied", "withdrawn or lacking"))
    home = votes(on_side("applied", rows=[row for row in ROWS if "UK" in wide(row.regions)]))[3:]
    abroad = votes(on_side("applied", rows=[row for row in ROWS if row.regions & OVERSEAS]))[3:]
    transfer = votes(on_side("applied", "L2.1"))[3:]
    pairs, empty, unsure = fine_pairs(ROWS)
    communities = [row for row in ROWS if row.strand == "community"]
    told = sorted(
        ((len({row.study for row in communities if theme in row.themes}), codebook.name("theme", theme))
         for theme in THEMES if "." in theme), reverse=True,
    )[:3]  # fmt: skip
    expected = {
        "what-is-here": f"What is here: {len(ROWS)} findings from {len({row.source for row in ROWS})} sources, "
        f"reporting {len({row.study for row in ROWS})} separate studies",
        "definitions": f"{yes['physical_places']} of {len(definitions)} definitions count in physical places, "
        f"{yes['public_services']} public services, {yes['commercial_third_places']} the pubs, cafés and shops "
        "where people meet",
        "how-sure": f"How sure: {low} of {len(ROWS)} findings are of low or very low confidence",
        "communities": f"Communities speak most of {told[0][1]} ({told[0][0]} studies), {told[1][1]} ({told[1][0]}) "
        f"and {told[2][1]} ({told[2][0]})",
        "both-sides": f"Where policy levers were applied, {applied[0]} of {sum(applied)} studies report strengthening; "
        f"where withdrawn or lacking, {gone[1]} of {sum(gone)} report impeding",
        "services": "Public services that host social infrastructure: where withdrawn or lacking, "
        f"{lost[1]} of {sum(lost)} studies report impeding; where applied, {services[0]} of {sum(services)} report "
        "strengthening",
        "uk-overseas": f"Where levers were applied, {home[0]} of {sum(home)} studies about the UK report "
        f"strengthening, and {abroad[0]} of {sum(abroad)} about other countries",
        "asset-transfer": f"Community asset transfer: where applied, {transfer[0]} of {sum(transfer)} studies report "
        f"strengthening, {transfer[1]} impeding and {transfer[2]} a mix",
        "gaps": f"Of {pairs} pairings of a narrow theme with a narrow lever, {empty} hold no finding, and {unsure} "
        "more hold none of high or moderate confidence",
    }
    messages_now = {slide.ref: said(session, codebook, slide).message for slide in EVIDENCE.slides}
    assert {ref: messages_now[ref] for ref in expected} == expected
    assert set(messages_now) - set(expected) == {"in-its-words", "limits", "for-the-room"}
    proposed = sum(any(role == "proposed" for _, role in row.levers) for row in ROWS)
    last = next(slide for slide in EVIDENCE.slides if slide.ref == "for-the-room")
    assert said(session, codebook, last).text.startswith(f"The collection holds {proposed} findings that only propose")


@pytest.mark.parametrize("region", REGIONS)
def test_the_region_briefing_is_true_of_every_region(session, codebook, region):
    rows = [row for row in ROWS if region in wide(row.regions)]
    studies = len({row.study for row in rows})
    place = region_phrase(codebook, region)
    up, down, mixed = votes(rows)[3:]
    told = {slide.ref: said(session, codebook, slide) for slide in REGION.about(region).slides}
    assert {ref: one for ref, one in told.items() if not one.holds or "{" in one.message} == {}
    assert re.match(rf"About {place}: {len(rows)} findings? from {len({r.source for r in rows})} sources?, reporting "
                    rf"{studies} separate stud(y|ies)$", told["what-is-here"].message)  # fmt: skip
    assert re.match(rf"In {place}, {up} stud(y reports|ies report) strengthening, {down} impeding and {mixed} a mix$",
                    told["votes"].message)  # fmt: skip
    most = max(len({row.study for row in rows if theme in row.themes}) for theme in THEMES if "." in theme)
    assert told["themes"].message.endswith(f": {most} of {studies}")
    sure = sum(row.confidence in SURE for row in rows)
    assert re.match(rf"{sure} findings? about {place} (is|are) of high or moderate", told["surest"].message)
    pairs, empty, _ = fine_pairs(rows)
    assert told["gaps"].message == (
        f"About {place}, {empty} of {pairs} pairings of a narrow theme with a narrow lever hold no finding"
    )


def test_there_are_twelve_regions():
    assert len(REGIONS) == 12
