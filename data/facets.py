"""The facets: a row for each dimension of the filter, which all else that knows facets is made from.

Panel, address, wording, snapshot, gap map, mapping and workbook take their facets from here. What a facet's codes are
counted by is told by where they stand: in a column of findings or of sources, or in a table of links. How a facet is
added: CONTRIBUTING.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from models import (
    Base,
    Confidence,
    Direction,
    FindingLever,
    FindingRegion,
    FindingTheme,
    Lever,
    Region,
    Role,
    Strand,
    Theme,
)

OVERSEAS = "overseas"
"""The kind of a region that is a country other than the United Kingdom."""

DIRECTION_MEANINGS = MappingProxyType(
    {
        Direction.STRENGTHENED: "Social infrastructure, or what it does for people, got better or was shown to do good",
        Direction.IMPEDED: "Social infrastructure, or what it does for people, got worse or was held back",
        Direction.MIXED: "Better in some respects, places or groups, worse or unchanged in others",
        Direction.UNCLEAR: "An effect is looked for, but what is said does not show which way it went",
        Direction.CONTEXT: "Describes, defines or proposes; claims no effect, so it never votes",
    }
)

ROLE_MEANINGS = MappingProxyType(
    {
        Role.APPLIED: "The lever was used",
        Role.WITHDRAWN: "The lever was cut, closed or ended",
        Role.LACKING: "The lever was absent, and its absence is the point",
        Role.PROPOSED: "The lever is called for, not yet tried; never counted as a vote",
    }
)

CONFIDENCE_MEANINGS = MappingProxyType(
    {
        Confidence.HIGH: "A coder would be surprised if better evidence changed this finding",
        Confidence.MODERATE: "Sound as far as it goes; better evidence could change it",
        Confidence.LOW: "A small, second-hand or partial basis; likely to change with better evidence",
        Confidence.VERY_LOW: "One voice, an opinion or an expectation",
    }
)


class Counted(StrEnum):
    """How the sheet of counts and the votes take a facet."""

    BY_VOTE = "by vote"
    """By how studies vote on each code."""
    BY_FINDING = "by finding"
    """By findings, sources and studies alone."""
    WITH_THE_LEVER = "with the lever"
    """Not by itself: a role says nothing without its lever."""


@dataclass(frozen=True)
class Facet:
    """One dimension of the filter: its key in the address, how it is said and offered, and where its codes stand."""

    key: str
    name: str
    plural: str
    help: str
    """What the panel says of it."""
    offered: int
    """Its place, from 1, wherever facets are offered to choose from: axes of the gap map, meanings of a word."""
    panel: int
    """Its place in the panel, from 1."""
    counted: Counted = Counted.BY_FINDING
    table: type[Base] | None = None
    """The table of the codebook that holds its codes."""
    link: type[Base] | None = None
    """The table that says which findings carry which of its codes; else a finding or its source has one of them."""
    vocabulary: Mapping[Any, str] | None = None
    """The words of a closed vocabulary, each with what it means."""
    of_source: bool = False
    """Whether its code stands with the source."""
    more: bool = False
    """Whether it stands under More filters."""
    anything: str = ""
    """What its list says while nothing is chosen; a facet of few codes has chips and no list."""
    scope: str = ""
    """How a headline says what is chosen of it, within a sentence; nothing where that takes words of its own."""
    caution: str = ""
    """What the workbook adds to each of its definitions."""

    @property
    def alone(self) -> bool:
        """Tell whether what is chosen of it narrows by itself, and not together with another key of the filter."""
        return self.key not in ("region", "lever", "role")


EVERY = (
    Facet(
        "strand", "Strand", "strands", "Which of the four bodies of evidence.", offered=7, panel=7,
        counted=Counted.BY_VOTE, table=Strand, of_source=True, more=True, scope="in the {} strand",
    ),
    Facet(
        "region", "Region", "regions",
        "Where. England and the UK take in their regions; findings about the whole are not in a region's count.",
        offered=3, panel=1, counted=Counted.BY_VOTE, table=Region, link=FindingRegion, anything="Anywhere",
    ),
    Facet(
        "theme", "Theme", "themes",
        "What a finding is about. A broad theme takes in those indented under it.",
        offered=1, panel=2, counted=Counted.BY_VOTE, table=Theme, link=FindingTheme, anything="Any theme",
    ),
    Facet(
        "lever", "Policy lever", "policy levers",
        "What policy can do. A broad lever takes in those indented under it.",
        offered=2, panel=3, counted=Counted.BY_VOTE, table=Lever, link=FindingLever, anything="Any lever",
    ),
    Facet(
        "role", "Role of the lever", "roles",
        "Whether the lever was applied, withdrawn, lacking or proposed. Without it a direction cannot be read.",
        offered=6, panel=5, counted=Counted.WITH_THE_LEVER, link=FindingLever, vocabulary=ROLE_MEANINGS, more=True,
    ),
    Facet(
        "direction", "Direction", "directions", "What a finding says happened to social infrastructure.",
        offered=4, panel=4, vocabulary=DIRECTION_MEANINGS, scope="coded {}",
    ),
    Facet(
        "confidence", "Confidence", "confidences", "One coder's judgement of one finding; it is not GRADE-CERQual.",
        offered=5, panel=6, vocabulary=CONFIDENCE_MEANINGS, more=True, scope="of {} confidence",
        caution="This is not GRADE-CERQual.",
    ),
    Facet(
        "method", "Method", "methods", "How the source worked.",
        offered=8, panel=8, of_source=True, more=True, anything="Any method", scope="by {}",
    ),
)  # fmt: skip
"""Every facet, in the order in which they are told; the filter has a field for each, by its key."""

BY_KEY = MappingProxyType({facet.key: facet for facet in EVERY})
FACETS = tuple(BY_KEY)
"""The keys of the facets, in the order in which they are told."""
FACET_NAMES = MappingProxyType({facet.key: facet.name for facet in EVERY})
OFFERED = tuple(facet.key for facet in sorted(EVERY, key=lambda facet: facet.offered))
"""The keys in the order in which they are offered to choose from."""
IN_PANEL = tuple(sorted(EVERY, key=lambda facet: facet.panel))
"""The facets in the order of the panel."""
