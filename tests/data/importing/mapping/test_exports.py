"""Exports of other programs are known by their header and mapped without a guess."""

from pathlib import Path

import pytest

from data.collection.codebook import Codebook
from data.importing.checking.checks import check
from data.importing.mapping import bring
from data.importing.mapping.fields import FIELDS, NOT_OURS
from data.importing.mapping.suggesting import exports
from data.importing.mapping.suggesting.column_suggestions import columns
from data.importing.mapping.suggesting.ground import How
from data.importing.mapping.suggesting.proposal import Guess, propose
from data.importing.readers.format_choice import read_any
from tests.data.importing.mapping.raw_files import CONSTANTS, raw, table

FOLDER = Path(__file__).parents[3] / "files" / "exports"
ZOTERO = (
    "Key|Item Type|Publication Year|Author|Title|Publication Title|ISBN|ISSN|DOI|Url|Abstract Note|Date|Date Added|"
    "Date Modified|Access Date|Pages|Num Pages|Issue|Volume|Number Of Volumes|Journal Abbreviation|Short Title|Series|"
    "Series Number|Series Text|Series Title|Publisher|Place|Language|Rights|Type|Archive|Archive Location|"
    "Library Catalog|Call Number|Extra|Notes|File Attachments|Link Attachments|Manual Tags|Automatic Tags|Editor|"
    "Series Editor|Translator|Contributor|Attorney Agent|Book Author|Cast Member|Commenter|Composer|Cosponsor|Counsel|"
    "Interviewer|Producer|Recipient|Reviewed Author|Scriptwriter|Words By|Guest|Number|Edition|Running Time|Scale|"
    "Medium|Artwork Size|Filing Date|Application Number|Assignee|Issuing Authority|Country|Meeting Name|"
    "Conference Name|Court|References|Reporter|Legal Status|Priority Numbers|Programming Language|Version|System|Code|"
    "Code Number|Section|Session|Committee|History|Legislative Body"
)
HEADERS = {
    "Zotero": ZOTERO,
    "Scopus": (
        "Authors|Author full names|Author(s) ID|Title|Year|Source title|Volume|Issue|Art. No.|Page start|Page end|"
        "Page count|Cited by|DOI|Link|Affiliations|Authors with affiliations|Abstract|Author Keywords|Index Keywords|"
        "Molecular Sequence Numbers|Chemicals/CAS|Tradenames|Manufacturers|Funding Details|Funding Texts|References|"
        "Correspondence Address|Editors|Publisher|Sponsors|Conference name|Conference date|Conference location|"
        "Conference code|ISSN|ISBN|CODEN|PubMed ID|Language of Original Document|Abbreviated Source Title|"
        "Document Type|Publication Stage|Open Access|Source|EID"
    ),
    "IEEE Xplore": (
        "Document Title|Authors|Author Affiliations|Publication Title|Date Added To Xplore|Publication Year|Volume|"
        "Issue|Start Page|End Page|Abstract|ISSN|ISBNs|DOI|Funding Information|PDF Link|Author Keywords|IEEE Terms|"
        "INSPEC Controlled Terms|INSPEC Non-Controlled Terms|Mesh_Terms|Article Citation Count|Patent Citation Count|"
        "Reference Count|License|Online Date|Issue Date|Meeting Date|Publisher|Document Identifier"
    ),
    "Web of Science": (
        "Publication Type|Authors|Book Authors|Book Editors|Book Group Authors|Author Full Names|"
        "Book Author Full Names|Group Authors|Article Title|Source Title|Book Series Title|Book Series Subtitle|"
        "Language|Document Type|Conference Title|Conference Date|Conference Location|Conference Sponsor|"
        "Conference Host|Author Keywords|Keywords Plus|Abstract|Addresses|Affiliations|Reprint Addresses|"
        "Email Addresses|Researcher Ids|ORCIDs|Funding Orgs|Funding Name Preferred|Funding Text|Cited References|"
        "Cited Reference Count|Times Cited, WoS Core|Times Cited, All Databases|180 Day Usage Count|"
        "Since 2013 Usage Count|Publisher|Publisher City|Publisher Address|ISSN|eISSN|ISBN|Journal Abbreviation|"
        "Journal ISO Abbreviation|Publication Date|Publication Year|Volume|Issue|Part Number|Supplement|Special Issue|"
        "Meeting Abstract|Start Page|End Page|Article Number|DOI|DOI Link|Book DOI|Early Access Date|Number of Pages|"
        "WoS Categories|Web of Science Index|Research Areas|IDS Number|Pubmed Id|Open Access Designations|"
        "Highly Cited Status|Hot Paper Status|Date of Export|UT (Unique WOS ID)|Web of Science Record"
    ),
    "The Lens": (
        "Lens ID|Title|Date Published|Publication Year|Publication Type|Source Title|ISSNs|Publisher|Source Country|"
        "Author/s|Abstract|Volume|Issue Number|Start Page|End Page|Fields of Study|Keywords|MeSH Terms|Chemicals|"
        "Funding|Source URLs|External URL|PMID|DOI|Microsoft Academic ID|PMCID|Citing Patents Count|References|"
        "Citing Works Count|Is Open Access|Open Access License|Open Access Colour"
    ),
    "Embase": (
        "Title|Author Names|Author Addresses|Correspondence Address|Editors|AiP/IP Entry Date|Full Record Entry Date|"
        "Source|Source title|Publication Year|Volume|Issue|First Page|Last Page|Date of Publication|Publication Type|"
        "Conference Name|Conference Location|Conference Date|Conference Editors|ISSN|ISBN|Book Publisher|Abstract|"
        "Original Abstract|Author Keywords|Emtree Drug Index Terms (Major Focus)|Emtree Drug Index Terms|"
        "Emtree Medical Index Terms (Major Focus)|Emtree Medical Index Terms|Drug Tradenames|Drug Manufacturer|"
        "Device Tradenames|Device Manufacturer|CAS Registry Numbers|Molecular Sequence Numbers|Embase Classification|"
        "Clinical Trial Numbers|Article Language|Summary Language|Embase Accession ID|Medline PMID|PUI|DOI|"
        "Full Text Link|Embase Link|Open URL Link|Copyright"
    ),
    "Dedoose": (
        "Media Title|Excerpt Range|Excerpt Creator|Excerpt Date|Excerpt Copy|Resource Creator|Resource Date|"
        "Codes Applied Combined|Code: Places\\Libraries Applied|Code: Places\\Libraries Range|"
        "Code: Places\\Libraries Weight"
    ),
    "MAXQDA": (
        "Color|Document group|Document name|Code|Begin|End|Weight score|Segment|Modified by|Modified on|Area|"
        "Coverage %|Comment"
    ),
    "NVivo": "File Name|Code Name|Coverage|Coded Text|Coded By Initials|Modified On",
    "ATLAS.ti": (
        "ID|Reference|Quotation Name|Quotation Content|Codes|Document|Comment|Created by|Creation Date|"
        "Modified by|Modification Date"
    ),
    "Covidence": (
        "Title|Authors|Abstract|Published Year|Published Month|Journal|Volume|Issue|Pages|Accession Number|DOI|Ref|"
        "Covidence #|Study|Notes|Tags"
    ),
    "Rayyan": (
        "key|title|year|month|day|journal|issn|volume|issue|pages|authors|url|language|publisher|location|abstract|"
        "notes|doi|keywords|pubmed_id|pmc_id"
    ),
}  # fmt: skip
"""The headings of whole exports, as these programs write them."""
TITLE = {
    "IEEE Xplore": "Document Title",
    "Web of Science": "Article Title",
    "Dedoose": "Media Title",
    "MAXQDA": "Document name",
    "NVivo": "File Name",
    "ATLAS.ti": "Document",
    "Rayyan": "title",
}
CODED = frozenset({"Dedoose", "MAXQDA", "NVivo", "ATLAS.ti"})
"""Programs whose exports hold passages."""
ODD = {"year": "2020", "doi": "10.1000/a", "url": "https://example.org/1", "accessed": "2024-05-06"}
MINIMAL = {"zotero_min.csv": ("Zotero", 3), "scopus_min.csv": ("Scopus", 2)}


@pytest.fixture(params=HEADERS)
def program(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def whole(program: str):  # type: ignore[no-untyped-def]
    """Return an export of two records with every column filled."""
    names = HEADERS[program].split("|")
    rows = [[f"{name} {number}" for name in names] for number in (1, 2)]
    return raw(table(names, *rows))


def test_each_program_is_known_by_its_header(program: str) -> None:
    assert exports.named(whole(program)) == program


def test_no_column_of_a_whole_export_is_a_guess(program: str, codebook: Codebook) -> None:
    rows = columns(whole(program), codebook)
    assert [row.column for row in rows if row.guess] == []
    by_title = {row.column: row.field for row in rows}
    assert by_title[TITLE.get(program, "Title")] == "title"
    assert {row.field for row in rows if row.how is How.EXPORT} <= {*FIELDS, NOT_OURS}


def test_no_region_or_finding_is_taken_from_references(program: str, codebook: Codebook) -> None:
    fields = {row.field for row in columns(whole(program), codebook)}
    assert not fields & {"regions", "place", "themes", "levers", "direction", "coded_on"}
    assert ("finding" in fields, bool(fields & {"codes", "presence"})) == (program in CODED, program in CODED)


def test_passages_come_in_for_the_team_alone(codebook: Codebook) -> None:
    found = {program: propose(whole(program), "Theirs", codebook).constants.get("access") for program in HEADERS}
    assert found == {program: "team" if program in CODED else None for program in HEADERS}


PASSAGES = {
    "MAXQDA": (("Document name", "Code", "Segment", "Modified on"), "Places > Libraries"),
    "NVivo": (("File Name", "Code Name", "Coded Text", "Modified On"), "Codes\\\\Places\\Libraries"),
    "ATLAS.ti": (("Document", "Codes", "Quotation Content", "Creation Date"), "Libraries"),
    "Dedoose": (("Media Title", "Codes Applied Combined", "Excerpt Copy", "Excerpt Date"), "Places\\Libraries"),
}


@pytest.mark.parametrize("program", PASSAGES)
def test_a_passage_keeps_its_code_and_the_day_that_can_be_told(program: str, codebook: Codebook) -> None:
    names, code = PASSAGES[program]
    rows = [("Blyth", code, "The café helped.", "10/31/2024 10:00"), ("Blyth", code, "Nobody came.", "11/2/2024 09:00")]
    file = raw(table(names, *rows))
    mapping = propose(file, "Theirs", codebook, Guess.ALL).with_constants(CONSTANTS)
    findings = check(bring(file, mapping, codebook).files, codebook, ()).findings.values()
    assert (exports.named(file), [(one.themes, one.coded_on) for one in findings]) == (
        program, [(("T1.2",), "2024-10-31"), (("T1.2",), "2024-11-02")],
    )  # fmt: skip
    unclear = raw(table(names, ("Blyth", code, "The café helped.", "3/4/2024")))
    assert [row.field for row in columns(unclear, codebook)][3] == "not ours"


@pytest.mark.parametrize("name", MINIMAL)
def test_references_alone_come_in_whole(name: str, codebook: Codebook) -> None:
    file = read_any(name, FOLDER / name)
    program, records = MINIMAL[name]
    found = bring(file, propose(file, "Theirs", codebook), codebook)
    assert (exports.named(file), found.sources, found.findings) == (program, records, 0)


def test_a_table_of_other_columns_is_no_known_export(codebook: Codebook) -> None:
    assert exports.named(raw(table(("Title", "Year", "Source"), ("A", "2020", "Library")))) == ""
    assert exports.named(raw(table(("Key", "Title"), ("A", "B")))) == ""


def test_a_reference_keeps_the_publication_that_it_stands_in(codebook: Codebook) -> None:
    columns = ("Authors", "Title", "Year", "Source title", "Volume", "Issue", "Page start", "Page end", "EID", "Source")
    row = ("Example A.", "Libraries and trust", "2020", "Places", "12", "3", "101", "118", "2-s2.0-1", "Scopus")
    file = raw(table(columns, row))
    (sources,) = bring(file, propose(file, "Theirs", codebook), codebook).files.sources
    cells = dict(zip(sources.columns, sources.rows[0][1], strict=True))
    assert {name: cells[name] for name in ("publication", "volume", "issue", "pages", "organisation")} == {
        "publication": "Places", "volume": "12", "issue": "3", "pages": "101–118", "organisation": "",
    }  # fmt: skip
