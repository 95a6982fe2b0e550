"""The XML of a REFI-QDA project as it passes by: its people, codes, cases, sources, selections and notes."""

from data.importing.faults import Unreadable
from data.importing.readers.limits import MOST_ITEMS, Watch
from data.importing.readers.markup import NAMESPACE_END, Text
from data.importing.readers.refi_codes import KNOWN_NAMESPACE, Codes, Node, tidy
from data.importing.readers.refi_items import Case, Document, Item, Selection, Source
from data.importing.readers.tables import tidy_text

SOURCES = frozenset({"TextSource", "PDFSource", "PictureSource", "AudioSource", "VideoSource"})
SELECTIONS = frozenset({
    "PlainTextSelection", "PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection", "TranscriptSelection",
})  # fmt: skip
VALUES = frozenset({"TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue"})
POINTS, POSITIONS = ("fromSyncPoint", "toSyncPoint"), ("startPosition", "endPosition")
SAID = VALUES | {"Description", "PlainTextContent"}
"""Elements whose text is kept."""


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
        self.sources: list[Source] = []
        self.selections: list[Selection] = []
        self.notes: dict[str, Document] = {}
        self.links: list[tuple[str, str]] = []
        self.source_sets: list[tuple[str, str]] = []
        self._names: dict[str, str] = {}
        self._above: list[str] = []
        self._items: list[Item | Selection | Node] = []
        self._documents: list[Document] = []
        self._source: Source | None = None
        self._selection: Selection | None = None
        self._variable = ""
        self._text = Text()
        self._kept = 0
        self._is_said = False
        self._starts = {
            "Project": self._root, "CodeBook": self._root, "Code": self._code, "User": self._user,
            "Variable": self._named_variable, "Case": self._case, "Note": self._note, "Coding": self._coding,
            "CodeRef": self._code_ref, "NoteRef": self._note_ref, "SourceRef": self._covers,
            "SelectionRef": self._covers, "VariableRef": self._variable_ref, "SyncPoint": self._point, "Set": self._set,
            "MemberCode": self._member, "MemberSource": self._member, "Link": self._link,
            "Representation": self._document, "Transcript": self._document,
            **dict.fromkeys(SOURCES, self._begin_source), **dict.fromkeys(SELECTIONS, self._begin_selection),
        }  # fmt: skip
        self._ends = {
            "Code": self._end_code, "Case": self._end_item, "Note": self._end_source,
            "Representation": self._end_document, "Transcript": self._end_document,
            **dict.fromkeys(SOURCES, self._end_source), **dict.fromkeys(SELECTIONS, self._end_selection),
        }  # fmt: skip

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        local = self._names.get(name)
        if local is None:
            local = self._names[name] = name.rpartition(NAMESPACE_END)[2]
        self._above.append(local)
        self._is_said = local in SAID
        begin = self._starts.get(local)
        if begin is not None:
            begin(local, attributes)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        local = self._above.pop()
        if self._is_said:
            self._say(local, self._text.take())
            self._is_said = False
        finish = self._ends.get(local)
        if finish is not None:
            finish()

    def text(self, text: str) -> None:
        """Take a piece of text."""
        if self._is_said:
            self._text.add(text)

    def _keep(self) -> None:
        self._kept += 1
        if self._kept > MOST_ITEMS:
            raise Unreadable(
                f"holds more than {MOST_ITEMS:,} codes, selections, notes and links, the most that is taken"
            )

    def _root(self, local: str, attributes: dict[str, str]) -> None:
        name = next((full for full, short in self._names.items() if short == local), "")
        space = name.rpartition(NAMESPACE_END)[0]
        if not self.namespace and not KNOWN_NAMESPACE.fullmatch(space):
            self.namespace = space or "none"
        self.origin = self.origin or attributes.get("origin", "")

    def _user(self, _: str, attributes: dict[str, str]) -> None:
        name = attributes.get("name") or attributes.get("id") or ""
        self.users[tidy(attributes.get("guid", ""))] = tidy_text(name)

    def _code(self, _: str, attributes: dict[str, str]) -> None:
        self._keep()
        self._items.append(self.codes.start(attributes))

    def _end_code(self) -> None:
        self.codes.end()
        self._items.pop()

    def _named_variable(self, _: str, attributes: dict[str, str]) -> None:
        self.variables[tidy(attributes.get("guid", ""))] = " ".join(tidy_text(attributes.get("name", "")).split())

    def _item(self, attributes: dict[str, str]) -> tuple[str, str, str, str]:
        self._keep()
        return (tidy(attributes.get("guid", "")), tidy_text(attributes.get("name", "")),
                tidy(attributes.get("creatingUser", "")), attributes.get("creationDateTime", ""))  # fmt: skip

    def _case(self, _: str, attributes: dict[str, str]) -> None:
        self.cases.append(Case(*self._item(attributes)))
        self._items.append(self.cases[-1])

    def _end_item(self) -> None:
        self._items.pop()

    def _begin_source(self, local: str, attributes: dict[str, str]) -> None:
        guid, name, *made = self._item(attributes)
        path = attributes.get("plainTextPath") or ""
        source = Source(guid, name, *made, kind=local, path=attributes.get("path") or path)
        self.sources.append(source)
        self._source = source
        self._items.append(source)
        self._documents.append(Document(guid, name, path=path))

    def _end_source(self) -> None:
        self._items.pop()
        self._documents.pop()
        self._source = None

    def _note(self, _: str, attributes: dict[str, str]) -> None:
        guid, name, *made = self._item(attributes)
        note = Document(guid, name, *made, path=attributes.get("plainTextPath", ""))
        self.notes[guid] = note
        self._items.append(note)
        self._documents.append(note)

    def _document(self, _: str, attributes: dict[str, str]) -> None:
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
        source = self._source or self._source_of_note(document)
        first, last = POINTS if local == "TranscriptSelection" else POSITIONS
        selection = Selection(
            tidy(get("guid", "")), get("name", ""), local, get(first, ""), get(last, ""), source, document,
            get("creatingUser", ""), get("creationDateTime", ""),
        )  # fmt: skip
        self.selections.append(selection)
        self._selection = selection
        self._items.append(selection)

    def _source_of_note(self, note: Document | None) -> Source:
        """Return a source that stands for a note that selections point into; memos may be coded too."""
        guid, name = (note.guid, note.name) if note else ("", "")
        if not (self.sources and self.sources[-1].guid == guid):
            self.sources.append(Source(guid, name, kind="Note"))
        return self.sources[-1]

    def _end_selection(self) -> None:
        self._items.pop()
        self._selection = None

    def _coding(self, _: str, attributes: dict[str, str]) -> None:
        if self._selection is not None:
            if who := attributes.get("creatingUser"):
                self._selection.coders.append(who)
            self._selection.made_on = max(self._selection.made_on, attributes.get("creationDateTime", ""))

    def _code_ref(self, _: str, attributes: dict[str, str]) -> None:
        if self._items and not isinstance(self._items[-1], Node):
            self._items[-1].codes.append(tidy(attributes.get("targetGUID", "")))

    def _note_ref(self, _: str, attributes: dict[str, str]) -> None:
        if self._items:
            self._items[-1].notes.append(tidy(attributes.get("targetGUID", "")))

    def _covers(self, _: str, attributes: dict[str, str]) -> None:
        if self._items and isinstance(self._items[-1], Case):
            self._items[-1].covers.append(tidy(attributes.get("targetGUID", "")))

    def _variable_ref(self, _: str, attributes: dict[str, str]) -> None:
        self._variable = tidy(attributes.get("targetGUID", ""))

    def _point(self, _: str, attributes: dict[str, str]) -> None:
        position = attributes.get("position", "")
        if self._documents and position.isdecimal() and len(position) < 12:
            self._documents[-1].points[tidy(attributes.get("guid", ""))] = int(position)

    def _set(self, _: str, attributes: dict[str, str]) -> None:
        self._keep()
        self.codes.sets.append((" ".join(tidy_text(attributes.get("name", "")).split()), "", []))

    def _member(self, local: str, attributes: dict[str, str]) -> None:
        self._keep()
        if self.codes.sets:
            name, _, members = self.codes.sets[-1]
            target = tidy(attributes.get("targetGUID") or attributes.get("guid") or "")
            if local == "MemberCode":
                members.append(target)
            else:
                self.source_sets.append((name, target))

    def _link(self, _: str, attributes: dict[str, str]) -> None:
        self._keep()
        self.links.append((tidy(attributes.get("originGUID", "")), tidy(attributes.get("targetGUID", ""))))

    def _say(self, local: str, text: str) -> None:
        """Keep the text of an element where it belongs."""
        item = self._items[-1] if self._items else None
        if local == "PlainTextContent":
            if self._documents:
                self._documents[-1].content = text
        elif local == "Description":
            if self._above and self._above[-1] == "Set" and self.codes.sets:
                name, _, members = self.codes.sets[-1]
                self.codes.sets[-1] = (name, tidy_text(text), members)
            elif item is not None:
                item.description = tidy_text(text)
        elif isinstance(item, Item) and text.strip():
            item.values.setdefault(self._variable, []).append(tidy_text(text))
