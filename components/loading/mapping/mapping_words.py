"""Their words, each with what it means here, how that was found, and an example of its use."""

from collections.abc import Mapping as Held
from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.loading import long_work
from components.loading.draft import ImportDraft, current
from components.loading.mapping import mapping_parts
from data.collection.codebook import Codebook
from data.filters.wording import number_of
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.field_names import named
from data.importing.mapping.fields import NOT_OURS
from data.importing.mapping.mapping import Targets
from data.importing.mapping.new_codes import extended
from data.importing.mapping.suggesting.proposal import PLAIN, bare_levers
from data.importing.mapping.suggesting.word_suggestions import WordRow, words
from data.importing.mapping.targets import Target, choices
from data.importing.readers.raw import RawFile

OF_WORD = "word_"
"""How the keys of the lists of single words begin."""
OF_FILES = "method"
"""The field whose words are the files' own, and are taken as they are."""


@dataclass(frozen=True)
class Meant:
    """The mapping with what the words mean, how many mean nothing yet, and whether one is a lever without its role."""

    mapping: Mapping
    open: int = 0
    bare_levers: bool = False


def edited(draft: ImportDraft, mapping: Mapping, files: Sequence[RawFile], codebook: Codebook) -> Meant:
    """Draw the words with what each means; return that.

    What is suggested counts as decided by who goes on from it.
    """
    of = (tuple(map(id, files)), as_toml(Mapping("", columns=mapping.columns)))
    if draft.words_of != of:
        draft.words_of, draft.base_words = of, draft.own_words
    start = replace(mapping, words=draft.base_words)
    found = long_work.done("words", (of, as_toml(Mapping("", words=start.words))), "Looking at the words",
                      lambda _: [row for file in files for row in words(file, start, codebook)])  # fmt: skip
    if long_work.failed("words", found):
        st.stop()
    rows: list[WordRow] = list({(row.field, row.word): row for row in found.value}.values())
    decided = replace(mapping, words=draft.own_words)
    if not rows:
        return Meant(decided)
    rows.sort(key=lambda row: (not row.guess, bool(row.targets) or row.decided or row.field == OF_FILES))
    _introduce(rows)
    guesses = {(row.field, row.word): row.targets for row in rows if row.guess}
    taken = sum(_meaning(draft, decided, row) == row.targets for row in rows if row.guess)
    mapping_parts.offer_guesses("words", len(guesses), taken, _take_guesses, guesses)
    labels = {NOT_OURS: "Not ours", **choices(extended(codebook, mapping.additions))}
    for row in mapping_parts.part(rows, "words", "word", lambda row: row.word):
        _ask(row, _meaning(draft, decided, row), labels, hash(found.of))
    meant = {(row.field, row.word): _meaning(draft, decided, row) for row in rows}
    suggested = [(row.field, row.word, row.targets) for row in rows
                 if not row.decided and row.targets and row.how not in PLAIN
                 and meant[row.field, row.word] == row.targets]  # fmt: skip
    open_ones = sum(targets is None and name != OF_FILES for (name, _), targets in meant.items())
    bare = bare_levers((row.uses, meant[row.field, row.word]) for row in rows)
    return Meant(decided.with_words(suggested), open_ones, bare)


def _take_guesses(taken: bool, guesses: Held[tuple[str, str], Targets]) -> None:
    """Take all guesses, or leave their words open."""
    draft = current()
    meant = [(field, word, targets if taken else None) for (field, word), targets in guesses.items()]
    draft.own_words = Mapping("", words=draft.own_words or {}).with_words(meant).words
    draft.left_open = draft.left_open - guesses.keys() if taken else draft.left_open | guesses.keys()
    for key in [key for key in st.session_state if str(key).startswith(OF_WORD)]:
        del st.session_state[key]


def _introduce(rows: Sequence[WordRow]) -> None:
    nothing = sum(not row.targets and not row.decided for row in rows)
    parts = [number_of(len(rows), "word")]
    parts += [f"{number_of(nothing, 'word')} with no suggestion"] if nothing else []
    st.html(Markup('<h2 class="figure-title">Words and codes</h2><p class="note">{}</p>').format(
        f"{'; '.join(parts)}. Choose what each means here, several codes where it means several, or “Not ours”."
    ))  # fmt: skip


def _meaning(draft: ImportDraft, decided: Mapping, row: WordRow) -> Targets | None:
    """Return what a word means: as the person has decided, else as suggested; None where it is left open."""
    if (row.field, row.word) in draft.left_open:
        return None
    own = decided.targets(row.field, row.word)
    return own if own is not None else row.targets or None


def _ask(row: WordRow, meant: Targets | None, labels: Held[str, str], version: int) -> None:
    """Draw one word and the choice of what it means."""
    left, right = st.columns([2, 3], gap="medium")
    name = row.word.replace("::", " › ")
    details = [
        named(row.field),
        number_of(row.uses, "use"),
        f"such as “{row.example}”" if row.example else row.description,
    ]
    ground = row.ground if meant == (row.targets or None) else "as you chose"
    left.html(mapping_parts.about(name, details, ground))
    texts = [NOT_OURS] if meant == () else [str(target) for target in meant or ()]
    key = f"{OF_WORD}{version}_{hash((row.field, row.word))}"
    st.session_state.setdefault(key, texts)
    right.multiselect(
        plain_text.label(f"What {name} means here"), list(dict.fromkeys((*labels, *texts))), key=key,
        format_func=lambda text: labels.get(text, text), placeholder="Left open: it stays behind",
        label_visibility="collapsed", on_change=_decide, args=(row.field, row.word, key),
    )  # fmt: skip


def _decide(field: str, word: str, key: str) -> None:
    """Take what a person chose: codes, not ours where that stands alone, or nothing: it is left open."""
    chosen: list[str] = st.session_state[key]
    targets = tuple(Target.parse(text) for text in chosen if text != NOT_OURS)
    meant = targets if chosen else None
    draft = current()
    draft.own_words = Mapping("", words=draft.own_words or {}).with_words([(field, word, meant)]).words
    draft.left_open = draft.left_open - {(field, word)} if chosen else draft.left_open | {(field, word)}
