"""A server in use is judged by what it keeps once warm; whoever visits it in the soak sees no failure."""

from benchmarks import soak
from benchmarks.soak import Reading
from benchmarks.soak_visitors import Seen
from tests.event_loops import beside

STEADY = Reading(mib=400.0, files=500, threads=12, connected=41, known=168, blocks=2_000_000)


def unmet(readings: list[Reading], seen: Seen, lost: int = 0) -> list[str]:
    """Return the limits that are not met, up to their figures."""
    limits = soak.judged(readings, seen, lost, 40).limits
    return [limit.what.partition(" grow")[0] for limit in limits if limit.measured > limit.most]


def grown(**last: int) -> list[Reading]:
    """Return forty readings of which the last ten hold so much more."""
    more = STEADY._replace(**{name: getattr(STEADY, name) + value for name, value in last.items()})
    return [STEADY] * 30 + [more] * 10


def test_what_fills_while_warming_up_is_no_growth() -> None:
    cold = STEADY._replace(mib=200.0, files=10, threads=2)
    assert unmet([cold] * 16 + [STEADY] * 24, Seen()) == []


def test_memory_files_and_threads_that_grow_once_warm_are_told() -> None:
    assert unmet(grown(mib=21), Seen()) == ["memory once warm"]
    assert unmet(grown(files=6), Seen()) == ["open files"]
    assert unmet(grown(threads=6), Seen()) == ["threads"]
    assert unmet(grown(mib=20, files=5, threads=5), Seen()) == []


def test_a_lost_answer_and_a_failure_are_told() -> None:
    assert len(unmet([STEADY] * 40, Seen(), lost=1)) == 1
    assert unmet([STEADY] * 40, Seen(failures=["a page was cut"])) == ["failures ['a page was cut']"]


def test_some_seconds_of_it_show_no_failure_and_lose_no_answer() -> None:
    part = beside(lambda: soak.run(minutes=0.1))
    told = [str(limit) for limit in part.limits if limit.what.startswith(("answers lost", "failures"))]
    assert [limit for limit in told if not limit.startswith("met")] == []
    assert len(told) == 2
    assert list(part.table["what"]) == [
        "memory, MiB", "open files", "threads", "sessions connected", "sessions known, with those that left of late",
        "blocks of memory that Python holds",
    ]  # fmt: skip
