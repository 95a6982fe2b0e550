"""XML read as a stream through defusedxml, with every document type refused and depth and size held to the limits."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from data.importing.faults import Unreadable
from data.importing.readers.limits import DEEPEST_XML, LONGEST_VALUE

Starts = Callable[[str, dict[str, str]], None]
NAMESPACE_END = "}"


def stream(pieces: Iterable[bytes], what: str, start: Starts, end: Callable[[str], None],
           text: Callable[[str], None]) -> None:  # fmt: skip
    """Call `start`, `end` and `text` for each element of an XML file; names come as "namespace}local".

    Raises Unreadable, which calls the file `what`: where it is no XML, has a document type, nests too deep, or holds
    a value that is too long.
    """
    guard = _Guard(start, end, text)
    # defusedxml sets the parser so that a document type raises; the handlers of ElementTree, which would build a tree
    # that grows with the file, are replaced by ours.
    parser = XMLParser(forbid_dtd=True)
    expat = parser.parser
    expat.StartElementHandler = guard.start
    expat.EndElementHandler = guard.end
    expat.CharacterDataHandler = text
    expat.DefaultHandlerExpand = None
    expat.CommentHandler = expat.ProcessingInstructionHandler = None
    expat.ordered_attributes = False
    expat.buffer_text = True
    try:
        for piece in pieces:
            expat.Parse(piece, False)
        expat.Parse(b"", True)
    except DefusedXmlException as error:
        raise Unreadable(
            f"{what} declares a document type or entities, which are not taken, as they can fill a machine's memory or "
            "fetch other files; save it again without them"
        ) from error
    except (ExpatError, ParseError, ValueError, LookupError) as error:
        raise Unreadable(f"{what} is not XML that can be read ({error})") from error


class _Guard:
    """Counts how deep the elements nest, and how long their attributes are."""

    def __init__(self, start: Starts, end: Callable[[str], None], text: Callable[[str], None]) -> None:
        self._start, self._end = start, end
        self._depth = 0

    def start(self, name: str, attributes: Any) -> None:
        self._depth += 1
        if self._depth > DEEPEST_XML:
            raise Unreadable(f"has XML that nests more than {DEEPEST_XML} deep, where at most that is taken")
        self._start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        self._end(name)


class Text:
    """Gathers the text of one element, up to the limit of one value."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._parts: list[str] = []
        self._length = 0

    def add(self, part: str) -> None:
        """Add a part; raises Unreadable above the limit."""
        self._length += len(part)
        if self._length > LONGEST_VALUE:
            raise Unreadable(f"has a value of more than {LONGEST_VALUE:,} characters, where at most that is taken")
        self._parts.append(part)

    def take(self) -> str:
        """Return what was gathered, and begin again."""
        whole = "".join(self._parts)
        self._parts, self._length = [], 0
        return whole
