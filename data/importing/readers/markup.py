"""XML read as a stream through defusedxml, with every document type refused and depth and size held to the limits."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from data.faults import Unreadable
from data.importing.readers.limits import DEEPEST_XML, LONGEST_VALUE

Begin = Callable[[dict[str, str]], None]
"""Takes an element's attributes by their names, with the namespace before a brace."""
End = Callable[[], None]
Say = Callable[[str], None]
"""Takes the text of an element."""


class Receiver:
    """What to call where elements begin and end, and with the text of which, by their names without a namespace."""

    def __init__(self, begins: Mapping[str, Begin], ends: Mapping[str, End], texts: Mapping[str, Say]) -> None:
        """Keep what to call."""
        self._begins, self._ends, self._texts = begins, ends, texts
        self._known_begins: dict[str, Begin | None] = {}
        self._known_ends: dict[str, End | None] = {}
        self._expat: Any = None
        self._parts: list[str] = []
        self._length = 0
        self.namespaces: dict[str, str] = {}
        """The namespace in which a name was first met, by the name without it."""

    def listen(self, expat: Any) -> None:
        """Take the elements of a parser; closures, as two calls for each of a million elements are most of the work."""
        self._expat = expat
        begins, ends, learn, deepest = self._known_begins, self._known_ends, self._learn, DEEPEST_XML
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > deepest:
                raise Unreadable(f"has XML that nests more than {deepest} deep, where at most that is taken")
            try:
                begin = begins[name]
            except KeyError:
                begin = learn(name)
            if begin is not None:
                begin(attributes)

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            ended = ends[name]
            if ended is not None:
                ended()

        expat.StartElementHandler, expat.EndElementHandler = start, end

    def release(self) -> None:
        """Let go of the parser and of whom it called, so that what they hold is freed at once and not searched for."""
        if self._expat is not None:
            self._expat.StartElementHandler = self._expat.EndElementHandler = None
            self._expat.CharacterDataHandler = self._expat = None
        self._begins, self._ends, self._texts = {}, {}, {}
        self._known_begins.clear()
        self._known_ends.clear()

    def _learn(self, name: str) -> Begin | None:
        """Find out what to call for elements of a name that was not met before, and return what where they begin."""
        local = local_name(name)
        self.namespaces.setdefault(local, name.rpartition("}")[0])
        begin, end = self._begins.get(local), self._ends.get(local)
        if say := self._texts.get(local):
            begin, end = self._listening(begin), self._saying(say, end)
        self._known_begins[name], self._known_ends[name] = begin, end
        return begin

    def _listening(self, begin: Begin | None) -> Begin:
        """Return what asks for text from here on, as each blank between other elements would be a call else."""

        def listening(attributes: dict[str, str]) -> None:
            self._expat.CharacterDataHandler = self._add
            if begin is not None:
                begin(attributes)

        return listening

    def _saying(self, say: Say, end: End | None) -> End:
        def saying() -> None:
            say(self._take())
            if end is not None:
                end()

        return saying

    def _add(self, text: str) -> None:
        self._length += len(text)
        if self._length > LONGEST_VALUE:
            raise Unreadable(f"has a value of more than {LONGEST_VALUE:,} characters, where at most that is taken")
        self._parts.append(text)

    def _take(self) -> str:
        """Return the text gathered since it was last asked for."""
        self._expat.CharacterDataHandler = None
        text = "".join(self._parts)
        self._parts, self._length = [], 0
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
    finally:
        receiver.release()
