"""Downloads of files that are made when they are asked for, each held until the reader who asked has fetched it.

Streamlit forgets such a file once any two runs of a script have ended, whoever's they are: of a server's readers three
in a hundred found nothing where their workbook should be (docs/performance.md). A file that stands somewhere on its
reader's page it keeps until that page is drawn anew, so each is given a place there.
"""

from collections.abc import Callable
from threading import Thread
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


def button(label: str, making: Callable[[], bytes], name: str, mime: str, **looks: Any) -> None:
    """Draw the download of a file by its name and MIME type, made off the script's thread; `looks` is Streamlit's."""
    data = _held(making, name, mime)
    st.download_button(label, data=data, file_name=name, mime=mime, on_click="ignore", **looks)


def _held(making: Callable[[], bytes], name: str, mime: str) -> Callable[[], bytes]:
    """Return what makes the same file, and holds it for the session that this run is of."""
    run = get_script_run_ctx(suppress_warning=True)

    def make() -> bytes:
        contents = making()
        if run and runtime.exists():
            holding = Thread(target=_hold, args=(contents, name, mime))
            add_script_run_ctx(holding, run)  # by which Streamlit knows on whose page it stands
            holding.start()
            holding.join()
        return contents

    return make


def _hold(contents: bytes, name: str, mime: str) -> None:
    files = runtime.get_instance().media_file_mgr
    files.add(contents, mime, coordinates=f"made: {name}", file_name=name, is_for_static_download=True)
