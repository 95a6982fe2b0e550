"""Which field a column may fill by what stands in it, where its name says nothing."""

from data.collection.codebook import Codebook
from data.importing.mapping import synonyms
from data.importing.mapping.bringing.word_counts import CellWords
from data.importing.mapping.cell_words import folded
from data.importing.mapping.code_paths import CodePaths
from data.importing.mapping.fields import CODES, FACET_OF
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.meaning import Meanings
from data.importing.readers.raw import RawFile, RawTable

MOST_LOOKED_AT = 200
"""Different values of a column that are looked at."""
LEAST = 0.6
"""The share of a column's different words that must be known for it to be taken for a column of such words."""
ASKED = ("regions", "themes", "levers", "lever_roles", "direction", "confidence", "strand", "access")


class Values:
    """Looks at the values of a file's columns."""

    def __init__(self, raw: RawFile, codebook: Codebook) -> None:
        self.meanings = Meanings(Mapping(""), codebook, CodePaths(raw.codes))
        self.cells = CellWords(self.meanings)
        self.codes = bool(raw.codes)

    def field(self, table: RawTable, place: int) -> tuple[str, float]:
        """Return the field whose words most of a column's are, and their share in per cent; empty where none fits."""
        values = _first(table, place)
        is_list = table.columns[place] in table.lists
        shares = {field: self._share(field, values, is_list) for field in (*ASKED, *([CODES] if self.codes else []))}
        best = max(shares, key=lambda field: shares[field])
        alone = sum(share == shares[best] for share in shares.values()) == 1
        return (best, round(100 * shares[best], 1)) if values and shares[best] >= LEAST and alone else ("", 0.0)

    def share(self, field: str, table: RawTable, place: int) -> float:
        """Return the share of a column's different words, of the first values, that are known for a field."""
        if field not in ASKED:
            return 0.0
        return self._share(field, _first(table, place), table.columns[place] in table.lists)

    def _share(self, field: str, values: list[str], is_list: bool) -> float:
        words = {word for value in values for word in self.cells.words(field, value, is_list)}
        return sum(self._known(field, word) for word in words) / len(words) if words else 0.0

    def _known(self, field: str, word: str) -> bool:
        if field == CODES:
            return self.meanings.paths.known(word)
        return bool(self.meanings.of(field, word).how) or folded(word) in synonyms.of_words(FACET_OF[field])


def _first(table: RawTable, place: int) -> list[str]:
    return list(dict.fromkeys(cells[place] for _, cells in table.rows if cells[place]))[:MOST_LOOKED_AT]
