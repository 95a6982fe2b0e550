"""Likely duplicates: which pairs are pointed out, which are not, and that nothing near is missed for being skipped."""

import random
from pathlib import Path

import pytest
from rapidfuzz import fuzz, utils
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection.access import NotAllowed, Standing, Visitor
from data.collection.duplicates import COLUMNS, LEAST, ask_again, duplicates, tell_apart
from data.importing.loads import loading
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, write_strand
from tests.data.importing.stored import ask

EDITOR = Visitor("an editor", Standing.EDITOR)
TITLE = "Community perceptions of social infrastructure in four towns"


def source(ref: str, **more: object) -> Row:
    return {"source_id": ref, "strand": "community", "title": f"Nothing like the others {ref * 9}", **more}


def pairs(engine: Engine) -> list[tuple[object, ...]]:
    with Session(engine) as session:
        found = duplicates(session)
    assert list(found.columns) == list(COLUMNS)
    return [tuple(row) for row in found[["kind", "ref", "other", "score", "why"]].itertuples(index=False)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"title": TITLE, "year": "2019"}, {"title": TITLE, "year": "2019"},
         (100, "titles 100 % alike, of the same year")),
        ({"title": TITLE, "year": "2019"}, {"title": f"{TITLE}.", "year": "2021"},
         (100, "titles 100 % alike, though of 2019 and 2021")),
        ({"title": TITLE}, {"title": TITLE.replace("four", "for")}, (99.2, "titles 99 % alike")),
        ({"doi": "10.1000/ABC.1"}, {"url": "https://doi.org/10.1000/abc.1"}, (100, "the same DOI")),
        ({"url": "https://www.example.org/report/"}, {"url": "http://example.org/report#page=2"},
         (100, "the same address")),
        ({"url": "https://example.org/report?utm_source=mail&id=7"}, {"url": "https://example.org/report?id=7&fbclid=x"},
         (100, "the same address")),
        ({"url": "https://example.org/news?id=7"}, {"url": "https://example.org/news?id=8"}, None),
        ({"url": "https://example.org/news?id=7"}, {"url": "https://example.org/news"}, None),
        ({"url": "https://example.org/#/reports/7"}, {"url": "https://example.org/#/reports/8"}, None),
        ({"title": TITLE}, {"title": "Community perceptions of green space in two cities"}, None),
        ({"doi": "10.1000/abc.1"}, {"doi": "10.1000/abc.12"}, None),
    ],
)  # fmt: skip
def test_two_sources(one: Row, other: Row, expected: tuple[float, str] | None, engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "s", (), [source("S1", **one), source("S2", **other)])])
    assert pairs(engine) == ([("source", "S1", "S2", *expected)] if expected else [])


def test_no_two_shipped_sources_with_other_queries_are_called_one_address(loaded: Engine) -> None:
    """LIT-S005 and LIT-S025, LIT-S022 and LIT-S087, RND-S036 and RND-S037 differ in the query alone."""
    with Session(loaded) as session:
        found = duplicates(session)
    urls = dict(ask(loaded, "SELECT ref, url FROM source"))
    same = found[(found["kind"] == "source") & (found["why"] == "the same address")]
    pairs = [
        (str(urls[one]).partition("?"), str(urls[two]).partition("?")) for one, two in same[["ref", "other"]].values
    ]
    assert len(pairs) == 5
    assert all(one[2] == two[2] for one, two in pairs)


def test_two_findings_of_nearly_the_same_text(engine: Engine, tmp_path: Path) -> None:
    twin = {
        **FINDINGS[0],
        "finding_id": "E0",
        "source_id": "S2",
        "finding": "The library brought its readers together!",
    }
    loading.load(engine, [write_strand(tmp_path / "s", [*FINDINGS, twin], SOURCES)])
    assert pairs(engine) == [("finding", "E0", "E1", 100, "the same text, of S2 and S1")]


def test_two_that_a_person_told_apart_are_not_pointed_out_again_until_asked_to(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "s", (), [source("S1", title=TITLE), source("S2", title=TITLE)])])
    tell_apart(engine, "source", "S2", "S1", EDITOR)
    tell_apart(engine, "source", "S1", "S2", EDITOR)
    assert pairs(engine) == []
    assert ask(engine, "SELECT kind, ref, other, who FROM not_duplicate") == [("source", "S1", "S2", "an editor")]
    ask_again(engine, "source", "S1", "S2", EDITOR)
    assert len(pairs(engine)) == 1
    assert ask(engine, "SELECT action, subject FROM audit WHERE id > 1") == [
        ("tell apart", "source S1"), ("ask again", "source S1")
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        tell_apart(engine, "source", "S1", "S2", Visitor("", Standing.PARTICIPANT))


def test_none_is_missed_among_the_shipped_findings_altered_a_little(
    engine: Engine, csv_findings: list[dict[str, str]], tmp_path: Path
) -> None:
    """Every fifth finding again with a word or two changed: each pair as near as the limit is found."""
    drawn = random.Random(7)
    rows: list[Row] = [
        {**FINDINGS[2], "finding_id": row["finding_id"], "finding": row["finding"]} for row in csv_findings
    ]
    expected = set()
    for row in csv_findings[::5]:
        words = row["finding"].split()
        for _ in range(drawn.randint(0, 2)):
            words[drawn.randrange(len(words))] = drawn.choice(["altered", "moreover", "the"])
        text = " ".join(words)
        rows.append({**FINDINGS[2], "finding_id": f"Z{row['finding_id']}", "finding": text})
        if fuzz.ratio(utils.default_process(text), utils.default_process(row["finding"])) >= LEAST["finding"]:
            expected.add((row["finding_id"], f"Z{row['finding_id']}"))
    loading.load(engine, [write_strand(tmp_path / "s", rows)])
    assert len(expected) > 80
    assert {(ref, other) for kind, ref, other, *_ in pairs(engine) if kind == "finding"} >= expected
