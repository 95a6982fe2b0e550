"""What a page of this server may load and run, and who may frame it: the policy, as strict as Streamlit lives with.

A text of the evidence that became markup after all could then fetch, run and send nothing. What is not listed here is
not allowed; tests/browser/test_quiet.py opens every page and hears of whatever a browser refuses.
"""

import base64
import hashlib
import os
import re
from functools import cache
from pathlib import Path

from streamlit.file_util import get_static_dir

from components.requests import one_entry
from data.faults import ForPeople

SETTING = "FRAMED_BY"
"""The variable of the environment that names the origins whose pages may hold this dashboard in a frame."""
ORIGIN = re.compile(r"https?://[a-z0-9.\-\[\]:*]+", re.ASCII | re.IGNORECASE)
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class FramedByFault(ForPeople):
    """The setting names something that is no origin; the message says what."""


def framed_by() -> tuple[str, ...]:
    """Return the origins that may hold the dashboard in a frame, mostly none; raise FramedByFault for what is none."""
    named = tuple(os.environ.get(SETTING, "").split())
    for origin in named:
        if not ORIGIN.fullmatch(origin):
            raise FramedByFault(f"{SETTING} names {origin!r}; give origins such as https://www.example.org, apart by "
                                "spaces, without a path.")  # fmt: skip
    return named


@cache
def policy() -> str:
    """Return the policy, as it stands in the header."""
    return "; ".join(f"{what} {' '.join(sources)}" for what, sources in _allowed().items())


def _allowed() -> dict[str, tuple[str, ...]]:
    return {
        "default-src": ("'none'",),
        # wasm-unsafe-eval: the protocol of Streamlit's page and the maps of deck.gl compile WebAssembly; unlike
        # unsafe-eval it lets no text become a script. blob: Streamlit makes each component of version 2 (a phone's
        # page, fields that are kept, keys of the presenter) a module of that kind.
        "script-src": ("'self'", "'wasm-unsafe-eval'", "blob:", *_inline_scripts()),
        # unsafe-inline: Streamlit's page, Plotly and our own HTML style by attributes and by elements made as it runs.
        "style-src": ("'self'", "'unsafe-inline'"),
        # data: the code that phones scan, the hatching of our maps, and what Streamlit's sheet and deck.gl carry.
        "img-src": ("'self'", "data:"),
        # data: the icons that the page of Streamlit carries in itself.
        "font-src": ("'self'", "data:"),
        # data: deck.gl fetches the symbols and the empty ground of our maps, which stand in what it is given.
        "connect-src": ("'self'", "data:"),
        "manifest-src": ("'self'",),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
        "frame-ancestors": framed_by() or ("'none'",),
    }


def _inline_scripts() -> tuple[str, ...]:
    """Return the digests of the two scripts that stand in a page itself, Streamlit's and ours: no other may."""
    page = (Path(get_static_dir()) / "index.html").read_text(encoding="utf-8")
    scripts = [*INLINE.findall(page), *INLINE.findall(one_entry.SCRIPT)]
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
