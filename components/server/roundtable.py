"""Start a roundtable's server: `python -m components.server.roundtable [--port 8501]`, which `make roundtable` does.

It serves the local network, makes the presenter's passphrase, prints that once, and keeps only its hash.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from data.meeting import addresses, passphrase

ROOT = Path(__file__).parents[2]
SERVER = "components/server/serving.py"
BELIEVED = "FORWARDED_ALLOW_IPS"
"""The setting of whose X-Forwarded-For is believed: where it is not set, uvicorn believes a proxy on this machine."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make and print the passphrase, then become the server."""
    parser = argparse.ArgumentParser(
        prog="python -m components.server.roundtable", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--port", type=int, default=8501, help="the port to serve, 8501 if not given")
    port = parser.parse_args(arguments).port
    words = passphrase.made()
    print(told(words, port, addresses.own()), flush=True)
    os.chdir(ROOT)
    os.execve(sys.executable, command(port), environment(words))


def environment(words: str) -> dict[str, str]:
    """Return the server's environment: with the passphrase's hash, and no proxy to believe unless one is named."""
    return {BELIEVED: "", **os.environ, passphrase.SETTING: passphrase.hashed(words)}


def command(port: int) -> list[str]:
    """Return the command that serves the local network.

    The address that Streamlit would print is named, because it else asks a host on the internet for it.
    """
    settings = ("--server.address", "0.0.0.0", "--server.port", str(port), "--browser.serverAddress", "127.0.0.1")
    return [sys.executable, "-m", "streamlit", "run", SERVER, *settings]


def told(words: str, port: int, own: Sequence[str]) -> str:
    """Return what the presenter is told at the start."""
    phones = ", ".join(f"http://{address}:{port}/follow" for address in own)
    return "\n".join(
        (
            "",
            f"  The presenter's passphrase, shown only now:  {words}",
            "",
            f"  On this laptop:  http://127.0.0.1:{port}/meeting",
            f"  In the room:     {phones}"
            if own
            else "  This machine is in no network yet: join one, or open a hotspot; phones cannot reach it before.",
            "",
        )
    )


if __name__ == "__main__":
    main()
