"""EPPI-Reviewer's JSON: references become sources, code sets codes, and each coding a row that a mapping may take."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from data.faults import Fault, Unreadable, quoted
from data.filters.wording import number_of
from data.importing.readers import unread
from data.importing.readers.encodings import encoding_of
from data.importing.readers.file_format import FileFormat
from data.importing.readers.grid_tables import clean
from data.importing.readers.limits import DEEPEST_JSON, KEPT_FAULTS, MOST_ITEMS, Watch
from data.importing.readers.raw import CODE_SEPARATOR, RawCode, RawFile, RawTable
from data.importing.readers.references import Reference, add_references
from data.importing.readers.uncarried import tell_uncarried

CODING_COLUMNS = ("coding_id", "source_id", "code", "text", "additional_text", "arm", "title", "abstract")
"""The last two are of the reference: a coding without a text of its own may take one of them for it."""
OUTSIDE = {"E": "excluded", "S": "duplicate", "D": "deleted"}
"""The states of references that are no part of the review."""
CODINGS = "codings"
CARRIED = frozenset({
    "ItemId", "Title", "Authors", "Keywords", "Publisher", "Year", "TypeName", "ParentTitle", "Volume", "Issue",
    "Pages", "URL", "DOI", "Abstract", "Comments", "ItemStatus", "ItemStatusTooltip", "QuickCitation",
})  # fmt: skip
"""The keys of a reference that fill a column, or say nothing that another does not."""
NAMES = {"StandardNumber": "ISBN or ISSN", "ParentAuthors": "editors"}
TEXT_PARTS = ("ItemAttributeFullTextDetails", "ItemAttributeFullTextList")


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the references, codes and codings of an EPPI-Reviewer export; raises Unreadable and Cancelled."""
    watch.tell(0.0, "reading the JSON")
    parsed = _parsed(contents)
    if not isinstance(parsed, dict) or not ({"CodeSets", "References"} & parsed.keys()):
        raise unread.of_json(parsed)
    codes = _EppiCodes(file)
    for code_set in _listed(parsed.get("CodeSets")):
        codes.add_set(code_set)
    references: list[Reference] = []
    left: Counter[str] = Counter()
    codings = RawTable(file.name, "Codings", CODING_COLUMNS, [], "", frozenset())
    outside: Counter[str] = Counter()
    for number, reference in enumerate(_listed(parsed.get("References")), start=1):
        watch.tell(0.5, f"reading reference {number:,}")
        if state := _outside(reference):
            outside.update({state: 1, CODINGS: len(_listed(reference.get("Codes")))})
            continue
        references.append(_reference(number, reference, left))
        codings.rows.extend(_codings(len(codings.rows), references[-1], number, reference, codes))
        if len(codings.rows) > MOST_ITEMS:
            raise Unreadable(f"holds more than {MOST_ITEMS:,} codings, the most that is taken")
    _tell_outside(file, outside)
    if references or not outside:
        add_references(file, references, watch)
    if codings.rows:
        clean(codings, file.faults, watch)
        file.tables.append(codings)
    _tell_left(file, parsed, codings)
    tell_uncarried(file, left, "its references")


def _parsed(contents: bytes) -> Any:
    try:
        text = contents.decode(encoding_of(contents).name)
        if _depth(text) > DEEPEST_JSON:
            raise Unreadable(f"is JSON that nests more than {DEEPEST_JSON} deep, the most that is taken")
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"is not JSON that can be read ({error})") from error


def _depth(text: str) -> int:
    """Return how deep a JSON text nests at most; marks inside its strings count too, which only makes it stricter."""
    depth = deepest = 0
    for mark in _marks(text):
        depth += 1 if mark in "{[" else -1
        deepest = max(deepest, depth)
    return deepest


def _marks(text: str) -> Iterator[str]:
    # A string is passed over whole, so that what stands in it is not counted.
    for found in re.finditer(r'"(?:[^"\\]|\\.)*+"|[{}\[\]]', text, re.S):
        if found[0][0] != '"':
            yield found[0]


def _listed(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, and nothing where it is none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()


class _EppiCodes:
    """The codes of all sets: each by the path of names from its set down, and by the number that codings name."""

    def __init__(self, file: RawFile) -> None:
        self.file = file
        self.by_number: dict[str, str] = {}
        self._known: set[str] = set()

    def add_set(self, code_set: dict[str, Any]) -> None:
        name = _text(code_set.get("SetName")) or f"set {_text(code_set.get('SetId'))}"
        top = self._add(name, "", _text(code_set.get("SetDescription")))
        self._add_all(code_set, top)

    def _add_all(self, holder: dict[str, Any], parent: str) -> None:
        inner = holder.get("Attributes")
        for attribute in _listed(inner.get("AttributesList") if isinstance(inner, dict) else inner):
            number = _text(attribute.get("AttributeId"))
            name = _text(attribute.get("AttributeName")) or f"code {number}"
            said = [_text(attribute.get(key)) for key in ("AttributeSetDescription", "AttributeDescription")]
            path = self._add(name, parent, "\n".join(dict.fromkeys(filter(None, said))))
            if number in self.by_number:
                reason = f"the codes {quoted(self.by_number[number])} and {quoted(path)} share the id {number}"
                self.file.faults.append(Fault(self.file.name, reason, value=number, warning=True))
            self.by_number.setdefault(number, path)
            self._add_all(attribute, path)

    def _add(self, name: str, parent: str, description: str) -> str:
        path = f"{parent}{CODE_SEPARATOR}{name}" if parent else name
        if path not in self._known:
            self._known.add(path)
            self.file.codes.append(RawCode(path, name, parent, description))
        if len(self.file.codes) > MOST_ITEMS:
            raise Unreadable(f"holds more than {MOST_ITEMS:,} codes, the most that is taken")
        return path


def _reference(number: int, reference: dict[str, Any], left: Counter[str]) -> Reference:
    held = {key: _text(value) for key, value in reference.items()}
    get = held.get
    ref = get("ItemId", "") or get("OldItemId", "") or f"reference-{number}"
    authors = "; ".join(part.strip() for part in get("Authors", "").split(";") if part.strip())
    keywords = tuple(word.strip() for word in get("Keywords", "").replace("\n", ";").split(";") if word.strip())
    organisation = get("Publisher", "") or get("Institution", "")
    told = ("", "0", "False", ref, get("Title"), organisation)
    left.update(f"{NAMES[key]} ({key})" if key in NAMES else key for key, value in held.items()
                if value not in told and key not in CARRIED)  # fmt: skip
    return Reference(number, ref, get("Title", "") or get("ShortTitle", ""), authors, organisation, get("Year", ""),
                     get("TypeName", "") or get("ItemType", ""), get("ParentTitle", ""), get("Volume", ""),
                     get("Issue", ""), get("Pages", ""), get("URL", ""), get("DOI", ""), "", get("Abstract", ""),
                     keywords, get("Comments", ""))  # fmt: skip


def _outside(reference: dict[str, Any]) -> str:
    """Return why a reference is no part of the review: excluded, duplicate or deleted; nothing where it is."""
    state = OUTSIDE.get(_text(reference.get("ItemStatus")).upper(), "")
    said = _text(reference.get("ItemStatusTooltip")).casefold()
    return state or next((name for name in OUTSIDE.values() if said.startswith(name)), "")


def _tell_outside(file: RawFile, outside: Counter[str]) -> None:
    """Tell how many references stay out because they are no part of the review, and how many codings with them."""
    codings = outside.pop(CODINGS, 0)
    if outside:
        states = ", ".join(f"{times:,} {state}" for state, times in sorted(outside.items()))
        references = number_of(sum(outside.values()), "reference")
        reason = f"{references} outside the review left out ({states}), with {number_of(codings, 'coding')}"
        file.faults.append(Fault(file.name, reason, warning=True))


def _codings(
    before: int, source: Reference, number: int, reference: dict[str, Any], codes: _EppiCodes
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield a row for each coding of a reference, and one for each piece of text that it marks."""
    for coding in _listed(reference.get("Codes")):
        code = _text(coding.get("AttributeId"))
        path = codes.by_number.get(code, "")
        if not path and len(codes.file.faults) < KEPT_FAULTS:
            reason = f"the reference {source.id} is coded with {code}, which no code set has"
            codes.file.faults.append(Fault(codes.file.name, reason, "Codings", number, "code", code, warning=True))
        marked = [_text(part.get("Text")) for key in TEXT_PARTS for part in _listed(coding.get(key))]
        arm = _text(coding.get("ArmTitle"))
        for text in [text for text in marked if text] or [""]:
            before += 1
            yield before, (f"{source.id}-{before}", source.id, path or code, text, _text(coding.get("AdditionalText")),
                           arm, source.title, source.abstract)  # fmt: skip


def _tell_left(file: RawFile, parsed: dict[str, Any], codings: RawTable) -> None:
    """Tell what of an export makes no source and no coding."""
    empty = sum(not cells[3] and not cells[4] for _, cells in codings.rows)
    if codings.rows:
        reason = (f"{number_of(len(codings.rows), 'coding')}, of which {empty:,} with no text: none is a finding until "
                  "a mapping says which are; one with no text can take its reference's title or abstract for it, where "
                  "the mapping has that column fill the finding")  # fmt: skip
        file.faults.append(Fault(file.name, reason, "Codings", warning=True))
    inside = [reference for reference in _listed(parsed.get("References")) if not _outside(reference)]
    outcomes = sum(len(_listed(reference.get("Outcomes"))) for reference in inside)
    if outcomes:
        reason = f"{number_of(outcomes, 'outcome')} with figures for meta-analysis, left out: the collection holds none"
        file.faults.append(Fault(file.name, reason, warning=True))
    odd = [key for key in parsed if key not in ("CodeSets", "References")]
    if odd:
        file.faults.append(Fault(file.name, f"parts left out: {', '.join(map(quoted, odd[:10]))}",
                                 warning=True))  # fmt: skip


FORMAT = FileFormat(
    "EPPI-Reviewer", page="EPPI-Reviewer’s JSON", advice="EPPI-Reviewer JSON", endings=(".json",), read=read,
    begins=re.compile(r"[{\[]"), unless_named=(".csv", ".tsv", ".txt"), numbered_once=True, codes_sources=True,
)  # fmt: skip
