"""Every answer says what a browser may do with it, whoever made it, and however it ended."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket

from components.requests import response_headers
from components.requests.response_headers import ResponseHeaders

HEADERS = response_headers.headers()


async def page(request: Request) -> Response:
    return PlainTextResponse(
        "here", headers={"X-Content-Type-Options": "sniff", "Content-Security-Policy": "img-src *"}
    )


async def cookies(request: Request) -> Response:
    answer = PlainTextResponse("given")
    answer.set_cookie("one", "1")
    answer.set_cookie("two", "2", secure=True)
    return answer


async def broken(request: Request) -> Response:
    raise RuntimeError("no")


async def connect(connection: WebSocket) -> None:
    await connection.accept(subprotocol="streamlit")
    await connection.close()


async def refuse(connection: WebSocket) -> None:
    await connection.receive()
    await connection.close(1008)


@pytest.fixture(scope="module")
def client() -> TestClient:
    routes = [
        Route("/page", page),
        Route("/cookies", cookies),
        Route("/broken", broken),
        WebSocketRoute("/connect", connect),
        WebSocketRoute("/refuse", refuse),
    ]
    return TestClient(ResponseHeaders(Starlette(routes=routes)), raise_server_exceptions=False)


def of(answer: Response) -> dict[str, list[str]]:
    """Return the headers that an answer has of those that each has, with every value given."""
    return {name: answer.headers.get_list(name) for name in HEADERS}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/page", 200), ("HEAD", "/page", 200), ("GET", "/none", 404), ("HEAD", "/none", 404),
     ("POST", "/page", 405), ("GET", "/broken", 500)],
)  # fmt: skip
def test_each_answer_has_each_header_once(client: TestClient, method: str, path: str, status: int):
    answer = client.request(method, path)
    assert (answer.status_code, of(answer)) == (status, {name: [value] for name, value in HEADERS.items()})


@pytest.mark.parametrize("path", ["/refuse", "/none"])
def test_a_connection_that_is_refused_is_answered_with_them_too(client: TestClient, path: str):
    with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect(path):
        pass
    assert (refused.value.status_code, of(refused.value)) == (403, {name: [value] for name, value in HEADERS.items()})


def test_so_is_one_that_is_opened(client: TestClient):
    with client.websocket_connect("/connect", subprotocols=["streamlit"]) as opened:
        given = {name.decode().title(): value.decode() for name, value in opened.extra_headers}
        assert {name.title(): value for name, value in HEADERS.items()}.items() <= given.items()
        assert opened.accepted_subprotocol == "streamlit"


def test_over_https_each_cookie_is_for_https_alone(client: TestClient):
    plain, encrypted = (client.get(f"{scheme}://testserver/cookies") for scheme in ("http", "https"))
    assert ["; Secure" in given for given in plain.headers.get_list("set-cookie")] == [False, True]
    assert [given.count("; Secure") for given in encrypted.headers.get_list("set-cookie")] == [1, 1]


def test_they_hold_what_browsers_are_told():
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["Referrer-Policy"] == "same-origin"
    assert HEADERS["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(HEADERS["Permissions-Policy"].split(", "))
