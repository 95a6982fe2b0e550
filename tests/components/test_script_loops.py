"""The event loops of sessions' scripts hold no file open until they are run, and then run as any other."""

import asyncio
import warnings
from collections.abc import Iterator

import psutil
import pytest

from components import script_loops
from tests.event_loops import beside, in_a_loop


@pytest.fixture
def kept() -> Iterator[None]:
    """Have loops made as the server has them made."""
    usual = asyncio.get_event_loop_policy()
    script_loops.keep()
    yield
    asyncio.set_event_loop_policy(usual)


async def made() -> tuple[list[asyncio.AbstractEventLoop], int]:
    """Make loops where one runs, as Streamlit does for its sessions; return them and the files they opened."""
    before = psutil.Process().num_fds()
    loops = [asyncio.new_event_loop() for _ in range(20)]
    return loops, psutil.Process().num_fds() - before


def test_those_of_sessions_open_nothing_and_close(kept: None) -> None:
    loops, opened = in_a_loop(made())
    for loop in loops:
        loop.close()
    assert opened < 3
    assert {loop.is_closed() for loop in loops} == {True}


def ran(loop: asyncio.AbstractEventLoop) -> list[int]:
    """Return what a loop comes to that a library runs."""
    said = [loop.run_until_complete(asyncio.sleep(0, number)) for number in range(2)]
    return [*said, loop.run_until_complete(loop.run_in_executor(None, int, "2"))]


def test_they_run_when_a_library_runs_one(kept: None) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loops, _ = in_a_loop(made())
        assert beside(lambda: ran(loops[0])) == [0, 1, 2]
        for loop in loops:
            loop.close()


def test_all_other_loops_are_the_usual(kept: None) -> None:
    loop = beside(asyncio.new_event_loop)
    loop.close()
    assert type(loop) is asyncio.SelectorEventLoop
