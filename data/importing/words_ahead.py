"""The words of findings as the index will hold them, reckoned before a load takes the write lock.

They take longer to reckon than all else that a load writes, and as much room as the findings themselves: so they wait
in a file of their own, which nobody sees and which goes with its program, and memory does not grow with them.
"""

import json
import marshal
from collections.abc import Iterable, Iterator
from itertools import islice
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO

from sqlalchemy import Connection, text

from data.database import DatabaseFault
from data.importing.planning import Plan
from data.importing.progress import Progress
from data.search.words import indexed

AT_A_TIME = 5_000
DOING = "Reckoning the words that a search finds"
Words = tuple[str, str, str]
"""A finding's ref, its words, and their stems."""
Texts = tuple[str, str, str, str, str]
"""A finding's ref, its text, place and population, and the title of its source: what a search finds it by."""


class WordsAhead:
    """Words of findings in the order in which they are to be written; gone once it is left."""

    def __init__(self, held: IO[bytes] | None = None) -> None:
        """Hold the words that a file has, or none."""
        self._held = held

    def __enter__(self) -> "WordsAhead":
        """Hold the words for as long as they are wanted."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the words go, and the file with them."""
        if self._held:
            self._held.close()

    def __iter__(self) -> Iterator[Words]:
        """Return the words of each finding, of some thousands at a time."""
        if self._held is None:
            return
        self._held.seek(0)
        while some := marshal.load(self._held):
            yield from some


NO_WORDS = WordsAhead()
"""What is given where the words are to be reckoned while they are written: of few findings, or under the lock."""


def words_of(connection: Connection, plan: Plan, progress: Progress) -> WordsAhead:
    """Return the words of each finding whose words a plan changes, in the order of ids that they have or will have.

    `connection` is in the state of the collection that was planned on. Raises DatabaseFault where there is no room for
    the file.
    """
    progress(0.0, DOING)
    held, number = TemporaryFile(), 0  # noqa: SIM115 - closed by WordsAhead
    every = max(len(plan.findings.added) + len(plan.findings.changed), 1)
    texts = _texts(connection, plan)
    try:
        while some := [(ref, *indexed(fields)) for ref, *fields in islice(texts, AT_A_TIME)]:
            marshal.dump(some, held)
            number += len(some)
            progress(min(number / every, 1.0), DOING)
        marshal.dump([], held)
    except OSError as error:
        held.close()
        raise DatabaseFault(
            f"the words of the search have no room in the folder for temporary files ({error.strerror}); nothing was "
            "changed; make room on the disk, or set TMPDIR to another folder, then try again"
        ) from error
    except BaseException:
        held.close()
        raise
    return WordsAhead(held)


def _texts(connection: Connection, plan: Plan) -> Iterator[Texts]:
    """Yield the texts of findings as the plan will leave them: first those that have an id, by it, then new ones."""
    sources, findings = plan.checked.sources, plan.checked.findings
    numbered = {**plan.findings.restored, **plan.findings.changed}
    stay = _stored(connection, plan.sources.changed.values(), {*numbered.values(), *plan.findings.withdrawn.values()})
    titles = _titles(connection, {findings[ref].source for ref in (*plan.findings.added, *numbered)} - set(sources))

    def written(ref: str) -> Texts:
        record = findings[ref]
        source = sources.get(record.source)
        title = source.title if source else titles[record.source]
        return ref, record.finding, record.place, record.population, title

    def staying(number: int) -> Texts:
        ref, finding, place, population, source = stay[number]
        return ref, finding, place, population, sources[source].title

    by_number = {number: ref for ref, number in numbered.items()}
    for number in sorted({*by_number, *stay}):
        yield written(by_number[number]) if number in by_number else staying(number)
    for ref in plan.findings.added:
        if ref not in plan.findings.restored:
            yield written(ref)


def _stored(connection: Connection, of_sources: Iterable[int], but: set[int]) -> dict[int, Texts]:
    """Return findings of sources as they are, by id, each with its source's ref in the place of a title."""
    rows = connection.execute(
        text("""
        SELECT f.id, f.ref, f.finding, f.place, f.population, s.ref FROM finding f JOIN source s ON s.id = f.source_id
        WHERE s.id IN (SELECT value FROM json_each(:ids))"""),
        {"ids": json.dumps(list(of_sources))},
    )
    return {number: (ref, *texts) for number, ref, *texts in rows if number not in but}


def _titles(connection: Connection, refs: set[str]) -> dict[str, str]:
    rows = connection.execute(
        text("SELECT ref, title FROM source WHERE ref IN (SELECT value FROM json_each(:refs))"),
        {"refs": json.dumps(sorted(refs))},
    )
    return {row.ref: row.title for row in rows}
