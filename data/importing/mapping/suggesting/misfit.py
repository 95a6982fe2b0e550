"""Why a column cannot be what its name suggests: its values do not look like it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.importing.mapping import synonyms
from data.importing.mapping.cell_words import folded
from data.importing.mapping.fields import CLOSED, CODES
from data.importing.mapping.presence import marks
from data.importing.mapping.suggesting.ground import How
from data.schema import EVERY

EMPTY = "it is empty"
NUMBER = re.compile(r"[-+−]?\d[\d.,  ]*%?")
LETTER = re.compile(r"[^\W\d_]")
YEAR = re.compile(r"(?<!\d)(1[0-9]|20)\d\d(?!\d)")
DOI = re.compile(r"10\.\d{4,9}/\S")
ADDRESS = re.compile(r"(https?://|www\.)\S|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(/\S*)?$", re.I)
DAY = re.compile(r"\d{1,4}[-/. ]\S+[-/. ]\d{1,4}|\d{4}|\d{5}(\.\d+)?$")
WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that write without spaces, in which a sentence has one word."""
OF_PUBLISHING = re.compile(
    r"\b(publish\w*|publication\w*|journal|author\w*|affiliation\w*|correspond\w*|conference|meeting|funder|funding"
    r"|printed|edition|address\w*)\b"
)
"""Headings that speak of where something was published or written, and not of where its evidence is."""
BIBLIOGRAPHIC = frozenset({
    "publisher", "isbn", "issn", "journal", "volume", "issue", "pages", "edition", "doi", "publication title",
    "publication year", "item type", "abstract", "abstract note",
})  # fmt: skip
"""Headings of lists of references: two of them beside a place make it the place of publication."""
Known = Callable[[], float]
"""Returns the share of a column's words that are known for the field."""
NEVER_NUMBERS = frozenset({column.name for column in EVERY if column.worded} | {CODES})
FREE = frozenset(column.name for column in EVERY if column.may_be_one)
"""Fields of which a value may well be 1."""
SENTENCE = 4
"""Words of which most values of a column of texts have as many."""
MOST = 0.5
NEARLY_ALL = 0.8
LOOKED_AT = 200
MOST_KINDS = 12
"""Different words of a column with a closed vocabulary."""


@dataclass(frozen=True)
class JudgedColumn:
    """A column as it is judged: its heading, how many cells are filled and with how many different values, and these.

    `different` are the first of them (LOOKED_AT).
    """

    name: str
    filled: int
    kinds: int
    different: Sequence[str]
    texts: int = 0
    """Different texts in the column of findings, where the table has one."""
    titles: int = 0
    others: frozenset[str] = frozenset()
    """The headings of the table, folded."""


Check = Callable[[How, JudgedColumn, Known], str]


def misfit(field: str, how: How, column: JudgedColumn, known: Known) -> str:
    """Return why a column is not what its name suggests, in a few words; empty where its values may be that.

    Our own names are taken at their word, but for an empty column and for a place in a list of references.
    """
    if not column.filled:
        return EMPTY
    elsewhere = _where_published(column) if field in ("place", "regions") else ""
    if elsewhere or how is How.EXACT:
        return elsewhere
    return _other_kind(field, column, known) or CHECKS.get(field, _of_words(field))(how, column, known)


def _other_kind(field: str, column: JudgedColumn, known: Known) -> str:
    """Return that values are numbers, or say yes or no, where the field holds neither."""
    if field in NEVER_NUMBERS and _share(column, _number) > NEARLY_ALL and known() < MOST:
        return "its values are numbers"
    return "its cells say yes or no" if field not in FREE and marks(column.different) else ""


def sentences(different: Sequence[str]) -> bool:
    """Tell whether most values look like sentences."""
    return sum(_sentence(value) for value in different) > MOST * len(different)


def _sentence(value: str) -> bool:
    return len(value.split()) >= SENTENCE or len(WITHOUT_SPACES.findall(value)) >= 2 * SENTENCE


def _share(column: JudgedColumn, fits: Callable[[str], object]) -> float:
    return sum(bool(fits(value)) for value in column.different) / len(column.different)


def _number(value: str) -> bool:
    return bool(NUMBER.fullmatch(value.strip()))


def _few_kinds(column: JudgedColumn) -> bool:
    return column.filled >= SENTENCE and column.kinds * 2 <= column.filled


def _where_published(column: JudgedColumn) -> str:
    if OF_PUBLISHING.search(folded(column.name.replace("_", " "))):
        return "it says where something was published, not where its evidence is"
    if synonyms.header(column.name) == "place" and not column.texts and len(BIBLIOGRAPHIC & column.others) >= 2:
        return "in a list of references it says where something was published"
    return ""


def _text(how: How, column: JudgedColumn, known: Known) -> str:
    if how is How.SIMILAR:
        return "" if sentences(column.different) else "its values are no sentences"
    short = not any(_sentence(value) for value in column.different)
    addresses = _share(column, ADDRESS.match) > MOST
    return "its values are no sentences" if addresses or (short and _few_kinds(column)) else ""


def _title(how: How, column: JudgedColumn, known: Known) -> str:
    if not column.texts and column.kinds < NEARLY_ALL * column.filled:
        return "its values repeat, as titles do not"
    if not _share(column, LETTER.search):
        return "its values hold no word"
    return "its values are addresses" if _share(column, ADDRESS.match) > MOST else ""


def _source_id(how: How, column: JudgedColumn, known: Known) -> str:
    if not column.texts:
        return "its values repeat, as ids do not" if column.kinds < column.filled else ""
    return "one of its values stands beside several titles" if column.kinds < column.titles else ""


def _finding_id(how: How, column: JudgedColumn, known: Known) -> str:
    things = column.texts or column.filled
    return "its values repeat, as ids do not" if column.kinds < things else ""


def _matching(pattern: re.Pattern[str], what: str) -> Check:
    def check(how: How, column: JudgedColumn, known: Known) -> str:
        return "" if _share(column, pattern.search) >= MOST else f"its values are no {what}"

    return check


def _degrees(most: float) -> Check:
    def within(value: str) -> bool:
        try:
            return abs(float(value.replace("−", "-").replace(",", "."))) <= most
        except ValueError:
            return False

    def check(how: How, column: JudgedColumn, known: Known) -> str:
        return "" if _share(column, within) >= MOST else "its values are no degrees"

    return check


def _of_words(field: str) -> Check:
    """Return the check of a column of words: few and short, or known, where the vocabulary is closed."""

    def check(how: How, column: JudgedColumn, known: Known) -> str:
        if field in CLOSED and how is How.SIMILAR and not known():
            return "none of its values is a word for it"
        if field in CLOSED and known() < MOST:
            if sentences(column.different):
                return "its values are sentences"
            return "its values are too many to be words for it" if column.kinds > MOST_KINDS else ""
        if field == "regions" and how is How.SIMILAR and known() < MOST:
            return "few of its values are known places"
        return ""

    return check


CHECKS = {
    "finding": _text,
    "title": _title,
    "source_id": _source_id,
    "finding_id": _finding_id,
    "year": _matching(YEAR, "years"),
    "doi": _matching(DOI, "DOIs"),
    "url": _matching(ADDRESS, "addresses"),
    "accessed": _matching(DAY, "dates"),
    "coded_on": _matching(DAY, "dates"),
    "latitude": _degrees(90),
    "longitude": _degrees(180),
}
