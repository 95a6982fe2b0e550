"""Words as a part of a file's name that every system takes and every mail passes on."""

import re
import unicodedata

LONGEST = 90
"""Letters that a part takes at most: the path to a file holds 260 on some machines, and has folders before it."""


def plain(words: str) -> str:
    """Return words in small plain letters and digits joined by hyphens, cut after a whole word where they are long."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall("[a-z0-9]+", letters.replace("'", "")))
    if len(name) <= LONGEST:
        return name or "unnamed"
    return name[: LONGEST + 1].rpartition("-")[0] or name[:LONGEST]
