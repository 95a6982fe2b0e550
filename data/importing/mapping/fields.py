"""The fields of ours that a column of theirs can fill, and which of them hold words to be mapped."""

from types import MappingProxyType

from data.importing.reading import FINDING_COLUMNS, SOURCE_COLUMNS

NOT_OURS = "not ours"
"""Stands for a field, or for what a word means, where somebody has decided that it is left out."""

ACCESS = "access"
"""Who may see a source or finding; a file need not have it, and empty means everyone."""

CODES, POSITION = "codes", "position"
MARKS = (CODES, POSITION)
"""Columns that fill no field of their own: words of several facets at once, and where in its source a text stands."""

SOURCE_FIELDS = tuple(dict.fromkeys((*SOURCE_COLUMNS, ACCESS)))
FINDING_FIELDS = tuple(dict.fromkeys((*FINDING_COLUMNS, ACCESS)))
FIELDS = tuple(dict.fromkeys((*FINDING_FIELDS, *MARKS, *SOURCE_FIELDS)))
"""Everything that a column can be mapped to, besides NOT_OURS."""

FACET_OF = MappingProxyType(
    {
        "strand": "strand", "regions": "region", "themes": "theme", "levers": "lever", "lever_roles": "role",
        "direction": "direction", "confidence": "confidence", "method": "method", ACCESS: "access",
    }
)  # fmt: skip
"""The facet whose codes a field holds; `method` is coded too, but by words of the files themselves."""

FIELD_OF = MappingProxyType({facet: field for field, facet in FACET_OF.items()})
SEVERAL = frozenset({"regions", "themes", "levers", "lever_roles"})
"""Fields that hold any number of codes; each of the others holds one value."""

WORDED = (*FACET_OF, CODES)
"""Fields whose values are words that a mapping turns into codes."""

NEEDED = ("title", "strand", "finding", "direction", "confidence")
"""Fields without which no source or finding can be loaded; those no column fills need a constant."""

CONSTANTS = (
    "strand", "direction", "confidence", "confidence_reason", "lever_roles", "regions", "themes", "method", "coder",
    "coded_on", "population", "period", "organisation", "year", "source_type", "accessed", "read", "study", "title",
    ACCESS,
)  # fmt: skip
"""Fields that may be given once for a whole file; `lever_roles` is then the role of every lever that has none."""
