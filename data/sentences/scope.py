"""The scope of a headline in plain words: what of the evidence a sentence is about, said before it."""

from data.collection.codebook import Codebook
from data.facets import EVERY
from data.filters.filter import Filter
from data.filters.wording import ROLE_PHRASES, listed, names_of
from data.sentences.on_regions import where

NAMED_REFS = 3
"""More refs than these are counted and not named."""


def scope(wanted: Filter, codebook: Codebook, subject: str = "") -> str:
    """Return what a headline is about, such as "Libraries, in the North East, in the community strand"; or nothing.

    `subject` stands where the filter names neither theme nor lever.
    """
    about = " with ".join(filter(None, (names_of(wanted, codebook, "theme"), names_of(wanted, codebook, "lever"))))
    parts = [
        about or subject,
        *([listed(ROLE_PHRASES[role] for role in wanted.role)] if wanted.role else []),
        _lower(where(codebook, wanted)),
        *(_in(wanted, codebook, facet.scope, facet.key) for facet in EVERY if facet.scope),
        _published(wanted),
        f"search “{wanted.q}”" if wanted.q else "",
        _findings(wanted),
    ]
    said = ", ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}"


def scoped(sentence: str, wanted: Filter, codebook: Codebook, subject: str = "") -> str:
    """Return a sentence with its scope before it: "In the North East: where applied, 5 of 8 studies ..."."""
    said = scope(wanted, codebook, subject)
    return f"{said}: {_lower(sentence)}" if said else sentence


def _lower(sentence: str) -> str:
    """Return a sentence as it goes on after a colon; UK stays UK."""
    return sentence if sentence[1:2].isupper() else f"{sentence[:1].lower()}{sentence[1:]}"


def _in(wanted: Filter, codebook: Codebook, phrase: str, facet: str) -> str:
    names = names_of(wanted, codebook, facet)
    return phrase.format(_lower(names)) if names else ""


def _published(wanted: Filter) -> str:
    if not wanted.year:
        return ""
    first, last = wanted.year
    return f"published in {first}" if first == last else f"published {first} to {last}"


def _findings(wanted: Filter) -> str:
    refs = wanted.finding
    if len(refs) > NAMED_REFS:
        return f"of {len(refs):,} chosen findings"
    return f"of {'finding' if len(refs) == 1 else 'findings'} {listed(refs, 'and')}" if refs else ""
