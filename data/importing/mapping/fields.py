"""The fields of ours that a column of theirs can fill, and which of them hold words to be mapped."""

from types import MappingProxyType

from data.schema import EVERY, FINDING, FINDING_COLUMNS, SOURCE, SOURCE_COLUMNS, Holds

NOT_OURS = "not ours"
"""Stands for a field where somebody has decided that a column is left out."""

CODES = "codes"
"""A column that fills no field of its own: its words may mean codes of any facet."""

PRESENCE = "presence"
"""A column whose heading is itself a code, which a row has where its cell says yes; the code means what codes mean."""

FIELDS = tuple(dict.fromkeys((*FINDING_COLUMNS, CODES, PRESENCE, *SOURCE_COLUMNS)))
"""Everything that a column can be mapped to, besides NOT_OURS."""

OF_SOURCES = tuple(column for column in SOURCE_COLUMNS if column not in FINDING_COLUMNS)
"""The fields that only a source has: a table that fills any of them tells of sources."""

FACET_OF = MappingProxyType({column.name: column.facet for column in (*SOURCE, *FINDING) if column.facet})
"""The facet whose codes a field holds; a method is a word of the files' own, but may be given another."""

FIELD_OF = MappingProxyType({facet: field for field, facet in FACET_OF.items()})
SEVERAL = tuple(column.name for column in FINDING if column.holds is Holds.CODES)
"""Fields that hold any number of codes; each of the others holds one value."""

WORDED = (*FACET_OF, CODES)
"""Fields whose values are words that a mapping turns into codes."""

CLOSED = frozenset(column.name for column in EVERY if column.holds is Holds.CODE or column.facet == "role")
"""Fields whose codes are of a vocabulary that no file adds to."""

DAYS = tuple(column.name for column in EVERY if column.holds is Holds.DAY)
"""Fields that hold a day."""

NEEDED = MappingProxyType(
    {
        "sources": tuple(column.name for column in SOURCE if column.needed),
        "findings": tuple(column.name for column in FINDING if column.needed),
    }
)
"""Fields without which no source or finding can be loaded; those that no column fills need a constant."""

CONSTANTS = tuple(column.name for column in sorted(EVERY, key=lambda column: column.constant) if column.constant)
"""Fields that may be given once for a whole file; `lever_roles` is then the role of every lever that has none."""
