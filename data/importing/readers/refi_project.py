"""The XML of a REFI-QDA project as it passes by: its people, codes, cases, sources, selections and notes."""

from functools import partial

from data.faults import Unreadable
from data.importing.readers.grid_tables import tidy_text
from data.importing.readers.limits import MOST_ITEMS, Watch
from data.importing.readers.markup import Begin, End, Receiver, Say
from data.importing.readers.refi_codes import KNOWN_NAMESPACE, Codes, Node, tidy
from data.importing.readers.refi_items import Case, Document, Item, RefiSelection, RefiSource

SOURCES = frozenset({"TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"})
SELECTIONS = frozenset({
    "PlainTextSelection", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection",
})  # fmt: skip
VALUES = frozenset({"TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"})
POINTS, POSITIONS = ("fromSyncPoint", "toSyncPoint"), ("startPosition", "endPosition")


class Project:
    """Gathers what a project's XML holds while it streams past; nothing is kept of the XML itself."""

    def __init__(self, file: str, watch: Watch) -> None:
        """Begin with nothing."""
        self._watch = watch
        self.codes = Codes(file)
        self.origin = self.namespace = ""
        self.users: dict[str, str] = {}
        self.variables: dict[str, str] = {}
        self.cases: list[Case] = []
        self.sources: list[RefiSource] = []
        self.selections: list[RefiSelection] = []
        self.notes: dict[str, Document] = {}
        self.links: list[tuple[str, str]] = []
        self.graphs = 0
        self.source_sets: list[tuple[str, str]] = []
        self._items: list[Item | RefiSelection | Node] = []
        self._documents: list[Document] = []
        self._source: RefiSource | None = None
        self._selection: RefiSelection | None = None
        self._variable = ""
        self._in_set = False
        self._kept = 0
        self._tidied: dict[str, str] = {}
        begins: dict[str, Begin] = {
            **{name: partial(self._root, name) for name in ("Project", "CodeBook")},
            "Code": self._code, "User": self._user, "Variable": self._named_variable, "Case": self._case,
            "Note": self._note, "Coding": self._coding, "CodeRef": self._code_ref, "NoteRef": self._note_ref,
            "SourceRef": self._covers, "SelectionRef": self._covers, "VariableRef": self._variable_ref,
            "SyncPoint": self._point, "Set": self._set, "MemberCode": self._member_code,
            "MemberSource": self._member_source, "Link": self._link, "Graph": self._graph,
            "Representation": self._document, "Transcript": self._document,
            **{name: partial(self._begin_source, name) for name in SOURCES},
            **{name: partial(self._begin_selection, name) for name in SELECTIONS},
        }  # fmt: skip
        ends: dict[str, End] = {
            "Code": self._end_code, "Set": self._end_set, "Case": self._end_item, "Note": self._end_source,
            "Representation": self._end_document, "Transcript": self._end_document,
            **dict.fromkeys(SOURCES, self._end_source), **dict.fromkeys(SELECTIONS, self._end_selection),
        }  # fmt: skip
        texts: dict[str, Say] = {
            **dict.fromkeys(VALUES, self._value), "Description": self._describe, "PlainTextContent": self._contain,
        }  # fmt: skip
        self.receiver = Receiver(begins, ends, texts)

    def _tidy(self, guid: str) -> str:
        """Return an identifier as `tidy` does, each worked out once."""
        found = self._tidied.get(guid)
        if found is None:
            found = self._tidied[guid] = tidy(guid)
        return found

    def _keep(self) -> None:
        self._kept += 1
        if self._kept > MOST_ITEMS:
            raise Unreadable(
                f"holds more than {MOST_ITEMS:,} codes, selections, notes and links, the most that is taken"
            )

    def _root(self, local: str, attributes: dict[str, str]) -> None:
        space = self.receiver.namespaces[local]
        if not self.namespace and not KNOWN_NAMESPACE.fullmatch(space):
            self.namespace = space or "none"
        self.origin = self.origin or attributes.get("origin", "")

    def _user(self, attributes: dict[str, str]) -> None:
        name = attributes.get("name") or attributes.get("id") or ""
        self.users[tidy(attributes.get("guid", ""))] = tidy_text(name)

    def _code(self, attributes: dict[str, str]) -> None:
        self._keep()
        self._items.append(self.codes.start(attributes))

    def _end_code(self) -> None:
        self.codes.end()
        self._items.pop()

    def _named_variable(self, attributes: dict[str, str]) -> None:
        self.variables[tidy(attributes.get("guid", ""))] = " ".join(tidy_text(attributes.get("name", "")).split())

    def _item(self, attributes: dict[str, str]) -> tuple[str, str, str, str]:
        self._keep()
        return (tidy(attributes.get("guid", "")), tidy_text(attributes.get("name", "")),
                tidy(attributes.get("creatingUser", "")), attributes.get("creationDateTime", ""))  # fmt: skip

    def _case(self, attributes: dict[str, str]) -> None:
        self.cases.append(Case(*self._item(attributes)))
        self._items.append(self.cases[-1])

    def _end_item(self) -> None:
        self._items.pop()

    def _begin_source(self, local: str, attributes: dict[str, str]) -> None:
        guid, name, made_by, made_on = self._item(attributes)
        path = attributes.get("plainTextPath") or ""
        source = RefiSource(guid, name, made_by, made_on, kind=local, path=attributes.get("path") or path)
        self.sources.append(source)
        self._source = source
        self._items.append(source)
        self._documents.append(Document(guid, name, path=path))

    def _end_source(self) -> None:
        self._items.pop()
        self._documents.pop()
        self._source = None

    def _note(self, attributes: dict[str, str]) -> None:
        guid, name, made_by, made_on = self._item(attributes)
        note = Document(guid, name, made_by, made_on, path=attributes.get("plainTextPath", ""))
        self.notes[guid] = note
        self._items.append(note)
        self._documents.append(note)

    def _document(self, attributes: dict[str, str]) -> None:
        document = Document(*self._item(attributes), path=attributes.get("plainTextPath", ""))
        self._items.append(document)
        self._documents.append(document)

    def _end_document(self) -> None:
        document = self._documents.pop()
        self._items.pop()
        if self._source:
            self._source.codes += document.codes
            self._source.notes += document.notes
        if self._selection is not None and self._selection.document is not document:
            self._selection.text = self._selection.text or document.content or ""

    def _begin_selection(self, local: str, attributes: dict[str, str]) -> None:
        get = attributes.get
        self._keep()
        if not len(self.selections) & 511:
            self._watch.tell(0.5, f"reading selection {len(self.selections):,}")
        document = self._documents[-1] if self._documents else None
        first, last = POINTS if local == "TranscriptSelection" else POSITIONS
        selection = self._selection = RefiSelection(
            tidy(get("guid", "")), get("name", ""), local, get(first, ""), get(last, ""),
            self._source or self._source_of_note(document), document,
            get("creatingUser", ""), get("creationDateTime", ""),
        )  # fmt: skip
        self.selections.append(selection)
        self._items.append(selection)

    def _source_of_note(self, note: Document | None) -> RefiSource:
        """Return a source that stands for a note that selections point into; memos may be coded too."""
        guid, name = (note.guid, note.name) if note else ("", "")
        if not (self.sources and self.sources[-1].guid == guid):
            self.sources.append(RefiSource(guid, name, kind="Note"))
        return self.sources[-1]

    def _end_selection(self) -> None:
        self._items.pop()
        self._selection = None

    def _coding(self, attributes: dict[str, str]) -> None:
        selection = self._selection
        if selection is not None:
            who, when = attributes.get("creatingUser"), attributes.get("creationDateTime")
            if who and who not in selection.coders:
                selection.coders += (who,)
            if when and when > selection.made_on:
                selection.made_on = when

    def _code_ref(self, attributes: dict[str, str]) -> None:
        guid = attributes.get("targetGUID", "")
        if self._selection is not None:  # nearly all are of selections
            self._selection.codes.append(self._tidied.get(guid) or self._tidy(guid))
        elif self._items and not isinstance(item := self._items[-1], Node):
            item.codes.append(self._tidy(guid))

    def _note_ref(self, attributes: dict[str, str]) -> None:
        if self._items:
            self._items[-1].notes.append(tidy(attributes.get("targetGUID", "")))

    def _covers(self, attributes: dict[str, str]) -> None:
        if self._items and isinstance(self._items[-1], Case):
            self._items[-1].covers.append(tidy(attributes.get("targetGUID", "")))

    def _variable_ref(self, attributes: dict[str, str]) -> None:
        self._variable = tidy(attributes.get("targetGUID", ""))

    def _point(self, attributes: dict[str, str]) -> None:
        position = attributes.get("position", "")
        if self._documents and position.isdecimal() and len(position) < 12:
            self._documents[-1].points[tidy(attributes.get("guid", ""))] = int(position)

    def _set(self, attributes: dict[str, str]) -> None:
        self._keep()
        self.codes.sets.append((" ".join(tidy_text(attributes.get("name", "")).split()), "", []))
        self._in_set = True

    def _end_set(self) -> None:
        self._in_set = False

    def _member_code(self, attributes: dict[str, str]) -> None:
        self._keep()
        if self.codes.sets:
            self.codes.sets[-1][2].append(_member(attributes))

    def _member_source(self, attributes: dict[str, str]) -> None:
        self._keep()
        if self.codes.sets:
            self.source_sets.append((self.codes.sets[-1][0], _member(attributes)))

    def _link(self, attributes: dict[str, str]) -> None:
        self._keep()
        self.links.append((tidy(attributes.get("originGUID", "")), tidy(attributes.get("targetGUID", ""))))

    def _graph(self, attributes: dict[str, str]) -> None:
        self._keep()
        self.graphs += 1

    def _contain(self, text: str) -> None:
        if self._documents:
            self._documents[-1].content = text

    def _describe(self, text: str) -> None:
        if self._in_set and self.codes.sets:
            name, _, members = self.codes.sets[-1]
            self.codes.sets[-1] = (name, tidy_text(text), members)
        elif self._items:
            self._items[-1].description = tidy_text(text)

    def _value(self, text: str) -> None:
        item = self._items[-1] if self._items else None
        if isinstance(item, Item) and text.strip():
            item.values.setdefault(self._variable, []).append(tidy_text(text))


def _member(attributes: dict[str, str]) -> str:
    return tidy(attributes.get("targetGUID") or attributes.get("guid") or "")
