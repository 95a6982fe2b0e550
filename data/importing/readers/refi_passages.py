"""The text of each selection of a REFI-QDA project, cut from its document or, failing that, from its own name."""

from collections import Counter

from data.faults import Fault, Unreadable, quoted
from data.filters.wording import number_of
from data.importing.readers.grid_tables import tidy_text
from data.importing.readers.limits import KEPT_FAULTS, Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.refi_codes import tidy
from data.importing.readers.refi_items import Document, RefiSelection
from data.importing.readers.refi_project import Project
from data.importing.readers.refi_texts import Chosen, SelectionPlace, TextReading, Texts, chosen, hints_of

SHEET = "Selections"
TEXT, PAGE = "PlainTextSelection", "PDFSelection"


class Passages:
    """Fills in the texts of selections, document by document, and tells what could not be cut and why."""

    def __init__(self, file: RawFile, texts: Texts, watch: Watch) -> None:
        """Keep where faults are told."""
        self._file, self._texts, self._watch = file, texts, watch
        self._counted: Counter[str] = Counter()
        self._guids: set[str] = set()

    def fill(self, project: Project) -> None:
        """Set the text, identifier and name of every selection of a project."""
        project.selections = self._one_each(project.selections)
        by_document: dict[int, list[tuple[int, RefiSelection]]] = {}
        documents: dict[int, Document] = {}
        for number, selection in enumerate(project.selections, start=1):
            self._name(number, selection)
            document = selection.document
            by_document.setdefault(id(document), []).append((number, selection))
            if document is not None:
                documents[id(document)] = document
        for done, (key, selections) in enumerate(by_document.items()):
            self._watch.tell(0.6 + 0.2 * done / len(by_document), "cutting the selections out of their texts")
            self._cut(documents.get(key), selections)
        for counting, times in self._counted.items():
            self._file.details[f"counted {counting.partition(', ')[0]}"] = (
                f"{number_of(times, 'text')}: {counting.partition(', ')[2]}"
            )

    def notes(self, project: Project) -> dict[str, str]:
        """Return the text of each note, with its title where it has one."""
        found = {}
        for guid, note in project.notes.items():
            if note.content is None and note.path:
                try:
                    note.content, _ = self._texts.read(note.path)
                except Unreadable as ended:
                    self._tell(f"the text of the note {quoted(note.name or guid)} {ended}", None)
            text = tidy_text(note.content or note.description)
            found[guid] = f"{note.name}: {text}" if note.name and text and not text.startswith(note.name) else text
        return found

    def _one_each(self, selections: list[RefiSelection]) -> list[RefiSelection]:
        """Return the selections, those of a page that stand in its text too joined to these, as ATLAS.ti writes them.

        Both have one identifier; the words come from the text, codes and memos from both.
        """
        in_text = {(id(one.source), one.guid): one for one in selections if one.kind == TEXT and one.guid}
        kept = []
        for selection in selections:
            twin = in_text.get((id(selection.source), selection.guid)) if selection.kind == PAGE else None
            if twin is None:
                kept.append(selection)
            else:
                twin.join(selection)
        if twice := len(selections) - len(kept):
            what = number_of(twice, "quotation")
            self._file.details["in page and text"] = f"{what} of one identifier, each taken as one"
        return kept

    def _name(self, number: int, selection: RefiSelection) -> None:
        """Give a selection an identifier of its own."""
        guid = selection.guid or f"selection-{number}"
        if guid in self._guids:
            self._tell(f"shares its identifier {guid} with another; it is called {guid}-{number}", number)
            guid = f"{guid}-{number}"
        elif not selection.guid:
            self._tell(f"has no identifier; it is called {guid}", number)
        self._guids.add(guid)
        selection.guid = guid

    def _cut(self, document: Document | None, selections: list[tuple[int, RefiSelection]]) -> None:
        places = [self._place(document, selection) for _, selection in selections]
        whole = [place for place in places if place]
        text, why = self._text(document) if whole else ("", "")
        best = chosen(text, whole) if text else Chosen(TextReading("", ""), "")
        name = selections[0][1].source.name or selections[0][1].source.guid
        if best.why:
            self._counted[best.why] += 1
            if "words begin" in best.why:
                reason = f"the text of {quoted(name)} is taken as counted with {best.why}; look at some of its findings"
                self._tell(reason, None)
        cut, length = best.reading.cut, len(best.reading.text)
        for (number, selection), place in zip(selections, places, strict=True):
            if selection.text:
                selection.text = tidy_text(selection.text)
            elif place and 0 <= place.start < place.end <= length:
                selection.text = tidy_text(cut(place.start, place.end))
                if not selection.text:
                    self._failing(number, selection, "covers only blanks")
            else:
                self._failing(number, selection, self._reason(document, selection, place, why, length))

    def _text(self, document: Document | None) -> tuple[str, str]:
        """Return a document's text, or why there is none."""
        if document is None:
            return "", "stands in no text"
        if document.content is not None:
            return document.content, ""
        if not document.path:
            return "", "is of a source whose text is not in the project"
        try:
            text, warning = self._texts.read(document.path)
        except Unreadable as ended:
            return "", f"is of a source whose text {ended}"
        if warning:
            self._tell(f"the text {quoted(document.path)}: {warning}", None)
        return text, "" if text else "is of a source whose text is empty"

    @staticmethod
    def _place(document: Document | None, selection: RefiSelection) -> SelectionPlace | None:
        """Return where a selection is in its text; nothing where it is of a picture, a page or a recording."""
        if selection.kind == TEXT:
            first, last = selection.start, selection.end
            if not (first.isdecimal() and last.isdecimal()):
                first, last = first.strip(), last.strip()
            whole = first.isdecimal() and last.isdecimal() and len(first) < 12 and len(last) < 12
            return SelectionPlace(int(first), int(last), (selection.name, selection.description)) if whole else None
        if selection.kind == "TranscriptSelection" and document is not None:
            start, end = (document.points.get(tidy(point)) for point in (selection.start, selection.end))
            said = (selection.name, selection.description)
            return SelectionPlace(start, end, said) if start is not None and end is not None else None
        return None

    @staticmethod
    def _reason(
        document: Document | None, selection: RefiSelection, place: SelectionPlace | None, why: str, length: int
    ) -> str:
        if place is None and selection.kind == TEXT:
            return (
                f"has the positions {quoted(selection.start)} and {quoted(selection.end)}, which are not whole numbers"
            )
        if place is None and selection.kind == "TranscriptSelection":
            return "lies between points in time whose positions in the transcript are not given"
        if place is None:
            return f"is of a {selection.kind.removesuffix('Selection').lower()}, not of a text"
        if why:
            return why
        return f"reaches from {place.start:,} to {place.end:,}, where its text has {length:,} characters"

    def _failing(self, number: int, selection: RefiSelection, reason: str) -> None:
        """Take a selection's name or description for its text, or tell that it could not be read."""
        source = selection.source.name or selection.source.guid
        if hints := hints_of(selection.description, selection.name):
            selection.text = tidy_text(hints[0])
            self._tell(f"a selection in {quoted(source)} {reason}; its description or name stands for its text", number)
            return
        what = f"the selection {selection.guid} in {quoted(source)} {reason}, and has no description"
        self._tell(f"{what}: no finding is made of it; {number_of(len(selection.codes), 'code')}", number)

    def _tell(self, reason: str, number: int | None) -> None:
        if len(self._file.faults) < KEPT_FAULTS:
            self._file.faults.append(Fault(self._file.name, tidy_text(reason), SHEET, number, warning=True))
