"""The server takes as many open files as the system gives, and says how many phones that holds."""

import resource
import subprocess
import sys

import pytest

from components.requests import open_files

RAISED = "from components.requests import open_files; print(open_files.raise_limit())"


@pytest.mark.parametrize(("soft", "hard", "raised"), [(256, 1_024, 1_024), (256, 256, 256), (1_024, 4_096, 4_096)])
def test_the_soft_limit_becomes_the_hard_one(soft: int, hard: int, raised: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RAISED], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
    )  # fmt: skip
    assert int(done.stdout) == raised


@pytest.mark.parametrize(
    ("limit", "connections", "phones"), [(256, 160, 53), (1_024, 928, 309), (65_536, 65_440, 21_813), (10, 3, 1)]
)
def test_the_server_keeps_its_own_files_and_a_phone_costs_three(limit: int, connections: int, phones: int) -> None:
    assert open_files.connections(limit) == connections
    assert open_files.phones(connections) == phones


def test_too_few_for_a_room_are_told_with_what_to_do() -> None:
    assert open_files.told(1_024, 928).splitlines() == [
        "  Room for 309 phones at once, as this system lets a program have 1,024 files open."
    ]
    assert open_files.told(256, 160).splitlines() == [
        "  Room for 53 phones at once, as this system lets a program have 256 files open.",
        "  For more, start it again after: ulimit -n 996",
    ]


def test_fewer_by_a_setting_are_told_with_the_setting() -> None:
    assert open_files.told(1_024, 600) == "  Room for 200 phones at once, as CONNECTIONS is set to 600."
