"""Codings of a finding beside the agreed one: brought in, compared, and settled."""
