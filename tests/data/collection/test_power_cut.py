"""What is confirmed is on the disk: nothing is said before the disk was told to keep it, as the kernel saw it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.collection import database
from data.importing.loads import loading
from tests.data.importing.small_strand import write_strand

pytestmark = pytest.mark.slow

STRACE = shutil.which("strace")
TRACES = STRACE is not None and subprocess.run([STRACE, "-o", os.devnull, "true"], check=False).returncode == 0
"""Whether strace is there and may look at a program: some containers forbid it."""
ANSWER = """
from data.collection import database
from data.meeting import attempts
engine = database.open_engine()
for number in range(3):  # the first gives the meetings a file of their own
    attempts.count_try(engine, "door", "here")
    print("confirmed", flush=True)
"""
LOAD = """
import sys
from pathlib import Path
from data.collection import database
from data.importing.loads import loading
loading.load(database.open_engine(), [Path(sys.argv[1])])
print("confirmed", flush=True)
"""
CALL = re.compile(r"(?P<name>pwrite64|fsync|fdatasync|write)\((?P<first>[^,)]*)(?P<rest>.*)")


def calls(script: str, address: str, folder: Path, *arguments: str) -> list[tuple[str, str]]:
    """Return what a program asked of the kernel, in order: (call, file) of what it writes, keeps and prints."""
    log = folder / "calls"
    command = [str(STRACE), "-f", "-y", "-e", "trace=pwrite64,fsync,fdatasync,write", "-o", str(log)]
    own = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": "."}
    subprocess.run(
        [*command, sys.executable, "-c", script, *arguments], check=True, timeout=120, env=own, capture_output=True
    )
    found = []
    for line in log.read_text(errors="replace").splitlines():
        if call := CALL.search(line):
            said = "confirmed" if '"confirmed' in call["rest"] else ""
            found.append((said or call["name"], call["first"]))
    return found


@pytest.mark.skipif(not TRACES, reason="strace is not installed, or may not look at a program")
@pytest.mark.parametrize("script", [ANSWER, LOAD], ids=["answers", "a load"])
def test_the_disk_is_told_to_keep_each_change_before_it_is_confirmed(script: str, tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'evidence.sqlite'}"
    engine = database.open_engine(address)
    loading.load(engine, [write_strand(tmp_path / "one", findings=())])
    engine.dispose()
    confirmed, waiting, written = 0, set(), set()
    for name, opened in calls(script, address, tmp_path, str(write_strand(tmp_path / "two"))):
        file = opened.partition("<")[2].removesuffix(">").removeprefix(f"{tmp_path}/")
        if name == "pwrite64" and file.startswith("evidence.sqlite") and not file.endswith("-shm"):
            waiting.add(file)
            written.add(file)
        elif name in ("fsync", "fdatasync"):
            waiting.discard(file)
        elif name == "confirmed":
            assert not waiting
            confirmed += 1
    first = "evidence.sqlite-meetings-wal" if script is ANSWER else "evidence.sqlite-wal"
    assert (confirmed, first in written) == (3 if script is ANSWER else 1, True)
