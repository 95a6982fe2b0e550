"""What their columns and words mean here: passed over where a file names its columns as ours."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from components import store
from components.loading import mapping_codes, mapping_columns, mapping_constants, mapping_saved, mapping_words, work
from components.loading.draft import Draft, Step, begin_from, buttons, say
from components.loading.work import Work
from data.importing import planned
from data.importing.additions import Addition
from data.importing.mapping import Mapping, bring, of_each
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.bringing.left import Left
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.decided import prefix_for
from data.importing.mapping.names import headed, named
from data.importing.mapping.saved import LONGEST_NAME
from data.importing.mapping.suggesting.proposal import lacking
from data.importing.raw import RawFile
from data.importing.reading import Files
from data.wording import number_of


@dataclass(frozen=True, eq=False)
class Brought:
    """Files in our own columns and words, the codes that the codebook is to gain, and what stays behind."""

    files: Files
    additions: tuple[Addition, ...] = ()
    left: list[Left] = field(default_factory=list)


def show(draft: Draft) -> None:
    """Draw the step of saying what their columns and words mean."""
    theirs = foreign(draft)
    if not theirs:
        say("The columns are named as ours, so nothing needs to be said of them.")
        buttons(Step.CHOOSE, "Check", Step.CHECK)
        return
    codebook = planned.codebook(store.engine())
    if draft.base is None:
        begin_from(_begin(theirs))
    assert draft.base is not None
    mapping_saved.offer(draft, theirs)
    mapping = mapping_columns.edited(draft, draft.base, theirs, codebook)
    mapping = replace(mapping, words=draft.base.words)
    if any(file.tables for file in theirs):
        mapping = mapping_constants.given(mapping, theirs)
    mapping = mapping_codes.chosen(mapping, codebook, theirs)
    mapping, open_words = mapping_words.edited(draft, mapping, theirs, codebook)
    draft.mapping = mapping_saved.named(mapping, codebook)
    missing = {name: why for file in theirs for name, why in lacking(file, draft.mapping).items()}
    _tell(missing, open_words)
    buttons(Step.CHOOSE, "Check", Step.CHECK)


def foreign(draft: Draft) -> list[RawFile]:
    """Return the files that need a mapping."""
    return [file for file in draft.raw if not has_our_columns(file)]


def _begin(files: list[RawFile]) -> Mapping:
    """Return a mapping that decides nothing yet, named after the first file."""
    name = Path(files[0].name).stem[:LONGEST_NAME].strip() or "mapping"
    return Mapping(name, files[0].format, prefix_for(name))


def _tell(missing: dict[str, str], open_words: int) -> None:
    parts = [f"{number_of(open_words, 'word')} without a meaning, which stay behind"] if open_words else []
    if missing:
        say(
            f"Still needed: {', '.join(map(named, missing))}. Give each once for the whole file, or say which column "
            "holds it."
        )
        reasons = Markup("").join(
            Markup("<li>{}: {}</li>").format(*pair) for pair in ((headed(name), why) for name, why in missing.items())
        )
        st.html(Markup('<ul class="gaps">{}</ul>').format(reasons))
    if parts:
        say(f"{parts[0]}.")
    elif not missing:
        say("Every column that is needed, and every word, has a meaning.")


def brought(draft: Draft) -> Work:
    """Return the work of turning the files into ours, once it has ended."""
    engine, raw, mapping = store.engine(), draft.raw, draft.mapping

    def task(under_way: Work) -> Brought:
        codebook = planned.codebook(engine)
        found = []
        for number, file in enumerate(raw):
            under_way.report(number / len(raw), f"Taking {file.name}")
            found.append(bring(file, None if has_our_columns(file) else mapping, codebook))
        needs_mapping = any(not has_our_columns(file) for file in raw)
        left = [one for each in found for one in each.left]
        return Brought(of_each(each.files for each in found), mapping.additions if needs_mapping else (), left)

    return work.done("mapped", (tuple(map(id, raw)), as_toml(mapping)), "Taking the files", task)
