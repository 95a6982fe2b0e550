"""Find a Chromium for the browser tests, or install one: by Playwright's installer, or by apt-get as root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def on_path() -> str | None:
    """Return the browser named by CHROMIUM, or the first known one on PATH."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def of_playwright() -> str | None:
    """Return the browser that Playwright's own installer put in place, if it did."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where no browser is on PATH

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def found() -> str | None:
    """Return a Chromium that is there already."""
    return on_path() or of_playwright()


def install() -> str | None:
    """Install a Chromium by whichever way works here; return its path, or None."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if not found() and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "chromium"]):
            subprocess.run(["apt-get", *command], check=False, env=quiet, timeout=900)
    return found()


if __name__ == "__main__":
    browser = found() or install()
    print(f"browser: {browser}" if browser else "no Chromium found or installed: the browser tests will be skipped")
    sys.exit(bool(os.environ.get("CI")) and not browser)
