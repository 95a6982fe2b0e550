"""A command while it works: its line on a terminal, and Ctrl-C; in a process with a terminal of its own, and here."""

import fcntl
import io
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from data.commands import output, progress_line
from data.progress import Progress
from tests.data.importing.small_strand import write_strand, write_workbook
from tests.data.importing.stored import everything

pytestmark = pytest.mark.slow

STOPPED = "stopped; nothing was changed"
WIDTH = 40


class OnATerminal:
    """A real `python -m data` with a terminal for standard error and keyboard; its standard output is a pipe."""

    def __init__(self, address: str, *command: object) -> None:
        self.keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "data", *map(str, command)],
            env={**os.environ, "DATABASE_URL": address},
            stdin=screen, stdout=subprocess.PIPE, stderr=screen, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 (there is one thread here)
        )  # fmt: skip
        os.close(screen)

    def screen(self, until: str = "") -> str:
        """Return what it writes on its screen, to a text or to its end."""
        written = ""
        while not until or until not in written:
            try:
                written += os.read(self.keyboard, 4096).decode()
            except OSError:  # nobody writes there any more
                break
        return written

    def ended(self) -> tuple[int, str]:
        """Return its exit code and what it printed."""
        out, _ = self.process.communicate(timeout=60)
        os.close(self.keyboard)
        return self.process.returncode, out.decode()


def lines(written: str) -> list[str]:
    """Return what stood on the one line of a terminal, one after the other."""
    return [line.rstrip() for line in written.split("\r")]


def test_a_terminal_shows_one_line_from_the_start_which_is_gone_at_the_end(engine: Engine, tmp_path: Path) -> None:
    command = OnATerminal(str(engine.url), "check", write_workbook(tmp_path / "a team's own workbook.xlsx"))
    written = command.screen()
    code, out = command.ended()
    assert (code, out.splitlines()[0]) == (0, "no fault in 2 sources and 3 findings")
    assert lines(written)[:3] == ["", "  0 % Checking", "  0 % a team's own workbook.xlsx: looki"]
    assert "\n" not in written
    assert max(map(len, lines(written))) < WIDTH
    assert lines(written)[-2:] == ["", ""]


def test_ctrl_c_stops_a_command_in_a_sentence(writable: Engine, tmp_path: Path) -> None:
    before = everything(writable)
    os.mkfifo(path := tmp_path / "findings.csv")  # which nobody writes to, so that reading waits
    command = OnATerminal(str(writable.url), "load", path)
    command.screen(until="findings.csv: reading")
    os.write(command.keyboard, b"\x03")
    assert lines(command.screen())[-2:] == [STOPPED, ""]
    assert command.ended() == (130, "")
    assert everything(writable) == before


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_line_is_rewritten_in_its_place() -> None:
    with redirect_stderr(Terminal()) as terminal, progress_line.shown("Checking") as progress:
        progress(0.434, "findings.csv: reading row 2,000")
        progress(1.0, "Planned")
    assert lines(terminal.getvalue()) == [
        "", "  0 % Checking", " 43 % findings.csv: reading row 2,000", "100 % Planned", "", ""
    ]  # fmt: skip


def test_the_line_is_gone_where_work_ends_before_its_time() -> None:
    with redirect_stderr(Terminal()) as terminal, pytest.raises(KeyboardInterrupt), progress_line.shown("Checking"):
        raise KeyboardInterrupt
    assert lines(terminal.getvalue()) == ["", "  0 % Checking", "", ""]


def test_where_there_is_no_terminal_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_line.shown("Checking") as progress:
        progress(0.5, "findings.csv")
    assert capsys.readouterr() == ("", "")


@pytest.fixture
def run(writable: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Return a runner of `python -m data` in this process: its exit code, and what it printed."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))

    def runner(*command: object) -> tuple[int, str, str]:
        code = main([str(part) for part in command])
        return code, *capsys.readouterr()

    return runner


@pytest.fixture
def pressed_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], list[str]]:
    """Return what presses Ctrl-C when work tells for the nth time how far it is, and gives what was told until then."""

    def press(nth: int) -> list[str]:
        told: list[str] = []

        def tell(_share: float, doing: str) -> None:
            told.append(doing)
            if len(told) == nth:
                signal.raise_signal(signal.SIGINT)

        @contextmanager
        def heard(_doing: str) -> Iterator[Progress]:
            yield tell

        monkeypatch.setattr(progress_line, "shown", heard)
        return told

    return press


@pytest.mark.parametrize("command", ["check", "plan", "load", "undo"])
def test_a_command_stopped_at_any_moment_that_it_tells_of_has_changed_nothing(
    command: str, run: Callable[..., tuple[int, str, str]], writable: Engine, tmp_path: Path,
    pressed_at: Callable[[int], list[str]],
) -> None:  # fmt: skip
    before = everything(writable)
    asked = ("undo", 1) if command == "undo" else (command, write_strand(tmp_path / "strand"))
    for nth in range(1, 100):
        told = pressed_at(nth)
        answer = run(*asked)
        if len(told) < nth:
            break
        assert answer == (130, "", f"{STOPPED}\n")
        assert everything(writable) == before
    assert answer[0] == 0
    assert len(told) > 2


def test_once_it_is_kept_a_load_cannot_be_stopped_and_is_told(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_load = output.tell_load

    def interrupted(load) -> None:  # type: ignore[no-untyped-def]
        signal.raise_signal(signal.SIGINT)
        tell_load(load)

    monkeypatch.setattr(output, "tell_load", interrupted)
    code, out, err = run("load", write_strand(tmp_path / "strand"))
    assert (code, out.splitlines()[0], err) == (0, "added: 5", "")
    with pytest.raises(KeyboardInterrupt):  # which is as it was, once the command has ended
        signal.raise_signal(signal.SIGINT)


def test_stopped_it_answers_machines_with_one_object(
    run: Callable[..., tuple[int, str, str]], pressed_at: Callable[[int], list[str]], tmp_path: Path
) -> None:
    pressed_at(1)
    assert run("load", write_strand(tmp_path / "strand"), "--json") == (
        130, '{\n "error": "stopped; nothing was changed",\n "faults": []\n}\n', "",
    )  # fmt: skip
