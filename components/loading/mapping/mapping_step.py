"""What their columns and words mean here: passed over where a file names its columns as ours."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from components.loading import long_work
from components.loading.draft import ImportDraft, Step, begin_from, buttons, say
from components.loading.long_work import Work
from components.loading.mapping import mapping_codes, mapping_columns, mapping_constants, mapping_saved, mapping_words
from components.store import store
from data.filters.wording import number_of
from data.importing.codebook.additions import Addition
from data.importing.loads import prepared_load
from data.importing.mapping import Mapping, bring, of_each
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.bringing.left_behind import Left
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.field_names import headed, named
from data.importing.mapping.mapping import prefix_for
from data.importing.mapping.saved import LONGEST_NAME
from data.importing.mapping.suggesting.proposal import lacking
from data.importing.readers.raw import RawFile
from data.importing.strand_files import Files


@dataclass(frozen=True, eq=False)
class Brought:
    """Files in our own columns and words, the codes that the codebook is to gain, and what stays behind."""

    files: Files
    additions: tuple[Addition, ...] = ()
    left: list[Left] = field(default_factory=list)


def show(draft: ImportDraft) -> None:
    """Draw the step of saying what their columns and words mean."""
    theirs = foreign(draft)
    if not theirs:
        say("The columns are named as ours, so nothing needs to be said of them.")
        buttons(Step.CHOOSE, "Check", Step.CHECK)
        return
    codebook = prepared_load.codebook(store.engine())
    if draft.base is None:
        begin_from(_begin(theirs))
    assert draft.base is not None
    mapping_saved.offer(draft, theirs)
    mapping = mapping_columns.edited(draft, draft.base, theirs, codebook)
    # What was given once is taken from the last run: one that ends while words are looked at does not draw its fields.
    held = draft.mapping
    mapping = replace(mapping, words=draft.base.words, additions=draft.additions, constants=held.constants,
                      usual=held.usual, prefix=held.prefix, finding_codes=held.finding_codes)  # fmt: skip
    alone = not any(file.tables for file in theirs)
    if alone:  # a codebook, of which the codes to be added are all that comes in
        mapping_codes.ask(mapping, codebook, theirs)
    meant = mapping_words.edited(draft, mapping, theirs, codebook)
    if not alone:
        mapping_codes.ask(mapping, codebook, theirs)
    mapping = meant.mapping if alone else mapping_constants.given(meant.mapping, theirs, meant.bare_levers)
    draft.mapping = mapping_saved.named(mapping, codebook)
    missing = {name: why for file in theirs for name, why in lacking(file, draft.mapping, meant.bare_levers).items()}
    _tell(missing, meant.open)
    buttons(Step.CHOOSE, "Check", Step.CHECK)


def foreign(draft: ImportDraft) -> list[RawFile]:
    """Return the files that need a mapping."""
    return [file for file in draft.raw if not has_our_columns(file)]


def _begin(files: list[RawFile]) -> Mapping:
    """Return a mapping that decides nothing yet, named after the first file."""
    name = Path(files[0].name).stem[:LONGEST_NAME].strip() or "mapping"
    return Mapping(name, files[0].format, prefix_for(name))


def _tell(missing: dict[str, str], open_words: int) -> None:
    if missing:
        once = "Give it" if len(missing) == 1 else "Give each"
        say(f"Still needed: {', '.join(map(named, missing))}. {once} once for the whole file, or say which column "
            "holds it.")  # fmt: skip
        reasons = Markup("").join(Markup("<li>{}: {}</li>").format(headed(name), why) for name, why in missing.items())
        st.html(Markup('<ul class="gaps">{}</ul>').format(reasons))
    if open_words:
        say(
            f"{number_of(open_words, 'word')} without a meaning, which {'stays' if open_words == 1 else 'stay'} behind."
        )
    elif not missing:
        say("Every column that is needed, and every word, has a meaning.")


def brought(draft: ImportDraft) -> Work:
    """Return the work of turning the files into ours, once it has ended."""
    engine, raw, mapping = store.engine(), draft.raw, draft.mapping

    def task(under_way: Work) -> Brought:
        codebook = prepared_load.codebook(engine)
        found = []
        for number, file in enumerate(raw):
            under_way.report(number / len(raw), f"Taking {file.name}")
            found.append(bring(file, None if has_our_columns(file) else mapping, codebook))
        needs_mapping = any(not has_our_columns(file) for file in raw)
        left = [one for each in found for one in each.left]
        return Brought(of_each(each.files for each in found), mapping.additions if needs_mapping else (), left)

    return long_work.done("mapped", (tuple(map(id, raw)), as_toml(mapping)), "Taking the files", task)
