"""Words in what was said that may be somebody's name, for a person to look at before it becomes evidence."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ENDS = '.!?:\n“"('
"""After these a capital letter begins a sentence, and tells nothing."""
TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "cllr", "councillor", "sir", "dame", "lord", "lady", "prof"})
PLAIN = frozenset({"I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll"})


def perhaps(text: str, known: Iterable[str] = ()) -> list[str]:
    """Return words of a text that a capital letter or a title marks as perhaps a name, each once, in order.

    Words of `known` names, such as places of the codebook, are left out. Names without a capital are not found: this
    helps a person who reads, and does not stand in for one.
    """
    usual = {word.casefold() for name in known for word in WORD.findall(name)}
    found: list[str] = []
    before = ""
    for match in WORD.finditer(text):
        word = match[0]
        lead = text[: match.start()].rstrip(" \t")
        begins = not lead or lead[-1] in ENDS
        titled = before.casefold().rstrip(".") in TITLES
        if word[:1].isupper() and (titled or not begins) and word not in PLAIN and word.casefold() not in usual:
            found.append(word)
        before = word
    return [word for word in dict.fromkeys(found) if word.casefold() not in TITLES]
