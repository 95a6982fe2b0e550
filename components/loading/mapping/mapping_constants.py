"""What is given once for the whole file: what no column of it says, and what stands before its refs."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.store import store
from data.collection.codebook import Codebook
from data.importing.loads import prepared_load
from data.importing.mapping import Mapping
from data.importing.mapping.field_names import headed, list_of
from data.importing.mapping.fields import CLOSED, CONSTANTS, FACET_OF
from data.importing.mapping.mapping import LONGEST_PREFIX
from data.importing.mapping.suggesting.proposal import lacking, usual
from data.importing.mapping.targets import entries
from data.importing.readers import formats
from data.importing.readers.raw import RawFile


def given(mapping: Mapping, files: Sequence[RawFile], bare_levers: bool) -> Mapping:
    """Draw what is still needed, and behind it all that may be given; return the mapping with it.

    `bare_levers` says that words mean levers without a role.
    """
    codebook = prepared_load.codebook(store.engine())
    bare = replace(mapping, constants={})
    needed = [name for file in files for name in lacking(file, bare, bare_levers) if name in CONSTANTS]
    expected = usual(files, bare, codebook)
    asked = list(dict.fromkeys([*needed, *expected]))
    st.html('<h2 class="figure-title">Given once for the whole file</h2>')
    if needed:
        st.html(Markup('<p class="note">No column says {}. What you give here counts for each row of which no code '
                       "says another.</p>").format(list_of(dict.fromkeys(needed))))  # fmt: skip
    said = [f"{headed(name)}: {one.why}, unless you choose otherwise." for name, one in expected.items()]
    if said:
        st.html(Markup('<p class="note">{}</p>').format(" ".join(said)))
    values = {**{name: one.value for name, one in expected.items()}, **mapping.constants}
    for place, name in enumerate(asked):
        if not place % 3:
            columns = st.columns(3)
        with columns[place % 3]:
            values[name] = _ask(name, values.get(name, ""), codebook)
    with st.expander("Give more"):
        others = [name for name in CONSTANTS if name not in asked]
        for start in range(0, len(others), 3):
            for column, name in zip(st.columns(3), others[start : start + 3], strict=False):
                with column:
                    values[name] = _ask(name, values.get(name, ""), codebook)
        prefix = st.text_input("Refs begin with", value=mapping.prefix, max_chars=LONGEST_PREFIX, key="map_prefix",
                               help="So that the refs of two teams do not collide.")  # fmt: skip
    mapping = replace(mapping.with_constants(values), prefix=prefix.strip())
    mapping = mapping.with_constants({name: one.value for name, one in expected.items() if values[name] == one.value},
                                     usual=True)  # fmt: skip
    return _with_finding_codes(mapping, files)


def _ask(name: str, value: str, codebook: Codebook) -> str:
    label = headed(name)
    if name not in CLOSED:  # what has a short vocabulary is chosen from it
        return st.text_input(label, value=value, key=f"map_constant_{name}").strip()
    held = entries(codebook, FACET_OF[name])
    options = ["", *held]
    return str(
        st.selectbox(
            label,
            options,
            index=options.index(value) if value in options else 0,
            format_func=lambda code: held[code].name if code else "Not given",
            key=f"map_constant_{name}",
        )
    )


def _with_finding_codes(mapping: Mapping, files: Sequence[RawFile]) -> Mapping:
    """Ask, for formats that code whole sources, which codings each make a finding."""
    codes = [code.id for file in files if formats.of(file.format).codes_sources for code in file.codes]
    if not codes:
        return mapping
    chosen = st.multiselect(
        "Codes whose codings each make a finding", list(dict.fromkeys(codes)), key="map_finding_codes",
        default=[code for code in mapping.finding_codes if code in codes],
        format_func=lambda code: code.replace("::", " › "), placeholder="None: only sources are brought in",
    )  # fmt: skip
    return replace(mapping, finding_codes=tuple(chosen))
