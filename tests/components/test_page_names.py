"""Addresses as people write them lead to the page that they name; nothing else is touched."""

import pytest
import streamlit as st
from starlette.responses import PlainTextResponse

from components.page_names import PageNames, meant
from tests.event_loops import in_a_loop


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/overview", "/"),
        ("/OVERVIEW/", "/"),
        ("/Findings", "/findings"),
        ("/LEVERS", "/levers"),
        ("/levers/", "/levers"),
        ("/Present", "/present"),
        ("/findings", None),
        ("/", None),
        ("/nowhere", None),
        ("/_stcore/Method", None),
        ("//Findings", None),
    ],
)
def test_a_path_means_the_page_that_it_names_however_it_is_written(path: str, page: str | None):
    assert meant(path) == page


def test_a_dashboard_below_a_path_keeps_it(monkeypatch):
    monkeypatch.setattr(st, "get_option", {"server.baseUrlPath": "/evidence/"}.get)
    assert (meant("/evidence/Overview"), meant("/Overview")) == ("/evidence/", None)


def test_what_stands_after_the_question_mark_goes_along():
    assert answered("/Findings", "region=TLC,TLD&q=caf%C3%A9") == (307, "/findings?region=TLC,TLD&q=caf%C3%A9")
    assert answered("/findings", "region=TLC") == (200, "")


def answered(path: str, query: str) -> tuple[int, str]:
    """Return the status of the answer to a request, and the address that it leads to."""
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    in_a_loop(PageNames(PlainTextResponse("the page"))(scope, None, send))
    return sent[0]["status"], dict(sent[0]["headers"]).get(b"location", b"").decode()
