"""Files made or spoilt at random: each is read, or refused with a message, in little time and memory.

Sixty a reader among the other tests; `make fuzz` tries 5,000 a reader, or as many as FUZZ says, never the same again.
"""

import faulthandler
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile
from tests.fuzz.seeds import archived, sound
from tests.fuzz.spoiling import made, spoilt, spoilt_inside

EXAMPLES = int(os.environ.get("FUZZ", "60"))
MOST_SECONDS, MOST_MEGABYTES = 10.0, 500.0
SOUND = sound()
OTHERS = [contents for _, files in SOUND.values() for contents in files]


def megabytes(what: str) -> float:
    """Return the memory that this process holds (VmRSS), or held at most since it was last asked to forget (VmHWM)."""
    return int(re.search(rf"{what}:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]


def judge(file: RawFile) -> None:
    """Hold what was read to what every reader promises."""
    assert file.format or any(not fault.warning for fault in file.faults)
    assert file.tables or file.codes or file.faults
    for fault in file.faults:
        assert fault.file == file.name
        assert fault.reason.strip()
        assert fault.reason.encode("utf-8")
        assert "Traceback" not in fault.reason
    for table in file.tables:
        assert len(set(table.columns)) == len(table.columns)
        assert table.lists <= set(table.columns)
        assert all(len(cells) == len(table.columns) and number > 0 for number, cells in table.rows)
        assert all(cell.encode("utf-8") is not None for _, cells in table.rows for cell in cells)
    ids = {code.id for code in file.codes}
    assert len(ids) == len(file.codes)
    assert all(code.parent in ids for code in file.codes if code.parent)


@pytest.mark.parametrize("reader", SOUND)
def test_any_file_is_read_or_refused(reader: str, capsys: pytest.CaptureFixture[str]) -> None:
    suffix, files = SOUND[reader]
    ways = st.one_of(
        st.builds(_spoilt, st.just(files), st.integers(0, 2**63)),
        st.builds(_spoilt, st.just(files), st.integers(0, 2**63)),
        made(reader, archived),
    )
    seen: Counter[str] = Counter()
    worst = {"seconds": 0.0, "megabytes": 0.0}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=EXAMPLES <= 60,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(ways)
    def tried(contents: bytes) -> None:
        # The kernel forgets the peak, so that each file's own is seen; a file that hangs ends the run with its place.
        Path("/proc/self/clear_refs").write_text("5")
        before = megabytes("VmRSS")
        faulthandler.dump_traceback_later(6 * MOST_SECONDS, exit=True, file=sys.__stderr__)
        start = time.process_time()
        file = read_any("file" + suffix, contents)
        took, held = time.process_time() - start, megabytes("VmHWM") - before
        faulthandler.cancel_dump_traceback_later()
        worst["seconds"], worst["megabytes"] = max(worst["seconds"], took), max(worst["megabytes"], held)
        judge(file)
        assert took < MOST_SECONDS
        assert held < MOST_MEGABYTES
        seen["refused" if any(not fault.warning for fault in file.faults) else "read"] += 1

    tried()
    assert min(seen["read"], seen["refused"]) > 0
    if EXAMPLES > 60:
        with capsys.disabled():
            print(f"\n{reader}: {seen.total():,} files, {seen['read']:,} read, {seen['refused']:,} refused; "
                  f"slowest {worst['seconds']:.2f} s, most memory {worst['megabytes']:.0f} MB")  # fmt: skip


def _spoilt(files: list[bytes], seed: int) -> bytes:
    random = Random(seed)
    contents = random.choice(files)
    if contents.startswith(b"PK") and random.random() < 0.7:
        return spoilt_inside(contents, OTHERS, random)
    return spoilt(contents, OTHERS, random)
