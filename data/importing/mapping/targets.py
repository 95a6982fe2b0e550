"""What one of their words means in our codebook: a code of a facet, a lever with its role."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.collection.codebook import Codebook, Entry, vocabulary
from data.facets import BY_KEY, OFFERED
from data.faults import not_a_code, not_one_of
from models import Access, Role

MEANABLE = (*OFFERED, "access")
"""The facets that a word can mean a code of."""

ACCESS_MEANINGS = {
    Access.PUBLIC: "Everyone may see it",
    Access.ROUNDTABLE: "Those who take part in a roundtable, and the team",
    Access.TEAM: "The research team alone",
}


@dataclass(frozen=True, order=True)
class Target:
    """One code that a word means; a lever may carry its role, which else comes from a column or constant."""

    facet: str
    code: str
    role: str = ""

    def __str__(self) -> str:
        """Return it as a mapping file holds it: "theme T1.2", "lever L2.1 withdrawn"."""
        return f"{self.facet} {self.code} {self.role}".strip()

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Return the target that a text of a mapping file names; raises ValueError with what would be right."""
        facet, _, code = text.strip().partition(" ")
        code, role = code.strip(), ""
        if facet == "lever" and (words := code.rpartition(" "))[2] in tuple(Role):
            code, role = words[0].strip(), words[2]
        if facet not in MEANABLE:
            raise ValueError(f"{not_one_of(facet, MEANABLE)}; write it as in 'theme T1.2' or 'lever L2.1 withdrawn'")
        if not code:
            raise ValueError(f"'{text}' names no code; write it as in 'theme T1.2' or 'lever L2.1 withdrawn'")
        return cls(facet, code, role)


def entries(codebook: Codebook, facet: str) -> dict[str, Entry]:
    """Return a facet's entries by code, those of access too, which is no facet of the filter."""
    if facet == "access":
        return {str(level): Entry(str(level), str(level), meaning) for level, meaning in ACCESS_MEANINGS.items()}
    if facet not in codebook.facets and (words := BY_KEY[facet].vocabulary):  # of a codebook that no database holds yet
        return vocabulary(words)
    return dict(codebook.facets.get(facet, {}))


def wrong(target: Target, codebook: Codebook) -> str:
    """Return what is wrong with a target, with what would be right; nothing where it stands in the codebook."""
    if target.facet == "method":
        return ""  # methods are the files' own words
    names = {entry.code: entry.name for entry in entries(codebook, target.facet).values()}
    if target.code in names:
        return ""
    return not_a_code(target.code, target.facet, names)


def choices(codebook: Codebook, facets: Iterable[str] = MEANABLE) -> Mapping[str, str]:
    """Return every target as its text with a label to show, in codebook order; each lever bare and in each role."""
    found: dict[str, str] = {}
    for facet in facets:
        for entry in entries(codebook, facet).values():
            label = entry.name if entry.name == entry.code else f"{entry.code} {entry.name}"
            found[f"{facet} {entry.code}"] = f"{facet}: {label}"
            if facet == "lever":
                found |= {f"lever {entry.code} {role}": f"lever: {label}, {role}" for role in Role}
    return found
