"""Text spoilt: UTF-8 read as that of Windows, which makes LlÅ·n of Llŷn, characters lost, control characters."""

import re

from data.faults import quoted

TWO_FOR_ONE = re.compile(
    "[ÂÃÄÅ][\x80-\x84\x86-\x90\x95\x98-\xbfŠŒŽšœžŸƒˆ˜†‡‰‹›€‚„•™]|â€[\x80-\xbf™œ“”˜…¦]?|ï¿½|Ã[“”‘’–—…]"
)
"""What the two or three bytes of one character in UTF-8 look like as characters of Windows (cp1252).

The first four letters begin all of Latin script (U+0080 to U+017F), which holds the letters of Welsh, Polish, French;
a quotation mark or dash after them may well be one, and is let pass but after Ã.
"""
LOST = "\ufffd"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters of no text, such as a null byte: a column of ours keeps them, and no workbook can hold one."""


def told(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    """Return, for columns and their texts, each column whose text looks spoilt, and what was perhaps meant."""
    return [(column, _said(text)) for column, text in texts if _looks_spoilt(text)]


def _looks_spoilt(text: str) -> bool:
    if not text.isprintable() and CONTROL.search(text):
        return True
    return not text.isascii() and (LOST in text or bool(TWO_FOR_ONE.search(text)))


def _said(text: str) -> str:
    if control := CONTROL.search(text):
        return (
            f"holds a control character (U+{ord(control[0]):04X}), which no workbook can hold: there it stands as "
            f"{quoted(LOST)}; take it out"
        )
    if not (found := TWO_FOR_ONE.search(text)):
        return f"{quoted(_around(text, text.index(LOST)))} has lost a character to a wrong encoding; type it again"
    word = _around(text, found.start())
    meant = _mended(word)
    hint, end = (f"; was {quoted(meant)} meant?", " Save") if meant != word else ("", "; save")
    return f"{quoted(word)} looks spoilt by a wrong encoding{hint}{end} the file anew as UTF-8"


def _around(text: str, at: int) -> str:
    """Return the word that stands at a place."""
    start = max((text.rfind(mark, 0, at) for mark in " \n\t"), default=-1) + 1
    return text[start:].split(maxsplit=1)[0]


def _mended(word: str) -> str:
    """Return a word as it was before it was read in a wrong encoding; as it stands where that cannot be told."""
    try:
        return word.encode("cp1252").decode()
    except UnicodeError:
        return word
