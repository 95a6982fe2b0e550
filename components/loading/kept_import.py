"""The copy of an import that outlives its session: written down at each step, found again by who began it, and told."""

from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.loading.draft import HELD, SUBJECT, Awaited, ImportDraft, Step, Upload, start_over
from components.store import kept_drafts
from data.collection import clock
from data.collection.drafts import LARGEST_FILES
from data.faults import Refused
from data.filters.wording import listed
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_values, from_values

PLACE = "what you had begun"


def keep(draft: ImportDraft) -> None:
    """Write an import down where it has changed; one that is done, or that has no file, is not kept."""
    if not draft.uploads or draft.load:
        return
    ids = tuple(upload.id for upload in draft.uploads)
    files = None if ids == draft.written else [(upload.name, upload.contents) for upload in draft.uploads]
    draft.unkept = not kept_drafts.keep(SUBJECT, _content(draft), files)
    if not draft.unkept:
        draft.written = ids


def _content(draft: ImportDraft) -> dict[str, Any]:
    own = Mapping("own", words=draft.own_words or {}, additions=draft.additions)
    return {
        "step": str(draft.step),
        "files": [
            {"id": one.id, "name": one.name, "size": len(one.contents), "encoding": one.encoding,
             "separator": one.separator} for one in draft.uploads
        ],
        "base": as_values(draft.base) if draft.base else None,
        "mapping": as_values(draft.mapping) if draft.base else None,
        "own_columns": [[*place, meant] for place, meant in draft.own_columns.items()],
        "own": as_values(own),
        "left_open": sorted(map(list, draft.left_open)),
        "replaced": list(draft.replaced),
        "access": draft.access,
        "leave_out": draft.leave_out,
        "note": draft.note,
    }  # fmt: skip


def restore() -> None:
    """Begin this session's import with what an earlier one of this visitor in this browser had begun, if anything."""
    kept = kept_drafts.found(SUBJECT)
    if kept is None:
        return
    try:
        draft = _draft(dict(kept.content), list(kept.files))
    except (Refused, KeyError, TypeError, ValueError):  # of an earlier version of the dashboard
        kept_drafts.forget(SUBJECT)
        draft = ImportDraft(unreadable=True)
    draft.found = kept.at
    st.session_state[HELD] = draft


def _draft(content: dict[str, Any], files: list[tuple[str, bytes]]) -> ImportDraft:
    given = content["files"]
    own = from_values(content["own"], PLACE)
    draft = ImportDraft(
        Step(content["step"]),
        own_columns={(sheet, column): meant for sheet, column, meant in content["own_columns"]},
        left_open=frozenset((field, word) for field, word in content["left_open"]),
        additions=own.additions,
        replaced=tuple(content["replaced"]),
        access=content["access"],
        leave_out=content["leave_out"],
        note=content["note"],
    )
    if content["base"]:
        draft.mapping = mapping = from_values(content["mapping"], PLACE)
        # What was given once for the whole file stands in the mapping alone.
        draft.base = replace(from_values(content["base"], PLACE), name=mapping.name, prefix=mapping.prefix,
                             constants=mapping.constants, finding_codes=mapping.finding_codes)  # fmt: skip
        draft.own_words = own.words
    if [one["name"] for one in given] == [name for name, _ in files]:
        draft.uploads = tuple(
            Upload(one["name"], contents, one["id"], one["encoding"], one["separator"])
            for one, (_, contents) in zip(given, files, strict=True)
        )
        draft.written = tuple(one["id"] for one in given)
    else:
        draft.awaited = tuple(Awaited(one["name"], one["size"], one["encoding"], one["separator"]) for one in given)
    return draft


def say(draft: ImportDraft) -> None:
    """Say that the page begins with what an earlier session had begun, or that it began anew and why."""
    if draft.unkept:
        st.html(
            '<p class="note" role="status">This is too much to be kept, or there is no database to keep it in: a lost '
            "connection or a restart would begin it anew.</p>"
        )
    elif sum(len(upload.contents) for upload in draft.uploads) > LARGEST_FILES:
        st.html(
            Markup('<p class="note" role="status">Files of more than {} MB are not kept over a lost connection or a '
                   "restart: they would be asked for again. What you choose is kept.</p>")
            .format(LARGEST_FILES // 1_000_000)
        )  # fmt: skip
    if draft.found is None:
        return
    at = clock.day_and_hour(draft.found)
    if draft.unreadable:
        _told(f"What you had begun by {at} can no longer be read, so this began anew.")
        return
    names = listed([one.name for one in draft.awaited] or [upload.name for upload in draft.uploads], "and")
    again = " The files were too large to be kept: give them again; your choices are kept." if draft.awaited else ""
    _told(f"Here is what you had begun by {at}: {names}.{again}")
    st.button("Begin anew", key="import_anew", on_click=start_over)


def _told(sentence: str) -> None:
    st.html(Markup('<p class="note" role="status">{}</p>').format(sentence))
