"""The server takes as many open files as the system gives, and says how many phones that holds."""

import resource
import subprocess
import sys

import pytest

from components import open_files

RAISED = "from components import open_files; print(open_files.raise_limit())"


@pytest.mark.parametrize(("soft", "hard", "raised"), [(256, 1_024, 1_024), (256, 256, 256), (1_024, 4_096, 4_096)])
def test_the_soft_limit_becomes_the_hard_one(soft: int, hard: int, raised: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RAISED], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
    )  # fmt: skip
    assert int(done.stdout) == raised


@pytest.mark.parametrize(("limit", "phones"), [(256, 64), (1_024, 320), (65_536, 21_824), (10, 0)])
def test_a_phone_costs_three(limit: int, phones: int) -> None:
    assert open_files.phones(limit) == phones


def test_too_few_for_a_room_are_told_with_what_to_do() -> None:
    assert open_files.told(1_024).splitlines() == [
        "  Room for 320 phones at once, as this system lets a program have 1,024 files open."
    ]
    assert open_files.told(256).splitlines() == [
        "  Room for 64 phones at once, as this system lets a program have 256 files open.",
        "  For more, start it again after: ulimit -n 964",
    ]
