"""Files of any format read for a command: as they stand where their columns are ours, else by what is suggested."""

from collections.abc import Mapping as Held
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from data.collection.codebook import Codebook
from data.importing.mapping import bring, of_each
from data.importing.mapping.as_text import Remarks, remark
from data.importing.mapping.bringing.strict import has_our_columns
from data.importing.mapping.fields import NOT_OURS, WORDED
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.saved import LONGEST_NAME
from data.importing.mapping.suggesting.column_suggestions import ColumnRow, columns
from data.importing.mapping.suggesting.exports import named as export_of
from data.importing.mapping.suggesting.proposal import Guess, bare_levers, lacking, propose_for
from data.importing.mapping.suggesting.word_suggestions import WordRow, words
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile
from data.importing.strand_files import Files, named, read
from data.progress import Progress, about, between, unheard


@dataclass(frozen=True)
class Suggested:
    """What files hold in our words, and the mapping by which those were read whose columns are not ours.

    `theirs` are these files; `mapping` is None where there is none. `rows` and `words` are what was suggested for their
    columns and words, `open` what a mapping leaves open, as remarks of its file.
    """

    files: Files
    theirs: tuple[RawFile, ...] = ()
    mapping: Mapping | None = None
    rows: tuple[ColumnRow, ...] = ()
    words: tuple[WordRow, ...] = ()
    programs: Held[str, str] = field(default_factory=dict)
    """The program whose export a file is, by the file's name, where it is known."""

    def taken(self, row: ColumnRow) -> bool:
        """Tell whether what is suggested for a column is taken."""
        return bool(row.field) and self.mapping is not None and self.mapping.field(row.sheet, row.column) == row.field

    def lacking(self) -> dict[str, str]:
        """Return the fields that are still needed, with why; nothing where no file is read by a mapping."""
        if self.mapping is None:
            return {}
        levers = bare_levers((row.uses, row.targets) for row in self.words if not row.guess)
        return {name: why for raw in self.theirs for name, why in lacking(raw, self.mapping, levers).items()}


def suggested(
    paths: Sequence[Path],
    codebook: Codebook,
    guess: Guess = Guess.SURE,
    given: Held[str, str] | None = None,
    progress: Progress = unheard,
) -> Suggested:
    """Return what paths hold: folders of our own tables, files of our columns, and any other by what is suggested.

    `given` are fields given once for all of these. `progress` is told how far it is. Nothing raises for what a file
    holds: its faults stand in the result.
    """
    files = Files()
    theirs: list[RawFile] = []
    for number, path in enumerate(paths):
        part = between(progress, number / len(paths), (number + 1) / len(paths))
        raw = _read(path, files, part)
        if raw and (has_our_columns(raw) or not (raw.tables or raw.codes)):
            _add(files, bring(raw, None, codebook).files if raw.tables else _unread(raw))
        elif raw:
            theirs.append(raw)
    if not theirs:
        return Suggested(files)
    name = Path(theirs[0].name).stem[:LONGEST_NAME].strip() or "mapping"
    mapping = propose_for(theirs, name, codebook, guess).with_constants(given or {})
    _add(files, of_each(bring(raw, mapping, codebook).files for raw in theirs))
    rows = [row for raw in theirs for row in columns(raw, codebook)]
    meant = [row for raw in theirs for row in words(raw, mapping, codebook)]
    programs = {raw.name: program for raw in theirs if (program := export_of(raw))}
    return Suggested(files, tuple(theirs), mapping, tuple(rows), tuple(meant), programs)


def _read(path: Path, files: Files, progress: Progress) -> RawFile | None:
    """Return a file as it stands; a folder, or what cannot be read, is taken as our own tables are."""
    if path.is_file():
        try:
            return read_any(named(path), path, about(path, progress))
        except OSError:
            pass  # which the reader of our own tables tells of, with its reason
    _add(files, read([path], progress))
    return None


def _unread(raw: RawFile) -> Files:
    return Files(hashes=[{"name": raw.name, "sha256": raw.sha256}], faults=list(raw.faults))


def _add(files: Files, more: Files) -> None:
    files.sources += more.sources
    files.findings += more.findings
    files.hashes += more.hashes
    files.faults += more.faults
    files.accounts += more.accounts


def remarks(found: Suggested) -> Remarks:
    """Return what a mapping leaves open as remarks of its file: guesses, what has no meaning, what is lacking."""
    if found.mapping is None:
        return {}
    told: dict[tuple[str, ...], list[str]] = {}
    for name, why in found.lacking().items():
        told.setdefault(("constants",), []).append(remark(name, "", why))
    for row in found.rows:
        if found.mapping.field(row.sheet, row.column) is None and row.filled:
            choice = row.field or next(iter(row.choices), NOT_OURS)
            told.setdefault(("columns", row.sheet), []).append(remark(row.column, choice, row.ground))
    for word in found.words:
        if word.field in WORDED and not word.decided and (word.guess or not word.targets) and word.field != "method":
            targets = [str(target) for target in word.targets or word.choices[:1]]
            told.setdefault(("words", word.field), []).append(remark(word.word, targets, word.ground))
    return told
