"""The collection as columns in memory: what counts, facets and votes are reckoned from, without a question to SQL.

It holds codes and numbers, the refs, the names of places, and no other text. What a level of access may not see is not
in its snapshot at all, so nothing reckoned from it can tell of that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data.collection.snapshot.bounded_memory import Remembered
from models import Access

Numbers = np.ndarray
"""One value for each finding, source or link."""
NO_YEAR = -1
PIECES = 256
"""Parts of filters whose findings are kept in one snapshot, a byte a finding each."""
SIDES = 16


@dataclass(frozen=True, eq=False)
class Links:
    """Which findings carry which code of a facet: pairs in the order of `codes`, then of findings, each once.

    Of levers, `roles` holds the roles of each pair, a bit each, in the order of the vocabulary.
    """

    codes: tuple[str, ...]
    code: Numbers
    finding: Numbers
    roles: Numbers | None = None

    def of(self, code: str) -> slice:
        """Return where a code's pairs stand; nowhere where no finding carries it."""
        if code not in self.codes:
            return slice(0, 0)
        place = self.codes.index(code)
        return slice(int(self.ends[place]), int(self.ends[place + 1]))

    @cached_property
    def ends(self) -> Numbers:
        """Return where each code's pairs begin, and last where all end."""
        return np.searchsorted(self.code, np.arange(len(self.codes) + 1, dtype=self.code.dtype))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a level sees of one state of the evidence.

    Findings stand by study, source and ref, so that those of one study or source are neighbours and each can be
    counted once in one pass; sources by study and ref; studies by key. The arrays are read only.
    """

    level: Access
    withheld: int
    """Findings of the collection that this level may not see."""

    ids: Numbers
    source: Numbers
    study: Numbers
    direction: Numbers
    confidence: Numbers
    latitude: Numbers
    longitude: Numbers
    coarse: Numbers
    """Whether a finding has its region, and the centre of it, in place of where it is."""
    place: Numbers
    """Where the finding's place stands in `places`."""
    ref: Numbers
    """Where the finding's ref stands in `refs`."""
    refs: tuple[str, ...]
    places: tuple[str, ...]

    source_ids: Numbers
    source_study: Numbers
    source_ref: Numbers
    """Where a source comes among the sources by ref."""
    year: Numbers
    linked: Numbers
    with_doi: Numbers

    links: Mapping[str, Links]
    about: Links
    """The regions as coded, without the wider ones that they stand in."""
    pieces: Remembered[Numbers] = field(default_factory=lambda: Remembered(PIECES), repr=False)
    """Parts of filters, as which findings each holds."""
    sides: Remembered[Links] = field(default_factory=lambda: Remembered(SIDES), repr=False)
    """Findings by lever and side, in the roles and of the levers last asked for."""

    def __len__(self) -> int:
        """Return the number of findings."""
        return len(self.ids)

    def places_of(self, ids: Numbers) -> Numbers:
        """Return where findings stand, by id; those that are not here are left out."""
        return _found(self.ids, self._by_id, ids)

    def sources_of(self, ids: Numbers) -> Numbers:
        """Return where sources stand, by id; those that are not here are left out."""
        return _found(self.source_ids, self._sources_by_id, ids)

    @cached_property
    def _by_id(self) -> Numbers:
        return np.argsort(self.ids)

    @cached_property
    def _sources_by_id(self) -> Numbers:
        return np.argsort(self.source_ids)


def _found(held: Numbers, order: Numbers, wanted: Numbers) -> Numbers:
    if not len(held):
        return np.empty(0, dtype=np.int64)
    place = order[np.minimum(np.searchsorted(held, wanted, sorter=order), len(held) - 1)]
    known: Numbers = place[held[place] == wanted]
    return known
