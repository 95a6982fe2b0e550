"""Files are taken only from sessions that may load, so many bytes of one and of all; others are refused unread.

Streamlit took files of any session, keeps them in memory for as long as the session, and frees those of one that left
when the next leaves: five files of 100 MB, sent by a viewer, stayed.
"""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import cast

import streamlit as st
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from components.requests import own_origin, refusal
from components.requests.server_address import base_path
from components.requests.server_limits import MB, Limits
from components.store import upload_rights
from data.faults import ForPeople

PATH = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+")
AROUND = 64 * 1024
"""Bytes that a form puts around a file."""
FREED_EVERY_SECONDS = 60
NOT_YOURS = "Files are taken only on pages that ask for them, of those who may load evidence."


class RefusedUpload(ForPeople):
    """An upload goes too far; the message says in which way, beside the status."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Uploads:
    """Middleware that refuses uploads of those who may not, and of more than is borne."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self.limits = limits
        self.coming: Counter[str] = Counter()
        """Bytes that are on their way, by session."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it before or while it is read."""
        session = uploading(scope)
        if not session:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            if not (own_origin.is_page(headers) and upload_rights.may(session)):
                raise RefusedUpload(403, NOT_YOURS)
            await self._take(session, headers.get("content-length", ""), scope, receive, send)
        except RefusedUpload as refused:
            await refusal.refuse(scope, receive, send, refused.status, str(refused))
        finally:
            if not upload_rights.is_kept(session):
                files().remove_session_files(session)  # it left while its file came

    async def _take(self, session: str, length: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an upload on: room is made for what it says that it is, and for what comes beyond that as it comes."""
        reserved = come = 0

        def reserve(whole: int) -> None:
            nonlocal reserved
            self._see_room(session, whole, whole - reserved)
            self.coming[session] += whole - reserved
            reserved = whole

        async def part() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > reserved:
                reserve(come)
            return message

        try:
            reserve(int(length) if length.isascii() and length.isdigit() else 0)
            await self.app(scope, part, send)
        finally:
            self.coming[session] -= reserved
            self.coming += Counter()  # without those of whom nothing comes

    def _see_room(self, session: str, whole: int, more: int) -> None:
        """Raise RefusedUpload where a file is too large, or where there is no room for so many more bytes of it."""
        largest = int(st.get_option("server.maxUploadSize"))
        if whole > largest * 1024 * 1024 + AROUND:
            raise RefusedUpload(413, f"A file of more than {largest} MB is not taken.")
        held = {one: sum(len(file.data) for file in kept.values()) for one, kept in files().file_storage.items()}
        if held.get(session, 0) + self.coming[session] + more > self.limits.uploads_by_session:
            most = self.limits.uploads_by_session // MB
            raise RefusedUpload(413, f"One page takes {most:,} MB of files in all. Open it anew to go on with others.")
        if sum(held.values()) + self.coming.total() + more > self.limits.uploads:
            raise RefusedUpload(
                507, "The dashboard holds as many files as it can. Please try again in a quarter of an hour."
            )


def uploading(scope: Scope) -> str:
    """Return the session for which a request uploads a file, or nothing where it does something else."""
    if scope["type"] != "http" or scope["method"] != "PUT":
        return ""
    found = PATH.fullmatch(scope["path"].removeprefix(base_path()))
    return found["session"] if found else ""


def files() -> MemoryUploadedFileManager:
    """Return what holds the files of all sessions."""
    return cast("MemoryUploadedFileManager", runtime.get_instance().uploaded_file_mgr)


def free() -> None:
    """Free what sessions held that left longer ago than server.disconnectedSessionTTL."""
    storage = cast("MemorySessionStorage", runtime.get_instance()._session_mgr._session_storage)  # type: ignore[attr-defined]
    for _, left in storage._cache.expire():  # type: ignore[attr-defined]
        left.session.shutdown()
        left.session.session_state.clear()  # what was read of its files


@asynccontextmanager
async def freeing(then: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Free what was left behind from time to time, for as long as the server runs."""
    task = asyncio.create_task(_free())
    try:
        async with then:
            yield
    finally:
        task.cancel()


async def _free() -> None:
    while True:
        await asyncio.sleep(FREED_EVERY_SECONDS)
        free()
