"""What Streamlit serves and this dashboard does not, and what its page is told before it connects."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from components.requests import shut_paths
from components.requests.shut_paths import ShutPaths


async def reached(request: Request) -> Response:
    return PlainTextResponse("reached")


@pytest.fixture(params=["", "/sub/site"])
def client(request: pytest.FixtureRequest, monkeypatch) -> TestClient:
    """Return a client of a server at the root and beneath a path, which answers whatever it is asked."""
    monkeypatch.setattr(shut_paths, "base_path", lambda: request.param)
    app = Starlette(routes=[Route("/{path:path}", reached, methods=["GET", "POST", "OPTIONS"])])
    return TestClient(ShutPaths(app), base_url=f"http://testserver{request.param}/")


@pytest.mark.parametrize(
    "path", ["metrics", "metrics/", "metrics?families=x", "script-health-check", "agent/openapi.json", "agent/mcp"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_figures_of_the_server_and_ways_in_for_programs_are_shut(client: TestClient, method: str, path: str):
    answer = client.request(method, f"_stcore/{path}")
    assert (answer.status_code, answer.text) == (404, "" if method == "HEAD" else "Not Found")


def test_the_page_is_told_that_no_other_page_steers_it(client: TestClient):
    answer = client.get("_stcore/host-config")
    assert (answer.json(), answer.headers["Cache-Control"]) == (shut_paths.NO_HOST, "no-cache")
    assert shut_paths.NO_HOST["allowedOrigins"] == []


@pytest.mark.parametrize("path", ["", "levers", "_stcore/health", "_stcore/metricsx", "_stcore/stream", "media/x.xlsx"])
def test_all_else_is_passed_on(client: TestClient, path: str):
    assert client.get(path).text == "reached"
