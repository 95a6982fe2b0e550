"""The server: the dashboard and, beside it, the stream that followers of a meeting hold and what they answer to.

Run with `streamlit run components/serving.py`; `streamlit run dashboard.py` serves the same pages without these.
"""

import sys
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))  # Streamlit puts this file's own folder there

from components import content_policy, entrance, limits, open_files, passphrase, readiness, uploads  # noqa: E402
from components.allowed_hosts import AllowedHosts  # noqa: E402
from components.meeting import answer_post, stream  # noqa: E402
from components.own_origin import OwnOrigin  # noqa: E402
from components.page_names import PageNames  # noqa: E402
from components.response_headers import ResponseHeaders  # noqa: E402
from components.server_address import base_path  # noqa: E402
from components.session_messages import SessionMessages  # noqa: E402
from components.shares import Shares  # noqa: E402
from components.shut_paths import ShutPaths  # noqa: E402
from data import clock  # noqa: E402

try:
    clock.zone()
    content_policy.framed_by()
    entrance.prepare()
    open_files.raise_limit()
    LIMITS = limits.read()
except (clock.ZoneFault, content_policy.FramedByFault, entrance.TokenFault, limits.LimitFault) as fault:
    sys.exit(str(fault))


def _lifespan(served: object) -> AbstractAsyncContextManager[None]:
    return readiness.ready(uploads.freeing(stream.watching(served)), LIMITS)


routes = [
    Route(f"{base_path()}{route.path}", route.endpoint, methods=route.methods)
    for route in (*stream.ROUTES, *answer_post.ROUTES, *entrance.ROUTES, *passphrase.ROUTES)
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
