"""The refs of what a file brings: its own ids where they will do, else made of what stays the same on reloading.

A ref begins with the mapping's prefix. An id is taken where the format's ids are people's own, it is short, and it
can stand in an address; NET and 12 make NET-12. Else the ref ends in twelve hexadecimal digits of a hash, after S for a
source and E for a finding. It is a hash of the id where that is unique in itself (the GUIDs of REFI-QDA); of a source
otherwise its DOI, or title and year; of a finding its source's ref, its text and its coder. The same file makes the
same refs again, and so does a later one for what is still the same in it.
"""

import hashlib
import re

from data.importing.mapping.cell_words import folded
from data.importing.readers import formats

FIT = re.compile(r"[\w./+@#-]{1,40}")
GUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(-\d+)?", re.IGNORECASE)


class Refs:
    """Makes the refs of one file."""

    def __init__(self, prefix: str, made_prefix: str, file_format: str) -> None:
        self.prefix, self.made_prefix, self.format = prefix, made_prefix, formats.of(file_format)

    def source(self, id: str, doi: str, title: str, year: str) -> str:
        """Return the ref of a source."""
        has_letter = any(mark.isalpha() for mark in id)
        if self._fits(id) and (has_letter or self.format.numbered_once):
            return self._own(id)
        if GUID.fullmatch(id):
            return self._made("S", id.lower())
        return self._made("S", folded(doi)) if doi else self._made("S", folded(title or id), year)

    def finding(self, id: str, source: str, text: str, coder: str) -> str:
        """Return the ref of a finding."""
        if self.is_own(id):
            return self._own(id)
        return self._made("E", id.lower()) if GUID.fullmatch(id) else self._made("E", source, folded(text), coder)

    def is_own(self, id: str) -> bool:
        """Tell whether a finding's id is a ref that people gave it."""
        return self.format.own_ids and self._fits(id)

    @staticmethod
    def _fits(id: str) -> bool:
        return bool(FIT.fullmatch(id)) and not GUID.fullmatch(id)

    def _own(self, id: str) -> str:
        return id if not self.prefix or id.startswith(f"{self.prefix}-") else f"{self.prefix}-{id}"

    def _made(self, mark: str, *identity: str) -> str:
        hashed = hashlib.blake2b("\x1f".join(identity).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
        return f"{self.prefix or self.made_prefix}-{mark}{hashed}"
