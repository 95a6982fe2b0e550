"""Briefings as TOML, one file each, to be reviewed and shared: read with every fault at once, written as it is read."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import tomlkit
from tomlkit.items import SingleKey, String, Table

from data.faults import Fault, Refused, not_one_of, perhaps, quoted
from data.presenting.briefing import VIEWS, Briefing, Question, Slide, WrittenFor, free_ref
from data.presenting.briefing_checks import MOST_SLIDES, SlideFault, check
from data.presenting.question_kinds import KINDS
from data.shipped import BRIEFINGS

FOLDER = BRIEFINGS
ENDING = ".toml"
LARGEST = 1_000_000
"""Characters of a file; a briefing of a hundred slides with notes holds a tenth of it."""
BRIEFING_KEYS = ("title", "parameter", "slides")
SLIDE_KEYS = ("ref", "message", "view", "filter", "text", "holds", "notes", "question", "written_for")
QUESTION_KEYS = ("kind", "text", "options", "options_from")
WRITTEN_KEYS = ("version", "on", "numbers")


def read(text: str, code: str) -> Briefing:
    """Return the briefing that a TOML text holds; raises Refused with every fault by file, slide and key."""
    file = f"{code}{ENDING}"
    if len(text) > LARGEST:
        raise Refused([Fault(file, f"it holds more than {LARGEST:,} characters, and is no briefing")])
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused([Fault(file, f"it is not TOML: {error}")]) from None
    reading = _BriefingReading(file)
    briefing = reading.briefing(document, code)
    told = {(fault.row, fault.column) for fault in reading.faults}
    faults = [*reading.faults, *(fault for fault in check(briefing) if (fault.row, fault.column) not in told)]
    if faults:
        raise Refused(sorted(faults, key=lambda fault: fault.row or 0))
    return briefing


@dataclass
class _BriefingReading:
    """The reading of one file: its faults so far, and the slide that is being read, counted from 1."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    slide: int = 0

    def briefing(self, document: Mapping[str, Any], code: str) -> Briefing:
        self.known(document, BRIEFING_KEYS, "")
        title, parameter = self.words(document, "title", needed=True), self.words(document, "parameter")
        found: list[Slide] = []
        tables = self.of_kind(document, "slides", list, "a list of tables, each under [[slides]]", [])
        for self.slide, table in enumerate(tables[:MOST_SLIDES], start=1):
            if isinstance(table, dict):
                found.append(self.one(table, found))
            else:
                self.fault("slides", "each slide is a table under [[slides]]", str(table))
        self.slide = 0
        if len(tables) > MOST_SLIDES:
            self.fault("slides", f"there are {len(tables)} slides; a briefing holds {MOST_SLIDES} at most")
        return Briefing(code, title, tuple(found), parameter)

    def one(self, table: Mapping[str, Any], before: list[Slide]) -> Slide:
        self.known(table, SLIDE_KEYS, "")
        view = self.words(table, "view", needed=True)
        if view and view not in VIEWS:
            self.fault("view", not_one_of(view, VIEWS), view)
        return Slide(
            ref=self.words(table, "ref") or free_ref(before),
            message=self.words(table, "message", needed=True),
            view=view,
            filter=self.words(table, "filter"),
            text=self.words(table, "text"),
            holds=self.words(table, "holds"),
            notes=self.words(table, "notes"),
            question=self.part(table, "question", self.question),
            written_for=self.part(table, "written_for", self.written_for),
        )

    def part(self, table: Mapping[str, Any], key: str, read_part: Callable[[Mapping[str, Any]], Any]) -> Any:
        if key not in table:
            return None
        found = self.of_kind(table, key, dict, f"a table under [slides.{key}]", None)
        return None if found is None else read_part(found)

    def question(self, table: Mapping[str, Any]) -> Question:
        self.known(table, QUESTION_KEYS, "question.")
        kind = self.words(table, "kind", needed=True, under="question.")
        if kind and kind not in KINDS:
            self.fault("question.kind", not_one_of(kind, KINDS), kind)
        options = self.of_kind(table, "options", list, "a list of texts", [], "question.")
        if not all(isinstance(option, str) for option in options):
            self.fault("question.options", "each option is a text in quotes", str(options))
            options = []
        text = self.words(table, "text", needed=True, under="question.")
        return Question(kind, text, tuple(options), self.words(table, "options_from", under="question."))

    def written_for(self, table: Mapping[str, Any]) -> WrittenFor:
        self.known(table, WRITTEN_KEYS, "written_for.")
        numbers = self.of_kind(table, "numbers", dict, "a table of whole numbers", {}, "written_for.")
        for name, number in numbers.items():
            if not isinstance(number, int) or isinstance(number, bool):
                self.fault(f"written_for.numbers.{name}", "it is not a whole number", str(number))
        on = self.of_kind(table, "on", date, "a day, such as 2026-11-24 without quotes", date.min, "written_for.")
        digest = self.words(table, "version", under="written_for.")
        kept = sorted((name, number) for name, number in numbers.items() if type(number) is int)
        return WrittenFor(digest, date(on.year, on.month, on.day), tuple(kept))

    def words(self, table: Mapping[str, Any], key: str, *, needed: bool = False, under: str = "") -> str:
        found = str(self.of_kind(table, key, str, "a text in quotes", "", under)).strip()
        if needed and not found and (key not in table or isinstance(table[key], str)):
            self.fault(f"{under}{key}", "it is missing or empty")
        return found

    def of_kind(self, table: Mapping[str, Any], key: str, kind: type, right: str, default: Any, under: str = "") -> Any:
        value = table.get(key, default)
        if key in table and not isinstance(value, kind):
            self.fault(f"{under}{key}", f"it is {quoted(str(value))}; it should be {right}", str(value))
            return default
        return value

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], under: str) -> None:
        for key in table:
            if key not in keys:
                self.fault(f"{under}{key}", f"there is no such key{perhaps(key, keys)}", str(table[key]))

    def fault(self, key: str, reason: str, value: str = "") -> None:
        self.faults.append(SlideFault(self.file, reason, row=self.slide or None, column=key, value=value[:200]))


def write(briefing: Briefing) -> str:
    """Return a briefing as TOML; `read` of it gives the same briefing."""
    document = tomlkit.document()
    document.add("title", _text(briefing.title))
    if briefing.parameter:
        document.add("parameter", _text(briefing.parameter))
    slides = tomlkit.aot()
    for slide in briefing.slides:
        slides.append(_slide(slide))
    if briefing.slides:
        document.add("slides", slides)
    return tomlkit.dumps(document)


def _slide(slide: Slide) -> Table:
    table = tomlkit.table()
    for key in ("ref", "message", "view", "filter", "text", "holds", "notes"):
        if value := getattr(slide, key):
            table.add(key, _text(value))
    if slide.question:
        question = tomlkit.table()
        question.add("kind", slide.question.kind)
        question.add("text", _text(slide.question.text))
        if slide.question.options:
            options = tomlkit.array()
            for option in slide.question.options:
                options.append(_text(option))
            question.add("options", options.multiline(True))
        if slide.question.options_from:
            question.add("options_from", slide.question.options_from)
        table.add("question", question)
    if slide.written_for:
        written = tomlkit.table()
        written.add("version", _text(slide.written_for.digest))
        written.add("on", slide.written_for.at)
        numbers = tomlkit.table()
        for name, number in slide.written_for.numbers:
            numbers.add(SingleKey(name), number)
        written.add("numbers", numbers)
        table.add("written_for", written)
    return table


def _text(value: str) -> String:
    return tomlkit.string(value, multiline="\n" in value)
