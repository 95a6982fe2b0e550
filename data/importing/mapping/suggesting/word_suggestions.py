"""What each of their words may mean, as rows for a table that a person edits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data.collection.codebook import Codebook
from data.importing.mapping import synonyms
from data.importing.mapping.bringing.column_layout import layouts
from data.importing.mapping.bringing.word_counts import CellWords, Use, uses
from data.importing.mapping.cell_words import folded
from data.importing.mapping.code_paths import CodePaths
from data.importing.mapping.fields import CODES, FACET_OF
from data.importing.mapping.mapping import Mapping, Targets
from data.importing.mapping.meaning import ANY_FACET, DECIDED, Meanings
from data.importing.mapping.places import region_of
from data.importing.mapping.suggesting import definitions
from data.importing.mapping.suggesting.ground import GUESSES, How, in_words
from data.importing.mapping.suggesting.similar import GUESS, Like, Names, guess, most_like
from data.importing.mapping.suggesting.telling import Telling
from data.importing.mapping.targets import Target, entries
from data.importing.readers.raw import RawFile

MOST_LIKENED = 2_000
"""Words, the most used first, that are compared with our names letter by letter; a column of texts has more."""
NOT_LIKENED = frozenset({"role", "strand", "access", "region"})
"""Facets that a code of their own is not likened to: their words are like too many."""
OF_WHOLE = frozenset({"strand", "access"})
"""Facets of a whole source: a code that people call "communities" or "private" is more likely a topic."""
BY_WHOLE_NAME = ("direction", "confidence")
"""Facets whose names are single common words: "High street" says nothing of a high confidence."""


@dataclass(frozen=True)
class WordRow:
    """One word of theirs: how often it is used and for what, and the codes that are suggested or decided.

    `field` is the field its column fills, `codes` for a code of their own system. `targets` is empty where nothing is
    suggested, or where it is decided that the word is not ours (`how` is then DECIDED). `guess` marks what a person
    should look at; `choices` are further codes that it may mean, the likeliest first; `score` runs from 0 to 100.
    """

    field: str
    word: str
    uses: int
    example: str
    description: str
    targets: Targets
    how: How
    score: float | None
    guess: bool
    choices: Targets
    ground: str

    @property
    def decided(self) -> bool:
        """Tell whether a person has decided what it means."""
        return self.how is How.DECIDED


def words(raw: RawFile, mapping: Mapping, codebook: Codebook) -> list[WordRow]:
    """Return a row for each word in the columns that the mapping fills fields of codes with, most used first.

    Codes of the file's own system that nothing is coded with stand last. Only the most used words are compared with
    our names letter by letter (MOST_LIKENED).
    """
    paths = CodePaths(raw.codes)
    meanings = Meanings(mapping, codebook, paths)
    laid = layouts(raw, mapping)
    used = uses(laid, CellWords(meanings))
    asked = _Asked(meanings)
    rows = [asked.row(use.field, use.word, use) for use in sorted(used, key=lambda use: -use.times)]
    named = {use.word for use in used if use.field == CODES}
    if any(CODES in layout.fields for layout in laid) or not raw.tables:
        rows += [asked.row(CODES, code.id, None) for code in raw.codes if code.id not in named]
    return sorted(rows, key=lambda row: -row.uses)


Found = tuple[Targets, How, float | None, Targets, str]
"""Codes, how, score, choices, and what is said."""


class _Asked:
    """Looks for what words may mean, decided or plain meanings first."""

    def __init__(self, meanings: Meanings) -> None:
        self.meanings, self.paths, self.codebook = meanings, meanings.paths, meanings.codebook
        self._likened = 0
        self._ready: dict[tuple[str, ...], Names] = {}
        self._phrases = definitions.named(self.codebook)
        self._telling = Telling(self.codebook)

    def row(self, field: str, word: str, use: Use | None) -> WordRow:
        """Return one word's row."""
        targets, how, score, choices, said = self._found(field, word)
        code = self.paths.codes.get(word) if field == CODES else None
        return WordRow(
            field,
            word,
            use.times if use else 0,
            use.example if use else "",
            code.description if code else "",
            targets,
            how,
            score,
            how in GUESSES,
            tuple(target for target in choices if target not in targets),
            in_words(how, said, score),
        )

    def _found(self, field: str, word: str) -> Found:
        meaning = self.meanings.of(field, word)
        if meaning.how == DECIDED:
            return meaning.targets, How.DECIDED, None, (), ""
        if meaning.how:
            is_place = meaning.targets[0].facet == "region" and meaning.how not in ("our code", "our name")
            return meaning.targets, How.PLACE if is_place else How.EXACT, None, (), meaning.how
        facets = ANY_FACET if field == CODES else (FACET_OF[field],)
        name = self.paths.name(word) if field == CODES else word
        meant = self._synonyms(facets, name)
        if len(meant) == 1 and not (field == CODES and meant[0].facet in OF_WHOLE):
            return meant, How.SYNONYM, None, (), ""
        if meant:
            return (), How.SEVERAL, None, meant, "it may mean more than one"
        if "region" in facets and (place := region_of(name, self.codebook)):
            return (), How.SEVERAL, None, tuple(Target("region", code) for code in place.codes), place.how
        like = self._like_or_named(facets, name)
        return like if like[0] or field != CODES else self._wider(word, like)

    def _synonyms(self, facets: tuple[str, ...], name: str) -> Targets:
        key = folded(name)
        found = [
            Target(facet, code)
            for facet in facets
            if facet != "region"
            for code in synonyms.of_words(facet).get(key, ())
        ]
        return tuple(dict.fromkeys(found))

    def _like(self, facets: tuple[str, ...], name: str) -> Found:
        self._likened += 1
        if self._likened > MOST_LIKENED:
            return (), How.NONE, None, (), ""
        likes = self._likes(facets, name)
        best = guess(likes)
        if best and best.within and not self._telling.enough(name, Target.parse(best.key), facets):
            best = None
        others = tuple(Target.parse(like.key) for like in likes if like is not best)
        if best:
            target = Target.parse(best.key)
            return (target,), How.SIMILAR, best.score, others, self._named(target)
        nearest = self._named(Target.parse(likes[0].key)) if likes else ""
        return (), How.NONE, likes[0].score if likes else None, others, nearest

    def _likes(self, facets: tuple[str, ...], name: str) -> list[Like]:
        """Return the codes that a word is like; of a code of their own, a direction or confidence only as a whole."""
        if len(facets) == 1:
            return most_like(name, self._names_in(facets))
        short = self._names_in(BY_WHOLE_NAME)
        long = self._names_in(facet for facet in facets if facet not in NOT_LIKENED and facet not in BY_WHOLE_NAME)
        surely = [like for like in most_like(name, short, whole=True) if like.score >= GUESS]
        return sorted((*surely, *most_like(name, long)), key=lambda like: -like.score)

    def _names_in(self, facets: Iterable[str]) -> Names:
        """Return the names of the codes of some facets, each once made ready."""
        key = tuple(facets)
        if key not in self._ready:
            self._ready[key] = Names({code: names for facet in key for code, names in self._names_of(facet).items()})
        return self._ready[key]

    def _named(self, target: Target) -> str:
        entry = entries(self.codebook, target.facet).get(target.code)
        return f"“{entry.name if entry else target.code}”"

    def _like_or_named(self, facets: tuple[str, ...], name: str) -> Found:
        """Return the code whose name is like a word, else the one whose definition lists it; of several, all."""
        found = self._like(facets, name)
        if found[0]:
            return found
        listed = tuple(target for target in self._phrases.get(definitions.phrase(name), ()) if target.facet in facets)
        if len(listed) == 1 and self._telling.enough(name, listed[0], facets):
            return listed, How.DEFINITION, None, found[3], self._named(listed[0])
        if len(listed) > 1:
            choices = tuple(dict.fromkeys((*listed, *found[3])))
            return (), How.SEVERAL, None, choices, f"{len(listed)} definitions name it"
        partly = (target for target in definitions.within(name, self._phrases) if target.facet in facets)
        return (*found[:3], tuple(dict.fromkeys((*listed, *found[3], *partly))), found[4])

    def _wider(self, word: str, found: Found) -> Found:
        """Return what the nearest wider code means that is decided or known, else what was found without it."""
        for wider in self.paths.wider(word):
            if targets := self.meanings.of(CODES, wider).targets:
                return targets, How.WIDER, None, found[3], f"“{self.paths.name(wider)}”"
        return found

    def _names_of(self, facet: str) -> dict[str, list[str]]:
        names = {str(Target(facet, entry.code)): [entry.name] for entry in entries(self.codebook, facet).values()}
        for word, codes in synonyms.of_words(facet).items():
            for code in codes:
                if (key := str(Target(facet, code))) in names and len(word) > 3:
                    names[key].append(word)
        return names


def open_words(rows: list[WordRow]) -> Iterator[WordRow]:
    """Yield the words that nothing is known to mean, or only by a guess, which nobody has decided."""
    return (row for row in rows if not row.decided and row.field != "method" and (row.guess or not row.targets))
