"""Every number in a headline is a link to what it counts, and there are as many there as it says."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from data.filters.filter import parse
from tests.data.reckoning import EFFECTS, OVERSEAS, SIDE_OF_ROLE, UK_REGIONS, counts, inside, roles_of, votes, wide
from tests.pages.test_pages import answer, said

LINK = re.compile(r'<a class="within" target="_self" href="([^"]+)"(?: aria-label="([^"]+)")?>([^<]+)</a>')
QUERIES = [{}, {"region": "TLC", "year": "2015-2022"}, {"lever": "L6", "strand": "community,literature"}]


def headline(app) -> str:  # type: ignore[no-untyped-def]
    """Return the first heading as it is written, its links too."""
    return next(part.body for part in app.get("html") if "<h1" in part.body).replace("\N{NO-BREAK SPACE}", " ")


def links(app) -> list[tuple[str, dict[str, str], str]]:  # type: ignore[no-untyped-def]
    """Return the links in the headline: page, what its address asks for, and the number with its noun."""
    found = []
    for href, label, text in LINK.findall(headline(app)):
        address = urlsplit(href.replace("&amp;", "&"))
        found.append((address.path, dict(parse_qsl(address.query)), label or text))
    return found


def on_the_list(query: dict[str, str], noun: str, codebook) -> int:  # type: ignore[no-untyped-def]
    """Return how many an address lists of what a noun names, from the files."""
    word = query.pop("list", "")
    query = {key: value for key, value in query.items() if key not in ("as", "order")}
    wanted, ignored = parse(query, codebook)
    assert not ignored
    rows = inside(wanted)
    if word:
        facet, *more = word.split(":")
        if facet == "lever":
            code, side, *more = more
            rows = [row for row in rows if tells(row, code, side.replace("-", " "), wanted)]
        told = dict(zip(EFFECTS, votes(rows)[3:], strict=True))
        return sum(told.values()) if more == ["any"] else told[more[0]]
    findings, sources, studies = counts(rows)
    return sources if noun.startswith("source") else studies if "stud" in noun else findings


def tells(row, code: str, side: str, wanted) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether a finding tells a lever, or any that the filter names, on a side."""
    return any(
        (lever == code or (code == "any" and (not wanted.lever or lever in wanted.lever)))
        and SIDE_OF_ROLE.get(role) == side
        for lever, role in roles_of(row)
    )


@pytest.mark.parametrize("query", QUERIES, ids=["all", "place", "lever"])
@pytest.mark.parametrize("script", ["overview", "levers", "themes", "findings"])
def test_each_number_leads_to_as_many(open_page, codebook, script, query):
    app = open_page(script, query)
    found = links(app)
    sentence = re.sub(r"^.*?: ", "", answer(app)) if query else answer(app)
    numbers = [number for number in re.findall(r"(?<![\w“])[\d,]*\d", sentence) if number != "0"]
    assert [label.split()[0] for _, _, label in found] == numbers
    assert found
    for _, asked, label in found:
        number, _, noun = label.partition(" ")
        assert on_the_list(asked, noun, codebook) == int(number.replace(",", "")), label
        assert noun, "a link names what it counts"


def test_the_numbers_of_a_place_lead_to_its_studies(open_page, codebook):
    app = open_page("regions", {"region": "TLC"})
    found = links(app)
    assert [on_the_list(asked, label, codebook) for _, asked, label in found] == [
        number for number in (votes(inside(parse({"region": "TLC"}, codebook)[0]))[3:]) if number
    ]
    assert [page for page, _, _ in found] == ["regions"] * len(found)


def test_the_numbers_of_all_places_lead_to_their_maps_and_findings(open_page, codebook):
    parts = [code for code in UK_REGIONS if code not in ("ENG", "UK") and code.startswith("TL")]
    rows = inside(parse({}, codebook)[0])
    by_part = {code: sum(code in wide(row.regions) for row in rows) for code in parts}
    countries = {code for row in rows for code in row.regions} & OVERSEAS - {"GLO"}
    found = links(open_page("regions"))
    least, most = min(by_part.values()), max(by_part.values())
    assert [label for _, _, label in found] == [
        f"{len(parts)} UK regions and nations",
        f"{least} findings",
        f"{most} findings",
        f"{len(countries)} other countries",
    ]
    assert [on_the_list(asked, "findings", codebook) for _, asked, _ in found[1:3]] == [least, most]
    assert found[3][:2] == ("regions", {"map": "World"})


def test_the_numbers_of_gaps_lead_to_the_finest_grid(open_page):
    for page, asked, _ in links(open_page("gaps", {"region": "TLC"})):
        assert (page, asked["rows_level"], asked["columns_level"], asked["region"]) == ("gaps", "fine", "fine", "TLC")


@pytest.mark.parametrize("query", QUERIES[:2], ids=["all", "place"])
def test_the_numbers_of_sources_lead_to_their_lists(open_page, codebook, query):
    rows = inside(parse(query, codebook)[0])
    dated = len({row.source for row in rows if row.year})
    found = links(open_page("sources", query))
    numbers = [counts(rows)[1], counts(rows)[2]]
    assert [int(label.split()[0]) for _, _, label in found] == numbers + ([] if "year" in query else [dated])
    for _, asked, label in found:
        assert on_the_list(asked, label.partition(" ")[2], codebook) == int(label.split()[0]), label


def test_the_numbers_of_method_and_agreement_lead_to_the_comparison_and_to_findings(open_page, codebook):
    rows = inside(parse({}, codebook)[0])
    low = sum(row.confidence in ("low", "very low") for row in rows)
    alike, coded, unsure, held = links(open_page("method", {"region": "TLC"}))
    assert (alike[0], coded[2], unsure[2], held[2]) == (
        "agreement", f"{len(rows)} findings", f"{low} findings", f"{len(rows)} findings"
    )  # fmt: skip
    assert [on_the_list(asked, "findings", codebook) for _, asked, _ in (coded, unsure, held)] == [
        len(rows), low, len(rows)
    ]  # fmt: skip
    ((page, asked, label),) = links(open_page("agreement", {"region": "TLC"}))
    here = len(inside(parse({"region": "TLC"}, codebook)[0]))
    assert (page, label, on_the_list(asked, "findings", codebook)) == ("findings", f"{here} findings", here)


def test_how_much_there_is_leads_to_findings_sources_and_studies(open_page, codebook):
    body = next(part.body for part in open_page("overview", {"theme": "T1"}).get("html") if 'class="lead"' in part.body)
    rows = inside(parse({"theme": "T1"}, codebook)[0])
    assert [(text, href.replace("&amp;", "&")) for href, _, text in LINK.findall(body)] == [
        (f"{counts(rows)[0]} findings", "findings?theme=T1"),
        (f"{counts(rows)[1]} sources", "sources?theme=T1"),
        (f"{counts(rows)[2]} separate studies", "findings?theme=T1&as=cards"),
    ]


def test_a_number_that_is_followed_lists_its_studies_and_leaves_the_headline_as_it_is(open_page, codebook):
    app = open_page("overview", {"list": "lever:any:withdrawn-or-lacking:impeded"})
    number = on_the_list({"list": "lever:any:withdrawn-or-lacking:impeded"}, "", codebook)
    assert answer(app) == answer(open_page("overview"))
    assert f"Any policy lever, where withdrawn or lacking: {number} studies, ▼ impeded" in said(app)
    assert f"Studies 1 to 5 of {number}." in said(app)


def test_a_part_of_a_bar_lists_its_studies_with_their_vote_and_takes_no_side_out(open_page, codebook):
    app = open_page("levers", {"region": "TLC", "bar": "lever:L1:applied:strengthened"})
    wanted, _ = parse({"region": "TLC"}, codebook)
    up = votes([row for row in inside(wanted) if tells(row, "L1", "applied", wanted)])[3]
    assert 1 < up <= 5
    words = " ".join(said(app).split())
    assert f"{codebook.name('lever', 'L1')}, where applied: {up} studies, ▲ strengthened" in words
    assert words.count("Its vote: ▲ strengthened") == words.count("Its vote:") == up
    assert answer(app) == answer(open_page("levers", {"region": "TLC"}))
    assert "where withdrawn or lacking" in answer(app)


def test_a_part_of_a_bar_is_chosen_by_name_and_narrowed_to(open_page):
    app = open_page("overview")
    app = app.selectbox(key="overview_bar").set_value("lever:L6:applied:strengthened").run()
    assert {key: "".join(value) for key, value in app.query_params.items()} == {"bar": "lever:L6:applied:strengthened"}
    app = app.button(key="overview_bar_narrow").click().run()
    assert {key: "".join(value) for key, value in app.query_params.items()} == {"lever": "L6", "role": "applied"}
    assert not app.exception


def test_the_way_to_method_keeps_the_filter(open_page):
    bodies = " ".join(part.body for part in open_page("themes", {"region": "TLC"}).get("html"))
    ways = set(re.findall(r'<a href="([^"]+)" class="within" target="_self">Method</a>', bodies))
    assert ways == {"method?region=TLC"}
