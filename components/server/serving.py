"""The server: the dashboard and, beside it, the stream that followers of a meeting hold and what they answer to.

Run with `streamlit run components/server/serving.py`; `streamlit run dashboard.py` serves the same pages without these.
"""

import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # Streamlit puts this file's own folder there

from components.meeting.follower import answer_post, stream  # noqa: E402
from components.requests import content_policy, open_files, server_limits  # noqa: E402
from components.requests.own_origin import OwnOrigin  # noqa: E402
from components.requests.response_headers import ResponseHeaders  # noqa: E402
from components.requests.server_address import base_path  # noqa: E402
from components.requests.session_messages import SessionMessages  # noqa: E402
from components.requests.shut_paths import ShutPaths  # noqa: E402
from components.server import entrance, readiness, uploads  # noqa: E402
from components.server.allowed_hosts import AllowedHosts  # noqa: E402
from components.server.page_names import PageNames  # noqa: E402
from components.server.shares import Shares  # noqa: E402
from components.store import presenter_entry  # noqa: E402
from data.collection import clock  # noqa: E402

try:
    clock.zone()
    content_policy.framed_by()
    entrance.prepare()
    open_files.raise_limit()
    LIMITS = server_limits.read()
except (clock.ZoneFault, content_policy.FramedByFault, entrance.TokenFault, server_limits.LimitFault) as fault:
    sys.exit(str(fault))


def _lifespan(served: object) -> AbstractAsyncContextManager[None]:
    return readiness.ready(uploads.freeing(stream.watching(served)), LIMITS)


routes = [
    Route(f"{base_path()}{route.path}", route.endpoint, methods=route.methods)
    for route in (*stream.ROUTES, *answer_post.ROUTES, *entrance.ROUTES, *presenter_entry.ROUTES)
]
middleware = [
    Middleware(Shares, limits=LIMITS),
    Middleware(AllowedHosts),
    Middleware(OwnOrigin),
    Middleware(ShutPaths),
    Middleware(uploads.Uploads, limits=LIMITS),
    Middleware(SessionMessages, root=ROOT),
    Middleware(PageNames),
]
app: ASGIApp = st.App(ROOT / "dashboard.py", routes=routes, lifespan=_lifespan, middleware=middleware)
app = ResponseHeaders(app)  # around Streamlit's own answers to failures too, which stand outside its middleware
