"""Codes of a file's own code system taken into our codebook as they are, each below the one that it stands in there."""

from collections.abc import Collection, Sequence

from data.collection.codebook import Codebook
from data.importing.codebook.additions import Addition
from data.importing.mapping.code_paths import CodePaths
from data.importing.mapping.fields import CODES
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.meaning import Meanings
from data.importing.mapping.new_codes import next_code
from data.importing.mapping.targets import Target
from data.importing.readers.raw import CODE_SEPARATOR, RawCode


def without_meaning(codes: Sequence[RawCode], mapping: Mapping, codebook: Codebook) -> list[RawCode]:
    """Return the codes that mean nothing here yet: not decided, and of no name of ours."""
    meanings = Meanings(mapping, codebook, CodePaths(codes))
    return [code for code in codes if not meanings.of(CODES, code.id).how]


def with_codes(
    mapping: Mapping, codes: Sequence[RawCode], taken: Collection[str], facet: str, parent: str, codebook: Codebook
) -> Mapping:
    """Return a mapping that adds some of a file's codes, by id, to a facet of our codebook, and means them by it.

    A code stands below what the nearest code around it in the file means in that facet, else below `parent`, a code
    of ours or empty. Each is numbered on from those beside it, and keeps its name and description.
    """
    paths, meanings = CodePaths(codes), Meanings(mapping, codebook, CodePaths(codes))
    made: dict[str, Addition] = {}
    last: dict[str, int] = {}

    def above(code: RawCode) -> str:
        for wider in paths.wider(code.id):
            if wider in made:
                return made[wider].code
            for target in meanings.of(CODES, wider).targets:
                if target.facet == facet:
                    return target.code
        return parent

    wanted = (code for code in codes if code.id in taken)
    for code in sorted(wanted, key=lambda code: code.id.count(CODE_SEPARATOR)):
        below = above(code)
        # The first beside others is numbered from the codebook, the next from it: a codebook may hold thousands.
        first = next_code(codebook, facet, below, mapping.additions) if below not in last else ""
        stem = f"{below}." if below else facet[0].upper()
        last[below] = int(first.removeprefix(stem)) if first else last[below] + 1
        definition = " ".join(code.description.split())
        made[code.id] = Addition(facet, f"{stem}{last[below]}", below, code.name, definition)
    words = ((CODES, id, (Target(facet, addition.code),)) for id, addition in made.items())
    return mapping.with_words(words).with_additions([*mapping.additions, *made.values()])


def without_codes(mapping: Mapping, given_up: Collection[Addition]) -> Mapping:
    """Return a mapping that no longer adds some codes to the codebook; words that mean one of them are open again."""
    gone = {(addition.facet, addition.code) for addition in given_up}
    kept = [addition for addition in mapping.additions if addition not in given_up]
    words = ((field, word, None) for field, held in mapping.words.items() for word, meant in held.items()
             if any((target.facet, target.code) in gone for target in meant))  # fmt: skip
    return mapping.with_words(words).with_additions(kept)
