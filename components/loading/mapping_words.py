"""Their words as a table to edit: what each means here, how that was found, and an example of its use."""

from collections.abc import Mapping as Held
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.loading import work
from components.loading.draft import Draft
from data.codebook import Codebook
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.decided import Targets
from data.importing.mapping.fields import NOT_OURS
from data.importing.mapping.new_codes import extended
from data.importing.mapping.suggesting.proposal import PLAIN
from data.importing.mapping.suggesting.words import WordRow, words
from data.importing.mapping.targets import Target, choices
from data.importing.raw import RawFile
from data.wording import number_of

MEANS = "Means here"
OF_FILES = "method"
"""The field whose words are the files' own, and are taken as they are."""


def edited(draft: Draft, mapping: Mapping, files: Sequence[RawFile], codebook: Codebook) -> tuple[Mapping, int]:
    """Draw the table of words; return the mapping with what it says, and how many words still mean nothing.

    What is suggested in the table counts as decided by who goes on from it: it has been seen.
    """
    of = (tuple(map(id, files)), as_toml(Mapping("", columns=mapping.columns)))
    if draft.words_of != of:
        draft.words_of, draft.base_words = of, draft.own_words
    start = replace(mapping, words=draft.base_words)
    found = work.done("words", (of, as_toml(Mapping("", words=start.words))), "Looking at the words",
                      lambda _: [row for file in files for row in words(file, start, codebook)])  # fmt: skip
    if work.failed("words", found):
        st.stop()
    rows: list[WordRow] = list({(row.field, row.word): row for row in found.value}.values())
    if not rows:
        return start, 0
    rows.sort(key=lambda row: (not row.guess, bool(row.targets) or row.decided or row.field == OF_FILES))
    labels = dict(choices(extended(codebook, mapping.additions)))
    shown = [_shown(row, labels) for row in rows]
    chosen = _table(rows, shown, labels, hash(found.of))
    meant = [_meant(values, labels) for values in chosen]
    changed = [not _same(before, after) for before, after in zip(shown, chosen, strict=True)]
    own = [(row.field, row.word, one) for row, one, differs in zip(rows, meant, changed, strict=True) if differs]
    decided = start.with_words(own)
    draft.own_words = decided.words
    taken = [(row.field, row.word, one) for row, one, differs in zip(rows, meant, changed, strict=True)
             if not differs and one and row.how not in PLAIN]  # fmt: skip
    open_ones = sum(one is None and row.field != OF_FILES for row, one in zip(rows, meant, strict=True))
    return decided.with_words(taken), open_ones


def _table(rows: Sequence[WordRow], shown: list[list[str]], labels: Held[str, str], key: int) -> list[list[str]]:
    guesses, nothing = sum(row.guess for row in rows), sum(not row.targets and not row.decided for row in rows)
    parts = [number_of(len(rows), "word")]
    parts += [f"{number_of(guesses, 'guess', 'guesses')} to be looked at, first"] if guesses else []
    parts += [f"{number_of(nothing, 'word')} with no suggestion"] if nothing else []
    st.html(Markup('<h2 class="figure-title">Words and codes</h2><p class="note">{}</p>').format(
        f"{'; '.join(parts)}. Choose what each means here, several codes where it means several, or “{NOT_OURS}”."
    ))  # fmt: skip
    frame = pd.DataFrame(
        [(row.word.replace("::", " › "), row.field, values, row.ground, row.uses, row.example)
         for row, values in zip(rows, shown, strict=True)],
        columns=["Word", "Field", MEANS, "How that was found", "Uses", "Example"],
    )  # fmt: skip
    table = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        key=f"map_words_{key}",
        disabled=[name for name in frame.columns if name != MEANS],
        column_config={
            MEANS: st.column_config.MultiselectColumn(options=[NOT_OURS, *labels.values()], width="large"),
            "Word": st.column_config.TextColumn(width="medium"),
            "Example": st.column_config.TextColumn(width="large"),
        },
    )
    return [list(values) if isinstance(values, (list, tuple)) else [] for values in table[MEANS]]


def _shown(row: WordRow, labels: Held[str, str]) -> list[str]:
    """Return what the table shows of a row's meaning; a word that is decided and means nothing is not ours."""
    if row.decided and not row.targets:
        return [NOT_OURS]
    return [labels.get(str(target), str(target)) for target in row.targets]


def _same(before: Sequence[str], after: Sequence[str]) -> bool:
    return sorted(before) == sorted(after)


def _meant(values: Sequence[str], labels: Held[str, str]) -> Targets | None:
    """Return what a person chose: codes, nothing where it is not ours, None where it is left open."""
    named = {label: text for text, label in labels.items()}
    targets = tuple(Target.parse(named.get(value, value)) for value in values if value != NOT_OURS)
    return targets or (() if values else None)
