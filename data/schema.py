"""The columns that a strand's files have: their names, their order, and which a file may do without."""

SOURCE_COLUMNS = (
    "source_id", "strand", "title", "authors", "organisation", "year", "source_type",
    "method", "url", "doi", "accessed", "read", "study", "access", "note",
    "publication", "volume", "issue", "pages",
)  # fmt: skip
FINDING_COLUMNS = (
    "finding_id", "source_id", "finding", "place", "regions", "latitude", "longitude", "themes", "levers",
    "lever_roles", "direction", "confidence", "confidence_reason", "population", "period", "coder", "coded_on",
    "access", "note",
)  # fmt: skip
OPTIONAL = ("access", "note", "publication", "volume", "issue", "pages")
"""Columns that a file may do without; they stand last. A file without one says nothing of what it holds."""
EXAMPLE = "EXAMPLE-"
"""How the refs of worked examples begin, as the coding template has them; such rows are not taken."""
IS_EXAMPLE = "is a worked example"
HEADER_SEARCH_ROWS = 20
"""A sheet's header is looked for in this many rows, below a title and notes."""
