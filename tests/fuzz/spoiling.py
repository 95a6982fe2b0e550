"""Ways to spoil a sound file, and to make one from the pieces that its format is made of."""

import io
import json
import zipfile
from random import Random

from hypothesis import strategies as st

INTERESTING = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"<", b">", b'"', b"'", b"&", b"{", b"}", b"[", b"]",
               b",", b"\r\n", b"\n", b"\t", b"-1", b"0", b"99999999999", b"1e999", b"\xed\xa0\x80", b"&#0;", b"&amp;",
               b"::", b"<!DOCTYPE x>", b"PK\x03\x04", b"\x1f", b"../", b"A" * 40_000, b"(" * 300,
               b"{" * 300)  # fmt: skip


def flipped(contents: bytes, random: Random) -> bytes:
    """Change up to eight bytes."""
    spoilt = bytearray(contents)
    for _ in range(random.randint(1, 8)):
        if spoilt:
            spoilt[random.randrange(len(spoilt))] = random.randrange(256)
    return bytes(spoilt)


def cut(contents: bytes, random: Random) -> bytes:
    """Leave out the end, the start, or a piece between."""
    first, last = sorted(random.randint(0, len(contents)) for _ in range(2))
    return random.choice([contents[:last], contents[first:], contents[:first] + contents[last:]])


def spliced(contents: bytes, other: bytes, random: Random) -> bytes:
    """Put a piece of another file in."""
    first, last = sorted(random.randint(0, len(other)) for _ in range(2))
    at = random.randint(0, len(contents))
    return contents[:at] + other[first : min(last, first + 2000)] + contents[at + random.randint(0, 50) :]


def grown(contents: bytes, random: Random) -> bytes:
    """Put in what formats stumble over, or a piece of the file again and again."""
    at = random.randint(0, len(contents))
    piece = random.choice(INTERESTING)
    if random.random() < 0.3:
        first = random.randint(0, len(contents))
        piece = contents[first : first + random.randint(1, 200)] * random.choice([2, 30, 500])
    return contents[:at] + piece + contents[at:]


def spoilt(contents: bytes, others: list[bytes], random: Random) -> bytes:
    """Spoil a file in one to three ways."""
    for _ in range(random.randint(1, 3)):
        way = random.choice([flipped, cut, grown, spliced])
        contents = spliced(contents, random.choice(others), random) if way is spliced else way(contents, random)  # type: ignore[operator]
    return contents


def spoilt_inside(contents: bytes, others: list[bytes], random: Random) -> bytes:
    """Spoil one part of an archive, and pack it again, so that the archive itself stays sound."""
    try:
        with zipfile.ZipFile(io.BytesIO(contents)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return spoilt(contents, others, random)
    name = random.choice(list(parts))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])) as archive:
        for entry, part in parts.items():
            if random.random() < 0.03:
                continue
            archive.writestr(entry, spoilt(part, list(parts.values()), random) if entry == name else part)
    return file.getvalue()


TEXT = st.text(max_size=30) | st.sampled_from(
    [
        "",
        "a",
        "::",
        "A::b",
        "tbc",
        "-",
        "12",
        "2019",
        "internal://t1.txt",
        "relative:///../x",
        "c1",
        "{C1}",
        "\r\n",
        "😀é",
    ]
)
ELEMENTS = st.sampled_from([
    "Project", "CodeBook", "Codes", "Code", "Users", "User", "Cases", "Case", "VariableValue", "VariableRef",
    "TextValue", "SourceRef", "Sources", "TextSource", "PDFSource", "AudioSource", "Representation", "Transcript",
    "SyncPoint", "PlainTextContent", "PlainTextSelection", "PDFSelection", "TranscriptSelection", "Coding", "CodeRef",
    "NoteRef", "Notes", "Note", "Description", "Sets", "Set", "MemberCode", "MemberSource", "Link", "Variable",
])  # fmt: skip
ATTRIBUTES = st.sampled_from([
    "guid", "name", "targetGUID", "originGUID", "startPosition", "endPosition", "plainTextPath", "path", "creatingUser",
    "creationDateTime", "position", "fromSyncPoint", "toSyncPoint", "isCodable",
])  # fmt: skip
TREES = st.recursive(
    st.tuples(ELEMENTS, st.dictionaries(ATTRIBUTES, TEXT, max_size=6), TEXT),
    lambda inner: st.tuples(ELEMENTS, st.dictionaries(ATTRIBUTES, TEXT, max_size=6), st.lists(inner, max_size=5)),
    max_leaves=25,
)


def markup(tree: tuple, outer: str = "") -> str:  # type: ignore[type-arg]
    """Write a tree as XML, leaving out what XML cannot hold."""
    name, attributes, inside = tree
    name = outer or name
    given = "".join(f" {key}={_quoted(value)}" for key, value in attributes.items())
    held = _escaped(inside) if isinstance(inside, str) else "".join(map(markup, inside))
    return f"<{name}{given}>{held}</{name}>"


def _escaped(text: str) -> str:
    allowed = "".join(c for c in text if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe"))
    return allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


CELLS = st.lists(st.lists(TEXT, max_size=8), max_size=12)
KEYS = st.sampled_from([
    "CodeSets", "References", "Attributes", "AttributesList", "AttributeId", "AttributeName", "SetName", "Codes",
    "ItemId", "Title", "Year", "Authors", "Keywords", "AdditionalText", "ItemAttributeFullTextDetails", "Text",
    "Outcomes",
])  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


def _lines(*tags: str) -> st.SearchStrategy[bytes]:
    """Return a strategy for lines that begin with tags, right and wrong."""
    marks = st.sampled_from(["  - ", " - ", "- ", "  -", "-", " ", ""])
    lines = st.lists(st.tuples(st.sampled_from([*tags, "XX", "ty", "   ", ""]), marks, TEXT), max_size=20)
    return lines.map(lambda lines: encoded("\n".join(map("".join, lines)), "utf-8"))


ENTRIES = st.lists(
    st.tuples(st.sampled_from(["article", "book", "string", "comment", "preamble", ""]), TEXT,
              st.dictionaries(st.sampled_from(["title", "author", "year", "date", "url"]), TEXT, max_size=4),
              st.sampled_from(["}", "", "}}", ")"])),
    max_size=6,
)  # fmt: skip


def encoded(text: str, encoding: str) -> bytes:
    """Return a text in an encoding, with marks for what it lacks."""
    return text.encode(encoding, "replace" if encoding != "utf-8" else "surrogatepass")


def made(reader: str, archived) -> st.SearchStrategy[bytes]:  # type: ignore[no-untyped-def]
    """Return a strategy for files made of a format's own pieces."""
    text = "The hall \U0001f600\r\n"
    parts = st.fixed_dictionaries({}, optional={"CodeSets": VALUES, "References": VALUES})
    return {
        "REFI-QDA project": TREES.map(
            lambda tree: archived({"project.qde": markup(tree, "Project"), "sources/t1.txt": text})
        ),
        "REFI-QDA codebook": TREES.map(lambda tree: markup(tree, "CodeBook").encode()),
        "EPPI-Reviewer": parts.map(lambda value: json.dumps(value).encode()),
        "RIS": _lines("TY", "TI", "AU", "PY", "ER", "DO", "KW", "UR", "ID", "Y2", "SP", "AB"),
        "MEDLINE": _lines("PMID", "TI  ", "AU  ", "FAU ", "DP  ", "AID ", "LID ", "AB  ", "OT  ", "ER  "),
        "Web of Science": _lines("FN", "PT", "AU", "AF", "TI", "DE", "CR", "BP", "EP", "UT", "ER", "EF"),
        "EndNote": _lines("%0", "%A", "%T", "%D", "%K", "%[", "%U", "%%", "%"),
        "BibTeX": ENTRIES.map(lambda entries: encoded("\n".join(map(_entry, entries)), "utf-8")),
        "Excel": CELLS.map(lambda rows: archived(_workbook(rows))),
        "CSV": _delimited([]),
        "Codebook": _delimited([["code", "parent", "definition"]]),
        "Taguette highlights": _delimited([["id", "document", "tag", "content"]]),
        "QualCoder coding report": _delimited([["File", "Coder", "Coded", "Id", "Codename", "Category", "Category"]]),
    }[reader]


def _entry(entry: tuple[str, str, dict[str, str], str]) -> str:
    kind, key, fields, end = entry
    return f"@{kind}{{{key}, " + ", ".join(f"{name} = {{{value}}}" for name, value in fields.items()) + end


def _delimited(header: list[list[str]]) -> st.SearchStrategy[bytes]:
    return st.builds(
        lambda rows, mark, encoding: encoded("\n".join(mark.join(row) for row in [*header, *rows]), encoding),
        CELLS,
        st.sampled_from(",;\t|"),
        st.sampled_from(["utf-8", "utf-16", "cp1252", "mac_roman"]),
    )


def _workbook(rows: list[list[str]]) -> dict[str, str | bytes]:
    """Return the parts of the least workbook that is one, its cells written as inline text, some with odd addresses."""
    spread = "".join(
        f"<row r=\"{number}\">" + "".join(
            f"<c{_address(cell, number, place)} t=\"inlineStr\"><is><t>{_escaped(cell)}</t></is></c>"
            for place, cell in enumerate(cells)) + "</row>"
        for number, cells in enumerate(rows, start=1)
    )  # fmt: skip
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
                       f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="S" sheetId="1" r:id="r1"/>'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
                                      f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{spread}</sheetData></worksheet>',
    }  # fmt: skip


def _address(cell: str, row: int, place: int) -> str:
    odd = {
        "-": "",
        "tbc": ' r="XFD1048576"',
        "12": " r='ZZZ9'",
        "::": ' r="a1"',
        "c1": ' r="A0"',
        "A::b": ' r="A99999999"',
    }
    return odd.get(cell, f' r="{chr(65 + place)}{row}"')
