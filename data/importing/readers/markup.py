"""XML read as a stream through defusedxml, with every document type refused and depth and size held to the limits."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from data.importing.faults import Unreadable
from data.importing.readers.limits import DEEPEST_XML, LONGEST_VALUE

Begin = Callable[[str, dict[str, str]], None]
"""Takes an element's name without its namespace, and its attributes by theirs, with the namespace before a brace."""
Finish = Callable[[str, str], None]
"""Takes an element's name, and its text where that was asked for."""


class Receiver:
    """What to call where elements begin and end, by their names without a namespace, and whose text is wanted."""

    def __init__(self, begins: Mapping[str, Begin], finishes: Mapping[str, Finish], texts: frozenset[str]) -> None:
        """Keep what to call."""
        self._begins, self._finishes, self._texts = begins, finishes, texts
        self._known_begins: dict[str, Callable[[dict[str, str]], None] | None] = {}
        self._known_finishes: dict[str, Callable[[str], None] | None] = {}
        self._expat: Any = None
        self._parts: list[str] = []
        self._length = 0
        self.namespaces: dict[str, str] = {}
        """The namespace in which a name was first met, by the name without it."""

    def listen(self, expat: Any) -> None:
        """Take the elements of a parser; closures, as two calls for each of a million elements are most of the work."""
        self._expat = expat
        begins, finishes, learn, take = self._known_begins, self._known_finishes, self._learn, self._take
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST_XML:
                raise Unreadable(f"has XML that nests more than {DEEPEST_XML} deep, where at most that is taken")
            try:
                begin = begins[name]
            except KeyError:
                begin = learn(name)
            if begin is not None:
                begin(attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            finish = finishes[name]
            if finish is not None:
                finish(take())

        expat.StartElementHandler, expat.EndElementHandler = start, end

    def _learn(self, name: str) -> Callable[[dict[str, str]], None] | None:
        """Find out what to call for elements of a name that was not met before, and return what where they begin."""
        local = local_name(name)
        self.namespaces.setdefault(local, name.rpartition("}")[0])
        begin, finish = self._begins.get(local), self._finishes.get(local)
        self._known_begins[name] = partial(begin, local) if begin else None
        self._known_finishes[name] = partial(finish, local) if finish else None
        if local in self._texts:
            # Text is asked for only where it is wanted, as each blank between elements would be a call else.
            inner = self._known_begins[name]

            def listening(attributes: dict[str, str]) -> None:
                self._expat.CharacterDataHandler = self._add
                if inner is not None:
                    inner(attributes)

            self._known_begins[name] = listening
        return self._known_begins[name]

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_VALUE:
            raise Unreadable(f"has a value of more than {LONGEST_VALUE:,} characters, where at most that is taken")
        self._parts.append(text)

    def _take(self) -> str:
        """Return the text gathered since it was last asked for."""
        if not self._length:
            return ""
        text = "".join(self._parts)
        self._parts, self._length = [], 0
        self._expat.CharacterDataHandler = None
        return text


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def stream(pieces: Iterable[bytes], what: str, receiver: Receiver) -> None:
    """Hand each element of an XML file to a receiver.

    Raises Unreadable, which calls the file `what`: where it is no XML, has a document type, nests too deep, or holds
    a value that is too long.
    """
    # defusedxml sets the parser so that a document type raises; the handlers of ElementTree, which would build a tree
    # that grows with the file, are replaced by ours.
    parser = XMLParser(forbid_dtd=True)
    expat = parser.parser
    receiver.listen(expat)
    expat.CharacterDataHandler = expat.DefaultHandlerExpand = None
    expat.CommentHandler = expat.ProcessingInstructionHandler = None
    expat.ordered_attributes = False
    expat.buffer_text = True
    given = 0
    try:
        for piece in pieces:
            expat.Parse(piece, False)
            given += len(piece)
            if given - expat.CurrentByteIndex > LONGEST_VALUE:
                raise Unreadable(f"{what} has a tag of more than {LONGEST_VALUE:,} bytes, where at most that is taken")
        expat.Parse(b"", True)
    except DefusedXmlException as error:
        raise Unreadable(
            f"{what} declares a document type or entities, which are not taken, as they can fill a machine's memory or "
            "fetch other files; save it again without them"
        ) from error
    except (ExpatError, ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"{what} is not XML that can be read ({error})") from error
