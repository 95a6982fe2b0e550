"""A REFI-QDA project (.qdpx): each selection a finding, each source a source, as tolerant as real files need.

What cannot be read of a selection is told by its name, place and reason; none is dropped in silence.
"""

import re
from collections import Counter
from collections.abc import Iterable

from data.faults import Fault, Unreadable, quoted
from data.filters.wording import number_of
from data.importing.readers.archive import Archive
from data.importing.readers.file_format import FileFormat
from data.importing.readers.grid_tables import tidy_text
from data.importing.readers.limits import KEPT_FAULTS, Watch
from data.importing.readers.markup import stream
from data.importing.readers.raw import LIST_SEPARATOR, Holds, RawFile, RawTable, Rows
from data.importing.readers.refi_codebook import PIECE, take_codes
from data.importing.readers.refi_codes import tidy
from data.importing.readers.refi_items import RefiSelection, RefiSource
from data.importing.readers.refi_passages import Passages
from data.importing.readers.refi_project import Project
from data.importing.readers.refi_texts import Texts
from data.importing.readers.uncarried import few, tell_uncarried

FINDING_COLUMNS = ("finding_id", "source_id", "finding", "codes", "coder", "coded_on", "note", "case")
SOURCE_COLUMNS = ("source_id", "strand", "title", "source_type", "codes", "groups", "note", "path")
LISTS = frozenset({"codes", "case", "groups"})
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
KINDS = {
    "TextSource": "text", "PDFSource": "PDF", "PictureSource": "picture", "AudioSource": "audio",
    "VideoSource": "video", "Note": "memo",
}  # fmt: skip


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add a project's sources, selections and codes to a file; raises Unreadable and Cancelled."""
    archive = Archive(contents) if contents.startswith(b"PK") else None
    project = Project(file.name, watch)
    if archive is None:
        pieces: Iterable[bytes] = (contents[at : at + PIECE] for at in range(0, len(contents), PIECE))
        stream(pieces, "its XML", project.receiver)
    else:
        name = _project_entry(file, archive)
        stream(archive.pieces(name), f"its part {name}", project.receiver)
    take_codes(file, project)
    passages = Passages(file, Texts(archive), watch)
    passages.fill(project)
    _Tables(file, project, passages.notes(project), watch).add()


def _project_entry(file: RawFile, archive: Archive) -> str:
    """Return the entry that holds the project: project.qde in any spelling, else the .qde nearest to the top."""
    found = [name for name in archive.names if name.lower().endswith(".qde")]
    if not found:
        raise Unreadable("holds no project (.qde); export it again as a REFI-QDA project")
    found.sort(key=lambda name: (name.count("/"), not name.lower().endswith("project.qde"), name))
    if len(found) > 1:
        reason = f"holds {len(found)} projects; {quoted(found[0])} is read, the others are not: {', '.join(found[1:4])}"
        file.faults.append(Fault(file.name, reason, warning=True))
    return found[0]


class _Tables:
    """Makes the tables of sources and findings of what a project holds."""

    def __init__(self, file: RawFile, project: Project, notes: dict[str, str], watch: Watch) -> None:
        self.file, self.project, self.watch = file, project, watch
        self.notes = notes
        self.names = {guid: name or f"variable {guid[:8]}" for guid, name in project.variables.items()}
        self.values: dict[str, dict[str, list[str]]] = {}
        self.cases: dict[str, list[str]] = {}
        self.paths = project.codes.paths
        self.linked: dict[str, list[str]] = {}
        self._days: dict[str, str] = {}
        self._people: dict[tuple[str, ...], str] = {}
        self._shared: dict[str, tuple[str, ...]] = {}
        self.carried_links = 0
        items = {source.guid for source in project.sources} | {selection.guid for selection in project.selections}
        for one, other in project.links:
            ways = [(note, item) for note, item in ((one, other), (other, one)) if note in notes and item in items]
            for note, item in ways:
                self.linked.setdefault(item, []).append(note)
            self.carried_links += bool(ways)
        self._place_cases()

    def add(self) -> None:
        """Add both tables, findings last."""
        several: set[str] = set()
        of_sources = self._variables(source.guid for source in self.project.sources)
        sources = [(number, (*row, *self._given(of_sources, several, row[0]))) for number, row in self._sources()]
        self._add("Sources", SOURCE_COLUMNS, of_sources, sources, "sources", several)
        several.clear()
        variables = self._variables(self.values)
        rows = []
        for number, selection in enumerate(self.project.selections, start=1):
            if not number & 511:
                self.watch.tell(0.8, f"taking selection {number:,}")
            if selection.text:
                rows.append((number, self._finding(number, selection, variables, several)))
        self._add("Selections", FINDING_COLUMNS, variables, rows, "findings", several)
        uncoded = sum(not selection.codes for selection in self.project.selections)
        if uncoded:
            reason = f"{number_of(uncoded, 'selection')} without a code, taken as findings without codes"
            self.file.faults.append(Fault(self.file.name, reason, "Selections", warning=True))
        tell_uncarried(self.file, self._uncarried(), "the project")

    def _uncarried(self) -> Counter[str]:
        """Count what of a project stands at no source, passage or code, and so fills no column."""
        project = self.project
        used = {note for held in self.linked.values() for note in held}
        for items in (project.sources, project.selections, project.codes.nodes.values()):
            used.update(note for item in items for note in item.notes)
        used |= {source.guid for source in project.sources if source.kind == "Note"}
        free = [note.name or guid for guid, note in project.notes.items() if guid not in used]
        what = f"memos that stand at no source, passage or code ({few(free)})"
        of_cases = sum(len(case.notes) + bool(case.description) for case in project.cases)
        return Counter({what: len(free), "memos and descriptions of cases": of_cases, "graphs": project.graphs,
                        "links": len(project.links) - self.carried_links})  # fmt: skip

    def _sources(self) -> Rows:
        groups: dict[str, list[str]] = {}
        for name, guid in self.project.source_sets:
            groups.setdefault(guid, []).append(name)
        rows: Rows = []
        seen: dict[str, int] = {}
        for number, source in enumerate(self.project.sources, start=1):
            if not source.guid or source.guid in seen:
                shared = f"shares its identifier with source {seen[source.guid]}" if source.guid else ""
                source.guid = f"{source.guid or 'source'}-{number}"
                what = shared or "has no identifier"
                self._warn(f"source {quoted(source.name)} {what}; it is called {source.guid}", number, "Sources")
            seen[source.guid] = number
            codes = list(self._codes(source.codes, source, number, "Sources"))
            if codes:
                reason = (f"source {quoted(source.name)} is coded as a whole with {', '.join(codes[:5])}; the codes "
                          "stay with the source, and no finding is made of it")  # fmt: skip
                self._warn(reason, number, "Sources")
            row = (source.guid, "", self._title(source, number), KINDS.get(source.kind, ""), LIST_SEPARATOR.join(codes),
                   LIST_SEPARATOR.join(groups.get(source.guid, [])), self._note(source, source.guid),
                   tidy_text(source.path))  # fmt: skip
            rows.append((number, row))
        return rows

    def _title(self, source: RefiSource, number: int) -> str:
        if source.name:
            return source.name
        name = source.path.replace("\\", "/").rpartition("/")[2] or source.guid
        self._warn(
            f"the source with the identifier {source.guid} has no name; it is called {quoted(name)}", number, "Sources"
        )
        return name

    def _finding(
        self, number: int, selection: RefiSelection, variables: list[str], several: set[str]
    ) -> tuple[str, ...]:
        source = selection.source.guid
        codes = self._codes(selection.codes, selection, number, "Selections") if selection.codes else ()
        day = self._days.get(selection.made_on)
        if day is None:
            found = DAY.match(selection.made_on)
            day = self._days[selection.made_on] = found[0] if found else ""
        # What selections of one source share is worked out once, but for those that have values of their own.
        shared = None if selection.guid in self.values or selection.guid in self.cases else self._shared.get(source)
        if shared is None:
            cases = dict.fromkeys([*self.cases.get(source, []), *self.cases.get(selection.guid, [])])
            shared = (LIST_SEPARATOR.join(cases), *self._given(variables, several, selection.guid, source))
            if selection.guid not in self.values and selection.guid not in self.cases:
                self._shared[source] = shared
        return (selection.guid, source, selection.text, LIST_SEPARATOR.join(codes), self._coders(selection), day,
                self._note(selection, selection.guid, selection.text), *shared)  # fmt: skip

    def _coders(self, selection: RefiSelection) -> str:
        """Return the names of those who coded a selection, or else of who made it."""
        names = selection.coders or (selection.made_by,)
        found = self._people.get(names)
        if found is None:
            users = self.project.users
            found = "; ".join(dict.fromkeys(users.get(tidy(who), who) for who in names if who))
            self._people[names] = found
        return found

    def _variables(self, guids: Iterable[str]) -> list[str]:
        """Return the names of all variables that any of these has a value of."""
        return sorted({name for guid in guids for name in self.values.get(guid, ())})

    def _given(self, variables: list[str], several: set[str], *guids: str) -> list[str]:
        """Return the values of variables, each from the first of these that has any; note which have several."""
        held = [self.values[guid] for guid in guids if guid in self.values]
        given = []
        for variable in variables:
            values = dict.fromkeys(next((of[variable] for of in held if of.get(variable)), []))
            if len(values) > 1:
                several.add(variable)
            given.append(LIST_SEPARATOR.join(values))
        return given

    def _add(
        self, sheet: str, own: tuple[str, ...], variables: list[str], rows: Rows, holds: Holds, several: set[str]
    ) -> None:
        """Add a table; variables named as one of its own columns are told apart from it."""
        columns, lists = list(own), {name for name in own if name in LISTS}
        for variable in variables:
            name = variable
            while name in columns:
                name += " (case)"
            columns.append(name)
            lists |= {name} if variable in several else set()
        self.file.tables.append(RawTable(self.file.name, sheet, tuple(columns), rows, holds, frozenset(lists)))

    def _codes(self, guids: list[str], item: RefiSource | RefiSelection, number: int, sheet: str) -> Iterable[str]:
        """Return the ids of codes, and tell those that the codebook lacks."""
        paths = self.paths
        found = {paths[guid]: None for guid in guids if guid in paths}
        if len(found) < len(guids) and (missing := [guid for guid in guids if guid not in paths]):
            what = (
                f"source {quoted(item.name)}" if isinstance(item, RefiSource) else f"selection {quoted(item.text[:40])}"
            )
            reason = f"{what} is coded with {', '.join(missing[:3])}, which the codebook lacks"
            self._warn(reason, number, sheet, "codes")
        return found

    def _note(self, item: RefiSource | RefiSelection, guid: str, text: str = "") -> str:
        if not (item.description or item.notes or guid in self.linked):
            return ""
        # A memo that is called as what it stands at says nothing by its title.
        title = f"{item.name}: " if item.name else ""
        notes = [self.notes.get(n, "").removeprefix(title) for n in (*item.notes, *self.linked.get(guid, []))]
        said = [item.description] if " ".join(item.description.split()) != " ".join(text.split()) else []
        return "\n".join(dict.fromkeys(part for part in (*said, *notes) if part))

    def _place_cases(self) -> None:
        """Give each source and selection the values of its own and of the cases that cover it."""
        for source in self.project.sources:
            self._add_values(source.guid, source.values)
        for number, case in enumerate(self.project.cases, start=1):
            if not case.name:
                case.name = f"case {number}"
                self._warn(f"case {number} has no name; it is called {quoted(case.name)}", number, "Cases")
            if not case.covers:
                self._warn(
                    f"case {quoted(case.name)} covers no source and no selection; its values are left", number, "Cases"
                )
            for guid in case.covers:
                self._add_values(guid, case.values)
                self.cases.setdefault(guid, []).append(case.name)

    def _add_values(self, guid: str, values: dict[str, list[str]]) -> None:
        for variable, given in values.items():
            name = self.names.get(variable) or f"variable {variable[:8]}"
            self.values.setdefault(guid, {}).setdefault(name, []).extend(given)

    def _warn(self, reason: str, number: int, sheet: str, column: str = "") -> None:
        if len(self.file.faults) < KEPT_FAULTS:
            self.file.faults.append(Fault(self.file.name, tidy_text(reason), sheet, number, column, warning=True))


FORMAT = FileFormat(
    "REFI-QDA project", page="projects of NVivo, ATLAS.ti, MAXQDA and QualCoder (REFI-QDA)",
    advice="REFI-QDA (.qdpx, .qdc)", endings=(".qdpx",), read=read, entry=re.compile(r".*\.qde"), root="Project",
    own_ids=True, passages=True,
)  # fmt: skip
