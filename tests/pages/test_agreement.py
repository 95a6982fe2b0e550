"""The agreement page: how far coders agree, where they differ, and what an editor may do about it."""

import io

import openpyxl
import pytest

from components.agreement import settling_desk
from components.frame import downloads
from components.store import kept_drafts, store, visitor
from data.coders import round_loads, settlements
from data.coders.coding_differences import choice_of
from data.coders.round_loads import FOLDER
from data.coders.rounds import AGREED
from data.collection.access import Standing, Visitor
from data.filters.filter import Filter
from tests.conftest import read_csv
from tests.data.importing.stored import ask
from tests.pages.test_pages import answer, said

FIRST, SECOND = (
    {row["finding_id"]: row for row in read_csv(FOLDER / f"{name}_coding.csv")} for name in ("first", "second")
)
VIEWER = Visitor("", Standing.VIEWER)
EDITOR = Visitor("Ada", Standing.EDITOR)


def plain(text: str) -> str:
    return text.replace("&#39;", "'")


def shared(column: str) -> str:
    """Return how much of what either coding gave both gave, on average: the mean Jaccard index, from the files."""
    pairs = [
        ({*filter(None, FIRST[ref][column].split(";"))}, {*filter(None, SECOND[ref][column].split(";"))})
        for ref in FIRST
    ]
    return f"{sum(len(a & b) / len(a | b) if a | b else 1 for a, b in pairs) / len(pairs):.0%}".replace("%", " %")


def button(app, label: str):
    return next(one for one in app.main.button if one.label == label)


@pytest.fixture
def changeable(open_page, writable, monkeypatch):
    """Return a function that opens the page for a visitor, on a copy that may be changed."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))

    def opened(who: Visitor, query: dict[str, str] | None = None, browser: str = ""):
        monkeypatch.setattr(visitor, "current", lambda: who)
        if browser:
            monkeypatch.setattr(kept_drafts, "browser", lambda: browser)
        store.forget()
        return open_page("agreement", query)

    return opened


def test_it_answers_with_the_figures_of_the_two_codings(open_page):
    same = sum(FIRST[ref]["direction"] == SECOND[ref]["direction"] for ref in FIRST)
    assert plain(answer(open_page("agreement"))) == (
        f"First coding and second coding give the same direction to {same} of 543 findings (84 %); on average "
        f"both give {shared('themes')} of themes and {shared('levers')} of policy levers that either gives."
    )
    words = plain(said(open_page("agreement")))
    assert "Cohen's kappa is 0.79 for direction; Krippendorff's alpha is 0.79 for direction, 0.50 for themes" in words


def test_it_keeps_to_the_filter(open_page):
    refs = [ref for ref in FIRST if ref.startswith("RND")]
    same = sum(FIRST[ref]["direction"] == SECOND[ref]["direction"] for ref in refs)
    app = open_page("agreement", {"strand": "roundtable"})
    assert f"give the same direction to {same} of {len(refs)} findings" in answer(app)
    assert "COM-E" not in said(app)


def test_other_codings_can_be_compared_and_all_at_once(open_page):
    app = open_page("agreement")
    compared = app.selectbox(key="agreement_between")
    assert compared.options[0] == "First coding and second coding"
    assert compared.options[-1].startswith("All codings: first coding, second coding, blind check")
    assert not any("Second coding and blind check of roles" in option for option in compared.options)
    app = compared.set_value("roles,agreed").run()
    assert not app.exception
    assert plain(answer(app)) == (
        "Blind check of roles and agreed coding give the same role to 182 of 193 levers (94 %)."
    )
    app = app.selectbox(key="agreement_between").set_value("first,second,check,roles").run()
    assert not app.exception
    assert "Krippendorff's alpha is 0.78 for direction" in plain(said(app))


def test_differences_are_turned_one_by_one_and_narrowed(open_page):
    app = open_page("agreement")
    differ = sum(
        FIRST[ref]["direction"] != SECOND[ref]["direction"]
        or any(set(FIRST[ref][c].split(";")) != set(SECOND[ref][c].split(";")) for c in ("themes", "levers"))
        for ref in FIRST
    )
    assert f"0 of {differ} differing findings settled here; " in said(app)
    assert app.number_input(key="agreement_at").label == f"Difference, of {differ}"
    app = button(app, "Next").click().run()
    assert (app.number_input(key="agreement_at").value, button(app, "Previous").disabled) == (2, False)
    narrowed = sum(FIRST[ref]["direction"] != SECOND[ref]["direction"] for ref in FIRST)
    app.session_state["agreement_in"] = "direction"
    app.run()
    assert app.number_input(key="agreement_at").label == f"Difference, of {narrowed}"
    assert not app.exception


def test_without_codings_it_says_how_to_bring_them_in(changeable, writable):
    for name in ("first", "second", "check", "roles"):
        round_loads.withdraw(writable, name, EDITOR)
    app = changeable(EDITOR)
    assert not app.exception
    assert answer(app) == "No two codings of these findings are held, so how far coders agree is not known"
    assert "python -m data codings load FILE.csv --name NAME" in said(app)


def test_a_viewer_sees_the_differences_and_no_form(changeable):
    app = changeable(VIEWER)
    assert "Agreed now" in said(app)
    assert "Editors settle differences here" in said(app)
    assert not [one for one in app.main.button if one.label == "Make this the agreed code"]


def test_an_editor_settles_a_difference_with_a_reason(changeable, writable):
    app = changeable(EDITOR, {"finding": "COM-E012"})
    app = button(app, "Fill in: First coding").click().run()
    app = button(app, "Make this the agreed code").click().run()
    assert "Say why: a settled code stands with its reason" in said(app)
    assert ask(writable, "SELECT direction FROM finding WHERE ref = 'COM-E012'") == [("strengthened",)]
    app.text_area(key="settle_why_COM-E012").set_value("It describes a programme")
    app = button(app, "Make this the agreed code").click().run()
    assert not app.exception
    assert "COM-E012 is settled; changed: direction, themes and levers" in said(app)
    assert "1 of 1 differing finding settled here" in said(app)
    assert "It describes a programme" in said(app)
    assert ask(writable, "SELECT direction FROM finding WHERE ref = 'COM-E012'") == [(FIRST["COM-E012"]["direction"],)]
    assert app.text_area(key="settle_why_COM-E012").value == ""


REF = "COM-E012"


def begun(changeable) -> None:
    """Have an editor choose a direction and type half a reason."""
    app = changeable(EDITOR, {"finding": REF}, "one")
    app.selectbox(key=f"settle_direction_{REF}").set_value("mixed").run()
    app.text_area(key=f"settle_why_{REF}").set_value("It descr").run()


def test_what_was_chosen_and_typed_is_there_again_in_a_new_session_until_it_is_sent(changeable, writable):
    begun(changeable)
    assert changeable(EDITOR, {"finding": REF}, "two").text_area(key=f"settle_why_{REF}").value == ""
    app = changeable(EDITOR, {"finding": REF}, "one")
    assert "Here is what you had typed by " in said(app)
    assert app.selectbox(key=f"settle_direction_{REF}").value == "mixed"
    assert app.text_area(key=f"settle_why_{REF}").value == "It descr"
    app = button(app, "Make this the agreed code").click().run()
    assert ask(writable, f"SELECT direction FROM finding WHERE ref = '{REF}'") == [("mixed",)]
    app = changeable(EDITOR, {"finding": REF}, "one")
    assert (app.text_area(key=f"settle_why_{REF}").value, "what you had typed" in said(app)) == ("", False)


@pytest.mark.parametrize(
    ("choice", "left"), [("Go on with mine", "mixed"), ("Begin from what is agreed now", "unclear")]
)
def test_what_another_settles_meanwhile_is_told_and_both_are_there_to_choose_from(changeable, writable, choice, left):
    begun(changeable)
    agreed = choice_of(store.codings(Filter(finding=(REF,)))[AGREED].coded[REF])
    settlements.settle(
        writable, Visitor("Ben", Standing.EDITOR), REF, agreed, agreed._replace(direction="unclear"), "So."
    )
    app = changeable(EDITOR, {"finding": REF}, "one")
    assert "What is agreed was changed after you had begun" in said(app)
    assert app.selectbox(key=f"settle_direction_{REF}").value == "mixed"
    assert button(app, "Make this the agreed code").disabled
    app = button(app, choice).click().run()
    assert app.selectbox(key=f"settle_direction_{REF}").value == left
    app.text_area(key=f"settle_why_{REF}").set_value("It describes a programme")
    app = button(app, "Make this the agreed code").click().run()
    assert ask(writable, f"SELECT direction FROM finding WHERE ref = '{REF}'") == [(left,)]
    assert not app.exception


def test_a_coding_without_roles_asks_for_them(changeable, csv_findings):
    def levers(row: dict[str, str]) -> set[str]:
        return set(filter(None, row["levers"].split(";")))

    agreed = {row["finding_id"]: row for row in csv_findings}
    ref = next(ref for ref in SECOND if levers(SECOND[ref]) - levers(FIRST[ref]) - levers(agreed[ref]))
    app = changeable(EDITOR, {"finding": ref})
    app = button(app, "Fill in: Second coding").click().run()
    assert "came without a role: choose it with its role, or leave it out" in said(app)
    assert {lever for lever, _ in app.multiselect(key=f"settle_levers_{ref}").value} < levers(SECOND[ref])


def test_the_file_holds_every_code_and_every_difference(open_page, loaded):
    app = open_page("agreement", {"strand": "roundtable"})
    assert not app.exception
    wanted = Filter(strand=("roundtable",))
    with store.beside_the_page():
        contents = downloads.make(wanted, "Agreement", "", settling_desk.download_tables(wanted))
    book = openpyxl.load_workbook(io.BytesIO(contents))
    refs = [ref for ref in FIRST if ref.startswith("RND")]
    rows = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames}
    header = next(number for number, row in enumerate(rows["Differences"]) if row[0] == "Ref")
    told = {row[0]: row for row in rows["Differences"][header + 1 :]}
    coded = ("direction", "themes", "levers")
    differ = {
        ref for ref in refs if any(set(FIRST[ref][c].split(";")) != set(SECOND[ref][c].split(";")) for c in coded)
    }
    assert set(told) == differ
    column = rows["Differences"][header].index("First coding: direction")
    assert all(row[column].endswith(FIRST[ref]["direction"]) for ref, row in told.items())
    facets = next(row for row in rows["Agreement by facet"] if row[0] == "Direction")
    assert facets[:4] == ("Direction", "Direction", len(refs), len(refs))
