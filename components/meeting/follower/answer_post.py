"""The address that answers are sent to, beside the stream: a follower's page posts one, and is told what came of it.

An answer that ran a follower's whole session again took seconds where three hundred came at once; one that is posted
costs a few milliseconds (docs/performance.md). Nothing that is sent is trusted: its size, form and kinds are checked
here, what it says in data/meeting/answers.py.
"""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.meeting.follower import meeting_queries
from components.meeting.follower import stream as streams
from components.requests import own_origin
from components.store import store
from data.collection.codebook import Codebook
from data.collection.database import DatabaseFault
from data.meeting import answers
from data.meeting.meeting_fault import MeetingFault

PATH = "/room-answer"
LARGEST = 16 * 1024
"""Bytes of an answer with all that surrounds it; the largest that a form can send, twenty long options, has ten."""
RECEIVED = "Your answer was received. You may change it until the question is closed."
TAKEN_BACK = "You have no answer to this question now."
OTHER_SITE = "Answers are taken from this dashboard's own page only."
NO_JSON = "An answer is sent as application/json."
TOO_LARGE = f"An answer of more than {LARGEST // 1024} kB is not taken."
MALFORMED = 'An answer is {"device": text, "slide": text, "value": [texts]}.'
NO_MEETING = "There is no such meeting."
TROUBLE = "Your answer could not be kept just now. Send it again in a moment."

log = logging.getLogger(__name__)
_WRITER = ThreadPoolExecutor(1, thread_name_prefix="answers")
"""One thread, as SQLite takes one writer at a time: more would wait for each other, and keep the stream waiting too."""


class Sent(NamedTuple):
    """What a follower's page sends: the device's key, the slide whose question it answers, and the answer."""

    device: str
    slide: str
    value: list[str]


async def take(request: Request) -> Response:
    """Take one answer; say what came of it, with 200 where it is kept."""
    if not own_origin.is_page(request.headers):
        return _said(403, OTHER_SITE)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _said(415, NO_JSON)
    body = await _body(request)
    if body is None:
        return _said(413, TOO_LARGE)
    sent = read(body)
    if sent is None:
        return _said(400, MALFORMED)
    stream, address = request.path_params["stream"], request.client.host if request.client else ""
    return _said(*await asyncio.get_running_loop().run_in_executor(_WRITER, _kept, stream, sent, address))


def _said(status: int, sentence: str) -> Response:
    return JSONResponse({"said": sentence}, status, {"Cache-Control": "no-store"})


async def _body(request: Request) -> bytes | None:
    """Return what was sent, or None once it is more than may be; the rest of it is not waited for."""
    body = b""
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return None
    except ClientDisconnect:
        return b""  # nobody is there to be told
    return body


def read(body: bytes) -> Sent | None:
    """Return what a body holds, or None where it is no answer at all."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, a number of too many digits; brackets without end
        return None
    if not isinstance(sent, dict):
        return None
    device, slide, value = sent.get("device"), sent.get("slide"), sent.get("value")
    if not (isinstance(device, str) and isinstance(slide, str) and isinstance(value, list)):
        return None
    return Sent(device, slide, value) if all(isinstance(part, str) for part in value) else None


def _kept(stream: str, sent: Sent, address: str) -> tuple[int, str]:
    """Return the status and the sentence of an answer, kept where it may be."""
    try:
        asks = _asking(stream)
        if asks is None:
            return 404, NO_MEETING
        kept = answers.answer(store.engine(), asks[0], sent.device, sent.slide, sent.value, asks[1], address)
    except MeetingFault as fault:
        return 409, str(fault)
    except DatabaseFault as fault:
        log.error("an answer could not be kept: %s", fault)
        return 503, TROUBLE
    return 200, RECEIVED if kept else TAKEN_BACK


def _asking(stream: str) -> tuple[int, Codebook] | None:
    """Return the number of a stream's meeting, and the codebook that its form was made by; None where there is none.

    Who answers follows the stream, which knows both: to ask for them again would be half of what an answer costs.
    """
    if told := streams.last_told(stream):
        return told.number, told.codebook
    with store.beside_the_page():
        number = meeting_queries.number_of(stream)
        return None if number is None else (number, store.codebook())


ROUTES = [Route(f"{PATH}/{{stream}}", take, methods=["POST"])]
