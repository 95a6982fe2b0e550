"""Messages: places filled from live numbers, whether they hold, and which numbers moved since they were written."""

from datetime import date

import pytest

from data.filters.filter import Filter
from data.presenting import message_notes, messages
from data.presenting.briefing import Slide, WrittenFor
from data.presenting.messages import MessageFault, Moved


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{findings:finding} from {sources:source}", "1 finding from 1,204 sources"),
        ("{sources} {findings:is|are} {{so}}", "1,204 is {so}"),
        ("{sources:one|many} of {place}", "many of Wales"),
    ],
)
def test_places_are_filled_with_numbers_nouns_and_names(template, said):
    assert messages.fill(template, {"findings": 1, "sources": 1204, "place": "Wales"}) == said


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{findings", "its braces do not match"),
        ("{}", 'no number called ""'),
        ("{finding}", 'no number called "finding"'),
        ("{findings.__class__}", "no number called"),
        ("{findings!r}", "and nothing else"),
        ("{findings:{sources}}", "and nothing else"),
    ],
)
def test_what_cannot_be_filled_is_refused_in_words(template, told):
    with pytest.raises(MessageFault, match=told):
        messages.places(template)


def test_a_message_says_the_numbers_of_its_filter(session, codebook, csv_findings):
    north_east = [row for row in csv_findings if "TLC" in row["regions"].split(";")]
    slide = Slide("a", "{findings:finding} about {place}", "text")
    said = messages.said(session, Filter(region=("TLC",)), codebook, slide)
    assert (said.message, said.holds, said.moved) == (f"{len(north_east)} findings about the North East", True, ())


def test_a_claim_that_the_evidence_does_not_bear_out_is_noted(session, codebook):
    slide = Slide("a", "There is a great deal", "text", holds="findings > 1000000")
    said = messages.said(session, Filter(), codebook, slide)
    assert not said.holds
    assert message_notes.noted(said) == (
        "The evidence no longer bears this message out: read the numbers below, not the words above.",
    )


def test_numbers_that_moved_are_told_with_what_they_were_and_since_when(session, codebook, csv_findings):
    total = len(csv_findings)
    kept = WrittenFor("of another version", date(2026, 1, 31), (("findings", total - 3), ("applied.voting", 208)))
    said = messages.said(session, Filter(), codebook, Slide("a", "{findings}", "text", written_for=kept))
    assert said.moved == (Moved("findings", total - 3, total),)
    assert message_notes.noted(said) == (
        f"Numbers have moved since this message was written on 31 January 2026: findings {total - 3} → {total}.",
    )


def test_another_data_version_with_the_same_numbers_brings_no_note(session, codebook, csv_findings):
    kept = WrittenFor("of another version", date(2026, 1, 31), (("findings", len(csv_findings)),))
    said = messages.said(session, Filter(), codebook, Slide("a", "{findings}", "text", written_for=kept))
    assert message_notes.noted(said) == ()


def test_what_is_kept_with_a_message_is_every_number_it_used_and_the_counts(session, codebook):
    slide = Slide("a", "{applied.strengthened} in {place}", "text", holds="gone.impeded > 1")
    values = messages.values_of(session, Filter(), codebook, slide)
    kept = messages.written_for(values, "digest", date(2026, 1, 31))
    names = ["applied.strengthened", "findings", "gone.impeded", "sources", "studies"]
    assert [name for name, _ in kept.numbers] == names


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("UK.gone.impeded", "studies impeded where withdrawn or lacking in the UK"),
        ("voting", "studies with a vote"),
        ("unsure", "findings of low or very low confidence"),
        ("theme.1.studies", "theme 1 studies"),
    ],
)
def test_a_number_is_named_in_words(name, words):
    assert message_notes.described(name) == words
