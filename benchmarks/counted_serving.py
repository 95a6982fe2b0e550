"""The server as it is served, and one path more, for `make soak` alone: how much of its visitors it keeps.

Run with `python -m benchmarks.counted_serving --server.port 8502`, with the settings of `streamlit run`.
"""

import sys

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.runtime import get_instance
from streamlit.web import cli

from components.meeting.follower import stream

PATH = "/kept-of-visitors"


async def kept(_: Request) -> JSONResponse:
    """Say how many sessions are connected and known, and how many blocks of memory Python holds."""
    sessions = get_instance()._session_mgr  # nothing public tells of those that have left and may come back
    return JSONResponse(
        {
            "connected": len(sessions.list_active_sessions()),
            "known": len(sessions.list_sessions()),
            "blocks": sys.getallocatedblocks(),
        }
    )


stream.ROUTES.append(Route(PATH, kept))

if __name__ == "__main__":
    sys.argv = ["streamlit", "run", "components/server/serving.py", *sys.argv[1:]]
    cli.main()
